//! The last board on disk: a small JSON file, replaced as a whole. A damaged or foreign file is as good
//! as none.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::board::Board;
use crate::relay::Relay;
use crate::shared::told_to_stop;

/// How often a changed board is written.
const EVERY: Duration = Duration::from_secs(5);
/// How much older than the truth the age of an unchanged board may become.
const AGE_TOLERANCE_MS: i64 = 60_000;

/// Where a display keeps its board.
fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("board.json")
}

/// The board of the last run.
pub(crate) fn load(data_dir: &Path) -> Option<Board> {
    let text = std::fs::read(file(data_dir)).ok()?;
    serde_json::from_slice(&text)
        .inspect_err(
            |error| tracing::warn!(%error, "the kept board cannot be read and is left out"),
        )
        .ok()
}

fn save(data_dir: &Path, board: &Board) -> io::Result<()> {
    let new = data_dir.join("board.json.new");
    let mut out = std::fs::File::create(&new)?;
    out.write_all(&serde_json::to_vec(board)?)?;
    out.sync_all()?;
    std::fs::rename(&new, file(data_dir))
}

/// Writes the board whenever it has changed, and once more at the end.
pub(crate) async fn run(data_dir: PathBuf, relay: Arc<Relay>, mut stop: watch::Receiver<bool>) {
    let mut kept = relay.board();
    loop {
        let stopping = tokio::select! {
            () = tokio::time::sleep(EVERY) => false,
            () = told_to_stop(&mut stop) => true,
        };
        let board = relay.board();
        if let Some(board) = board.filter(|board| is_news(kept.as_ref(), board)) {
            match save(&data_dir, &board) {
                Ok(()) => kept = Some(board),
                Err(error) => tracing::warn!(%error, "the board could not be kept on disk"),
            }
        }
        if stopping {
            return;
        }
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
        save(&dir, &board).unwrap();
        assert_eq!(load(&dir), Some(board));
        std::fs::write(file(&dir), "{\"seq\": 7, \"at").unwrap();
        assert_eq!(load(&dir), None);
        std::fs::remove_dir_all(&dir).unwrap();
        assert_eq!(load(&dir), None);
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
