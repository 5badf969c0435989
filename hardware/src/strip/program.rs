//! A program of the site that drives a strip: for makers who hand out a library and no protocol. It is run
//! for each text and given one line of JSON on its input:
//!
//! ```json
//! {"address":5,"width":8,"text":"请A005号","colour":"red","flashing":true}
//! ```

use std::io;
use std::process::Stdio;
use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::time::timeout;

use super::{Charset, Face, Strip, fit};

/// How long it may take for one text.
const PATIENCE: Duration = Duration::from_secs(10);

/// The program and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// First the program.
    pub command: Vec<String>,
    /// How long it is left alone after each text.
    pub gap: Duration,
}

impl Program {
    /// The line it is given, without its end.
    #[must_use]
    pub fn line(strip: Strip, face: &Face) -> String {
        json!({
            "address": strip.address,
            "width": strip.width,
            "text": fit(&face.text, Charset::Gb18030, strip.width).trim(),
            "colour": face.colour.name(),
            "flashing": face.flashing,
        })
        .to_string()
    }

    /// Runs it for one text.
    ///
    /// # Errors
    /// If it cannot be run, takes too long, or ends badly; the error has its last words.
    pub async fn show(&self, strip: Strip, face: &Face) -> io::Result<()> {
        let Some((name, arguments)) = self.command.split_first() else {
            return Err(io::Error::other("no program is set"));
        };
        let mut child = Command::new(name)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        if let Some(mut input) = child.stdin.take() {
            // A program that does not listen ends badly, and says so itself.
            let _ = input.write_all(format!("{}\n", Self::line(strip, face)).as_bytes()).await;
        }
        let ended = timeout(PATIENCE, child.wait_with_output()).await?;
        let output = ended?;
        if output.status.success() {
            return Ok(());
        }
        let words = String::from_utf8_lossy(&output.stderr);
        let last = words.lines().last().map_or(output.status.to_string(), |it| it.trim().into());
        Err(io::Error::other(last))
    }
}
