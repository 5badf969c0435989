# Words that every page uses.
common-skip = Skip to content
common-other-language = 中文
common-elder-on = Larger text
common-elder-off = Standard text

common-confirm = Confirm
common-cancel = Cancel
common-close = Close
common-back = Back
common-save = Save
common-search = Search

common-window = Window
common-service = Service
common-people = { $count } in line
common-minutes = { $count } min
common-wait-within = within { $high } min
common-wait-about = about { $high } min
common-wait-range = { $low }–{ $high } min
common-wait-unknown = no estimate yet

common-connecting = Connecting…
common-stale = Not updated for { $seconds } s

common-class-ordinary = Ordinary
common-class-elder = Elder
common-class-disabled = Disabled person
common-class-hearing = Deaf or hard of hearing
common-class-pregnant = Expectant mother
common-class-infant = With an infant
common-class-veteran = Veteran
common-class-service = Serving soldier or firefighter
common-class-green-channel = Green channel

common-phase-waiting = Waiting
common-phase-called = Called
common-phase-serving = At the window
common-phase-held = Set aside
common-phase-closed = Closed

common-outcome-served = Served
common-outcome-transferred = Transferred
common-outcome-no-show = Missed
common-outcome-left = Left
common-outcome-withdrawn = Withdrawn
common-outcome-day-end = Day ended
common-outcome-merged = Merged
common-outcome-undone = Undone

common-mode-open = Open
common-mode-paused = Paused
common-mode-closed = Closed

common-identity-none = No document
common-identity-phone = Phone number
common-identity-card = ID card

common-rule-pinned = Pinned by the duty manager
common-rule-bound = Sent to this window
common-rule-overdue = Has waited too long
common-rule-priority = First service of this window
common-rule-ratio = This service’s turn
common-rule-order = First in line
common-rule-chosen = Chosen by the clerk
common-rule-taken-back = Taken back after a hold
common-rule-walk-up = Served without a number

common-alert-waits-too-long = Waiting too long
common-alert-nobody-serves = People wait, but no window takes them
common-alert-display-gone = Display lost its connection
common-alert-kiosk-needs-help = Kiosk needs help
common-alert-kiosk-gone = Kiosk is silent
common-alert-device-needs-help = Device trouble
common-alert-output-needs-help = Display trouble
common-alert-calendar-missing = This year’s working days are not entered

common-availability-open = Open
common-availability-outside-hours = Outside hours
common-availability-opens = Opens at { $time }
common-availability-used-up = No numbers left
common-availability-used-up-opens = No numbers left now, more at { $time }
common-availability-closed = Closed today: { $reason }
common-availability-no-window = No window open
common-rating-very-bad = Very dissatisfied
common-rating-bad = Dissatisfied
common-rating-fair = Fairly satisfied
common-rating-good = Satisfied
common-rating-very-good = Very satisfied
