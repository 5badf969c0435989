//! The source files of a crate, without comments and unit tests.

use std::path::Path;

use anyhow::{Context, Result};
use tests::repository::root;

/// One file under `src/`.
pub(crate) struct Source {
    /// From the workspace's root.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

/// Every source file of a crate that is not a file of unit tests.
pub(crate) fn sources(room: &str) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    gather(&root().join(room).join("src"), &mut found)?;
    found.retain(|source| !source.is_tests());
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn gather(folder: &Path, found: &mut Vec<Source>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path)?;
            let path = path.strip_prefix(root())?.display().to_string();
            found.push(Source { path, text });
        }
    }
    Ok(())
}

impl Source {
    /// The lines that are neither comments nor unit tests, which stand at the end of their file.
    pub(crate) fn code(&self) -> impl Iterator<Item = &str> {
        let tests = |line: &&str| !line.starts_with("#[cfg(test)]");
        self.text.lines().take_while(tests).filter(|line| !line.trim_start().starts_with("//"))
    }

    fn is_tests(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}
