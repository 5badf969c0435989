# 实时连接由大厅结束时的说明。
live-bye-forbidden = 您无权查看此内容，请先登录。
live-bye-version = 页面版本与大厅不一致，请刷新页面。
live-bye-malformed = 大厅无法理解此设备发送的内容，请检查其软件。
live-bye-unknown = 您要查看的内容不存在，或已不属于今天。
live-bye-too-slow = 连接太慢或没有响应，已断开，正在重新连接。
live-bye-stopping = 大厅系统正在停止，稍后会自动重新连接。
