# The hall's front door.
entrance-visitor = 今日业务
entrance-visitor-hint = 在取号机取号后，扫描号票上的二维码可以随时查看还有几人。
entrance-nobody = 无需等候
entrance-no-services = 大厅尚未开设业务
entrance-staff = 工作人员
entrance-clerk = 窗口工作台
entrance-clerk-hint = 叫号、办理、转移
entrance-manager = 值班长
entrance-manager-hint = 窗口与排队、设备、屏幕
entrance-displays = 显示屏
entrance-take = 取号
entrance-kiosk = 取号机
entrance-kiosk-hint = 选择业务，取一个号
