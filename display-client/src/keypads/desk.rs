//! One keypad: brings its presses to the hall, one after the other, so that a hall that is away keeps no other
//! clerk waiting.

use hardware::keypad::{Key, Pressed, Stars};
use protocol::WindowId;
use protocol::wall::{KeyPress, KeypadView, Rating, RatingGiven};
use tokio::sync::mpsc;

use crate::hall::{Hall, HallFault};

/// What became of a press.
pub(super) struct Outcome {
    /// The keypad's address.
    pub(super) address: u8,
    /// What the window has now, if it was a key and the hall did it.
    pub(super) answer: Result<Option<KeypadView>, HallFault>,
}

/// Serves one keypad until nobody gives it presses any more.
pub(super) async fn serve(
    (address, window): (u8, WindowId),
    hall: Hall,
    mut presses: mpsc::Receiver<Pressed>,
    outcomes: mpsc::Sender<Outcome>,
) {
    while let Some(pressed) = presses.recv().await {
        let answer = match pressed {
            Pressed::Key(key) => {
                let press = KeyPress { window: window.clone(), key: meaning(key) };
                hall.press(&press).await.map(Some)
            }
            Pressed::Stars(stars) => match opinion(stars) {
                Some(rating) => {
                    let given = RatingGiven { window: window.clone(), rating };
                    hall.rate(&given).await.map(|()| None)
                }
                None => Ok(None),
            },
        };
        if matches!(answer, Err(HallFault::Away(_))) {
            // What was pressed meanwhile was impatience: a hall that comes back shall not call them all.
            while presses.try_recv().is_ok() {}
        }
        if outcomes.send(Outcome { address, answer }).await.is_err() {
            return;
        }
    }
}

fn meaning(key: Key) -> protocol::wall::Key {
    use protocol::wall::Key as Meaning;
    match key {
        Key::Call => Meaning::Call,
        Key::Recall => Meaning::Recall,
        Key::Rate => Meaning::Rate,
        Key::Pause => Meaning::Pause,
        Key::Transfer => Meaning::Transfer,
        Key::Pass => Meaning::Pass,
        Key::Hold => Meaning::Hold,
        Key::Resume => Meaning::Resume,
    }
}

/// What a visitor said; `None` if they said nothing.
fn opinion(stars: Stars) -> Option<Rating> {
    match stars {
        Stars::Bad => Some(Rating::Bad),
        Stars::NotRated => None,
        Stars::Good => Some(Rating::Good),
        Stars::VeryGood => Some(Rating::VeryGood),
    }
}
