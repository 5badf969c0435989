//! An open line to a printer: what is sent, and what is heard meanwhile.

use std::future;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf, split};
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use crate::line::Line;
use crate::printer::status::{Condition, Question, Report, StatusReader};

/// Bytes read at once.
const READ: usize = 64;
/// How long a line may go on saying things of the past.
const LONGEST_CHATTER: Duration = Duration::from_secs(2);

/// A line to a printer.
pub(super) struct Link {
    ears: Ears,
    mouth: WriteHalf<Box<dyn Line>>,
}

/// What is heard. Each kind of answer is kept until somebody takes it, the latest only.
struct Ears {
    line: ReadHalf<Box<dyn Line>>,
    reader: StatusReader,
    heard: Heard,
}

/// What the printer has said.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// How it is.
    pub(super) condition: Condition,
    /// It tells by itself when its condition changes.
    pub(super) automatic: bool,
    /// It wants no more bytes for now.
    off: bool,
    realtime: Option<u8>,
    /// The answer to `GS r`.
    pub(super) paper: Option<u8>,
    /// The answer to `GS I`.
    pub(super) text: Option<String>,
    /// The answer to `GS ( H`.
    pub(super) process: Option<[u8; 4]>,
}

impl Heard {
    fn note(&mut self, report: Report) {
        match report {
            Report::On => self.off = false,
            Report::Off => self.off = true,
            Report::Realtime(answer) => self.realtime = Some(answer),
            Report::Paper(answer) => self.paper = Some(answer),
            Report::Text(text) => self.text = Some(text),
            Report::Process(number) => self.process = Some(number),
            Report::Automatic(status) => {
                self.condition = Condition::automatic(status);
                self.automatic = true;
            }
        }
    }
}

impl Link {
    pub(super) fn new(line: Box<dyn Line>) -> Self {
        let (line, mouth) = split(line);
        let ears = Ears { line, reader: StatusReader::default(), heard: Heard::default() };
        Self { ears, mouth }
    }

    /// What was heard so far.
    pub(super) fn heard(&mut self) -> &mut Heard {
        &mut self.ears.heard
    }

    /// Waits until the printer says something. May be given up at any time without losing a byte.
    ///
    /// # Errors
    /// If the line is down.
    pub(super) async fn hear(&mut self) -> io::Result<()> {
        self.ears.hear().await
    }

    /// Asks everything that is answered at once.
    ///
    /// # Errors
    /// If the line is down, or an answer does not come within the time.
    pub(super) async fn examine(&mut self, within: Duration) -> io::Result<()> {
        let until = Instant::now() + within;
        for question in Question::ALL {
            self.ears.heard.realtime = None;
            self.send(&question.bytes(), within).await.map_err(|_| io::ErrorKind::BrokenPipe)?;
            let answer =
                timeout_at(until, self.ears.until(|heard| heard.realtime.take())).await??;
            self.ears.heard.condition.answered(question, answer);
        }
        Ok(())
    }

    /// Asks what the printer is, one thing at a time; who does not know the question says nothing.
    pub(super) async fn text(&mut self, question: &[u8], within: Duration) -> Option<String> {
        self.ears.heard.text = None;
        self.send(question, within).await.ok()?;
        timeout(within, self.ears.until(|heard| heard.text.take())).await.ok()?.ok()
    }

    /// Waits for the answer to a question that stands behind all that was sent; some never answer it.
    pub(super) async fn turn(&mut self, within: Duration) {
        let _ = timeout(within, self.ears.until(|heard| heard.paper.take())).await;
    }

    /// Sends bytes, listening meanwhile, as a printer may ask for a pause.
    ///
    /// # Errors
    /// How many bytes were not sent, if the line is down or took none of them for the time of a stall.
    pub(super) async fn send(&mut self, bytes: &[u8], stall: Duration) -> Result<(), usize> {
        let Self { ears, mouth } = self;
        let mut rest = bytes;
        let mut until = Instant::now() + stall;
        while !rest.is_empty() {
            let written = tokio::select! {
                biased;
                // A line that never stops talking holds nothing up.
                Ok(()) = ears.hear(), if Instant::now() < until => continue,
                written = mouth.write(rest), if !ears.heard.off => written.unwrap_or(0),
                () = sleep_until(until) => 0,
            };
            if written == 0 {
                return Err(rest.len());
            }
            rest = &rest[written..];
            until = Instant::now() + stall;
        }
        // USB collects bytes until it is told to send them.
        match timeout(stall, mouth.flush()).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(1.min(bytes.len())),
        }
    }

    /// Lets the printer finish what it was saying, until it has been quiet for a time, and forgets the answers.
    ///
    /// # Errors
    /// If the line is down.
    pub(super) async fn settle(&mut self, quiet: Duration) -> io::Result<()> {
        let until = Instant::now() + LONGEST_CHATTER;
        while Instant::now() < until {
            match timeout(quiet, self.hear()).await {
                Ok(heard) => heard?,
                Err(_) => break,
            }
        }
        let Heard { condition, automatic, off, .. } = std::mem::take(self.heard());
        *self.heard() = Heard { condition, automatic, off, ..Heard::default() };
        Ok(())
    }
}

impl Ears {
    async fn hear(&mut self) -> io::Result<()> {
        let mut bytes = [0; READ];
        let length = self.line.read(&mut bytes).await?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for byte in &bytes[..length] {
            if let Some(report) = self.reader.feed(*byte) {
                self.heard.note(report);
            }
        }
        Ok(())
    }

    /// Listens until what is wanted has been heard.
    async fn until<T>(&mut self, wanted: impl Fn(&mut Heard) -> Option<T>) -> io::Result<T> {
        loop {
            if let Some(answer) = wanted(&mut self.heard) {
                return Ok(answer);
            }
            self.hear().await?;
        }
    }
}

/// Listens on a link if there is one; without one nothing is ever heard.
pub(super) async fn listen(link: Option<&mut Link>) -> io::Result<()> {
    match link {
        Some(link) => link.hear().await,
        None => future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::duplex;

    /// Long enough for what must come, short enough to wait for what must not.
    const SOON: Duration = Duration::from_millis(100);

    #[tokio::test]
    async fn a_printer_that_asks_for_a_pause_gets_one() -> io::Result<()> {
        let (ours, mut printer) = duplex(64);
        let mut link = Link::new(Box::new(ours));
        printer.write_all(&[0x13]).await?;
        assert_eq!(link.send(b"slip", SOON).await, Err(4));
        printer.write_all(&[0x11]).await?;
        assert_eq!(link.send(b"slip", SOON).await, Ok(()));
        let mut taken = [0; 4];
        printer.read_exact(&mut taken).await?;
        assert_eq!(&taken, b"slip");
        Ok(())
    }

    #[tokio::test]
    async fn a_printer_that_takes_only_a_part_is_known_to_miss_the_rest() {
        let (ours, _printer) = duplex(8);
        let mut link = Link::new(Box::new(ours));
        assert_eq!(link.send(b"a long slip", SOON).await, Err(3));
    }
}
