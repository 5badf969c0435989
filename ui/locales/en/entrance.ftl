# The hall's front door.
entrance-visitor = Services today
entrance-visitor-hint = Take a number at a kiosk; scan the code on the slip to see how many are ahead of you.
entrance-nobody = No wait
entrance-no-services = The hall offers no services yet
entrance-staff = Staff
entrance-clerk = Clerk’s console
entrance-clerk-hint = Call, serve, send on
entrance-manager = Duty manager
entrance-manager-hint = Windows and queues, devices, screens
entrance-displays = Displays
entrance-take = Take a number
entrance-kiosk = Kiosk
entrance-kiosk-hint = Choose a service and take a number
