//! Carrying out what the flow wants done.

use hardware::card::{Card, CardFault, CardReader, Day};
use hardware::speaker::{Tongue, Utterance};
use protocol::Language;
use protocol::kiosk::{CheckIn, Counted, FindVisits};
use ui::Words;

use crate::flow::{Effect, Event};
use crate::kiosk::Kiosk;

impl Kiosk {
    pub(crate) fn carry_out(&self, effect: Effect) {
        let kiosk = self.clone();
        match effect {
            Effect::Show(light) => self.devices().show(light),
            Effect::Say(key, language) => self.say(key, language),
            Effect::Hush => self.hush(),
            Effect::ForgetCard => self.wait_for_card_in(None),
            Effect::WaitForCard => self.wait_for_card_in(self.spawn(kiosk.wait_for_card())),
            Effect::Take(order) => drop(self.spawn(kiosk.take(order))),
            Effect::Find { attempt, by, language } => {
                drop(self.spawn(kiosk.find(attempt, FindVisits { by, language })));
            }
            Effect::CheckIn { attempt, key, code, language } => {
                drop(self.spawn(kiosk.check_in(attempt, key, CheckIn { code, language })));
            }
            Effect::Reprint { attempt, ticket, language } => {
                drop(self.spawn(kiosk.reprint(attempt, ticket, language)));
            }
            Effect::GiveUp(key) => drop(self.spawn(kiosk.give_up(key))),
            Effect::Print(taken, language, copy) => {
                drop(self.spawn(kiosk.print(taken, language, copy)));
            }
            Effect::CallHelp => drop(self.spawn(kiosk.call_help())),
            Effect::CancelHelp => drop(self.spawn(kiosk.cancel_help())),
        }
    }

    /// Says a sentence, in place of what is being said.
    pub(crate) fn say(&self, key: String, language: Language) {
        if let Some(speaker) = &self.devices().speaker {
            let tongue = match language {
                Language::Zh => Tongue::Mandarin,
                Language::En => Tongue::English,
            };
            let text = Words::of(language).get(&key);
            speaker.say(Utterance { name: key, text, tongue });
        }
    }

    fn hush(&self) {
        if let Some(speaker) = &self.devices().speaker {
            speaker.hush();
        }
    }

    async fn wait_for_card(self) {
        let read = self.read_card().await;
        self.note_card(read.is_ok());
        self.happen(Event::CardRead(read));
    }

    /// The next card on either reader, if it is valid today.
    pub(crate) async fn read_card(&self) -> Result<Card, CardFault> {
        let devices = self.devices();
        let card = match (&devices.card_reader, &devices.chip_reader) {
            (Some(card), Some(chip)) => first_of(&**card, &**chip).await?,
            (Some(only), None) | (None, Some(only)) => only.read().await?,
            (None, None) => return Err(CardFault::ReaderGone),
        };
        match self.day() {
            Some(today) if !card.valid_on(today) => Err(CardFault::Expired),
            _ => Ok(card),
        }
    }

    /// The day it is, as cards carry days.
    fn day(&self) -> Option<Day> {
        let date: jiff::civil::Date = self.today().parse().ok()?;
        let part = |value: i8| u8::try_from(value).ok();
        Day::new(u16::try_from(date.year()).ok()?, part(date.month())?, part(date.day())?)
    }

    fn note_card(&self, read: bool) {
        let what = if read { Counted::Cards } else { Counted::CardsFailed };
        let kiosk = self.clone();
        self.spawn(async move { kiosk.count(what).await });
    }

    async fn call_help(self) {
        let reached = self.hall().call_help().await;
        self.happen(Event::HelpAnswered(reached));
    }

    async fn cancel_help(self) {
        self.hall().cancel_help().await;
    }
}

/// Whichever reader reads a card first. One that is away does not keep the other from it.
async fn first_of(card: &dyn CardReader, chip: &dyn CardReader) -> Result<Card, CardFault> {
    tokio::select! {
        read = card.read() => match read {
            Err(CardFault::ReaderGone) => chip.read().await,
            read => read,
        },
        read = chip.read() => match read {
            Err(CardFault::ReaderGone) => card.read().await,
            read => read,
        },
    }
}
