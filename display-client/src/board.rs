//! What a board shows: the cells of its topic, as of an event of the hall. Pure.

use std::collections::BTreeMap;

use protocol::live::{Announcement, Cell, CellKey, ServerMessage};
use protocol::{Label, Phase, Seq, Timestamp};
use serde::{Deserialize, Serialize};

/// The last that is known of the hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Board {
    /// As of this event.
    pub(crate) seq: Seq,
    /// The hall's time of the last message.
    pub(crate) at: Timestamp,
    /// Every cell.
    pub(crate) cells: BTreeMap<CellKey, Cell>,
}

impl Board {
    /// The board after a message of the hall. A delta without a board before it says too little.
    pub(crate) fn after(board: Option<Self>, message: &ServerMessage) -> Option<Self> {
        match message {
            ServerMessage::Snapshot { seq, at, cells } => {
                Some(Self { seq: *seq, at: *at, cells: cells.clone() })
            }
            ServerMessage::Delta { seq, at, set, gone } => board.map(|mut board| {
                board.seq = *seq;
                board.at = *at;
                board.cells.retain(|key, _| !gone.contains(key));
                board.cells.extend(set.clone());
                board
            }),
            ServerMessage::Ping { at } => board.map(|board| Self { at: *at, ..board }),
            // A line that is cut before the cells follow must not bring the same call again.
            ServerMessage::Announce(call) => board.map(|board| Self { seq: call.seq, ..board }),
            ServerMessage::Screen(_) | ServerMessage::Stale { .. } | ServerMessage::Bye { .. } => {
                board
            }
        }
    }

    /// The board as a message for a page that comes at this time of the hall.
    pub(crate) fn snapshot(&self, at: Timestamp) -> ServerMessage {
        ServerMessage::Snapshot { seq: self.seq, at, cells: self.cells.clone() }
    }

    /// Whether somebody is still called, and has not come yet. To be asked of a board that knows of the call.
    pub(crate) fn calls(&self, call: &Announcement) -> bool {
        let cell = self.cells.get(&format!("call/{}", call.window));
        matches!(cell, Some(Cell::Call(cell))
            if cell.number == call.number && cell.phase == Phase::Called)
    }

    /// The hall's name, if it is on the board.
    pub(crate) fn hall_name(&self) -> Option<Label> {
        self.cells.values().find_map(|cell| match cell {
            Cell::Hall(hall) => Some(hall.name.clone()),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use protocol::live::HallCell;

    use super::*;

    fn hall(name: &str) -> Cell {
        Cell::Hall(HallCell {
            name: Label::new(name, name),
            date: "2026-11-23".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            running: true,
        })
    }

    #[test]
    fn a_delta_changes_what_a_snapshot_said() {
        let snapshot = ServerMessage::Snapshot {
            seq: Seq(5),
            at: Timestamp(10),
            cells: [("hall".to_owned(), hall("a")), ("old".to_owned(), hall("x"))].into(),
        };
        let delta = ServerMessage::Delta {
            seq: Seq(6),
            at: Timestamp(20),
            set: [("hall".to_owned(), hall("b"))].into(),
            gone: vec!["old".to_owned()],
        };
        assert_eq!(Board::after(None, &delta), None);
        let board = Board::after(Board::after(None, &snapshot), &delta).unwrap();
        assert_eq!((board.seq, board.at), (Seq(6), Timestamp(20)));
        assert_eq!(board.cells.keys().collect::<Vec<_>>(), ["hall"]);
        assert_eq!(board.hall_name().unwrap().zh, "b");
        let later = Board::after(Some(board), &ServerMessage::Ping { at: Timestamp(30) }).unwrap();
        assert_eq!((later.seq, later.at), (Seq(6), Timestamp(30)));
    }

    #[test]
    fn a_call_counts_as_seen_before_its_cells_follow() {
        let board = Board { seq: Seq(5), at: Timestamp(10), cells: BTreeMap::new() };
        let call = r#"{"type":"announce","seq":6,"ticket":1,"number":"A001","window":"w1",
            "window_name":{"zh":"1","en":"1"},"zone":"z","service":"s","language":"zh","at":20,
            "recall":0,"voice":null,"by_light":false}"#;
        let call = serde_json::from_str(call).unwrap();
        assert_eq!(Board::after(Some(board.clone()), &call), Some(Board { seq: Seq(6), ..board }));
    }
}
