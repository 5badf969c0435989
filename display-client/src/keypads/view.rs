//! What stands on a keypad: how many wait for its window, and whom it has. Pure.

use hardware::keypad::Display;
use protocol::live::Cell;
use protocol::wall::KeypadView;
use protocol::{Number, WindowId};

use crate::board::Board;

/// As the board has it; `None` for a window that the board does not know.
pub(super) fn of_board(board: &Board, window: &WindowId) -> Option<Display> {
    let Some(Cell::Window(cell)) = board.cells.get(&format!("window/{window}")) else {
        return None;
    };
    let waiting = Some(cell.waiting);
    let number = match board.cells.get(&format!("call/{window}")) {
        Some(Cell::Call(cell)) => digits(&cell.number),
        _ => None,
    };
    Some(Display { waiting, number })
}

/// As the hall has just answered.
pub(super) fn of_answer(view: &KeypadView) -> Display {
    Display { waiting: Some(view.waiting), number: view.number.as_ref().and_then(digits) }
}

/// The digits a number ends with: 5 of A005.
fn digits(number: &Number) -> Option<u32> {
    let text = number.as_str();
    let letters = text.trim_end_matches(|it: char| it.is_ascii_digit()).len();
    text[letters..].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_by_its_digits() {
        for (number, shown) in [("A005", Some(5)), ("企12", Some(12)), ("7", Some(7)), ("A", None)]
        {
            assert_eq!(digits(&number.into()), shown, "{number}");
        }
    }
}
