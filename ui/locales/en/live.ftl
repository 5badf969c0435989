# What the live connection says when the hall ends it.
live-bye-forbidden = You may not see this. Please sign in first.
live-bye-version = This page is of another version than the hall. Please reload it.
live-bye-malformed = The hall does not understand what this device sends. Please check its software.
live-bye-unknown = What you want to see does not exist, or is no longer of today.
live-bye-too-slow = The connection was too slow or did not answer, and was ended. It will be made again.
live-bye-stopping = The hall is stopping. The connection will be made again by itself.
