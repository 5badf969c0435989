//! What is asked of the security module, and what its status words mean.

use super::frame::{Frame, encode};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin anew.
    Reset,
    /// Whether the module is well.
    Status,
    /// Which module it is.
    Id,
    /// Whether a card has come into the field.
    Find,
    /// Speak to that card.
    Select,
    /// Its text and photo.
    Read,
}

impl Command {
    const ALL: [Self; 6] =
        [Self::Reset, Self::Status, Self::Id, Self::Find, Self::Select, Self::Read];

    /// The frame that asks it.
    #[must_use]
    pub fn frame(self) -> Vec<u8> {
        encode(&self.body())
    }

    /// What a frame asks.
    #[must_use]
    pub fn from_frame(frame: &Frame) -> Option<Self> {
        Self::ALL.into_iter().find(|command| frame.body() == command.body())
    }

    fn body(self) -> [u8; 2] {
        match self {
            Self::Reset => [0x10, 0xff],
            Self::Status => [0x11, 0xff],
            Self::Id => [0x12, 0xff],
            Self::Find => [0x20, 0x01],
            Self::Select => [0x20, 0x02],
            Self::Read => [0x30, 0x01],
        }
    }
}

/// What a status word says, as far as the driver does different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It was done.
    Done,
    /// A card is there.
    Found,
    /// The card, or the reader with this card, will not: it makes no sense to ask again.
    Refused,
    /// The reader itself is out of order or not allowed to work.
    Broken,
    /// It failed now and may succeed the next time; also every word that is not known.
    Failed,
    /// No card is there.
    NoCard,
}

/// Words of the third status byte.
pub(crate) mod words {
    pub(crate) const DONE: u8 = 0x90;
    pub(crate) const FOUND: u8 = 0x9f;
    pub(crate) const NO_CARD: u8 = 0x80;
    pub(crate) const SELECT_FAILED: u8 = 0x81;
    pub(crate) const READ_FAILED: u8 = 0x41;
    pub(crate) const BAD_CHECKSUM: u8 = 0x10;
    pub(crate) const BAD_COMMAND: u8 = 0x21;
    pub(super) const CARD_REJECTS_READER: u8 = 0x31;
    pub(super) const READER_REJECTS_CARD: u8 = 0x32;
    pub(super) const NOT_VERIFIED: u8 = 0x33;
    pub(crate) const WRONG_CARD: u8 = 0x40;
    pub(super) const SELF_TEST_FAILED: u8 = 0x60;
    pub(super) const UNAUTHORISED: u8 = 0x66;
}

/// An answer of the module.
#[derive(Debug)]
pub struct Reply(Frame);

impl Reply {
    /// The answer in a frame, unless it is too short to be one.
    #[must_use]
    pub fn from_frame(frame: Frame) -> Option<Self> {
        (frame.body().len() >= 3).then_some(Self(frame))
    }

    /// What its status says.
    #[must_use]
    pub fn word(&self) -> Word {
        use words::*;
        match self.0.body().get(2).copied().unwrap_or_default() {
            DONE => Word::Done,
            FOUND => Word::Found,
            NO_CARD => Word::NoCard,
            CARD_REJECTS_READER | READER_REJECTS_CARD | NOT_VERIFIED | WRONG_CARD => Word::Refused,
            SELF_TEST_FAILED | UNAUTHORISED => Word::Broken,
            _ => Word::Failed,
        }
    }

    /// What follows the status.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        self.0.body().get(3..).unwrap_or_default()
    }

    /// The text of a card, if this is the answer to [`Command::Read`] and its lengths fit.
    #[must_use]
    pub fn card_text(&self) -> Option<&[u8]> {
        let (lengths, rest) = self.data().split_first_chunk::<4>()?;
        let [text, photo] = [[lengths[0], lengths[1]], [lengths[2], lengths[3]]];
        let [text, photo] = [text, photo].map(|it| usize::from(u16::from_be_bytes(it)));
        let fits = self.0.length() == 3 + 4 + text + photo;
        rest.get(..text).filter(|_| fits)
    }
}

/// How a module's id is written: version, a date, and two serial numbers, as the makers' tools show it.
#[must_use]
pub(crate) fn id_text(data: &[u8]) -> Option<String> {
    let (parts, _) = data.split_first_chunk::<16>()?;
    let long = |at: usize| {
        parts.iter().skip(at).take(4).rev().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte))
    };
    let (major, minor) = (long(0) & 0xffff, long(0) >> 16);
    Some(format!("{major:02}.{minor:02}-{:08}-{:010}-{:010}", long(4), long(8), long(12)))
}

#[cfg(test)]
mod tests {
    use super::super::frame::Decoder;
    use super::*;

    fn reply(body: &[u8]) -> Option<Reply> {
        let mut decoder = Decoder::default();
        let frame = encode(body).into_iter().find_map(|byte| decoder.push(byte));
        Reply::from_frame(frame?.ok()?)
    }

    #[test]
    fn status_words_are_understood() {
        for (byte, word) in [
            (0x90, Word::Done),
            (0x9f, Word::Found),
            (0x80, Word::NoCard),
            (0x81, Word::Failed),
            (0x41, Word::Failed),
            (0x10, Word::Failed),
            (0x40, Word::Refused),
            (0x66, Word::Broken),
            (0x00, Word::Failed),
        ] {
            assert_eq!(reply(&[0, 0, byte]).map(|it| it.word()), Some(word), "{byte:02x}");
        }
        assert!(reply(&[0, 0x90]).is_none(), "two bytes are no answer");
    }

    #[test]
    fn a_card_is_taken_only_if_its_lengths_fit() {
        let body = |text: u16, photo: u16| {
            let mut body = vec![0, 0, 0x90];
            body.extend(text.to_be_bytes());
            body.extend(photo.to_be_bytes());
            body.resize(body.len() + 256 + 1024, 5);
            body
        };
        let text = |body: Vec<u8>| reply(&body)?.card_text().map(<[u8]>::len);
        assert_eq!(text(body(256, 1024)), Some(256));
        for (said, photo) in [(255, 1024), (256, 1023), (1024, 256), (0xffff, 0xffff)] {
            assert_eq!(text(body(said, photo)), None, "{said} {photo}");
        }
    }

    #[test]
    fn a_module_is_named_as_its_maker_does() {
        let mut id = vec![5, 0, 3, 0];
        id.extend(20_120_101u32.to_le_bytes());
        id.extend(1234u32.to_le_bytes());
        id.extend(567u32.to_le_bytes());
        let name = "05.03-20120101-0000001234-0000000567";
        assert_eq!(id_text(&id).as_deref(), Some(name));
        assert_eq!(id_text(&id[..15]), None);
    }
}
