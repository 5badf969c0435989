//! Replaying a recorded day: its own figures come out of the rules, the hall's order changes only whom
//! each server takes, and a file with a fault names the place.

use std::path::PathBuf;

use hall_server::replay::{ReplayFault, ReplayReport, run};

const HEADER: &str = "joined_s,service_type,priority,outcome,waited_s,service_s,server\n";

/// Writes a day of these lines to a file of its own.
fn day(name: &str, lines: &str) -> PathBuf {
    file(name, &format!("{HEADER}{lines}"))
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("replay-{}-{name}.csv", std::process::id()));
    std::fs::write(&path, text).expect("a temporary file can be written");
    path
}

fn replay(name: &str, lines: &str, policy: bool) -> ReplayReport {
    let path = day(name, lines);
    let report = run(&path, policy).expect("the day can be replayed");
    std::fs::remove_file(path).expect("the file was there");
    assert_eq!((report.duplicates, report.double_calls), (0, 0));
    report
}

fn fault(name: &str, text: &str) -> String {
    let path = file(name, text);
    let fault = run(&path, false).expect_err("the file has a fault").to_string();
    std::fs::remove_file(&path).expect("the file was there");
    let place = path.display().to_string();
    fault.strip_prefix(&format!("{place}: ")).expect("the fault names the file").to_owned()
}

#[test]
fn the_figures_are_the_records_own() {
    let lines = "100,PS,0,served,0,60,S1\n110,PS,0,left,30,0,\n120,IN,2,served,40,5,S1\n\
                 130,PS,1,served,35,10,S1\n";
    let report = replay("own", lines, false);
    assert_eq!((report.joined, report.served, report.left), (4, 3, 1));
    assert_eq!((report.mean_wait_s, report.p90_wait_s, report.mean_service_s), (25.0, 40, 25.0));
    // The day and its window begin; four join, three are called, started and finished, one leaves; the
    // day ends.
    assert_eq!(report.events, 2 + 4 + 3 * 3 + 1 + 1);
}

#[test]
fn within_a_second_services_end_before_callers_join_and_windows_call() {
    let lines = "100,PS,0,served,0,0,S1\n100,PS,0,served,0,50,S1\n150,PS,0,served,0,0,S1\n\
                 150,PS,0,served,0,10,S1\n";
    let report = replay("second", lines, false);
    assert_eq!((report.served, report.mean_wait_s, report.mean_service_s), (4, 0.0, 15.0));
}

#[test]
fn a_server_of_two_at_once_works_a_second_window() {
    let lines = "100,PS,0,served,0,60,S1\n110,PS,0,served,0,60,S1\n120,PS,0,served,60,10,S1\n";
    let report = replay("two", lines, false);
    assert_eq!((report.served, report.mean_service_s), (3, 130.0 / 3.0));
    // One window more is opened.
    assert_eq!(report.events, 1 + 2 + 3 * 4 + 1);
}

/// While the server is busy two callers wait; the later one is a priority caller.
fn two_wait(priority_joined_s: u32) -> String {
    let priority_waited_s = 300 - priority_joined_s;
    format!(
        "100,PS,0,served,0,100,S1\n110,PS,0,served,90,100,S1\n\
         {priority_joined_s},PS,2,served,{priority_waited_s},20,S1\n"
    )
}

#[test]
fn the_halls_own_order_advances_priority_callers_by_ninety_seconds() {
    // 89 seconds later: the priority caller is first, at second 200, and the other 20 seconds after.
    let first = replay("first", &two_wait(199), true);
    assert_eq!((first.served, first.p90_wait_s), (3, 110));
    // 91 seconds later they are not.
    let lines = two_wait(199).replace("110,PS,0,served,90", "108,PS,0,served,92");
    let second = replay("after", &lines, true);
    assert_eq!((second.served, second.p90_wait_s), (3, 101));
}

#[test]
fn in_the_halls_own_order_too_patience_ends() {
    let lines = "100,PS,0,served,0,100,S1\n110,PS,0,left,89,0,\n120,PS,0,left,80,0,\n";
    let report = replay("patience", lines, true);
    // The first gives up at second 199; the second is taken when the server is free, at second 200, as
    // long as others took.
    assert_eq!((report.joined, report.served, report.left), (3, 1, 2));
    let lines = format!("{lines}150,PS,0,served,50,10,S1\n");
    let report = replay("taken", &lines, true);
    assert_eq!((report.joined, report.served, report.left), (4, 3, 1));
}

#[test]
fn a_day_on_which_nobody_came_or_was_served_is_a_day() {
    assert_eq!(replay("empty", "", false).joined, 0);
    let all_left = "5,PS,0,left,10,0,\n6,PS,0,left,0,0,\n";
    for policy in [false, true] {
        let report = replay("all-left", all_left, policy);
        assert_eq!((report.joined, report.served, report.left), (2, 0, 2));
    }
}

#[test]
fn a_fault_names_line_and_column() {
    let line = |line: &str| format!("{HEADER}1,PS,0,left,0,0,\n{line}\n");
    let faults = [
        ("noon,PS,0,left,0,0,", "line 3, column `joined_s`: `noon` is not a whole number"),
        ("86400,PS,0,left,0,0,", "line 3, column `joined_s`: `86400` is not a second of the day"),
        ("1,,0,left,0,0,", "line 3, column `service_type`: `` is not a name"),
        ("1,PS,3,left,0,0,", "line 3, column `priority`: `3` is not a priority"),
        ("1,PS,0,lost,0,0,", "line 3, column `outcome`: `lost` is not `served` or `left`"),
        ("1,PS,0,left,-1,0,", "line 3, column `waited_s`: `-1` is not a whole number"),
        ("1,PS,0,served,0,1.5,S1", "line 3, column `service_s`: `1.5` is not a whole number"),
        ("1,PS,0,served,0,1,", "line 3, column `server`: `` is not a name"),
    ];
    for (text, expected) in faults {
        let said = fault("fault", &line(text));
        assert!(said.starts_with(expected), "{said}");
    }
    let said = fault("column", "joined_s,service_type\n1,PS\n");
    assert!(said.starts_with("line 1: the column `priority` is missing"), "{said}");
    let said = fault("short", &line("1,PS"));
    assert!(said.contains("line: 3"), "{said}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let missing = run(std::path::Path::new("no-such-day.csv"), false);
    assert!(
        matches!(missing, Err(ReplayFault::Unreadable { file, .. }) if file.ends_with("no-such-day.csv"))
    );
}
