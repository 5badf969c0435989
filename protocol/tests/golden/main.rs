//! One example file per message: what is sent is what the file says, and the file is understood.
//!
//! After a deliberate change of the protocol, `BLESS_GOLDEN=1 cargo test -p protocol` writes the files anew;
//! look at the difference before committing it.

mod kiosk;
mod live;
mod wall;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where the examples are.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// Compares values with their example files, and says which files there should be.
#[derive(Default)]
struct Examples {
    names: BTreeSet<String>,
}

impl Examples {
    /// Checks that `value` is written as `<name>.json` says, and that the file is read as `value`.
    fn check<T>(&mut self, name: &str, value: &T)
    where
        T: Serialize + DeserializeOwned + PartialEq + Debug,
    {
        let path = folder().join(format!("{name}.json"));
        let written = serde_json::to_string_pretty(value).expect("serialises") + "\n";
        if std::env::var_os("BLESS_GOLDEN").is_some() {
            fs::write(&path, &written).expect("writes the example");
        }
        let example = fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}; run with BLESS_GOLDEN=1", path.display()));
        assert_eq!(written, example, "{name}.json");
        let read: T = serde_json::from_str(&example).expect("parses");
        assert_eq!(&read, value, "{name}.json read back");
        assert!(self.names.insert(format!("{name}.json")), "{name} is there twice");
    }
}

#[test]
fn every_message_is_as_its_example_says() {
    let mut examples = Examples::default();
    live::check(&mut examples);
    kiosk::check(&mut examples);
    wall::check(&mut examples);
    let files: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder of examples")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(files, examples.names, "files without a message, or the other way round");
}
