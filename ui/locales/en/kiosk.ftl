# The kiosk and its slip.
kiosk-title = Kiosk
kiosk-steps = Steps
kiosk-step-choose = Choose
kiosk-step-identify = Identify
kiosk-step-confirm = Confirm
kiosk-step-slip = Take your slip

kiosk-date = { $year }-{ $month }-{ $day }
kiosk-waiting-now = People waiting now: { $count }
kiosk-begin = Touch here to take a number
kiosk-begin-elder = Larger text
kiosk-begin-other = 中文取号

kiosk-choose-department = Choose a department
kiosk-choose-service = Choose what you have come for
kiosk-search-open = Not sure where? Search all services
kiosk-chosen = Chosen:
kiosk-list-separator = ,{" "}
kiosk-place = { $floor } { $zone }, window { $windows }
kiosk-service-count = Services: { $count }
kiosk-waiting = Waiting: { $count }
kiosk-nobody-waits = Nobody waiting
kiosk-nobody-ahead = nobody
kiosk-department-closed = No numbers now
kiosk-wait = Wait
kiosk-is-chosen = Chosen
kiosk-not-together = Needs its own number
kiosk-not-offered = it is not offered today
kiosk-needs-phone = Phone number needed
kiosk-needs-card = Identity card needed

kiosk-search = Search services
kiosk-search-hint = Type part of the English name, or the pinyin initials of the Chinese name
kiosk-search-example = e.g. passport
kiosk-search-nothing = Nothing found. Try another word, or ask at the service desk.
kiosk-erase = Delete
kiosk-clear = Clear

kiosk-notice-unavailable = "{ $service }" gives no numbers now: { $why }.
kiosk-notice-conflict = "{ $second }" cannot share a number with "{ $first }". Please take a separate number for it.
kiosk-notice-too-many = One number can carry at most { $max } services.
kiosk-understood = OK

kiosk-phone = Enter your mobile phone number
kiosk-phone-why = Used for this visit only; it never appears on the hall's screens
kiosk-phone-empty = 11 digits
kiosk-phone-wrong = That is not a mobile phone number. Please check it.
kiosk-phone-card = Use an identity card instead
kiosk-identified-phone = Phone number entered
kiosk-card = Place your identity card on the reader
kiosk-card-hint = Lay it flat and leave it until it has been read
kiosk-card-waiting = Waiting for a card
kiosk-card-why = Only the name and number are read, for this visit only; no photo is kept
kiosk-card-unreadable = The card could not be read. Lift it and lay it flat again.
kiosk-card-invalid = The card's number is not valid. Use another card or ask at the service desk.
kiosk-card-reader-gone = The card reader does not answer. Press "Help" or go to the service desk.
kiosk-identified-card = Identity card read; please take it back

kiosk-confirm = Check and take your number
kiosk-confirm-services = What you have come for
kiosk-remove = Remove
kiosk-add = Add another service
kiosk-ahead = Ahead of you
kiosk-expected-wait = Expected wait
kiosk-where = Where
kiosk-where-unknown = Please ask at the service desk
kiosk-take = Take my number

kiosk-taking = Taking your number
kiosk-taking-hint = One moment, please
kiosk-printing = Printing your slip
kiosk-printing-hint = It comes out below the screen

kiosk-your-number = Your number
kiosk-take-slip = Please take your slip
kiosk-wait-at = Please wait here
kiosk-no-slip = Your number is valid: note it down, or scan the code with your phone.
kiosk-code = Scan to follow the queue on your phone
kiosk-done = Done

kiosk-trouble = No number was taken
kiosk-retry = Try again
kiosk-choose-again = Choose again
kiosk-code-for-staff = For staff:

kiosk-outage = Out of service
kiosk-outage-starting = Connecting to the hall. One moment, please.
kiosk-outage-not-admitted = This kiosk is not registered and cannot give numbers.
kiosk-outage-instead = Please go to the service desk or another kiosk. Numbers already taken stay valid.
kiosk-outage-recovers = This page comes back by itself.
kiosk-away-unreachable = The hall cannot be reached at the moment.
kiosk-away-silent = The hall did not answer in time.
kiosk-away-busy = The hall is busy. Please try again shortly.
kiosk-away-garbled = The hall's answer made no sense.

kiosk-printer-down = { $why }: your number and its code will be on the screen instead, and are just as valid
kiosk-printer-paper-out = The printer is out of paper
kiosk-printer-cover-open = The printer's cover is open
kiosk-printer-jam = The printer is jammed
kiosk-printer-silent = The printer does not answer
kiosk-printer-bad-job = The slip could not be printed

kiosk-home = Home
kiosk-leave = Leave
kiosk-help = Help
kiosk-help-calling = Calling a member of staff…
kiosk-help-coming = A member of staff has been called. Please wait here.
kiosk-help-failed = Nobody could be called. Please go to the service desk.
kiosk-help-done = No longer needed
kiosk-remaining = Time left:
kiosk-seconds = s
kiosk-still-there = Are you still there?
kiosk-still-there-hint = If not, this goes back to the start and forgets what you entered.
kiosk-stay = Yes, go on

kiosk-slip-caption = Your number
kiosk-slip-class = Priority
kiosk-slip-ahead = Ahead
kiosk-slip-ahead-wait = { $count }, { $wait }
kiosk-slip-ahead-only = { $count }
kiosk-slip-where = Where
kiosk-slip-not-before = Not called before
kiosk-slip-time = Taken
kiosk-slip-last-four = Ends in
kiosk-slip-scan = Scan to follow the queue
kiosk-slip-tip = Watch the screens and listen for your number. If you miss it, ask at the service desk.

kiosk-bench = Simulated devices
kiosk-bench-card = Card reader
kiosk-bench-card-next = Place a card
kiosk-bench-card-elder = An elder's card
kiosk-bench-card-same = The same card again
kiosk-bench-card-unreadable = An unreadable card
kiosk-bench-printer = Printer
kiosk-bench-printer-ready = In order
kiosk-bench-printer-paper-low = Paper low
kiosk-bench-printer-paper-out = Out of paper
kiosk-bench-printer-offline = Off-line
kiosk-bench-lamp-off = Lamp: off
kiosk-bench-lamp-steady = Lamp: on
kiosk-bench-lamp-blinking = Lamp: blinking, help wanted
kiosk-bench-slip = The printed slip
kiosk-bench-no-slip = The slip appears here
