//! A directory of its own for each test, gone when the test is over.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Most directories one process makes under one name.
const MOST: u32 = 10_000;

/// A directory that is removed when dropped, unless the test failed: then it stays, to be looked at.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty directory.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn new(purpose: &str) -> Result<Self> {
        let parent = std::env::temp_dir();
        let process = std::process::id();
        for number in 0..MOST {
            let path = parent.join(format!("openhall-{purpose}-{process}-{number}"));
            match std::fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).context(format!("cannot make {}", path.display())),
            }
        }
        bail!("{} is full of directories for {purpose}", parent.display())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A file in it.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file in it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.file(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // A leftover directory harms nobody.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
