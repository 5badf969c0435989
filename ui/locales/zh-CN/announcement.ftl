# How a call is spoken where the plan has no words of its own.
announcement = 请{ $number }号到{ $window }号窗口

# What a window's LED strip shows.
strip-idle = 热情为您服务
strip-pause = 暂停服务
strip-call = 请{ $number }号
