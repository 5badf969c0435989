-- Orders that were given up, by their idempotency key: a copy that arrives later is refused.
CREATE TABLE given_up (
    key TEXT PRIMARY KEY,
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX given_up_by_time ON given_up (at);
