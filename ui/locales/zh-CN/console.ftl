# The clerk's console.
console-page-title = { $window } 号窗口 · 窗口工作台
console-window = { $window } 号窗口
console-present = 当前来访者
console-acts = 操作
console-space = 空格
console-keys = 快捷键

console-situation-closed = 窗口未开放
console-situation-paused = 暂停服务
console-situation-idle = 空闲
console-situation-called = 已呼叫，等待到窗
console-situation-serving = 办理中

console-nobody-closed = 窗口未开放
console-nobody-paused = 暂停服务
console-nobody-idle = { $count } 人在等候
console-nobody-empty = 暂时无人等候
console-hint-closed = 开窗后即可呼叫号码。
console-hint-paused = 暂停期间不呼叫号码；恢复后继续。
console-hint-idle = 按空格键呼叫下一位。
console-hint-empty = 有人取号后会自动显示在这里。

console-main-busy = 正在提交……
console-main-waiting = 等待来访者取号
console-main-open = 开窗
console-main-resume = 恢复服务
console-main-call-next = 呼叫下一位
console-main-start = 来访者已到，开始办理
console-main-finish = 办结
console-main-finish-and-call = 办结并呼叫下一位

console-act-open = 开窗
console-act-call-next = 呼叫下一位
console-act-start = 开始办理
console-act-recall = 重呼
console-act-finish = 办结
console-act-pass = 过号
console-act-hold = 挂起
console-act-transfer = 转移
console-act-walk-up = 无号办理
console-act-call = 选号呼叫
console-act-take-back = 回呼
console-act-undo = 撤销
console-act-pause = 暂停服务
console-act-resume = 恢复服务
console-act-close = 关窗
console-act-class = 优先类别
console-act-leave = 已离开
console-act-merge = 合并重号
console-act-return = 重新排队

console-confirm-hold = 挂起
console-confirm-transfer = 转移
console-confirm-walk-up = 开始办理
console-confirm-call = 呼叫
console-confirm-take-back = 回呼
console-confirm-pause = 暂停服务
console-confirm-close = 关窗
console-confirm-class = 授予
console-confirm-leave = 确认已离开
console-confirm-merge = 合并

console-cannot-open = 窗口已经开放。
console-cannot-call-next = 现在不能呼叫下一位：请先处理当前号码，或等有人取号。
console-cannot-start = 没有已呼叫而未到窗的号码。
console-cannot-recall = 没有可以重呼的号码，或重呼次数已满；人仍未到请过号。
console-cannot-finish = 没有正在办理的号码。
console-cannot-pass = 只有已呼叫而未到窗的号码才能过号。
console-cannot-hold = 窗口没有可以挂起的号码。
console-cannot-transfer = 窗口没有可以转移的号码。
console-cannot-walk-up = 请先办结当前号码，并确认窗口已开放。
console-cannot-call = 现在不能选号呼叫：请先处理当前号码，或等有人取号。
console-cannot-take-back = 没有可以回呼的号码，或窗口尚有未办结的号码。
console-cannot-undo = 没有可以撤销的操作。
console-cannot-pause = 窗口没有在办理，无需暂停。
console-cannot-resume = 窗口没有暂停。
console-cannot-close = 请先办结当前号码，再关窗。
console-cannot-class = 没有可以授予优先类别的号码。
console-cannot-leave = 没有等候或挂起的号码。
console-cannot-merge = 至少要有两个等候或挂起的号码才能合并。
console-cannot-return = 没有可以重新排队的号码。

console-refreshed = 情况刚有变化，页面已更新。请看清楚后再操作。

console-speaks-english = 使用英语
console-taken-at = { $time } 取号
console-also-for = 还要办理：{ $services }
console-note-from = 上一窗口留言：
console-recalls = 已重呼 { $recalls }/{ $max } 次
console-shown = 已在 { $displays } 块屏中的 { $shown } 块显示
console-shown-nowhere = 没有屏幕在线，请口头呼叫
console-spoken = { $time } 已播报

console-next = 下一位
console-next-nobody = 暂时没有。
console-line = 等候队列
console-line-empty = 无人等候
console-line-more = 另有 { $count } 人
console-call-number = 呼叫 { $number }
console-tag-pinned = 置顶
console-tag-bound = 转来
console-tag-appointment = 预约
console-tag-passes = 过号 { $count } 次

console-sentence-gap = {""}
console-why-pinned = 值班长已将其置顶。
console-why-bound = 指定到本窗口办理。
console-why-overdue = 已等候 { $wait }，超过本大厅的上限。
console-why-priority = 本窗口优先办理“{ $service }”，其中此号排在最前。
console-why-ratio = 按本窗口的办理比例，现在轮到“{ $service }”。
console-why-order = 在本窗口可办的业务中排在最前：{ $since } 开始等候，已等 { $wait }。
console-why-chosen = 由窗口人员选定。
console-why-taken-back = 挂起后回呼。
console-why-walk-up = 未取号直接办理。
console-why-credit = 因“{ $class }”，等候时间多计 { $credit }。
console-why-then = 其后：{ $numbers }。

console-held = 已挂起
console-held-empty = 没有挂起的号码。
console-held-by = 由 { $window } 号窗口挂起
console-held-until = { $time } 自动回到队列
console-take-back-number = 回呼 { $number }
console-missed = 过号可返回
console-missed-empty = 没有过号的号码。
console-return-number = 让 { $number } 重新排队

console-figures = 今日
console-figure-served = 办结
console-figure-mean = 平均用时
console-figure-called = 呼叫
console-figure-passed = 过号
console-figure-transferred = 转移

console-undo-what = 刚才：{ $action } { $number }
console-undo-left = { $seconds } 秒内可撤销
console-undo-call = 呼叫
console-undo-start = 开始办理
console-undo-finish = 办结
console-undo-pass = 过号
console-undo-hold = 挂起
console-undo-take-back = 回呼
console-undo-transfer = 转移
console-undo-walk-up = 无号办理

console-hold-scope = 谁可以回呼
console-hold-private = 仅本窗口
console-hold-shared = 办理此业务的窗口
console-hold-time = 多久后自动回到队列
console-hold-open-ended = 不限
console-hold-minutes = { $minutes } 分钟
console-transfer-to = 转到
console-transfer-window = { $window } 号窗口
console-transfer-note = 给下一窗口的留言
console-transfer-come-back = 办完后回到本窗口
console-leave-lead = 来访者已离开大厅，号码不再呼叫。
console-merge-lead = 同一位来访者取了两个号：保留一个，另一个并入其中。
console-merge-keep = 保留
console-merge-drop = 并入并取消

console-key-space = 通常的下一步
console-key-help = 显示快捷键
console-key-digits = 在列表中选择
console-key-enter = 确定 / 返回
console-letters = 使用单字母快捷键
