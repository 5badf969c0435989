# Signing in.
sign-in-title = Staff sign-in
sign-in-clerk = Staff number or name
sign-in-clerk-hint = Type your number, or pick yourself from the list.
sign-in-no-window = Not at a window (managers)
sign-in-pin = PIN
sign-in-keypad = Keypad
sign-in-clear = Clear
sign-in-back = Delete a digit
sign-in-submit = Sign in
sign-in-window-needed = Please choose the window where you work today.
sign-in-too-long = That number or name is too long. Please type it again.
sign-in-left = { $sentence } Tries left before a pause: { $left }.
sign-in-pause = Too many wrong PINs. Try again in { $seconds } seconds; if you forgot your PIN, ask the administrator.
