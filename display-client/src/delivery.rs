//! What the hall was told and may have been lost with the line: a line that is cut takes words for seconds that
//! nobody hears. It is told again on the next line; the hall takes the same word twice as once. Pure.

use std::collections::VecDeque;

use protocol::live::ClientMessage;

/// Words that are kept; the oldest give way.
const MOST: usize = 256;

/// What is not known to have arrived.
#[derive(Debug, Default)]
pub(crate) struct Delivery {
    /// How often the hall was asked for a sign of life.
    asked: u64,
    /// What it was told, each with how often it had been asked before.
    told: VecDeque<(u64, ClientMessage)>,
}

impl Delivery {
    /// The hall is being told this.
    pub(crate) fn tells(&mut self, message: ClientMessage) {
        if self.told.len() == MOST {
            self.told.pop_front();
        }
        self.told.push_back((self.asked, message));
    }

    /// The hall is being asked for a sign of life; it answers with the same number.
    pub(crate) fn asks(&mut self) -> [u8; 8] {
        self.asked += 1;
        self.asked.to_be_bytes()
    }

    /// It has answered: what it was told before it was asked has arrived.
    pub(crate) fn answered(&mut self, number: &[u8]) {
        let Ok(number) = number.try_into().map(u64::from_be_bytes) else { return };
        self.told.retain(|(asked, _)| *asked >= number);
    }

    /// There is another line: what must be told again.
    pub(crate) fn again(&self) -> Vec<ClientMessage> {
        self.told.iter().map(|(_, message)| message.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use protocol::live::Output;
    use protocol::{Seq, Timestamp};

    use super::*;

    fn word(seq: u64) -> ClientMessage {
        let (announcement, at) = (Seq(seq), Timestamp(0));
        ClientMessage::Acknowledge { announcement, output: Output::Shown, at }
    }

    #[test]
    fn what_was_told_before_a_question_that_was_answered_has_arrived() {
        let mut delivery = Delivery::default();
        delivery.tells(word(1));
        let first = delivery.asks();
        delivery.tells(word(2));
        let second = delivery.asks();
        delivery.answered(b"odd");
        assert_eq!(delivery.again(), [word(1), word(2)]);
        delivery.answered(&first);
        assert_eq!(delivery.again(), [word(2)]);
        delivery.answered(&second);
        assert_eq!(delivery.again(), []);
    }

    #[test]
    fn a_night_without_a_hall_keeps_so_many_and_no_more() {
        let mut delivery = Delivery::default();
        (0..1_000).for_each(|seq| delivery.tells(word(seq)));
        assert_eq!(delivery.again().len(), MOST);
        assert_eq!(delivery.again().last(), Some(&word(999)));
    }
}
