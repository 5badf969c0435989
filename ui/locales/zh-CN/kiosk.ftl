# The kiosk and its slip.
kiosk-title = 取号机
kiosk-steps = 取号步骤
kiosk-step-choose = 选择业务
kiosk-step-identify = 核验身份
kiosk-step-confirm = 确认信息
kiosk-step-slip = 取走号票

kiosk-date = { $year } 年 { $month } 月 { $day } 日
kiosk-waiting-now = 现在共有 { $count } 人等候
kiosk-begin = 点这里取号
kiosk-begin-elder = 大字版取号
kiosk-begin-other = Take a number in English

kiosk-choose-department = 请选择部门
kiosk-choose-service = 请选择要办理的业务
kiosk-search-open = 不知道在哪个部门？查找业务
kiosk-chosen = 已选：
kiosk-list-separator = 、
kiosk-place = { $floor } { $zone } { $windows } 号窗口
kiosk-service-count = { $count } 项业务
kiosk-waiting = { $count } 人等候
kiosk-nobody-waits = 无人等候
kiosk-nobody-ahead = 无人
kiosk-department-closed = 暂不取号
kiosk-wait = 预计
kiosk-is-chosen = 已选
kiosk-not-together = 不能与已选业务同办
kiosk-not-offered = 此业务今日不办理
kiosk-needs-phone = 需手机号
kiosk-needs-card = 需身份证

kiosk-search = 查找业务
kiosk-search-hint = 输入业务名称的拼音首字母，例如“护照”输入 HZ；也可以输入汉字
kiosk-search-example = 拼音首字母或汉字
kiosk-search-nothing = 没有找到这项业务。请换一个词，或到导服台咨询。
kiosk-erase = 退格
kiosk-clear = 清空

kiosk-notice-unavailable = “{ $service }”现在不能取号：{ $why }。
kiosk-notice-conflict = “{ $second }”与已选的“{ $first }”不能合用一个号，请分开取号。
kiosk-notice-too-many = 一个号最多办理 { $max } 项业务。
kiosk-understood = 知道了

kiosk-phone = 请输入手机号
kiosk-phone-why = 仅用于本次办理，不会出现在大屏上，也不会用作他途
kiosk-phone-empty = 11 位手机号
kiosk-phone-wrong = 手机号不正确，请检查后重新输入
kiosk-phone-card = 改用身份证
kiosk-identified-phone = 手机号已填写
kiosk-card = 请将身份证放在读卡区
kiosk-card-hint = 平放，读取完成前请勿移开
kiosk-card-waiting = 正在等待读卡
kiosk-card-why = 只读取姓名和证件号码，仅用于本次办理；不保存照片
kiosk-card-unreadable = 没有读到证件，请拿起后重新平放
kiosk-card-invalid = 证件号码不正确，请换一张证件或到导服台办理
kiosk-card-reader-gone = 读卡器没有响应，请按“求助”或到导服台取号
kiosk-identified-card = 身份证已读取，请记得取回证件

kiosk-confirm = 请确认后取号
kiosk-confirm-services = 办理业务
kiosk-remove = 移除
kiosk-add = 再加一项业务
kiosk-ahead = 前面等候
kiosk-expected-wait = 预计等候
kiosk-where = 办理地点
kiosk-where-unknown = 请到导服台询问
kiosk-take = 确认取号

kiosk-taking = 正在取号
kiosk-taking-hint = 请稍候
kiosk-printing = 正在打印号票
kiosk-printing-hint = 请在下方取票口等候

kiosk-your-number = 您的号码
kiosk-take-slip = 请取走号票
kiosk-wait-at = 请到这里等候
kiosk-no-slip = 您的号码有效：请记下号码，或用手机扫码保存。
kiosk-code = 手机扫码，随时查看排队进度
kiosk-done = 完成

kiosk-trouble = 没有取到号
kiosk-retry = 再试一次
kiosk-choose-again = 重新选择业务
kiosk-code-for-staff = 工作人员参考：

kiosk-outage = 暂停服务
kiosk-outage-starting = 正在连接大厅，请稍候。
kiosk-outage-not-admitted = 此机尚未登记，不能取号。
kiosk-outage-instead = 请到导服台或其他取号机取号，已取的号不受影响。
kiosk-outage-recovers = 恢复后本页自动更新，无需操作。
kiosk-away-unreachable = 暂时连接不上大厅系统。
kiosk-away-silent = 大厅系统没有及时回应。
kiosk-away-busy = 大厅系统正忙，请稍后再试。
kiosk-away-garbled = 大厅系统的回应无法识别。

kiosk-printer-down = { $why }，取号后号码和二维码显示在屏幕上，同样有效
kiosk-printer-paper-out = 打印机缺纸
kiosk-printer-cover-open = 打印机盖未合上
kiosk-printer-jam = 打印机卡纸
kiosk-printer-silent = 打印机没有响应
kiosk-printer-bad-job = 号票没有打印成功

kiosk-home = 首页
kiosk-leave = 退出
kiosk-help = 求助
kiosk-help-calling = 正在通知工作人员……
kiosk-help-coming = 已通知工作人员，请在此稍候。
kiosk-help-failed = 没能通知到工作人员，请直接到导服台。
kiosk-help-done = 不需要了
kiosk-remaining = 剩余时间
kiosk-seconds = 秒
kiosk-still-there = 您还在吗？
kiosk-still-there-hint = 无人操作时将返回首页，已输入的内容会清除。
kiosk-stay = 我还在，继续

kiosk-slip-caption = 您的号码
kiosk-slip-class = 优先
kiosk-slip-ahead = 等候
kiosk-slip-ahead-wait = 前面 { $count } 人，{ $wait }
kiosk-slip-ahead-only = 前面 { $count } 人
kiosk-slip-where = 地点
kiosk-slip-not-before = 最早叫号
kiosk-slip-time = 取号
kiosk-slip-last-four = 尾号
kiosk-slip-scan = 手机扫码，查看排队进度
kiosk-slip-tip = 请留意屏幕与语音叫号，过号请到导服台

kiosk-bench = 模拟设备
kiosk-bench-card = 读卡器
kiosk-bench-card-next = 放一张身份证
kiosk-bench-card-elder = 老年人的身份证
kiosk-bench-card-same = 再放同一张
kiosk-bench-card-unreadable = 读不出的卡
kiosk-bench-printer = 打印机
kiosk-bench-printer-ready = 正常
kiosk-bench-printer-paper-low = 纸将尽
kiosk-bench-printer-paper-out = 缺纸
kiosk-bench-printer-offline = 断开
kiosk-bench-lamp-off = 顶灯：灭
kiosk-bench-lamp-steady = 顶灯：亮
kiosk-bench-lamp-blinking = 顶灯：闪烁，有人求助
kiosk-bench-slip = 打印出的号票
kiosk-bench-no-slip = 号票会出现在这里
