# Words that the clerk's console and the duty manager's page share.
staff-sign-out = 退出
staff-filter = 输入文字筛选
staff-filter-none = 没有符合的选项，请换个说法。
staff-ask-missing = 请先选择“{ $field }”。
staff-reason = 原因
staff-service = 业务
staff-number = 号码
staff-class = 优先类别
staff-note = 备注
staff-note-hint = 请勿填写证件号码等个人信息。
staff-no-figure = —

staff-under-a-minute = 不到 1 分钟
staff-hours = { $hours } 小时 { $minutes } 分
staff-just-now = 刚刚
staff-ago = { $time }前

staff-stale = 连接已断开，这里显示的是 { $time } 的情况。正在重新连接，恢复后即可操作。
staff-reconnecting = 连接已断开，正在重新连接，恢复后即可操作。
staff-unreachable = “{ $action }”没有得到答复。请等连接恢复，看清当前情况后再操作。
staff-failed = 没有成功，请再试一次；如仍不成功，请告知值班长。
