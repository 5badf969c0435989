//! A recorded day as its file says it: one line for each caller who joined the queue.

use std::path::Path;

use csv::StringRecord;
use protocol::ServiceId;

use super::ReplayFault;

/// The columns a record must have, in any order.
pub(super) const COLUMNS: [&str; 7] =
    ["joined_s", "service_type", "priority", "outcome", "waited_s", "service_s", "server"];

/// Seconds of a day; nobody joins after it.
const DAY_S: i64 = 86_400;

/// A recorded day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    pub(super) visits: Vec<Visit>,
}

/// One caller. Seconds count from the beginning of the day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Visit {
    pub(super) joined_s: i64,
    pub(super) service_type: ServiceId,
    pub(super) priority: bool,
    pub(super) waited_s: i64,
    /// Who served them and for how long; `None` for somebody who left.
    pub(super) served: Option<Served>,
}

/// A service as it was.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Served {
    pub(super) server: String,
    pub(super) service_s: i64,
}

impl Visit {
    /// When the caller was called, or gave up.
    pub(super) fn waited_until_s(&self) -> i64 {
        self.joined_s + self.waited_s
    }
}

impl Record {
    /// Reads a file.
    pub(super) fn read(path: &Path) -> Result<Self, ReplayFault> {
        let unreadable =
            |problem: String| ReplayFault::Unreadable { file: path.to_owned(), problem };
        let file = std::fs::File::open(path).map_err(|error| unreadable(error.to_string()))?;
        let mut reader = csv::Reader::from_reader(file);
        let header = reader.headers().map_err(|error| unreadable(error.to_string()))?.clone();
        let places = places(path, &header)?;
        let visits = reader
            .records()
            .map(|line| {
                let line = line.map_err(|error| unreadable(error.to_string()))?;
                Line { path, line: &line, places }.visit()
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { visits })
    }
}

impl Record {
    /// Seconds a caller is served: as recorded, or for one who left as long as those who came for the
    /// same were on average.
    pub(super) fn service_s(&self, place: usize) -> i64 {
        let visit = &self.visits[place];
        if let Some(served) = &visit.served {
            return served.service_s;
        }
        let same = self.visits.iter().filter(|other| other.service_type == visit.service_type);
        let times: Vec<i64> = same.filter_map(|it| Some(it.served.as_ref()?.service_s)).collect();
        times.iter().sum::<i64>() / i64::try_from(times.len()).unwrap_or(i64::MAX).max(1)
    }
}

/// Where each column stands.
fn places(path: &Path, header: &StringRecord) -> Result<[usize; 7], ReplayFault> {
    let mut places = [0; 7];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        *place = header
            .iter()
            .position(|name| name.trim_start_matches('\u{feff}') == column)
            .ok_or_else(|| ReplayFault::NoColumn { file: path.to_owned(), column })?;
    }
    Ok(places)
}

/// A line being read.
struct Line<'a> {
    path: &'a Path,
    line: &'a StringRecord,
    places: [usize; 7],
}

impl Line<'_> {
    fn visit(&self) -> Result<Visit, ReplayFault> {
        let [joined, service_type, priority, outcome, waited, service, server] = COLUMNS;
        let served = match self.cell(outcome) {
            "served" => {
                Some(Served { server: self.name(server)?, service_s: self.seconds(service)? })
            }
            "left" => None,
            _ => return Err(self.fault(outcome, "`served` or `left`")),
        };
        let joined_s = self.seconds(joined)?;
        if joined_s >= DAY_S {
            return Err(self.fault(joined, "a second of the day, 0 to 86399"));
        }
        let priority = match self.cell(priority) {
            "0" | "1" => false,
            "2" => true,
            _ => return Err(self.fault(priority, "a priority: 0, 1 or 2")),
        };
        let service_type = self.name(service_type)?.as_str().into();
        Ok(Visit { joined_s, service_type, priority, waited_s: self.seconds(waited)?, served })
    }

    fn cell(&self, column: &'static str) -> &str {
        let place = COLUMNS.iter().position(|it| *it == column).map(|index| self.places[index]);
        place.and_then(|place| self.line.get(place)).unwrap_or_default()
    }

    /// A count of seconds; whoever waits or is served longer than a week is a slip of the pen.
    fn seconds(&self, column: &'static str) -> Result<i64, ReplayFault> {
        let seconds = self.cell(column).parse().ok();
        seconds
            .filter(|seconds| (0..7 * DAY_S).contains(seconds))
            .ok_or_else(|| self.fault(column, "a whole number of seconds, 0 to a week's"))
    }

    fn name(&self, column: &'static str) -> Result<String, ReplayFault> {
        match self.cell(column) {
            "" => Err(self.fault(column, "a name")),
            name => Ok(name.to_owned()),
        }
    }

    fn fault(&self, column: &'static str, expected: &'static str) -> ReplayFault {
        ReplayFault::BadCell {
            file: self.path.to_owned(),
            line: self.line.position().map_or(0, csv::Position::line),
            column,
            value: self.cell(column).to_owned(),
            expected,
        }
    }
}
