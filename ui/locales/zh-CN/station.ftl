# What the one-PC hall prints when it has started.
station-title = { $hall } 已启动
station-entrance = 大厅首页
station-kiosk = 取号机
station-display = 综合屏
station-sign-in = 窗口登录
station-console = 窗口叫号台
station-manager = 值班长
station-bench = 模拟条屏、指示灯、语音、叫号器
station-browser-display = 浏览器大屏
station-api = 接口说明
station-demo-sign-in = 工号 { $id } 密码 { $pin }
station-data = 数据保存在 { $dir }。
station-crowd = 每小时 { $count } 位模拟访客；{ $windows } 号窗口留给您。
station-comma = 、
station-stop = 按 Ctrl-C 停止。
