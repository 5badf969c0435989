-- What a kiosk must not forget. Times are milliseconds since 1970 in UTC, by the kiosk's corrected clock.
-- Nothing personal stands here in clear: `sealed` is AES-256-GCM under a key from the kiosk's token.

-- What the hall last said: the menu, the slip's template, how far its clock is off this one.
CREATE TABLE document (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Online orders without an answer. Those given up are settled with the hall.
CREATE TABLE pending_order (
    key      TEXT PRIMARY KEY,
    at       INTEGER NOT NULL,
    given_up INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Requests for numbers without an answer: sent again they are the same request.
CREATE TABLE lease_request (
    series TEXT PRIMARY KEY,
    date   TEXT NOT NULL,
    key    TEXT NOT NULL,
    count  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Leased numbers nobody has yet.
CREATE TABLE leased_number (
    ticket INTEGER PRIMARY KEY,
    series TEXT NOT NULL,
    date   TEXT NOT NULL,
    number TEXT NOT NULL,
    token  TEXT NOT NULL,
    url    TEXT NOT NULL
) STRICT;

-- Tickets given while the hall was away, until they are handed in; `refused` is the code of a refusal that
-- no repeating will change.
CREATE TABLE offline_ticket (
    id       INTEGER PRIMARY KEY,
    ticket   INTEGER NOT NULL,
    date     TEXT NOT NULL,
    number   TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    sealed   BLOB,
    refused  TEXT
) STRICT;

-- Slips. `sealed` is what the slip says, wiped once it is certain what became of it.
CREATE TABLE slip_job (
    id     INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    number TEXT NOT NULL,
    again  INTEGER NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'printed', 'failed', 'doubtful')),
    at     INTEGER NOT NULL,
    sealed BLOB
) STRICT;
CREATE INDEX slip_job_by_ticket ON slip_job (ticket);

-- What the devices have counted.
CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
