//! The queue of one audio area.

use std::sync::Arc;
use std::time::{Duration, Instant};

use protocol::Phase;
use protocol::live::Cell;

use super::calls::{board, call};
use crate::board::Board;
use crate::voices::queue::{Queue, Turn};

fn queue(calls: &[(u64, u64, u32)]) -> Queue {
    let mut queue = Queue::default();
    for (seq, ticket, window) in calls {
        queue.add(Arc::new(call(*seq, *ticket, *window)), Instant::now());
    }
    queue
}

/// What is said at one go, as the events of its calls.
fn turn(queue: &mut Queue) -> (Vec<Vec<u64>>, bool) {
    let Some(Turn { calls, brief }) = queue.take() else { return (Vec::new(), false) };
    (calls.iter().map(|it| it.seqs.iter().map(|it| it.0).collect()).collect(), brief)
}

#[test]
fn one_call_is_said_in_full_and_several_briefly_together_but_all_of_them() {
    assert_eq!(turn(&mut queue(&[(1, 1, 1)])), (vec![vec![1]], false));
    let mut busy = queue(&[(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)]);
    assert_eq!(turn(&mut busy), (vec![vec![1], vec![2], vec![3]], true));
    assert_eq!(turn(&mut busy), (vec![vec![4]], false));
    assert_eq!(turn(&mut busy), (Vec::new(), false));
}

#[test]
fn a_recall_of_a_call_that_waits_is_the_same_in_its_old_place() {
    let mut queue = queue(&[(1, 1, 1), (2, 2, 2), (3, 1, 1)]);
    assert_eq!(turn(&mut queue), (vec![vec![1, 3], vec![2]], true));
}

#[test]
fn a_ticket_that_is_called_elsewhere_and_a_window_that_calls_another_end_the_call_before() {
    assert_eq!(turn(&mut queue(&[(1, 1, 1), (2, 1, 2)])), (vec![vec![2]], false));
    assert_eq!(turn(&mut queue(&[(1, 1, 1), (2, 2, 1)])), (vec![vec![2]], false));
}

#[test]
fn a_call_that_has_ended_by_the_board_is_left_out() {
    let mut busy = queue(&[(1, 1, 1), (2, 2, 2), (5, 3, 3)]);
    // The board is older than the third call, so it does not know of it.
    busy.leave_out(&board(4, &[(2, 2)]));
    assert_eq!(turn(&mut busy), (vec![vec![2], vec![5]], true));
}

#[test]
fn whoever_has_come_is_not_called_though_the_board_still_has_them() {
    let mut busy = queue(&[(1, 1, 1), (2, 2, 2)]);
    let mut come = Board::clone(&board(2, &[(1, 1), (2, 2)]));
    let Some(Cell::Call(cell)) = come.cells.get_mut("call/w1") else { panic!("a call") };
    cell.phase = Phase::Serving;
    busy.leave_out(&come);
    assert_eq!(turn(&mut busy), (vec![vec![2]], false));
}

#[test]
fn what_could_not_be_said_comes_first_again_unless_it_is_old_or_over() {
    let (now, longest) = (Instant::now(), Duration::from_secs(30));
    let mut busy = queue(&[(1, 1, 1), (2, 2, 2)]);
    let calls = busy.take().expect("a turn").calls;
    busy.add(Arc::new(call(3, 3, 3)), now);
    busy.add(Arc::new(call(4, 1, 1)), now);
    busy.add(Arc::new(call(5, 5, 2)), now);
    assert_eq!(busy.put_back(calls, now, longest), 0);
    // The first was recalled, the window of the second calls another.
    assert_eq!(turn(&mut busy), (vec![vec![3], vec![1, 4], vec![5]], true));

    let mut late = queue(&[(1, 1, 1)]);
    let calls = late.take().expect("a turn").calls;
    assert_eq!(late.put_back(calls, Instant::now() + longest, longest), 1);
    assert!(late.is_empty(), "nobody is called by a voice that was mended too late");
}
