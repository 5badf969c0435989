# The lobby board.
board-title = 大厅显示屏
board-calls = 窗口叫号
board-window = { $name }号窗口
board-waiting = 等候情况
board-nobody = 无需等候
board-wait-unknown = 暂无估计
board-people = 人
board-minutes = 分钟
board-empty = 欢迎光临
board-empty-hint = 请先在取号机取号，叫到您的号码后，这里会显示窗口
board-not-running = 今日服务已结束
board-not-running-hint = 感谢您的光临
board-connecting = 正在连接大厅……
board-no-queues = 暂无人等候
board-page = 第 { $page } 页，共 { $pages } 页
board-hint = 请留意屏幕与语音，过号请到窗口或导服台说明
board-stale = 数据已 { $seconds } 秒未更新，请以窗口呼叫为准
