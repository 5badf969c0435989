# The display client, beside the board itself.
wall-hall = 开放大厅
wall-bye-version = 页面版本与显示终端不一致，请刷新
wall-bye-unknown = 本终端没有这块屏，请打开本机的首页
wall-bye-malformed = 收到无法识别的消息，连接已关闭
wall-bye-stopping = 显示终端正在关闭
wall-bye-restarted = 显示终端已重新启动，页面将自动刷新
