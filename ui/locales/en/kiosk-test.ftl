# What a kiosk prints and says when staff try its devices.
kiosk-test-caption = Test slip
kiosk-test-number = TEST
kiosk-test-service = Printer test
kiosk-test-kiosk = Kiosk
kiosk-test-tip = For testing only; this is no ticket.
kiosk-test-sentence = This is a test of the kiosk's voice.
