//! The lines of a simulated module: commands in, answers out, spoilt as ordered.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Shared;
use super::module::Trouble;
use crate::card::sam::command::{Command, words};
use crate::card::sam::frame::{Decoder, Frame, FrameFault, encode};
use crate::line::Line;

/// How long a slow answer takes.
const SLOW: Duration = Duration::from_millis(200);
/// Now and then an answer in pieces stops for a moment.
const STOP: Duration = Duration::from_millis(1);
/// After so many pieces.
const PIECES: usize = 32;
/// Nothing a frame begins with, then the beginning of a frame that does not go on.
const GARBAGE: [u8; 9] = [0x00, 0xff, 0x13, 0x69, 0x96, 0xaa, 0xaa, 0xaa, 0x96];

/// Takes connections until the reader is gone.
pub(super) async fn listen(
    listener: TcpListener,
    shared: Arc<Shared>,
    mut plug: watch::Receiver<bool>,
) {
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { return };
                // Only speed would suffer.
                let _ = stream.set_nodelay(true);
                tokio::spawn(talk(stream, shared.clone(), plug.clone()));
            }
            // Only pulls and returns of the plug; an error says that the reader itself has gone.
            changed = plug.changed() => if changed.is_err() { return },
        }
    }
}

/// Talks over one line until it breaks or the plug is pulled.
pub(super) async fn talk(line: impl Line, shared: Arc<Shared>, mut plug: watch::Receiver<bool>) {
    tokio::select! {
        _ = answer_all(line, &shared) => {}
        _ = plug.wait_for(|plugged| !plugged) => {}
    }
}

async fn answer_all(mut line: impl Line, shared: &Shared) -> std::io::Result<()> {
    let mut decoder = Decoder::default();
    loop {
        let byte = line.read_u8().await?;
        if let Some(frame) = decoder.push(byte) {
            answer(&mut line, shared, frame).await?;
        }
    }
}

async fn answer(
    line: &mut impl Line,
    shared: &Shared,
    frame: Result<Frame, FrameFault>,
) -> std::io::Result<()> {
    let command = frame.map(|frame| Command::from_frame(&frame));
    let suffers = |trouble| shared.module().suffers(trouble);
    if suffers(Trouble::Silent) {
        return Ok(());
    }
    let mut bytes = match command {
        Ok(command) => shared.module().answer(command, Instant::now()),
        Err(_) => encode(&[0, 0, words::BAD_CHECKSUM]),
    };
    if suffers(Trouble::Slow) {
        tokio::time::sleep(SLOW).await;
    }
    if suffers(Trouble::Garbage) {
        bytes.splice(0..0, GARBAGE);
    }
    if suffers(Trouble::Split) {
        return dribble(line, &bytes).await;
    }
    line.write_all(&bytes).await?;
    line.flush().await
}

/// Sends one byte, two, three, one, …
async fn dribble(line: &mut impl Line, mut bytes: &[u8]) -> std::io::Result<()> {
    for (count, length) in [1, 2, 3].into_iter().cycle().enumerate() {
        let (piece, rest) = bytes.split_at_checked(length).unwrap_or((bytes, &[]));
        line.write_all(piece).await?;
        line.flush().await?;
        if rest.is_empty() {
            break;
        }
        bytes = rest;
        match count % PIECES {
            0 => tokio::time::sleep(STOP).await,
            _ => tokio::task::yield_now().await,
        }
    }
    Ok(())
}
