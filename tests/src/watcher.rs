//! A client of the live connection that keeps everything it hears, as a screen would.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use futures_util::{SinkExt, StreamExt};
use protocol::live::{
    Announcement, Cell, CellKey, ClientMessage, Output, ServerMessage, Topic, VERSION,
};
use protocol::wall::Screen;
use protocol::{DisplayId, Seq, Timestamp};
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::Message;

use crate::wait::wait_until;

/// Somebody who watches one topic. Dropping it hangs up.
#[derive(Debug)]
pub struct Watcher {
    heard: Arc<Mutex<Heard>>,
    mouth: UnboundedSender<ClientMessage>,
    listening: JoinHandle<()>,
}

/// Everything a watcher has heard so far.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Every message as it came.
    pub texts: Vec<String>,
    /// The topic's cells as they are now.
    pub cells: BTreeMap<CellKey, Cell>,
    /// Every call to be shown and spoken.
    pub announcements: Vec<Announcement>,
    /// What the display is to be.
    pub screen: Option<Screen>,
    /// Snapshots so far.
    pub snapshots: usize,
    /// Since when a relay has heard nothing from the hall.
    pub stale: Option<Timestamp>,
    /// The last sequence.
    pub seq: Seq,
    /// Whether the connection has ended.
    pub over: bool,
}

impl Watcher {
    /// Watches a topic at `http://…`.
    ///
    /// # Errors
    /// If nobody answers there, or no snapshot comes.
    pub async fn open(url: &str, topic: Topic, token: Option<&str>) -> Result<Self> {
        Self::connect(url, topic, token, false).await
    }

    /// Watches a board as its display does, and says of every call that it was shown.
    ///
    /// # Errors
    /// As [`Watcher::open`].
    pub async fn open_display(url: &str, display: &str, token: &str) -> Result<Self> {
        let topic = Topic::Board { display: DisplayId::from(display) };
        Self::connect(url, topic, Some(token), true).await
    }

    async fn connect(
        url: &str,
        topic: Topic,
        token: Option<&str>,
        acknowledges: bool,
    ) -> Result<Self> {
        let address = format!("{}/live", url.replacen("http://", "ws://", 1));
        let mut request = address.into_client_request()?;
        if let Some(token) = token {
            request.headers_mut().insert("Authorization", format!("Bearer {token}").parse()?);
        }
        let (mut socket, _) = tokio_tungstenite::connect_async(request)
            .await
            .with_context(|| format!("no live connection at {url}"))?;
        let hello = ClientMessage::Hello { version: VERSION, topic, seen: None };
        socket.send(text(&hello)).await?;

        let heard = Arc::new(Mutex::new(Heard::default()));
        let ear = Arc::clone(&heard);
        let (mouth, mut said) = mpsc::unbounded_channel();
        let listening = tokio::spawn(async move {
            loop {
                let answers = tokio::select! {
                    message = socket.next() => match message {
                        Some(Ok(Message::Text(text))) => lock(&ear).hear(&text, acknowledges),
                        Some(Ok(_)) => continue,
                        Some(Err(_)) | None => break,
                    },
                    Some(message) = said.recv() => vec![message],
                };
                for answer in answers {
                    // A hall that hangs up is noticed by the next read.
                    let _ = socket.send(self::text(&answer)).await;
                }
            }
            lock(&ear).over = true;
        });
        let watcher = Self { heard, mouth, listening };
        watcher.wait("the first snapshot", |heard| heard.snapshots > 0 || heard.over).await?;
        Ok(watcher)
    }

    /// Says something else than a hello, and returns everything it hears until the hall hangs up.
    ///
    /// # Errors
    /// If nobody answers there, or the hall does not hang up.
    pub async fn say(url: &str, nonsense: &str) -> Result<String> {
        let address = format!("{}/live", url.replacen("http://", "ws://", 1));
        let (mut socket, _) = tokio_tungstenite::connect_async(address).await?;
        socket.send(Message::text(nonsense)).await?;
        let mut heard = String::new();
        let listen = async {
            while let Some(Ok(message)) = socket.next().await {
                if let Message::Text(text) = message {
                    heard.push_str(&text);
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(10), listen).await.context("no hanging up")?;
        Ok(heard)
    }

    /// Says something of its own accord.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn tell(&self, message: ClientMessage) -> Result<()> {
        self.mouth.send(message).context("the connection has ended")
    }

    /// What it has heard so far.
    #[must_use]
    pub fn heard(&self) -> Heard {
        lock(&self.heard).clone()
    }

    /// Looks at what it has heard so far without copying it.
    pub fn look<T>(&self, look: impl FnOnce(&Heard) -> T) -> T {
        look(&lock(&self.heard))
    }

    /// Waits until what it has heard satisfies a condition; at most ten seconds.
    ///
    /// # Errors
    /// If it does not.
    pub async fn wait(&self, what: &str, done: impl Fn(&Heard) -> bool) -> Result<()> {
        self.wait_for(Duration::from_secs(10), what, done).await
    }

    /// Waits until what it has heard satisfies a condition.
    ///
    /// # Errors
    /// If it does not in time.
    pub async fn wait_for(
        &self,
        limit: Duration,
        what: &str,
        done: impl Fn(&Heard) -> bool,
    ) -> Result<()> {
        wait_until(limit, what, async || self.look(&done)).await.with_context(|| {
            self.look(|heard| format!("the last it heard was {:?}", heard.texts.last()))
        })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Heard {
    /// Takes a message in; returns what to answer.
    fn hear(&mut self, text: &str, acknowledges: bool) -> Vec<ClientMessage> {
        self.texts.push(text.to_owned());
        let message = serde_json::from_str(text).expect("the hall speaks the protocol");
        if !matches!(message, ServerMessage::Stale { .. }) {
            self.stale = None;
        }
        match message {
            ServerMessage::Snapshot { seq, cells, .. } => {
                self.seq = seq;
                self.cells = cells;
                self.snapshots += 1;
            }
            ServerMessage::Delta { seq, set, gone, .. } => {
                self.seq = seq;
                self.cells.extend(set);
                self.cells.retain(|key, _| !gone.contains(key));
            }
            ServerMessage::Announce(announcement) => {
                let (announced, at) = (announcement.seq, announcement.at);
                self.announcements.push(announcement);
                if acknowledges {
                    let output = Output::Shown;
                    return vec![ClientMessage::Acknowledge {
                        announcement: announced,
                        output,
                        at,
                    }];
                }
            }
            ServerMessage::Screen(screen) => self.screen = Some(*screen),
            ServerMessage::Ping { .. } => return vec![ClientMessage::Pong],
            ServerMessage::Stale { since } => self.stale = Some(since),
            ServerMessage::Bye { .. } => self.over = true,
        }
        Vec::new()
    }

    /// The numbers that are called or served now, by window.
    #[must_use]
    pub fn calls(&self) -> BTreeMap<String, String> {
        let calls = self.cells.values().filter_map(|cell| match cell {
            Cell::Call(call) => Some((call.at.window.to_string(), call.number.to_string())),
            _ => None,
        });
        calls.collect()
    }
}

fn text(message: &ClientMessage) -> Message {
    Message::text(serde_json::to_string(message).expect("messages have a JSON form"))
}

fn lock(heard: &Mutex<Heard>) -> std::sync::MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}
