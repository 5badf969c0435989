-- The journal and what follows from it. Times are milliseconds since 1970 in UTC.

-- What happened, in order. Never changed, never deleted, no personal data.
CREATE TABLE event (
    seq     INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    version INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    ticket  INTEGER,
    body    TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_ticket ON event (ticket) WHERE ticket IS NOT NULL;

-- The day written down whole, so that a start replays only what came after.
CREATE TABLE snapshot (
    seq  INTEGER PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

-- Orders that were carried out, by their idempotency key.
CREATE TABLE request (
    key         TEXT PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    first_seq   INTEGER NOT NULL,
    last_seq    INTEGER NOT NULL,
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX request_by_time ON request (at);

-- Tickets and their legs as they stand: what statistics read. Always what replaying the events gives.
CREATE TABLE ticket (
    id        INTEGER PRIMARY KEY,
    day       TEXT NOT NULL,
    number    TEXT NOT NULL,
    person    BLOB,
    class     TEXT NOT NULL,
    channel   TEXT NOT NULL,
    taken_at  INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    phase     TEXT NOT NULL,
    outcome   TEXT,
    closed_at INTEGER
) STRICT;
CREATE INDEX ticket_by_day ON ticket (day);

CREATE TABLE leg (
    ticket     INTEGER NOT NULL REFERENCES ticket (id),
    place      INTEGER NOT NULL,
    service    TEXT NOT NULL,
    window     TEXT,
    opened_at  INTEGER NOT NULL,
    called_at  INTEGER,
    started_at INTEGER,
    ended_at   INTEGER,
    passes     INTEGER NOT NULL,
    outcome    TEXT,
    PRIMARY KEY (ticket, place)
) STRICT, WITHOUT ROWID;

-- Who visitors are: sealed field by field, erased on schedule.
CREATE TABLE person (
    id          BLOB PRIMARY KEY,
    fingerprint BLOB NOT NULL UNIQUE,
    masked_name TEXT,
    name        BLOB,
    number      BLOB NOT NULL,
    seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_time ON person (seen_at);

-- Remarks, sealed, erased on schedule.
CREATE TABLE note (
    id         INTEGER PRIMARY KEY,
    text       BLOB NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_by_time ON note (written_at);
