//! Random days of every command, held against a naive model: a list and a sort. A failing day is shrunk
//! and printed with its steps; its seed is kept in `proptest-regressions` and tried first the next time.

mod checks;
mod entry;
mod halls;
mod model;
mod order;
mod steps;
mod witness;

use std::collections::BTreeMap;

use checks::Checked;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use steps::{RandomDay, random_day};
use witness::Witness;

/// Days per test; there are two.
const DAYS: u32 = 10_000;

proptest! {
    #![proptest_config(ProptestConfig { cases: DAYS, ..ProptestConfig::default() })]

    /// Whatever is asked, the hall does what a list and a sort would do, and all figures add up.
    #[test]
    fn a_hall_does_what_a_list_and_a_sort_would_do(day in random_day()) {
        let mut checked = Checked::begin(&day);
        for step in &day.steps {
            checked.step(step);
        }
    }

    /// Whatever was done can be replayed, read back from a snapshot, and undone exactly.
    #[test]
    fn a_day_can_be_replayed_restored_and_undone(day in random_day()) {
        let mut witness = Witness::begin(&day);
        for step in &day.steps {
            witness.step(step);
        }
        witness.replays();
        witness.restores();
    }
}

/// The generator reaches every command: otherwise the tests above would prove little.
#[test]
fn random_days_reach_every_event() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::new();
    for _ in 0..300 {
        let tree = random_day().new_tree(&mut runner).expect("a random day");
        let day: RandomDay = tree.current();
        let mut witness = Witness::begin(&day);
        day.steps.iter().for_each(|step| witness.step(step));
        for (_, event) in &witness.events {
            let name = serde_json::to_value(event).expect("an event")["event"].to_string();
            *seen.entry(name).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len(), 32, "{seen:#?}");
    assert!(seen.values().all(|&count| count >= 10), "{seen:#?}");
}
