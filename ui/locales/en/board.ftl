# The lobby board.
board-title = Lobby display
board-calls = Windows
board-window = Window { $name }
board-waiting = Waiting
board-nobody = no wait
board-wait-unknown = no estimate
board-people = in line
board-minutes = min
board-empty = Welcome
board-empty-hint = Take a number at a kiosk; your window will appear here
board-not-running = Closed for today
board-not-running-hint = Thank you for your visit
board-connecting = Connecting to the hall…
board-no-queues = Nobody is waiting
board-page = Page { $page } of { $pages }
board-hint = Watch and listen for your number. Missed it? Ask at the window or the help desk.
board-stale = Not updated for { $seconds } s. Please follow the call at the window.
