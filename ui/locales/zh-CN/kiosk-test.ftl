# What a kiosk prints and says when staff try its devices.
kiosk-test-caption = 测试票
kiosk-test-number = 测试
kiosk-test-service = 打印机测试
kiosk-test-kiosk = 取号机
kiosk-test-tip = 本票仅供测试，不能办理业务。
kiosk-test-sentence = 这是取号机的语音测试。
