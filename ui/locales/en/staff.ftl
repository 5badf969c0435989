# Words that the clerk's console and the duty manager's page share.
staff-sign-out = Sign out
staff-filter = Type to filter
staff-filter-none = Nothing matches. Try other words.
staff-ask-missing = Please choose: { $field }.
staff-reason = Reason
staff-service = Service
staff-number = Number
staff-class = Priority class
staff-note = Note
staff-note-hint = No ID numbers or other personal details, please.
staff-no-figure = –

staff-under-a-minute = <1 min
staff-hours = { $hours } h { $minutes } min
staff-just-now = just now
staff-ago = { $time } ago

staff-stale = Connection lost. This is how things stood at { $time }. Reconnecting; you can act again as soon as it is back.
staff-reconnecting = Connection lost. Reconnecting; you can act again as soon as it is back.
staff-unreachable = No answer to “{ $action }”. Wait for the connection, look at what has happened, then try again.
staff-failed = That did not work. Please try again; if it still fails, tell the duty manager.
