//! The open line to a security module: one question, one answer.

use std::io;
use std::task::Poll;
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf};
use tokio::time::timeout_at;

use super::command::{Command, Reply};
use super::cycle::{Heard, Timing};
use super::frame::{Decoder, Frame, FrameFault};
use crate::line::Line;

/// Bytes taken from the line at once.
const CHUNK: usize = 512;

pub(super) struct Link {
    line: Box<dyn Line>,
    decoder: Decoder,
    /// Somebody asked and went away before the answer came.
    asking: bool,
}

impl Link {
    pub(super) fn new(line: Box<dyn Line>) -> Self {
        Self { line, decoder: Decoder::default(), asking: false }
    }

    /// Whether what comes next may answer a question nobody remembers.
    pub(super) fn is_confused(&self) -> bool {
        self.asking
    }

    /// Asks and waits for the answer.
    pub(super) async fn ask(&mut self, command: Command, timing: &Timing) -> io::Result<Heard> {
        self.asking = true;
        self.send(command, timing).await?;
        let answer = self.listen(Instant::now() + timing.answer).await?;
        self.asking = false;
        Ok(answer)
    }

    /// Asks. What has come unasked is thrown away before.
    pub(super) async fn send(&mut self, command: Command, timing: &Timing) -> io::Result<()> {
        self.decoder.forget();
        self.discard().await?;
        let sent = async {
            self.line.write_all(&command.frame()).await?;
            self.line.flush().await
        };
        tokio::time::timeout(timing.answer, sent).await?
    }

    /// Waits for an answer.
    pub(super) async fn listen(&mut self, until: Instant) -> io::Result<Heard> {
        loop {
            let mut chunk = Chunk([0; CHUNK]);
            let Ok(read) = timeout_at(until.into(), self.line.read(&mut chunk.0)).await else {
                self.decoder.forget();
                return Ok(Heard::Nothing);
            };
            let length = not_the_end(read?)?;
            if let Some(outcome) = self.decode(chunk.0.get(..length).unwrap_or_default()) {
                let reply = outcome.ok().and_then(Reply::from_frame);
                return Ok(reply.map_or(Heard::Broken, Heard::Reply));
            }
        }
    }

    /// The last frame that ended: one before it answered an older question.
    fn decode(&mut self, bytes: &[u8]) -> Option<Result<Frame, FrameFault>> {
        bytes.iter().filter_map(|byte| self.decoder.push(*byte)).last()
    }

    async fn discard(&mut self) -> io::Result<()> {
        let mut chunk = Chunk([0; CHUNK]);
        std::future::poll_fn(|context| {
            loop {
                let mut room = ReadBuf::new(&mut chunk.0);
                match std::pin::Pin::new(&mut self.line).poll_read(context, &mut room) {
                    Poll::Ready(Ok(())) => not_the_end(room.filled().len())?,
                    Poll::Ready(Err(fault)) => return Poll::Ready(Err(fault)),
                    Poll::Pending => return Poll::Ready(Ok(())),
                };
            }
        })
        .await
    }
}

/// No bytes means that the other end has gone.
fn not_the_end(length: usize) -> io::Result<usize> {
    if length > 0 { Ok(length) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Bytes on their way, wiped when they have been looked at.
struct Chunk([u8; CHUNK]);

impl Drop for Chunk {
    fn drop(&mut self) {
        crate::card::wipe_bytes(&mut self.0);
    }
}
