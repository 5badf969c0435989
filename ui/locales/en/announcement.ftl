# How a call is spoken where the plan has no words of its own.
announcement = Number { $number }, please go to window { $window }

# What a window's LED strip shows.
strip-idle = Welcome
strip-pause = Paused
strip-call = { $number }, please
