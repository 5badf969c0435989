//! Reading a configuration file. Every mistake becomes one sentence that names the file, the key and the
//! mend, because the person who reads it wants to go on with their day.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// A mistake in a configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}{problem}; {mend}", file.display(), key.as_ref().map(|key| format!("`{key}`: ")).unwrap_or_default())]
pub struct Fault {
    /// Which file.
    pub file: PathBuf,
    /// Which key, as `table.key`, where one is concerned.
    pub key: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub mend: String,
}

impl Fault {
    /// A mistake with one key of a file.
    #[must_use]
    pub fn new(
        file: &Path,
        key: &str,
        problem: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self {
            file: file.to_owned(),
            key: Some(key.to_owned()),
            problem: problem.into(),
            mend: mend.into(),
        }
    }
}

/// Reads a TOML file.
///
/// # Errors
/// A [`Fault`] if the file cannot be read, is no TOML, has an unknown key or a bad value.
pub fn read<T: DeserializeOwned>(file: &Path) -> Result<T, Fault> {
    let text = std::fs::read_to_string(file).map_err(|error| Fault {
        file: file.to_owned(),
        key: None,
        problem: format!("cannot be read ({error})"),
        mend: "check the path and that you may read it".to_owned(),
    })?;
    parse(file, &text)
}

/// Reads the text of a TOML file; the path is only named in mistakes.
///
/// # Errors
/// As [`read`].
pub fn parse<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T, Fault> {
    let document = toml::Deserializer::parse(text).map_err(|error| syntax(file, text, &error))?;
    serde_path_to_error::deserialize(document).map_err(|error| {
        let path = error.path().to_string();
        value(file, text, &path, error.inner())
    })
}

fn syntax(file: &Path, text: &str, error: &toml::de::Error) -> Fault {
    Fault {
        file: file.to_owned(),
        key: None,
        problem: format!("line {} is not TOML ({})", line(text, error), error.message()),
        mend: "correct that line".to_owned(),
    }
}

fn value(file: &Path, text: &str, path: &str, error: &toml::de::Error) -> Fault {
    let message = error.message();
    let quoted = |after: &str| {
        let rest = &message[message.find(after)? + after.len()..];
        Some(rest.split('`').nth(1)?.to_owned())
    };
    let (key, problem, mend) = if message.starts_with("unknown field") {
        let unknown = quoted("unknown field").unwrap_or_default();
        let known = message.split("expected ").nth(1).unwrap_or("another key").replace('`', "");
        // The path may or may not end in the unknown key itself.
        let key = match path.strip_suffix(&unknown) {
            Some(_) => path.to_owned(),
            None if path == "." => unknown.clone(),
            None => format!("{path}.{unknown}"),
        };
        (key, "is not a key here".to_owned(), format!("use {known}"))
    } else if message.starts_with("missing field") {
        let missing = quoted("missing field").unwrap_or_default();
        let key = if path == "." { missing } else { format!("{path}.{missing}") };
        (key, "is missing".to_owned(), "add it".to_owned())
    } else {
        (path.to_owned(), message.to_owned(), "correct the value".to_owned())
    };
    let problem = format!("{problem} (line {})", line(text, error));
    Fault { file: file.to_owned(), key: Some(key), problem, mend }
}

fn line(text: &str, error: &toml::de::Error) -> usize {
    let offset = error.span().map_or(0, |span| span.start);
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Hall {
        #[allow(dead_code)]
        port: u16,
        #[allow(dead_code)]
        limits: Limits,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Limits {
        #[allow(dead_code)]
        sockets: u32,
    }

    fn fault(text: &str) -> String {
        parse::<Hall>(Path::new("hall.toml"), text).expect_err("a fault").to_string()
    }

    #[test]
    fn an_unknown_key_is_named_with_its_table_and_the_known_ones() {
        assert_eq!(
            fault("port = 1\n[limits]\nsockets = 1\nsocket = 2"),
            "hall.toml: `limits.socket`: is not a key here (line 4); use sockets"
        );
    }

    #[test]
    fn a_bad_value_is_named_with_its_key() {
        let text = fault("port = \"x\"\n[limits]\nsockets = 1");
        assert!(text.starts_with("hall.toml: `port`: invalid type: string \"x\""), "{text}");
        assert!(text.contains("(line 1)"), "{text}");
    }

    #[test]
    fn a_missing_key_is_named() {
        let text = fault("port = 1\n[limits]\n");
        assert!(text.starts_with("hall.toml: `limits.sockets`: is missing"), "{text}");
    }

    #[test]
    fn text_that_is_no_toml_names_its_line() {
        let text = fault("port = 1\nlimits = [");
        assert!(text.starts_with("hall.toml: line 2 is not TOML"), "{text}");
    }
}
