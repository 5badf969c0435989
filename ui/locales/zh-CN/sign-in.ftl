# Signing in.
sign-in-title = 工作人员登录
sign-in-clerk = 工号或姓名
sign-in-clerk-hint = 输入工号，或从列表中选择自己。
sign-in-no-window = 不在窗口（值班长、管理员）
sign-in-pin = PIN 码
sign-in-keypad = 数字键盘
sign-in-clear = 清空
sign-in-back = 删除一位
sign-in-submit = 登录
sign-in-window-needed = 请选择您今天所在的窗口。
sign-in-too-long = 工号或姓名过长，请重新输入。
sign-in-left = { $sentence }再错 { $left } 次将暂停登录。
sign-in-pause = 输错次数过多，请 { $seconds } 秒后再试；忘记 PIN 码请联系管理员。
