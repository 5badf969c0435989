//! Bounds on what a hall accepts. Every one has a name and a default.

use serde::Deserialize;

/// Bounds, as `[limits]` in `hall.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Bytes of one request's body.
    pub body_bytes: usize,
    /// Seconds one request may take.
    pub request_s: u64,
    /// Live sockets at once.
    pub live_sockets: usize,
    /// Messages that wait for one slow socket before it gets a fresh snapshot instead.
    pub live_queue: usize,
    /// Bytes of one message from a client.
    pub live_message_bytes: usize,
    /// Orders that wait for the journal's writer before new ones are turned away.
    pub pending_orders: usize,
    /// Orders in one transaction.
    pub batch_orders: usize,
    /// Events kept in memory for clients that reconnect.
    pub recent_events: usize,
    /// Events after which the day is written down whole, so that a start replays few.
    pub snapshot_every: u64,
    /// Read-only connections.
    pub readers: usize,
    /// Days after which idempotency keys are forgotten.
    pub key_days: i64,
    /// Days after which a visitor's personal data is erased.
    pub person_days: i64,
    /// Wrong PINs before a clerk must wait.
    pub sign_in_attempts: u32,
    /// Seconds they must wait.
    pub sign_in_pause_s: i64,
    /// Seconds without a request after which a session ends.
    pub session_idle_s: i64,
    /// Seconds after which a session ends in any case.
    pub session_s: i64,
    /// Characters of a remark.
    pub note_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024,
            request_s: 10,
            live_sockets: 2_000,
            live_queue: 64,
            live_message_bytes: 32 * 1024,
            pending_orders: 4_096,
            batch_orders: 256,
            recent_events: 4_096,
            snapshot_every: 10_000,
            readers: 2,
            key_days: 2,
            person_days: 90,
            sign_in_attempts: 5,
            sign_in_pause_s: 60,
            session_idle_s: 12 * 3600,
            session_s: 24 * 3600,
            note_chars: 200,
        }
    }
}
