//! Notices what changes by itself: a notice begins or ends, an errand lapses, the media folder has got
//! another file.

use std::sync::Weak;
use std::time::Duration;

use protocol::Timestamp;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::service::{Inner, State, Walls};
use crate::clock::Clock;

const EVERY: Duration = Duration::from_secs(1);

/// Looks at the clock every second, for as long as somebody holds the walls.
pub(super) async fn watch_time(inner: Weak<Inner>, clock: Clock) {
    let mut tick = every_second();
    let mut seen = clock.now();
    loop {
        tick.tick().await;
        let Some(walls) = inner.upgrade().map(Walls) else { return };
        let now = clock.now();
        // A clock that steps back changes things as well.
        let (earlier, later) = (seen.min(now), seen.max(now));
        let turns = turns(&walls.state()).any(|turn| earlier < turn && turn <= later);
        if turns {
            walls.wake();
        }
        seen = now;
    }
}

/// Looks into the media folder every second. On its own: a folder on another machine may keep it waiting.
pub(super) async fn watch_folder(inner: Weak<Inner>) {
    let mut tick = every_second();
    loop {
        tick.tick().await;
        let Some(walls) = inner.upgrade().map(Walls) else { return };
        walls.look_at_folder().await;
    }
}

fn every_second() -> Interval {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tick
}

/// The times at which something changes by itself.
fn turns(state: &State) -> impl Iterator<Item = Timestamp> {
    let notices = state.rows.notices.iter();
    let notices = notices.flat_map(|it| [Some(it.from), it.until].into_iter().flatten());
    notices.chain(state.errands.ends())
}
