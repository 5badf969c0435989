# The clerk's console.
console-page-title = Window { $window } · Clerk’s console
console-window = Window { $window }
console-present = Present visitor
console-acts = Actions
console-space = Space
console-keys = Keys

console-situation-closed = Window closed
console-situation-paused = Paused
console-situation-idle = Free
console-situation-called = Called, not here yet
console-situation-serving = Being served

console-nobody-closed = Window closed
console-nobody-paused = Paused
console-nobody-idle = { $count } waiting
console-nobody-empty = Nobody is waiting
console-hint-closed = Open the window to call numbers.
console-hint-paused = No numbers are called while paused.
console-hint-idle = Press Space to call the next one.
console-hint-empty = New numbers appear here by themselves.

console-main-busy = Sending…
console-main-waiting = Waiting for visitors
console-main-open = Open the window
console-main-resume = Resume
console-main-call-next = Call next
console-main-start = Visitor is here: start
console-main-finish = Finish
console-main-finish-and-call = Finish and call next

console-act-open = Open
console-act-call-next = Call next
console-act-start = Start
console-act-recall = Recall
console-act-finish = Finish
console-act-pass = No-show
console-act-hold = Hold
console-act-transfer = Transfer
console-act-walk-up = Walk-up
console-act-call = Call this
console-act-take-back = Take back
console-act-undo = Undo
console-act-pause = Pause
console-act-resume = Resume
console-act-close = Close
console-act-class = Priority
console-act-leave = Has left
console-act-merge = Merge
console-act-return = Requeue

console-confirm-hold = Set aside
console-confirm-transfer = Transfer
console-confirm-walk-up = Start
console-confirm-call = Call
console-confirm-take-back = Take back
console-confirm-pause = Pause
console-confirm-close = Close the window
console-confirm-class = Grant
console-confirm-leave = Has left
console-confirm-merge = Merge

console-cannot-open = The window is already open.
console-cannot-call-next = Cannot call the next one now: deal with the present number first, or wait for somebody to come.
console-cannot-start = Nobody has been called and not yet come.
console-cannot-recall = There is no call to repeat, or it has been repeated often enough. If nobody comes, it is a no-show.
console-cannot-finish = Nobody is being served.
console-cannot-pass = Only a number that was called and did not come can be a no-show.
console-cannot-hold = There is nobody here to set aside.
console-cannot-transfer = There is nobody here to transfer.
console-cannot-walk-up = Finish with the present number first; the window must be open.
console-cannot-call = Cannot call a number now: deal with the present one first, or wait for somebody to come.
console-cannot-take-back = Nobody can be taken back, or somebody is still at the window.
console-cannot-undo = There is nothing to undo.
console-cannot-pause = The window is not open, so there is nothing to pause.
console-cannot-resume = The window is not paused.
console-cannot-close = Finish with the present number before closing.
console-cannot-class = There is no number to grant a class to.
console-cannot-leave = Nobody is waiting or set aside.
console-cannot-merge = Merging needs two numbers that wait or are set aside.
console-cannot-return = No number can come back to the queue.

console-refreshed = Something has just changed and the page is up to date again. Please look before you act.

console-speaks-english = Speaks English
console-taken-at = taken { $time }
console-also-for = Also here for: { $services }
console-note-from = From the window before:
console-recalls = recalled { $recalls } of { $max }
console-shown = shown on { $shown } of { $displays } screens
console-shown-nowhere = No screen is connected: call out loud
console-spoken = spoken { $time }

console-next = Next
console-next-nobody = Nobody for now.
console-line = Waiting
console-line-empty = Nobody is waiting
console-line-more = and { $count } more
console-call-number = Call { $number }
console-tag-pinned = Pinned
console-tag-bound = Sent here
console-tag-appointment = Appointment
console-tag-passes = missed { $count }

console-sentence-gap = {" "}
console-why-pinned = The duty manager pinned it.
console-why-bound = It was sent to this very window.
console-why-overdue = It has waited { $wait }, longer than this hall allows.
console-why-priority = This window takes “{ $service }” first, and it heads that line.
console-why-ratio = By this window’s ratio it is the turn of “{ $service }”.
console-why-order = First among this window’s services: waiting since { $since }, for { $wait }.
console-why-chosen = Chosen by the clerk.
console-why-taken-back = Taken back after being set aside.
console-why-walk-up = Served without a number.
console-why-credit = Counts { $credit } more for “{ $class }”.
console-why-then = Then { $numbers }.

console-held = Set aside
console-held-empty = Nobody is set aside.
console-held-by = by window { $window }
console-held-until = back in the queue at { $time }
console-take-back-number = Take { $number } back
console-missed = Missed, may return
console-missed-empty = Nobody missed a call.
console-return-number = Put { $number } back in the queue

console-figures = Today
console-figure-served = Served
console-figure-mean = Mean time
console-figure-called = Called
console-figure-passed = No-shows
console-figure-transferred = Transferred

console-undo-what = Just now: { $action } { $number }
console-undo-left = { $seconds } s left to undo
console-undo-call = called
console-undo-start = started
console-undo-finish = finished
console-undo-pass = no-show
console-undo-hold = set aside
console-undo-take-back = took back
console-undo-transfer = transferred
console-undo-walk-up = walk-up

console-hold-scope = Who may take it back
console-hold-private = This window only
console-hold-shared = Any window for this service
console-hold-time = Back in the queue by itself after
console-hold-open-ended = Open-ended
console-hold-minutes = { $minutes } min
console-transfer-to = Transfer to
console-transfer-window = Window { $window }
console-transfer-note = Note for the next window
console-transfer-come-back = Comes back to this window afterwards
console-leave-lead = The visitor has gone; the number will not be called.
console-merge-lead = One visitor took two numbers: keep one, and fold the other into it.
console-merge-keep = Keep
console-merge-drop = Fold in and drop

console-key-space = The usual next step
console-key-help = Show the keys
console-key-digits = Choose in a list
console-key-enter = Confirm / go back
console-letters = Use single-letter keys
