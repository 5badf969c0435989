//! Notices what changes by itself: a notice begins or ends, an errand lapses, the media folder has got
//! another file.

use std::sync::Weak;
use std::time::Duration;

use protocol::Timestamp;
use tokio::time::MissedTickBehavior;

use super::service::{Inner, State, Walls};
use crate::clock::Clock;

const EVERY: Duration = Duration::from_secs(1);

/// Looks every second, for as long as somebody holds the walls.
pub(super) async fn tick(inner: Weak<Inner>, clock: Clock) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
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
        walls.look_at_folder().await;
    }
}

/// The times at which something changes by itself.
fn turns(state: &State) -> impl Iterator<Item = Timestamp> {
    let notices = state.rows.notices.iter();
    let notices = notices.flat_map(|it| [Some(it.from), it.until].into_iter().flatten());
    notices.chain(state.errands.ends())
}
