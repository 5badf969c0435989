//! The rules of the house that a compiler does not check: who may import whom, where SQL and clocks may
//! be, that every room is there and says what it is for.

#[path = "house/sources.rs"]
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use sources::{Source, sources};
use tests::repository::root;

/// Who may import whom.
const IMPORTS: [(&str, &[&str]); 11] = [
    ("protocol", &[]),
    ("settings", &[]),
    ("hardware", &[]),
    ("slip", &["protocol"]),
    ("hall-core", &["protocol"]),
    ("ui", &["protocol"]),
    ("hall-server", &["protocol", "hall-core", "settings", "slip", "ui"]),
    ("kiosk-client", &["protocol", "hardware", "settings", "slip", "ui"]),
    ("display-client", &["protocol", "hardware", "settings", "ui"]),
    (
        "station",
        &[
            "protocol",
            "hall-core",
            "settings",
            "slip",
            "ui",
            "hardware",
            "hall-server",
            "kiosk-client",
            "display-client",
        ],
    ),
    ("tests", &["protocol", "hall-core", "hardware"]),
];

/// The first SQLite that does not corrupt a WAL when two connections reset it.
const OLDEST_SQLITE: i32 = 3_051_003;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `None` for what is linked, `dev` and `build` for the others.
    kind: Option<String>,
    optional: bool,
}

fn packages() -> Result<Vec<Package>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice::<Metadata>(&output.stdout)?.packages)
}

#[test]
fn imports_go_one_way() -> Result<()> {
    let allowed: BTreeMap<&str, &[&str]> = IMPORTS.into();
    let packages = packages()?;
    let ours: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(ours, allowed.keys().copied().collect(), "every crate has a line in the table");
    for package in &packages {
        let may = allowed[package.name.as_str()];
        for import in package.dependencies.iter().map(|it| it.name.as_str()) {
            assert!(
                !ours.contains(import) || may.contains(&import),
                "{} must not import {import}",
                package.name
            );
        }
    }
    Ok(())
}

#[test]
fn protocol_is_serde_and_nothing_else() -> Result<()> {
    let packages = packages()?;
    let protocol = packages.iter().find(|it| it.name == "protocol").context("protocol")?;
    let linked = protocol.dependencies.iter().filter(|it| it.kind.is_none() && !it.optional);
    assert_eq!(linked.map(|it| it.name.as_str()).collect::<Vec<_>>(), ["serde"]);
    Ok(())
}

#[test]
fn every_room_is_there() {
    for folder in ["configs/demo", "configs/calendar", "docs", "tests", "ui/locales/zh-CN"] {
        assert!(root().join(folder).is_dir(), "{folder} is missing");
    }
    for (room, _) in IMPORTS {
        assert!(root().join(room).join("src").is_dir(), "{room} is missing");
    }
    for file in ["README.md", "README.zh.md", "ARCHITECTURE.md", "check", ".ci/run"] {
        assert!(root().join(file).is_file(), "{file} is missing");
    }
}

#[test]
fn every_source_file_says_what_it_is_for() -> Result<()> {
    for (room, _) in IMPORTS {
        for source in sources(room)? {
            assert!(source.text.starts_with("//!"), "{} opens without a `//!`", source.path);
        }
    }
    Ok(())
}

#[test]
fn sql_is_in_stores_and_in_the_journal() -> Result<()> {
    const SQL: [&str; 6] =
        ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"CREATE ", "execute_batch("];
    for (room, _) in IMPORTS.iter().filter(|(room, _)| *room != "tests") {
        for source in sources(room)? {
            let may =
                source.path.ends_with("/store.rs") || source.is_in("hall-server/src/journal/");
            assert!(may || source.has_none(&SQL), "{}", source.complaint(&SQL, "SQL"));
        }
    }
    Ok(())
}

#[test]
fn one_clock_tells_the_time() -> Result<()> {
    const CLOCKS: [&str; 5] =
        ["SystemTime::now", "Timestamp::now", "Zoned::now", "Utc::now", "Local::now"];
    for room in ["hall-core", "hall-server", "protocol"] {
        for source in sources(room)? {
            let may = source.path == "hall-server/src/clock.rs";
            assert!(may || source.has_none(&CLOCKS), "{}", source.complaint(&CLOCKS, "a clock"));
        }
    }
    Ok(())
}

#[test]
fn the_core_does_nothing_but_think() -> Result<()> {
    const IO: [&str; 9] = [
        "std::fs",
        "std::net",
        "std::io",
        "std::thread",
        "std::env",
        "std::time",
        "getrandom",
        "tokio",
        "async fn",
    ];
    for source in sources("hall-core")? {
        assert!(source.has_none(&IO), "{}", source.complaint(&IO, "input or output"));
    }
    Ok(())
}

/// But for the wording, which is read once and never changes.
#[test]
fn nothing_is_global() -> Result<()> {
    const GLOBAL: [&str; 5] = ["static ", "thread_local!", "OnceLock", "LazyLock", "lazy_static"];
    const WORDING: &str = "ui/src/words.rs";
    for (room, _) in IMPORTS {
        for source in sources(room)?.iter().filter(|source| source.path != WORDING) {
            let found = source.code().filter(|line| {
                let start = line.trim_start().trim_start_matches("pub ");
                start.starts_with(GLOBAL[0]) || GLOBAL[1..].iter().any(|it| line.contains(it))
            });
            assert_eq!(found.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", source.path);
        }
    }
    Ok(())
}

#[test]
fn libraries_do_not_print() -> Result<()> {
    const PRINT: [&str; 4] = ["println!(", "print!(", "eprint!(", "dbg!("];
    for (room, _) in IMPORTS.iter().filter(|(room, _)| *room != "tests") {
        for source in sources(room)?.iter().filter(|source| !source.path.ends_with("src/main.rs")) {
            assert!(source.has_none(&PRINT), "{}", source.complaint(&PRINT, "printing"));
        }
    }
    Ok(())
}

/// Chinese stands in the wording and in configurations, not in code; surnames are no wording.
#[test]
fn wording_is_not_in_code() -> Result<()> {
    const SURNAMES: &str = "hall-server/src/people/mask.rs";
    for room in ["hall-core", "hall-server", "ui", "display-client", "kiosk-client", "protocol"] {
        for source in sources(room)?.iter().filter(|source| source.path != SURNAMES) {
            let found: Vec<&str> = source.code().filter(|line| line.chars().any(is_han)).collect();
            assert_eq!(found, Vec::<&str>::new(), "{}", source.path);
        }
    }
    Ok(())
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

#[test]
fn sqlite_is_new_enough() {
    assert!(rusqlite::version_number() >= OLDEST_SQLITE, "SQLite {}", rusqlite::version());
}

impl Source {
    fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    fn has_none(&self, words: &[&str]) -> bool {
        self.lines_with(words).is_empty()
    }

    fn lines_with(&self, words: &[&str]) -> Vec<&str> {
        self.code().filter(|line| words.iter().any(|word| line.contains(word))).collect()
    }

    fn complaint(&self, words: &[&str], what: &str) -> String {
        format!("{}: {what} does not belong here: {:?}", self.path, self.lines_with(words))
    }
}
