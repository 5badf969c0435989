# What the one-PC hall prints when it has started.
station-title = { $hall } is running
station-entrance = Entrance
station-kiosk = Kiosk
station-display = Display
station-sign-in = Sign in
station-console = Clerk’s console
station-manager = Duty manager
station-bench = Simulated strips, lamps, voice, keypads
station-browser-display = Display in a browser
station-api = API
station-demo-sign-in = ID { $id } PIN { $pin }
station-data = The data is kept in { $dir }.
station-crowd = { $count } simulated visitors an hour; windows { $windows } are yours.
station-comma = { ", " }
station-stop = Press Ctrl-C to stop.
