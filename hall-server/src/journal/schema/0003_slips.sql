-- Every revision of the slip's layout: what it was, who saved it and when. Only ever added to; domain
-- `slips` owns this table.
CREATE TABLE slip_template (
    revision INTEGER PRIMARY KEY,
    template TEXT NOT NULL,
    clerk    TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;
