//! A card reader that is not there, and cards of people who do not exist: their region code belongs to no
//! place, their check digits are right.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::broadcast;

use super::identity::{birth_of, check_digit};
use super::{Birth, Card, CardFault, CardReader};
use crate::Answer;

/// A region code that was never given to a place, so no number made here is anybody's.
const NOWHERE: u32 = 219_900;
const FAMILY_NAMES: [&str; 12] =
    ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "上官"];
const GIVEN_NAMES: [&str; 10] =
    ["秀英", "伟", "芳", "建国", "静", "志强", "丽娟", "明", "晓东", "桂兰"];

/// What is placed on the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntheticCard {
    /// The next person of working age.
    Next,
    /// The next old person.
    Elder,
    /// The person whose card was placed last, once more.
    Same,
    /// A card that cannot be read.
    Unreadable,
}

/// A reader on which a click places a card. Clones are the same reader.
#[derive(Clone)]
pub struct SimulatedCardReader {
    inner: Arc<Inner>,
}

struct Inner {
    placed: broadcast::Sender<Result<u32, CardFault>>,
    people: AtomicU32,
    last: AtomicU32,
}

/// Old people have even serials, the others odd ones.
const PER_PERSON: u32 = 2;

impl Default for SimulatedCardReader {
    fn default() -> Self {
        let (placed, _) = broadcast::channel(4);
        let inner = Inner { placed, people: AtomicU32::new(0), last: AtomicU32::new(1) };
        Self { inner: Arc::new(inner) }
    }
}

impl SimulatedCardReader {
    /// Places a card. Says whether the reader was waiting for one; if not, nothing happens, as with a card
    /// laid on a reader that is switched off.
    pub fn place(&self, card: SyntheticCard) -> bool {
        let read = match card {
            SyntheticCard::Unreadable => Err(CardFault::Unreadable),
            SyntheticCard::Same => Ok(self.inner.last.load(Ordering::Relaxed)),
            SyntheticCard::Next => Ok(self.next_person() * PER_PERSON + 1),
            SyntheticCard::Elder => Ok(self.next_person() * PER_PERSON),
        };
        if let Ok(serial) = read {
            self.inner.last.store(serial, Ordering::Relaxed);
        }
        self.inner.placed.send(read).is_ok()
    }

    fn next_person(&self) -> u32 {
        self.inner.people.fetch_add(1, Ordering::Relaxed)
    }
}

impl CardReader for SimulatedCardReader {
    fn read(&self) -> Answer<'_, Result<Card, CardFault>> {
        let mut placed = self.inner.placed.subscribe();
        Box::pin(async move {
            match placed.recv().await {
                Ok(read) => read.and_then(|serial| person(serial).ok_or(CardFault::Invalid)),
                Err(_) => Err(CardFault::ReaderGone),
            }
        })
    }
}

/// The person of a serial: the same one every time.
fn person(serial: u32) -> Option<Card> {
    let old = serial.is_multiple_of(PER_PERSON);
    let who = serial / PER_PERSON;
    let birth = Birth {
        year: if old { 1940 + (who % 15) as u16 } else { 1975 + (who % 30) as u16 },
        month: (who % 12 + 1) as u8,
        day: (who % 28 + 1) as u8,
    };
    let number = number(birth, who % 1000)?;
    let name = name(who as usize);
    Some(Card { birth: birth_of(&number).ok()?, name, number })
}

fn name(who: usize) -> String {
    let family = FAMILY_NAMES[who % FAMILY_NAMES.len()];
    // Steps with no common divisor, so that names repeat late.
    let given = GIVEN_NAMES[who * 7 / FAMILY_NAMES.len() % GIVEN_NAMES.len()];
    format!("{family}{given}")
}

fn number(birth: Birth, sequence: u32) -> Option<String> {
    let Birth { year, month, day } = birth;
    let digits = format!("{NOWHERE}{year}{month:02}{day:02}{sequence:03}");
    let check = check_digit(digits.as_bytes())?;
    Some(format!("{digits}{}", char::from(check)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_synthetic_person_is_valid_and_nobody_twice() {
        let people: Vec<Card> = (0..2000).filter_map(person).collect();
        let numbers: BTreeSet<&str> = people.iter().map(|card| card.number.as_str()).collect();
        assert_eq!((numbers.len(), people.len()), (2000, 2000));
        assert!(people.iter().all(|card| birth_of(&card.number) == Ok(card.birth)));
    }

    #[tokio::test]
    async fn a_card_is_read_when_it_is_placed() {
        let reader = SimulatedCardReader::default();
        assert!(!reader.place(SyntheticCard::Next), "nobody is waiting for it");
        let waiting = reader.read();
        assert!(reader.place(SyntheticCard::Elder));
        let first = waiting.await.expect("a card was placed");
        assert!(first.birth.year < 1960);
        let again = reader.read();
        reader.place(SyntheticCard::Same);
        assert_eq!(again.await, Ok(first));
        let spoilt = reader.read();
        reader.place(SyntheticCard::Unreadable);
        assert_eq!(spoilt.await, Err(CardFault::Unreadable));
    }

    #[test]
    fn a_card_says_nothing_in_a_log() {
        let card = person(1).expect("a person");
        assert_eq!(format!("{card:?}"), "Card(…)");
    }
}
