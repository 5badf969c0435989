-- What the displays are to be; domain `walls` owns these tables. Rows are only ever added and ended, so that
-- who did what when can be read for good. Times are milliseconds since 1970 in UTC.

-- Every revision of every display's layout.
CREATE TABLE wall_layout (
    display  TEXT NOT NULL,
    revision INTEGER NOT NULL,
    layout   TEXT NOT NULL,
    clerk    TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (display, revision)
) STRICT, WITHOUT ROWID;

-- Notices. `displays` is a list of ids, empty for all.
CREATE TABLE wall_notice (
    id        INTEGER PRIMARY KEY,
    title     TEXT NOT NULL,
    text      TEXT NOT NULL,
    displays  TEXT NOT NULL,
    from_at   INTEGER NOT NULL,
    until_at  INTEGER,
    clerk     TEXT NOT NULL,
    posted_at INTEGER NOT NULL,
    ended_by  TEXT,
    ended_at  INTEGER
) STRICT;
CREATE INDEX wall_notice_in_force ON wall_notice (id) WHERE ended_at IS NULL;

-- Emergency messages; at most one is not ended.
CREATE TABLE wall_emergency (
    id        INTEGER PRIMARY KEY,
    text      TEXT NOT NULL,
    clerk     TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    ended_by  TEXT,
    ended_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX wall_emergency_in_force ON wall_emergency ((ended_at IS NULL)) WHERE ended_at IS NULL;

-- Which displays had an emergency message on their screen, and since when.
CREATE TABLE wall_emergency_shown (
    emergency INTEGER NOT NULL REFERENCES wall_emergency (id),
    display   TEXT NOT NULL,
    shown_at  INTEGER NOT NULL,
    PRIMARY KEY (emergency, display)
) STRICT, WITHOUT ROWID;
