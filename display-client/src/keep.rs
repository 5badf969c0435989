//! What a display knows, on disk: small files beside each other, each replaced as a whole. A damaged or foreign
//! file is as good as none.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use protocol::wall::Screen;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use crate::board::Board;
use crate::relay::{Kept, Relay};
use crate::shared::told_to_stop;

/// How often a changed board is written.
const EVERY: Duration = Duration::from_secs(5);
/// How much older than the truth the age of an unchanged board may become.
const AGE_TOLERANCE_MS: i64 = 60_000;

/// The last board.
const BOARD: &str = "board.json";
/// What the display is to be.
const SCREEN: &str = "screen.json";
/// The last order to restart that was followed.
const RESTARTED: &str = "restarted.json";

/// What the last run knew.
pub(crate) fn load(data_dir: &Path) -> Kept {
    Kept { board: read(data_dir, BOARD), screen: read(data_dir, SCREEN) }
}

/// The last order to restart that was followed.
pub(crate) fn restarted(data_dir: &Path) -> Option<u64> {
    read(data_dir, RESTARTED)
}

/// Remembers that an order to restart is being followed.
pub(crate) fn note_restart(data_dir: &Path, number: u64) {
    write(data_dir, RESTARTED, &number);
}

fn read<T: DeserializeOwned>(data_dir: &Path, name: &str) -> Option<T> {
    let text = std::fs::read(data_dir.join(name)).ok()?;
    serde_json::from_slice(&text)
        .inspect_err(
            |error| tracing::warn!(%error, name, "what was kept cannot be read and is left out"),
        )
        .ok()
}

/// Writes a file in place of the one before; whether that was possible.
fn write<T: Serialize>(data_dir: &Path, name: &str, what: &T) -> bool {
    let done = replace(data_dir, name, what);
    if let Err(error) = &done {
        tracing::warn!(%error, name, "it could not be kept on disk");
    }
    done.is_ok()
}

fn replace<T: Serialize>(data_dir: &Path, name: &str, what: &T) -> io::Result<()> {
    let new = data_dir.join(format!("{name}.new"));
    let mut out = std::fs::File::create(&new)?;
    out.write_all(&serde_json::to_vec(what)?)?;
    out.sync_all()?;
    std::fs::rename(&new, data_dir.join(name))
}

/// Writes what has changed, and once more at the end.
pub(crate) async fn run(data_dir: PathBuf, relay: Arc<Relay>, mut stop: watch::Receiver<bool>) {
    let mut keeper =
        Keeper { data_dir, board: relay.board(), screen: relay.screen().borrow().clone() };
    loop {
        let stopping = tokio::select! {
            () = tokio::time::sleep(EVERY) => false,
            () = told_to_stop(&mut stop) => true,
        };
        keeper.keep(&relay).await;
        if stopping {
            return;
        }
    }
}

/// What is on disk.
struct Keeper {
    data_dir: PathBuf,
    board: Option<Arc<Board>>,
    screen: Option<Arc<Screen>>,
}

impl Keeper {
    async fn keep(&mut self, relay: &Relay) {
        let board = relay.board().filter(|board| is_news(self.board.as_deref(), board));
        if let Some(board) = board
            && self.write(BOARD, &board).await
        {
            self.board = Some(board);
        }
        let screen = relay.screen().borrow().clone().filter(|it| Some(it) != self.screen.as_ref());
        if let Some(screen) = screen
            && self.write(SCREEN, &screen).await
        {
            self.screen = Some(screen);
        }
    }

    /// A memory card may take seconds for it, and nobody shall wait for it meanwhile.
    async fn write<T>(&self, name: &'static str, what: &Arc<T>) -> bool
    where
        T: Serialize + Send + Sync + 'static,
    {
        let (data_dir, what) = (self.data_dir.clone(), what.clone());
        let written = tokio::task::spawn_blocking(move || write(&data_dir, name, &*what));
        written.await.unwrap_or(false)
    }
}

fn is_news(kept: Option<&Board>, board: &Board) -> bool {
    kept.is_none_or(|kept| {
        kept.seq != board.seq
            || kept.cells != board.cells
            || board.at.since(kept.at) >= AGE_TOLERANCE_MS
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use protocol::{Seq, Timestamp};

    use super::*;

    #[test]
    fn a_board_comes_back_and_a_damaged_file_does_not() {
        let dir = std::env::temp_dir().join(format!("display-keep-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let board = Board { seq: Seq(7), at: Timestamp(5), cells: BTreeMap::new() };
        assert!(write(&dir, BOARD, &board));
        note_restart(&dir, 3);
        assert_eq!((load(&dir).board, restarted(&dir)), (Some(board), Some(3)));
        std::fs::write(dir.join(BOARD), "{\"seq\": 7, \"at").unwrap();
        assert_eq!(load(&dir).board, None);
        std::fs::remove_dir_all(&dir).unwrap();
        assert_eq!((load(&dir).board, restarted(&dir)), (None, None));
    }

    #[test]
    fn an_unchanged_board_is_written_again_only_to_keep_its_age() {
        let board = Board { seq: Seq(7), at: Timestamp(0), cells: BTreeMap::new() };
        let at = |at| Board { at: Timestamp(at), ..board.clone() };
        assert!(is_news(None, &board));
        assert!(!is_news(Some(&board), &at(59_999)));
        assert!(is_news(Some(&board), &at(60_000)));
    }
}
