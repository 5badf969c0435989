//! The one clock. Everything that needs the time is given it from here, so a test can hold it still.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use protocol::Timestamp;

/// Tells the time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Held(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's own clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is set.
    #[must_use]
    pub fn held_at(time: Timestamp) -> Self {
        Self(Source::Held(Arc::new(AtomicI64::new(time.0))))
    }

    /// Sets a clock that is held; a system clock goes on as it does.
    pub fn set(&self, time: Timestamp) {
        if let Source::Held(held) = &self.0 {
            held.store(time.0, Ordering::SeqCst);
        }
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Source::Held(held) => Timestamp(held.load(Ordering::SeqCst)),
        }
    }
}
