//! One hall per data directory: a lock that ends with the process, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

const FILE: &str = "hall.lock";

/// Held while the hall runs.
pub(crate) struct DataLock {
    _file: File,
}

/// Why the data directory is not ours.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockFault {
    /// Another hall has it.
    #[error("another hall is running on this data directory")]
    Taken,
    /// It cannot be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl DataLock {
    /// Takes the data directory.
    pub(crate) fn take(data_dir: &Path) -> Result<Self, LockFault> {
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(false).open(data_dir.join(FILE))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockFault::Taken),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
