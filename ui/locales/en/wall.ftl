# The display client, beside the board itself.
wall-hall = OpenHall
wall-bye-version = The page and the display client differ in version; reload the page
wall-bye-unknown = This machine has no such display; open its start page
wall-bye-malformed = A message made no sense, so the connection is closed
wall-bye-stopping = The display client is stopping
wall-bye-restarted = The display has started again; the page loads itself again
