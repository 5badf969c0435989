# Words that every page uses.
common-skip = 跳到正文
common-other-language = English
common-elder-on = 大字版
common-elder-off = 标准字号

common-confirm = 确定
common-cancel = 取消
common-close = 关闭
common-back = 返回
common-save = 保存
common-search = 查找

common-window = 窗口
common-service = 业务
common-people = { $count } 人
common-minutes = { $count } 分钟
common-wait-within = { $high } 分钟内
common-wait-about = 约 { $high } 分钟
common-wait-range = { $low }–{ $high } 分钟
common-wait-unknown = 暂无法估计

common-connecting = 正在连接……
common-stale = 数据已 { $seconds } 秒未更新

common-class-ordinary = 普通
common-class-elder = 老年人
common-class-disabled = 残疾人
common-class-hearing = 听障人士
common-class-pregnant = 孕妇
common-class-infant = 携带婴幼儿
common-class-veteran = 退役军人
common-class-service = 现役军人、消防员
common-class-green-channel = 绿色通道

common-phase-waiting = 等候中
common-phase-called = 正在呼叫
common-phase-serving = 办理中
common-phase-held = 已挂起
common-phase-closed = 已结束

common-outcome-served = 已办结
common-outcome-transferred = 已转移
common-outcome-no-show = 过号
common-outcome-left = 已离开
common-outcome-withdrawn = 已退号
common-outcome-day-end = 营业结束
common-outcome-merged = 已合并
common-outcome-undone = 已撤销

common-mode-open = 办理中
common-mode-paused = 暂停服务
common-mode-closed = 未开放

common-identity-none = 无需证件
common-identity-phone = 手机号
common-identity-card = 身份证

common-rule-pinned = 值班长置顶
common-rule-bound = 指定到本窗口
common-rule-overdue = 等候超时
common-rule-priority = 本窗口优先业务
common-rule-ratio = 按比例轮到该业务
common-rule-order = 按排队先后
common-rule-chosen = 窗口人员选号
common-rule-taken-back = 挂起后回呼
common-rule-walk-up = 免取号直接办理

common-alert-waits-too-long = 等候过久
common-alert-nobody-serves = 有人等候但无窗口受理
common-alert-display-gone = 显示屏断开
common-alert-kiosk-needs-help = 取号机需要帮助
common-alert-kiosk-gone = 取号机失去联系
common-alert-device-needs-help = 取号机设备异常
common-alert-output-needs-help = 显示设备异常
common-alert-calendar-missing = 本年工作日历未录入

common-availability-open = 可取号
common-availability-outside-hours = 不在取号时间
common-availability-opens = { $time } 开始取号
common-availability-used-up = 号已取完
common-availability-used-up-opens = 本时段号已取完，{ $time } 再放号
common-availability-closed = 今日暂停：{ $reason }
common-availability-no-window = 暂无窗口受理
common-rating-very-bad = 非常不满意
common-rating-bad = 不满意
common-rating-fair = 基本满意
common-rating-good = 满意
common-rating-very-good = 非常满意
