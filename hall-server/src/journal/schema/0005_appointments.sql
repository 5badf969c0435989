-- Appointments; domain `appointments` owns this table. A code is its visitor's secret: it is found again by
-- a keyed fingerprint and kept sealed. Who the visitor is stands in `person` alone.
CREATE TABLE appointment (
    id               INTEGER PRIMARY KEY,
    code_fingerprint BLOB NOT NULL UNIQUE,
    code             BLOB NOT NULL,
    services         TEXT NOT NULL,
    starts_at        INTEGER NOT NULL,
    ends_at          INTEGER NOT NULL,
    person           BLOB,
    identity         TEXT NOT NULL,
    cancelled        INTEGER NOT NULL,
    ticket           INTEGER
) STRICT;
CREATE INDEX appointment_by_start ON appointment (starts_at);
CREATE INDEX appointment_by_person ON appointment (person) WHERE person IS NOT NULL;
CREATE INDEX appointment_by_ticket ON appointment (ticket) WHERE ticket IS NOT NULL;
