//! A recorded day, driven through the real rules: callers are visitors, service types are services,
//! servers are windows.
//!
//! By default every caller is called at the recorded moment by the recorded server, so the figures must
//! be the record's own. With `policy` the hall's own order decides whom each freed server takes, while
//! the record only says when callers join, how long they take, when their patience ends, and when each
//! server was there. All figures come from the core's events, never from the file.

mod agenda;
mod figures;
mod hall;
mod presence;
mod record;
mod roster;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use hall_core::Refusal;
use serde::Serialize;

use agenda::Agenda;
use record::Record;
use roster::Roster;

/// What a replayed day comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReplayReport {
    /// Visitors who took a number.
    pub joined: usize,
    /// Visitors whose service was finished.
    pub served: usize,
    /// Visitors who went away before they were called.
    pub left: usize,
    /// Mean seconds from joining to being called, over those served.
    pub mean_wait_s: f64,
    /// The wait that nine in ten of those served did not exceed, by nearest rank.
    pub p90_wait_s: i64,
    /// Mean seconds of service.
    pub mean_service_s: f64,
    /// Numbers given while somebody else held them.
    pub duplicates: usize,
    /// Calls of somebody who was called or being served already.
    pub double_calls: usize,
    /// Events the core made of the day.
    pub events: usize,
    /// Seconds the replay took, reading the file included.
    pub seconds: f64,
}

/// Why a day cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayFault {
    /// The file cannot be opened or is no CSV.
    #[error("{}: {problem}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the reader said.
        problem: String,
    },
    /// The first line lacks a column.
    #[error("{}: line 1: the column `{column}` is missing; name the columns {}", file.display(), record::COLUMNS.join(","))]
    NoColumn {
        /// Which file.
        file: PathBuf,
        /// Which column.
        column: &'static str,
    },
    /// A cell does not say what its column must.
    #[error("{}: line {line}, column `{column}`: `{value}` is not {expected}", file.display())]
    BadCell {
        /// Which file.
        file: PathBuf,
        /// In which line, the first being 1.
        line: u64,
        /// In which column.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What should.
        expected: &'static str,
    },
    /// The rules refused what the record says was done.
    #[error("{}: at second {second} the rules refused: {refusal}", file.display())]
    Refused {
        /// Which file.
        file: PathBuf,
        /// At which second of the day.
        second: i64,
        /// Why.
        refusal: Refusal,
    },
}

/// Replays a recorded day; `policy` lets the hall's own order decide whom each server takes.
///
/// # Errors
/// A [`ReplayFault`], which names the file and the place in it.
pub fn run(path: &Path, policy: bool) -> Result<ReplayReport, ReplayFault> {
    // A stopwatch, not the time of day: nothing of the replayed day depends on it.
    let stopwatch = Instant::now();
    let record = Record::read(path)?;
    let roster = Roster::of(&record);
    let figures =
        Agenda::new(&record, &roster, policy).run().map_err(|stopped| ReplayFault::Refused {
            file: path.to_owned(),
            second: stopped.second,
            refusal: stopped.refusal,
        })?;
    Ok(ReplayReport { seconds: stopwatch.elapsed().as_secs_f64(), ..figures.report() })
}

impl fmt::Display for ReplayReport {
    /// A table for people; the JSON form is for machines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "joined          {:>10}", self.joined)?;
        writeln!(f, "served          {:>10}", self.served)?;
        writeln!(f, "left            {:>10}", self.left)?;
        writeln!(f, "mean_wait_s     {:>10.1}", self.mean_wait_s)?;
        writeln!(f, "p90_wait_s      {:>10}", self.p90_wait_s)?;
        writeln!(f, "mean_service_s  {:>10.1}", self.mean_service_s)?;
        writeln!(f, "duplicates      {:>10}", self.duplicates)?;
        writeln!(f, "double_calls    {:>10}", self.double_calls)?;
        writeln!(f, "events          {:>10}", self.events)?;
        write!(f, "seconds         {:>10.3}", self.seconds)
    }
}
