//! The bytes that are sent for one slip: the slip itself as this make of printer wants it, and the question
//! whose answer says that it is done.

use super::link::Heard;
use crate::printer::{Confirm, PrintJob, Profile};

/// `ESC @`: as after switching on. It also ends the automatic status.
pub(super) const INITIALISE: [u8; 2] = [0x1b, b'@'];
/// `GS a 255`: tell of every change by yourself.
pub(super) const TELL_CHANGES: [u8; 3] = [0x1d, b'a', 0xff];
/// `GS r 1`: how is the paper? Answered when everything before it is done.
pub(super) const HOW_IS_THE_PAPER: [u8; 3] = [0x1d, b'r', 1];
/// `GS ( H`, function 48: send back these four characters.
const SEND_BACK: [u8; 7] = [0x1d, b'(', b'H', 6, 0, 48, 48];
/// Numbers of slips before they begin again; four digits.
const NUMBERS: u32 = 10_000;

/// A slip on its way.
pub(super) struct Slip {
    /// All that is sent, in one piece.
    pub(super) bytes: Vec<u8>,
    /// What is awaited from the printer.
    word: Word,
}

/// What a printer sends when a slip is done.
enum Word {
    /// The state of its paper.
    Paper,
    /// The slip's number.
    Process([u8; 4]),
    /// Nothing.
    None,
}

impl Slip {
    /// Puts a job together for a printer that tells changes by itself, or does not.
    pub(super) fn new(job: &PrintJob, profile: &Profile, automatic: bool, count: u32) -> Self {
        let mut bytes = Vec::with_capacity(job.bytes.len() + 32);
        let mut rest = &job.bytes[..];
        if let Some(after) = rest.strip_prefix(&INITIALISE).filter(|_| automatic) {
            bytes.extend(INITIALISE);
            bytes.extend(TELL_CHANGES);
            rest = after;
        }
        match rest.strip_suffix(&Profile::USUAL_CUT) {
            Some(uncut) => {
                bytes.extend(uncut);
                bytes.extend(&profile.cut);
            }
            None => bytes.extend(rest),
        }
        bytes.extend(&profile.present);
        let word = match profile.confirm {
            Confirm::Paper => {
                bytes.extend(HOW_IS_THE_PAPER);
                Word::Paper
            }
            Confirm::Process => {
                let number = digits(count);
                bytes.extend(SEND_BACK);
                bytes.extend(number);
                Word::Process(number)
            }
            Confirm::None => Word::None,
        };
        Self { bytes, word }
    }

    /// Whether the printer has said that this slip is done.
    pub(super) fn is_done(&self, heard: &Heard) -> bool {
        match self.word {
            Word::Process(number) => heard.process == Some(number),
            Word::Paper => heard.paper.is_some(),
            Word::None => false,
        }
    }

    /// Whether the printer never says that a slip is done.
    pub(super) fn is_never_confirmed(&self) -> bool {
        matches!(self.word, Word::None)
    }
}

fn digits(count: u32) -> [u8; 4] {
    let count = count % NUMBERS;
    [1_000, 100, 10, 1].map(|place| b'0' + (count / place % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(profile: &Profile, automatic: bool) -> Vec<u8> {
        let bytes = b"\x1b@A001\n\x1dV\x42\x00".to_vec();
        Slip::new(&PrintJob { name: "A001".to_owned(), bytes }, profile, automatic, 42).bytes
    }

    #[test]
    fn the_usual_printer_is_asked_for_its_paper_after_the_cut() {
        assert_eq!(sent(&Profile::default(), false), b"\x1b@A001\n\x1dV\x42\x00\x1dr\x01");
    }

    #[test]
    fn a_printer_that_tells_changes_is_told_again_to_after_its_start() {
        assert_eq!(sent(&Profile::default(), true), b"\x1b@\x1da\xffA001\n\x1dV\x42\x00\x1dr\x01");
    }

    #[test]
    fn a_make_has_its_own_cut_presenter_and_question() {
        let profile = Profile {
            cut: b"\x1bi".to_vec(),
            present: b"\x1de\x05".to_vec(),
            confirm: Confirm::Process,
            ..Profile::default()
        };
        assert_eq!(sent(&profile, false), b"\x1b@A001\n\x1bi\x1de\x05\x1d(H\x06\x00000042");
    }

    #[test]
    fn a_printer_that_answers_no_question_is_asked_none() {
        let profile = Profile { confirm: Confirm::None, ..Profile::default() };
        assert_eq!(sent(&profile, false), b"\x1b@A001\n\x1dV\x42\x00");
    }
}
