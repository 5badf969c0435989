//! The printer as a machine: what arrives is obeyed at once or waits in the buffer, the head takes from the
//! buffer while it can print, and answers go back on the line.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use super::rows::Slip;
use super::sensors::Sensors;
use super::sheet::Sheet;
use super::tokens::{DLE, ESC, GS, Token, Tokens};
use crate::printer::{PrinterFault, PrinterStatus};

/// What it calls itself.
const MODEL: &str = "OpenHall Simulated";
/// The version of its program.
const FIRMWARE: &str = env!("CARGO_PKG_VERSION");

/// Where answers go.
pub(super) type Replies = mpsc::UnboundedSender<Vec<u8>>;

/// Everything that changes in a printer.
pub(super) struct Machine {
    status: PrinterStatus,
    hot: bool,
    /// It answers how it is and nothing else.
    terse: bool,
    tokens: Tokens,
    buffer: VecDeque<Token>,
    buffered: usize,
    sheet: Sheet,
    /// Changes are told unasked.
    automatic: bool,
    line: Option<Replies>,
    /// Bytes until the line drops.
    drop_after: Option<usize>,
    /// Bytes until something happens to the printer.
    happens: Option<(usize, PrinterStatus)>,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            status: PrinterStatus::Ready,
            hot: false,
            terse: false,
            tokens: Tokens::default(),
            buffer: VecDeque::new(),
            buffered: 0,
            sheet: Sheet::default(),
            automatic: false,
            line: None,
            drop_after: None,
            happens: None,
        }
    }
}

impl Machine {
    pub(super) fn status(&self) -> PrinterStatus {
        self.status
    }

    /// Changes what the sensors feel, and tells of it if it was asked to.
    pub(super) fn change(&mut self, status: PrinterStatus, hot: bool) {
        let before = self.sensors();
        (self.status, self.hot) = (status, hot);
        if self.automatic && self.sensors() != before {
            self.say(&self.sensors().automatic());
        }
    }

    pub(super) fn set_hot(&mut self, hot: bool) {
        self.change(self.status, hot);
    }

    pub(super) fn set_terse(&mut self, terse: bool) {
        self.terse = terse;
    }

    pub(super) fn set_status(&mut self, status: PrinterStatus) {
        self.change(status, self.hot);
    }

    /// After so many more bytes on the line, it drops.
    pub(super) fn drop_after(&mut self, bytes: usize) {
        self.drop_after = Some(bytes);
    }

    /// After so many more bytes at the head, this happens.
    pub(super) fn happens_after(&mut self, bytes: usize, status: PrinterStatus) {
        self.happens = Some((bytes, status));
    }

    /// Answers go to this line from now on; an earlier one is hung up.
    pub(super) fn connect(&mut self, line: Replies) {
        self.line = Some(line);
    }

    /// Hangs up.
    pub(super) fn disconnect(&mut self) {
        self.line = None;
    }

    /// As after switching it off and on: nothing is left but what is on the paper.
    pub(super) fn restart(&mut self) {
        self.disconnect();
        self.tokens = Tokens::default();
        self.clear();
        self.sheet.initialise();
        self.automatic = false;
    }

    /// Takes bytes from the line.
    pub(super) fn receive(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if let Some(left) = &mut self.drop_after {
                if *left == 0 {
                    self.drop_after = None;
                    return self.disconnect();
                }
                *left -= 1;
            }
            if !self.silent() {
                self.receive_byte(*byte);
            }
        }
    }

    fn receive_byte(&mut self, byte: u8) {
        match self.tokens.push(byte) {
            Some(Token::Command(command)) if command.first() == Some(&DLE) => self.obey(&command),
            Some(token) => {
                self.buffered += token.length();
                self.buffer.push_back(token);
            }
            None => {}
        }
    }

    /// Bytes that wait for the head.
    pub(super) fn buffered(&self) -> usize {
        self.buffered
    }

    /// What the head will do next, if it can do anything.
    pub(super) fn next(&self) -> Option<&Token> {
        self.buffer.front().filter(|_| !self.sensors().off_line() && !self.silent())
    }

    /// Does what is next. A cut gives the slip.
    pub(super) fn step(&mut self) -> Option<Slip> {
        self.next()?;
        let token = self.buffer.pop_front()?;
        self.buffered -= token.length();
        if let Token::Command(command) = &token {
            self.answer(command);
        }
        let slip = self.sheet.take(&token);
        self.pass(token.length());
        slip
    }

    fn pass(&mut self, bytes: usize) {
        let Some((left, status)) = self.happens else { return };
        self.happens = Some((left.saturating_sub(bytes), status));
        if left <= bytes {
            self.happens = None;
            self.set_status(status);
        }
    }

    /// Carries out a command that waits for nothing.
    fn obey(&mut self, command: &[u8]) {
        match *command {
            [DLE, 0x04, question, ..] => {
                if let Some(answer) = self.sensors().realtime(question) {
                    self.say(&[answer]);
                }
            }
            [DLE, 0x05, 2] => self.clear(),
            [DLE, 0x14, 8, 1, 3, 20, 1, 6, 2, 8] => {
                self.clear();
                if !self.terse {
                    self.say(&[0x37, 0x25, 0]);
                }
            }
            _ => {}
        }
    }

    /// Forgets what is not on the paper.
    fn clear(&mut self) {
        self.buffer.clear();
        self.buffered = 0;
        self.sheet.drop_line();
    }

    /// Answers a question whose turn has come.
    fn answer(&mut self, command: &[u8]) {
        if self.terse {
            return;
        }
        match *command {
            [ESC, b'@'] => self.automatic = false,
            [GS, b'a', which] => {
                self.automatic = which != 0;
                if self.automatic {
                    self.say(&self.sensors().automatic());
                }
            }
            [GS, b'r', 1 | 49] => self.say(&[self.sensors().paper()]),
            [GS, b'I', 65] => self.say(&text(FIRMWARE)),
            [GS, b'I', 67] => self.say(&text(MODEL)),
            [GS, b'(', b'H', 6, 0, 48, 48, a, b, c, d] => self.say(&[0x37, 0x22, a, b, c, d, 0]),
            _ => {}
        }
    }

    fn say(&self, answer: &[u8]) {
        if let Some(line) = self.line.as_ref().filter(|_| !self.silent()) {
            // Nobody is on the line: nobody hears.
            let _ = line.send(answer.to_vec());
        }
    }

    fn sensors(&self) -> Sensors {
        Sensors::of(self.status, self.hot)
    }

    fn silent(&self) -> bool {
        self.status == PrinterStatus::Down(PrinterFault::Silent)
    }
}

fn text(words: &str) -> Vec<u8> {
    [&[0x5f], words.as_bytes(), &[0]].concat()
}
