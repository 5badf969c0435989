-- Who is signed in. Only the hash of a token is kept; domain `accounts` owns this table.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    clerk      TEXT NOT NULL,
    window     TEXT,
    began_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
