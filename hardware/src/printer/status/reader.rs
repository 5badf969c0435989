//! Tells apart what a printer sends. The kinds differ in a few fixed bits:
//!
//! | bits       | what it is                                                     |
//! | ---------- | -------------------------------------------------------------- |
//! | `0001 00_1`| XON `11`, XOFF `13`                                            |
//! | `0__1 __10`| the answer to `DLE EOT`, one byte                              |
//! | `0__1 __00`| automatic status: this byte and three of `0__0 ____`           |
//! | `0__1 __11`| the head of a block, which ends with a zero: texts and echoes  |
//! | `0__0 ____`| the answer to `GS r`, one byte                                 |

/// The bits that tell the kinds apart.
const KIND: u8 = 0b1001_0011;
const REALTIME: u8 = 0b0001_0010;
const AUTOMATIC: u8 = 0b0001_0000;
const BLOCK: u8 = 0b0001_0011;
/// The bits that are never set in an ordinary answer and in the rest of an automatic status.
const NEVER_PLAIN: u8 = 0b1001_0000;
const XON: u8 = 0x11;
const XOFF: u8 = 0x13;
/// The head of a text: what the printer is.
const TEXT_HEAD: u8 = 0x5f;
/// The head of an echo, and what the echo of a slip's number begins with.
const ECHO_HEAD: u8 = 0x37;
const PROCESS: u8 = 0x22;
/// Bytes of an automatic status.
const AUTOMATIC_LENGTH: usize = 4;
/// The longest block that is believed, in bytes; a longer one is noise.
pub const LONGEST_BLOCK: usize = 80;

/// Something a printer said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// It can take bytes again.
    On,
    /// It cannot take bytes for now.
    Off,
    /// The answer to a question that is answered at once (`DLE EOT`).
    Realtime(u8),
    /// How it is now, unasked (`GS a`).
    Automatic([u8; 4]),
    /// The answer to a question that waited its turn (`GS r`).
    Paper(u8),
    /// What it is (`GS I`).
    Text(String),
    /// Everything before this number's question is printed (`GS ( H`).
    Process([u8; 4]),
}

/// Reads a printer's bytes one by one, however they arrive. It never holds more than one report.
#[derive(Clone, Debug, Default)]
pub struct StatusReader {
    /// The report that has begun; empty between two.
    begun: Vec<u8>,
}

impl StatusReader {
    /// Takes one byte, and gives the report that it completes.
    pub fn feed(&mut self, byte: u8) -> Option<Report> {
        match self.begun.first() {
            None => self.begin(byte),
            Some(head) if head & KIND == AUTOMATIC => self.automatic(byte),
            Some(_) => self.block(byte),
        }
    }

    /// Bytes held of a report that is not complete: at most [`LONGEST_BLOCK`].
    #[must_use]
    pub fn held(&self) -> usize {
        self.begun.len()
    }

    fn begin(&mut self, byte: u8) -> Option<Report> {
        match byte {
            XON => Some(Report::On),
            XOFF => Some(Report::Off),
            _ if byte & KIND == REALTIME => Some(Report::Realtime(byte)),
            _ if byte & NEVER_PLAIN == 0 => Some(Report::Paper(byte)),
            _ => {
                if matches!(byte & KIND, AUTOMATIC | BLOCK) {
                    self.begun.push(byte);
                }
                None
            }
        }
    }

    fn automatic(&mut self, byte: u8) -> Option<Report> {
        // A pause may be asked for anywhere. Were the status dropped for it, its rest would read as answers.
        match byte {
            XON => return Some(Report::On),
            XOFF => return Some(Report::Off),
            _ => {}
        }
        if byte & NEVER_PLAIN != 0 {
            // The rest never came: this byte begins something else.
            self.begun.clear();
            return self.begin(byte);
        }
        self.begun.push(byte);
        if self.begun.len() < AUTOMATIC_LENGTH {
            return None;
        }
        let status = self.begun.first_chunk().copied();
        self.begun.clear();
        status.map(Report::Automatic)
    }

    fn block(&mut self, byte: u8) -> Option<Report> {
        if byte == 0 {
            let report = complete(&self.begun);
            self.begun.clear();
            return report;
        }
        self.begun.push(byte);
        if self.begun.len() > LONGEST_BLOCK {
            self.begun.clear();
        }
        None
    }
}

fn complete(block: &[u8]) -> Option<Report> {
    match *block {
        [TEXT_HEAD, ref text @ ..] => {
            let text = text.iter().copied().filter(u8::is_ascii).map(char::from);
            let text: String = text.filter(|it| !it.is_control()).collect();
            Some(Report::Text(text.trim().to_owned()))
        }
        [ECHO_HEAD, PROCESS, a, b, c, d] => Some(Report::Process([a, b, c, d])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Report> {
        let mut reader = StatusReader::default();
        bytes.iter().filter_map(|byte| reader.feed(*byte)).collect()
    }

    #[test]
    fn what_a_printer_says_is_told_apart() {
        let said = b"\x12\x11\x18\x00\x0f\x00\x13\x0c\x5fTM-T88\x00\x37\x22A001\x00\x1a";
        assert_eq!(
            read(said),
            [
                Report::Realtime(0x12),
                Report::On,
                Report::Automatic([0x18, 0, 0x0f, 0]),
                Report::Off,
                Report::Paper(0x0c),
                Report::Text("TM-T88".to_owned()),
                Report::Process(*b"A001"),
                Report::Realtime(0x1a),
            ]
        );
    }

    #[test]
    fn an_automatic_status_that_breaks_off_does_not_swallow_what_follows() {
        assert_eq!(read(&[0x10, 0x00, 0x12]), [Report::Realtime(0x12)]);
        assert_eq!(read(&[0x10, 0x10, 0, 0, 0]), [Report::Automatic([0x10, 0, 0, 0])]);
    }

    /// Its rest would be taken for an answer to `GS r`: for the word that a slip is done.
    #[test]
    fn a_pause_in_the_middle_of_an_automatic_status_does_not_break_it() {
        let stopped = Report::Automatic([0x18, 0, 0x0c, 0]);
        assert_eq!(read(&[0x18, 0x13, 0, 0x0c, 0x11, 0]), [Report::Off, Report::On, stopped]);
    }

    #[test]
    fn a_block_that_never_ends_is_dropped() {
        let mut reader = StatusReader::default();
        for byte in std::iter::once(TEXT_HEAD).chain(std::iter::repeat_n(b'A', LONGEST_BLOCK)) {
            assert_eq!(reader.feed(byte), None);
            assert!(reader.held() <= LONGEST_BLOCK);
        }
        assert_eq!(reader.feed(0x12), Some(Report::Realtime(0x12)));
    }
}
