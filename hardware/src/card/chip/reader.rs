//! A chip card reader of this machine, asked through PC/SC. Its calls block, so they have a thread of their
//! own, which begins with the first question.

use std::ffi::{CStr, CString};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use pcsc::{Context, Error, PNP_NOTIFICATION, Protocols, ReaderState, Scope, ShareMode, State};
use tokio::sync::oneshot;

use super::profile::ApduProfile;
use crate::card::{Card, CardFault, CardReader};
use crate::{About, Answer};

/// How soon a wait for a card notices that nobody wants it any more.
const LOOK: Duration = Duration::from_millis(200);
/// Until a reader that could not be reached is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// Bytes in the longest answer of a card.
const LONGEST_ANSWER: usize = 258;
const THREAD: &str = "pcsc";

/// A reader of social-security cards.
pub struct PcscReader {
    name: Option<String>,
    profile: ApduProfile,
    /// Where questions go, once the thread runs.
    desk: Mutex<Option<mpsc::Sender<Question>>>,
}

enum Question {
    Card(oneshot::Sender<Result<Card, CardFault>>),
    Status(oneshot::Sender<Result<(), CardFault>>),
}

impl PcscReader {
    /// The reader whose name contains a text, or the first there is. Nothing is opened yet.
    #[must_use]
    pub fn new(name: Option<String>, profile: ApduProfile) -> Self {
        Self { name, profile, desk: Mutex::new(None) }
    }

    async fn ask<T>(
        &self,
        question: impl Fn(oneshot::Sender<Result<T, CardFault>>) -> Question,
    ) -> Result<T, CardFault> {
        let (answer, answered) = oneshot::channel();
        self.hand_over(question(answer))?;
        answered.await.unwrap_or(Err(CardFault::ReaderGone))
    }

    fn hand_over(&self, question: Question) -> Result<(), CardFault> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = match desk.take() {
            Some(sender) => sender,
            None => self.open_desk()?,
        };
        let taken = sender.send(question);
        *desk = taken.is_ok().then_some(sender);
        taken.map_err(|_| CardFault::ReaderGone)
    }

    fn open_desk(&self) -> Result<mpsc::Sender<Question>, CardFault> {
        let (sender, questions) = mpsc::channel();
        let clerk = Clerk { name: self.name.clone(), profile: self.profile.clone(), open: None };
        let thread = thread::Builder::new().name(THREAD.to_owned());
        // It ends with the desk: nobody waits for it.
        thread.spawn(move || clerk.serve(&questions)).map_err(|_| CardFault::ReaderGone)?;
        Ok(sender)
    }
}

impl CardReader for PcscReader {
    fn read(&self) -> Answer<'_, Result<Card, CardFault>> {
        Box::pin(self.ask(Question::Card))
    }

    fn status(&self) -> Answer<'_, Result<(), CardFault>> {
        Box::pin(self.ask(Question::Status))
    }

    fn about(&self) -> About {
        let address = self.name.as_ref().map_or("pcsc".to_owned(), |name| format!("pcsc:{name}"));
        About { address, ..About::default() }
    }
}

/// What the thread does and knows.
struct Clerk {
    name: Option<String>,
    profile: ApduProfile,
    open: Option<Open>,
}

/// A reader that was found.
struct Open {
    context: Context,
    reader: CString,
    /// The card on it was read; it must leave before it counts again.
    spent: bool,
}

impl Clerk {
    fn serve(mut self, questions: &mpsc::Receiver<Question>) {
        while let Ok(question) = questions.recv() {
            match question {
                Question::Card(answer) => {
                    if let Some(read) = self.wait_for_card(&answer) {
                        // Whoever asked may have gone meanwhile.
                        let _ = answer.send(read);
                    }
                }
                Question::Status(answer) => {
                    let _ = answer.send(self.status());
                }
            }
        }
    }

    /// Waits until a card was read or nobody wants it any more.
    fn wait_for_card<T>(&mut self, wanted: &oneshot::Sender<T>) -> Option<Result<Card, CardFault>> {
        while !wanted.is_closed() {
            match self.look() {
                Ok(None) => {}
                Ok(Some(read)) => return Some(read),
                Err(fault) => {
                    self.lose(fault);
                    // So that whoever asks again and again does not keep a processor busy.
                    thread::sleep(AGAIN);
                    return Some(Err(CardFault::ReaderGone));
                }
            }
        }
        None
    }

    /// Looks for a card for a moment.
    fn look(&mut self) -> Result<Option<Result<Card, CardFault>>, Error> {
        let Clerk { name, profile, open } = self;
        let open = match open {
            Some(open) => open,
            None => open.insert(Open::new(name.as_deref())?),
        };
        if !open.has_card()? {
            open.spent = false;
            open.wait()?;
            return Ok(None);
        }
        if open.spent {
            open.wait()?;
            return Ok(None);
        }
        open.spent = true;
        open.read(profile).map(Some)
    }

    fn status(&mut self) -> Result<(), CardFault> {
        let found = match &self.open {
            Some(open) => open.has_card().map(|_| ()),
            None => Open::new(self.name.as_deref()).map(|open| self.open = Some(open)),
        };
        found.map_err(|fault| {
            self.lose(fault);
            CardFault::ReaderGone
        })
    }

    fn lose(&mut self, fault: Error) {
        if self.open.take().is_some() {
            tracing::warn!(%fault, "the chip card reader is gone");
        }
    }
}

impl Open {
    fn new(name: Option<&str>) -> Result<Self, Error> {
        let context = Context::establish(Scope::User)?;
        let readers = context.list_readers_owned()?;
        let wanted = |reader: &&CString| {
            reader.as_c_str() != PNP_NOTIFICATION()
                && name.is_none_or(|name| reader.to_string_lossy().contains(name))
        };
        let reader = readers.iter().find(wanted).cloned().ok_or(Error::NoReadersAvailable)?;
        Ok(Self { context, reader, spent: false })
    }

    fn state(&self, known: State, patience: Duration) -> Result<State, Error> {
        let mut states = [ReaderState::new(self.reader.clone(), known)];
        match self.context.get_status_change(patience, &mut states) {
            Ok(()) | Err(Error::Timeout) => Ok(states[0].event_state()),
            Err(fault) => Err(fault),
        }
    }

    fn has_card(&self) -> Result<bool, Error> {
        let state = self.state(State::UNAWARE, Duration::ZERO)?;
        if state.intersects(State::UNKNOWN | State::UNAVAILABLE) {
            return Err(Error::ReaderUnavailable);
        }
        Ok(state.contains(State::PRESENT))
    }

    /// Waits until something changes on the reader, for a moment.
    fn wait(&self) -> Result<(), Error> {
        let now = self.state(State::UNAWARE, Duration::ZERO)?;
        self.state(now - State::CHANGED, LOOK).map(|_| ())
    }

    /// Reads the card that lies there.
    fn read(&self, profile: &ApduProfile) -> Result<Result<Card, CardFault>, Error> {
        let reader: &CStr = &self.reader;
        let card = match self.context.connect(reader, ShareMode::Shared, Protocols::ANY) {
            Ok(card) => card,
            Err(fault) if is_of_the_card(fault) => return Ok(Err(CardFault::Unreadable)),
            Err(fault) => return Err(fault),
        };
        let read = profile.read(&mut |command| {
            let mut room = [0; LONGEST_ANSWER];
            let answer = card.transmit(command, &mut room).map(<[u8]>::to_vec);
            crate::card::wipe_bytes(&mut room);
            answer.map_err(|_| CardFault::Unreadable)
        });
        Ok(read)
    }
}

/// Whether the card is to blame, not the reader.
fn is_of_the_card(fault: Error) -> bool {
    matches!(
        fault,
        Error::NoSmartcard
            | Error::RemovedCard
            | Error::ResetCard
            | Error::UnpoweredCard
            | Error::UnresponsiveCard
            | Error::UnsupportedCard
            | Error::ProtoMismatch
            | Error::SharingViolation
    )
}
