//! A recorded day driven through the real core: what `hall-server replay` prints equals what the record
//! says, computed here once more and from nothing but the record.
//!
//! `OPENHALL_QUEUE_DAYS` may name a directory of more recorded days; every file in it is checked.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tests::repository::{program, root};

/// How far two means of the same numbers may be apart.
const ROUNDING: f64 = 0.01;

/// What `hall-server replay FILE --json` prints.
#[derive(Debug, Deserialize)]
struct Report {
    joined: u64,
    served: u64,
    left: u64,
    mean_wait_s: f64,
    p90_wait_s: f64,
    mean_service_s: f64,
    duplicates: u64,
    double_calls: u64,
    events: u64,
    seconds: f64,
}

/// The same figures as the record has them.
#[derive(Debug)]
struct Expected {
    joined: u64,
    served: u64,
    left: u64,
    mean_wait_s: f64,
    p90_wait_s: f64,
    mean_service_s: f64,
}

#[test]
fn a_replayed_day_equals_its_record() -> Result<()> {
    for day in recorded_days()? {
        let name = day.display();
        let expected =
            expected(&std::fs::read_to_string(&day)?).with_context(|| format!("{name}"))?;
        let report = replay(&day, &[])?;
        let close = |one: f64, other: f64| (one - other).abs() < ROUNDING;
        assert_eq!(
            (report.joined, report.served, report.left),
            (expected.joined, expected.served, expected.left),
            "{name}"
        );
        assert!(close(report.mean_wait_s, expected.mean_wait_s), "{name}: {report:?} {expected:?}");
        assert!(close(report.p90_wait_s, expected.p90_wait_s), "{name}: {report:?} {expected:?}");
        assert!(
            close(report.mean_service_s, expected.mean_service_s),
            "{name}: {report:?} {expected:?}"
        );
        assert_eq!((report.duplicates, report.double_calls), (0, 0), "{name}");
        assert!(report.events >= report.joined + report.served * 3 + report.left, "{name}");
        assert!(report.seconds >= 0.0, "{name}");
    }
    Ok(())
}

/// With the hall's own order the waits differ, the people do not.
#[test]
fn the_halls_own_order_serves_the_same_people() -> Result<()> {
    for day in recorded_days()? {
        let name = day.display();
        let expected = expected(&std::fs::read_to_string(&day)?)?;
        let report = replay(&day, &["--policy"])?;
        assert_eq!(report.joined, expected.joined, "{name}");
        assert!(report.served + report.left <= report.joined, "{name}: {report:?}");
        assert!(report.served > 0, "{name}: {report:?}");
        assert_eq!((report.duplicates, report.double_calls), (0, 0), "{name}");
    }
    Ok(())
}

#[test]
fn a_record_that_cannot_be_read_is_one_sentence() -> Result<()> {
    let folder = tests::Folder::new("replay")?;
    let broken = folder.write("day.csv", "joined_s,service_type\nnoon,PS\n")?;
    for day in [broken, folder.file("missing.csv")] {
        let output = Command::new(program("hall-server")?).arg("replay").arg(&day).output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(&day.display().to_string()), "names the file: {said}");
        assert_eq!(said.trim().lines().count(), 1, "one sentence: {said}");
    }
    Ok(())
}

fn recorded_days() -> Result<Vec<PathBuf>> {
    let mut days = vec![root().join("tests/fixtures/queue-day.csv")];
    if let Some(folder) = std::env::var_os("OPENHALL_QUEUE_DAYS") {
        let folder = PathBuf::from(folder);
        let files = std::fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))?;
        for file in files {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "csv") {
                days.push(path);
            }
        }
        ensure!(days.len() > 1, "no recorded day in {}", folder.display());
    }
    Ok(days)
}

fn replay(day: &Path, more: &[&str]) -> Result<Report> {
    let output = Command::new(program("hall-server")?)
        .arg("replay")
        .arg(day)
        .arg("--json")
        .args(more)
        .output()?;
    let (said, log) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), "{}: {log}", day.display());
    serde_json::from_str(&said).with_context(|| format!("one JSON object, not {said}"))
}

/// The figures of a record, by the columns its first line names.
fn expected(record: &str) -> Result<Expected> {
    let mut lines = record.lines();
    let names: Vec<&str> = lines.next().context("a first line")?.split(',').collect();
    let place = |wanted: &str| {
        names.iter().position(|name| *name == wanted).with_context(|| format!("column {wanted}"))
    };
    let (outcome, waited, service) = (place("outcome")?, place("waited_s")?, place("service_s")?);
    let mut waits = Vec::new();
    let mut services = Vec::new();
    let mut left = 0;
    for line in lines.filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[outcome] == "served" {
            waits.push(cells[waited].parse::<u64>()?);
            services.push(cells[service].parse::<u64>()?);
        } else {
            left += 1;
        }
    }
    let served = waits.len();
    ensure!(served > 0, "somebody was served");
    let mean = |numbers: &[u64]| numbers.iter().sum::<u64>() as f64 / numbers.len() as f64;
    waits.sort_unstable();
    // Nearest rank: the smallest wait that nine in ten did not exceed.
    let rank = (served * 9).div_ceil(10);
    Ok(Expected {
        joined: served as u64 + left,
        served: served as u64,
        left,
        mean_wait_s: mean(&waits),
        p90_wait_s: waits[rank - 1] as f64,
        mean_service_s: mean(&services),
    })
}
