//! The programs a speaker is made of. They end with the future that runs them: nothing goes on speaking
//! that nobody listens to.

use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, Command};

use super::SpeakerFault;

/// How much of a program's own words is kept, in bytes.
const WORDS_KEPT: usize = 400;
/// How much of an engine's sound is taken, in bytes: minutes of it.
const LARGEST_SOUND: u64 = 16 * 1024 * 1024;

/// Where a sound comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// From a recording.
    Clip(PathBuf),
    /// From an engine, which perhaps is given the words on its input.
    Spoken { command: Vec<String>, input: Option<String> },
}

/// Plays a sound to its end.
pub(super) async fn play(sound: Source, player: Vec<String>) -> Result<(), SpeakerFault> {
    match sound {
        Source::Clip(path) => {
            let clip = std::fs::File::open(&path)
                .map_err(|fault| SpeakerFault::Engine(format!("{}: {fault}", path.display())))?;
            Program::start(&player, clip.into(), Stdio::null())?.end().await
        }
        Source::Spoken { command, input } => {
            let words = if input.is_some() { Stdio::piped() } else { Stdio::null() };
            let (sound, made) = io::pipe()
                .map_err(|fault| SpeakerFault::Engine(format!("no pipe can be made: {fault}")))?;
            let engine = Program::start(&command, words, made.into())?;
            let player = Program::start(&player, sound.into(), Stdio::null())?;
            // The engine's fault is the cause if both fail.
            let (engine, player) =
                tokio::join!(async { engine.tell(input).await.end().await }, player.end());
            engine.and(player)
        }
    }
}

/// The sound that an engine makes.
pub(super) async fn made(
    command: &[String],
    input: Option<String>,
) -> Result<Vec<u8>, SpeakerFault> {
    let words = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut engine = Program::start(command, words, Stdio::piped())?;
    let sound = engine.child.stdout.take();
    let all = async {
        let mut bytes = Vec::new();
        if let Some(sound) = sound {
            let mut sound = sound.take(LARGEST_SOUND);
            sound.read_to_end(&mut bytes).await.map_err(|fault| engine_fault(command, &fault))?;
        }
        Ok(bytes)
    };
    let (ended, bytes) = tokio::join!(async { engine.tell(input).await.end().await }, all);
    ended.and(bytes)
}

fn engine_fault(command: &[String], fault: &io::Error) -> SpeakerFault {
    let name = command.first().map(String::as_str).unwrap_or_default();
    SpeakerFault::Engine(format!("`{name}`: {fault}"))
}

/// A program at work; dropping it kills it.
pub(super) struct Program {
    name: String,
    child: Child,
}

impl Program {
    pub(super) fn start(command: &[String], from: Stdio, to: Stdio) -> Result<Self, SpeakerFault> {
        let Some((name, arguments)) = command.split_first() else {
            return Err(SpeakerFault::Engine("no program is set".to_owned()));
        };
        let started = Command::new(name)
            .args(arguments)
            .stdin(from)
            .stdout(to)
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn();
        match started {
            Ok(child) => Ok(Self { name: name.clone(), child }),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
                Err(SpeakerFault::Engine(format!("`{name}` is not installed")))
            }
            Err(fault) => Err(SpeakerFault::Engine(format!("`{name}`: {fault}"))),
        }
    }

    /// Gives the program words on its input, and closes it. A program that does not listen ends badly, and
    /// says so itself.
    async fn tell(mut self, words: Option<String>) -> Self {
        if let (Some(mut input), Some(words)) = (self.child.stdin.take(), words) {
            let _ = input.write_all(words.as_bytes()).await;
        }
        self
    }

    /// Gives the program something on its input; false if it no longer listens.
    pub(super) async fn give(&mut self, bytes: &[u8]) -> bool {
        match &mut self.child.stdin {
            Some(input) => input.write_all(bytes).await.is_ok(),
            None => false,
        }
    }

    /// Closes the program's input and waits for its end.
    pub(super) async fn end(mut self) -> Result<(), SpeakerFault> {
        drop(self.child.stdin.take());
        let words = match self.child.stderr.take() {
            Some(said) => last_words(said).await,
            None => String::new(),
        };
        let status = self.child.wait().await.map_err(|fault| self.fault(&fault))?;
        if status.success() { Ok(()) } else { Err(self.failed(status, words.trim())) }
    }

    fn failed(&self, status: ExitStatus, words: &str) -> SpeakerFault {
        let name = &self.name;
        SpeakerFault::Engine(match words.lines().last() {
            Some(last) => format!("`{name}` says: {}", last.trim()),
            None => format!("`{name}` ended with {status}"),
        })
    }

    fn fault(&self, fault: &io::Error) -> SpeakerFault {
        SpeakerFault::Engine(format!("`{}`: {fault}", self.name))
    }
}

/// The end of what a program says: there it tells the reason. All of it is read, for a full pipe would stop
/// the program.
async fn last_words(mut said: ChildStderr) -> String {
    let mut words = Vec::new();
    let mut chunk = [0; WORDS_KEPT];
    while let Ok(length @ 1..) = said.read(&mut chunk).await {
        words.extend_from_slice(&chunk[..length]);
        words.drain(..words.len().saturating_sub(WORDS_KEPT));
    }
    String::from_utf8_lossy(&words).into_owned()
}
