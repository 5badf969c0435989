//! How the benchmarks print times: a line of a table, with the middle, the slowest but one in a hundred, the
//! slowest.

use std::time::Duration;

/// The head of such a table.
pub const HEAD: &str = "| what | p50 | p99 | most |\n| --- | ---: | ---: | ---: |";

/// A line of the table; at least one time.
#[must_use]
pub fn row(what: &str, mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len());
        times[place - 1].as_secs_f64() * 1000.0
    };
    format!("| {what} | {:.1} ms | {:.1} ms | {:.1} ms |", at(0.5), at(0.99), at(1.0))
}
