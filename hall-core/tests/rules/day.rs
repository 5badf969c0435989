//! Business days: one ends, the next begins, and a snapshot of either can be read back.

use std::sync::Arc;

use hall_core::plan::DayKind;
use hall_core::{Command, HallDay, Refusal, Totals, WindowAct};
use jiff::civil::date;
use protocol::{Outcome, Timestamp};

use super::common::{MIDNIGHT, TestDay, small_plan};

fn start(days_later: i64) -> Command {
    Command::StartDay {
        date: date(2026, 5, 29),
        midnight: Timestamp(MIDNIGHT.0 + days_later * 86_400_000),
        kind: DayKind::Working,
        plan: Arc::new(small_plan()),
    }
}

#[test]
fn whatever_is_open_closes_with_the_day() {
    let mut day = TestDay::new();
    let tickets = [(); 3].map(|()| day.take("a"));
    day.serve("1");
    day.call("2");
    assert_eq!(day.refuses(start(1)), Refusal::DayAlreadyRunning);
    day.does(Command::EndDay);
    for ticket in tickets {
        assert_eq!(day.legs(ticket), [("a", Some(Outcome::DayEnd))]);
    }
    let totals = Totals::of(&day.day);
    assert_eq!((totals.taken, totals.ended(Outcome::DayEnd)), (3, 3));
    assert!(totals.add_up());
    assert!(day.day.windows.values().all(|window| window.work.clerk.is_none()));
}

#[test]
fn the_next_day_begins_anew_but_ids_go_on() {
    let mut day = TestDay::new();
    let before = day.take("a");
    let request = Command::LeaseNumbers { kiosk: "k".into(), series: "A".into(), count: 5 };
    day.does(request);
    day.does(Command::EndDay);
    day.now = Timestamp(MIDNIGHT.0 + 86_400_000);
    day.does(start(1));
    assert!(day.day.tickets.is_empty() && day.day.leases.is_empty());
    day.now = day.now.plus_s(9 * 3600);
    let after = day.take("a");
    assert_eq!(day.number(after), "A001");
    assert!(after.0 > before.0 + 5);
}

#[test]
fn a_snapshot_reads_back_as_the_same_day() {
    let mut day = TestDay::new();
    for service in ["a", "b", "c", "a"] {
        day.take(service);
    }
    day.serve("1");
    day.call("2");
    day.act("2", WindowAct::Pass);
    let text = serde_json::to_string(&day.day).expect("a day can be written");
    let read: HallDay = serde_json::from_str(&text).expect("and read");
    assert_eq!(read.restored(), day.day);
}
