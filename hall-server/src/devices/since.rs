//! Since when something a machine told of is so: the machine says it by its own clock, which may be wrong.

use protocol::Timestamp;

/// Seconds before now beyond which a machine's word for a time is not believed; it stems from a clock that
/// had not been set.
const OLDEST_BELIEVED_S: i64 = 366 * 24 * 3600;

/// The time a machine said, if it can be true; otherwise when the hall first heard of it.
pub(super) fn believed(said: Timestamp, first_heard: Timestamp, now: Timestamp) -> Timestamp {
    let possible = now.minus_s(OLDEST_BELIEVED_S) <= said && said <= now;
    if possible { said } else { first_heard }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_not_set_is_not_believed() {
        let (heard, now) = (Timestamp(1_795_399_000_000), Timestamp(1_795_399_200_000));
        assert_eq!(believed(Timestamp(0), heard, now), heard);
        assert_eq!(believed(now.plus_s(60), heard, now), heard);
        assert_eq!(believed(now.minus_s(86_400), heard, now), now.minus_s(86_400));
    }
}
