//! Copies of the hall's pictures and videos on this machine's disk, so that they go on while the hall is away.
//! A copy lies at `media/REVISION/NAME` in the data directory and is whole or not there.

mod fetch;
mod serve;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use protocol::wall::Media;
use tokio::sync::watch;

pub(crate) use fetch::run;
pub(crate) use serve::file;

/// The longest name of a picture or video, in bytes.
const LONGEST_NAME: usize = 200;
/// The longest revision.
const LONGEST_REVISION: usize = 100;
/// How long a page waits for a copy that is still on its way.
const WAIT_FOR_COPY: Duration = Duration::from_secs(5);

/// The copies of one display. Clones are the same ones.
#[derive(Clone)]
pub(crate) struct Copies {
    dir: Arc<Path>,
    /// Wakes with every new copy.
    arrivals: Arc<watch::Sender<()>>,
}

impl Copies {
    /// The copies in a data directory.
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self { dir: data_dir.join("media").into(), arrivals: Arc::new(watch::Sender::new(())) }
    }

    /// Where a copy is or will be; `None` for a name that would lead out of the directory.
    fn place(&self, name: &str, revision: &str) -> Option<PathBuf> {
        let is_plain_revision = revision.len() <= LONGEST_REVISION
            && revision.chars().all(|c| c.is_ascii_alphanumeric());
        let is_plain_name = name.len() <= LONGEST_NAME
            && !name.starts_with('.')
            && !name.contains(['/', '\\', '\0']);
        let is_plain =
            is_plain_name && is_plain_revision && !name.is_empty() && !revision.is_empty();
        is_plain.then(|| self.dir.join(revision).join(name))
    }

    /// Where a picture or video of the hall is or will be.
    fn place_of(&self, media: &Media) -> Option<PathBuf> {
        self.place(&media.name, &media.revision)
    }

    /// A copy that is there, or comes within a few seconds.
    async fn find(&self, name: &str, revision: &str) -> Option<PathBuf> {
        let place = self.place(name, revision)?;
        let mut arrivals = self.arrivals.subscribe();
        let arrives = async { while !place.is_file() && arrivals.changed().await.is_ok() {} };
        tokio::time::timeout(WAIT_FOR_COPY, arrives).await.ok().map(|()| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_directory() {
        let copies = Copies::new(Path::new("/d"));
        assert_eq!(copies.place("a b.mp4", "1f"), Some(PathBuf::from("/d/media/1f/a b.mp4")));
        for (name, revision) in [
            ("../board.json", "1"),
            ("a/b.png", "1"),
            (".part", "1"),
            ("", "1"),
            ("a.png", ""),
            ("a.png", ".."),
            ("a.png", "1/2"),
        ] {
            assert_eq!(copies.place(name, revision), None, "{name} {revision}");
        }
    }
}
