//! One client of the live connection: it is asked what it wants, checked, and served from its feed at its
//! own speed until it goes, falls silent or the hall stops.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use protocol::live::{ClientMessage, PING_EVERY_S, ServerMessage, Topic, VERSION};
use protocol::{DisplayId, Seq, Timestamp};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::acks::Acknowledged;
use super::door::Speaker;
use super::feed::{Batch, Position, SharedFeed, written};
use super::goodbye::Goodbye;
use super::presence::DisplayPresence;
use super::screen::ScreenReader;
use super::subject::Subject;
use crate::hall::Hall;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;

/// How long a client may take to say what it wants.
const HELLO_WITHIN: Duration = Duration::from_secs(5);
/// How long a client may take to receive one message.
const SEND_WITHIN: Duration = Duration::from_secs(5);
/// How long a client may say nothing at all: three pings unanswered.
const SILENT_FOR: Duration = Duration::from_secs(3 * PING_EVERY_S);

/// Serves one client until it is over.
pub(super) async fn serve(socket: WebSocket, hall: Hall, speaker: Speaker) {
    let heard_at = Instant::now();
    let mut client = Client { socket, hall, speaker, heard_at, presence: None };
    let Err(end) = client.converse().await;
    client.presence = None;
    if let End::Goodbye(goodbye) = end {
        client.say_goodbye(goodbye).await;
    }
}

/// Why a conversation is over.
enum End {
    /// The client has gone.
    Gone,
    /// The hall ends it.
    Goodbye(Goodbye),
}

impl<T: Into<Goodbye>> From<T> for End {
    fn from(goodbye: T) -> Self {
        Self::Goodbye(goodbye.into())
    }
}

/// One client.
struct Client {
    socket: WebSocket,
    hall: Hall,
    speaker: Speaker,
    heard_at: Instant,
    /// A display on its own board.
    presence: Option<DisplayPresence>,
}

/// A client's place in its feed.
struct Reader {
    feed: Arc<SharedFeed>,
    news: watch::Receiver<()>,
    position: Position,
}

impl Client {
    /// Listens and tells; returns only when it is over.
    async fn converse(&mut self) -> Result<Infallible, End> {
        let mut stopping = self.hall.live().stopping();
        let (topic, seen) = tokio::select! {
            hello = timeout(HELLO_WITHIN, self.hello()) => hello.map_err(|_| Goodbye::TooSlow)??,
            () = stopped(&mut stopping) => return Err(Goodbye::Stopping.into()),
        };
        self.check(&topic)?;
        let subject = self.subject(&topic)?;
        self.presence = DisplayPresence::of(&self.hall, &self.who(), &topic);
        let mut screen = ScreenReader::of(&self.hall, &topic);
        let mut reader = self.join(subject, seen, &mut screen).await?;
        let mut ping = interval(Duration::from_secs(PING_EVERY_S));
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.reset();
        loop {
            let silent_from = self.heard_at + SILENT_FOR;
            tokio::select! {
                () = stopped(&mut stopping) => return Err(Goodbye::Stopping.into()),
                news = reader.news.changed() => {
                    // The keeper lets go of its feeds only when it stops.
                    news.map_err(|_| Goodbye::Stopping)?;
                    self.catch_up(&mut reader).await?;
                }
                text = screen.changed() => self.send(text).await?,
                message = self.receive() => self.answer(message?, &topic).await?,
                _ = ping.tick() => self.ping(&topic).await?,
                () = sleep_until(silent_from) => self.expect_a_word()?,
            }
        }
    }

    /// The first message.
    async fn hello(&mut self) -> Result<(Topic, Option<Seq>), End> {
        match self.receive().await? {
            ClientMessage::Hello { version: VERSION, topic, seen } => Ok((topic, seen)),
            ClientMessage::Hello { .. } => Err(Goodbye::Version.into()),
            _ => Err(Goodbye::Malformed.into()),
        }
    }

    /// Who speaks. Asked each time, so that somebody who has signed out is nobody at once.
    fn who(&self) -> Who {
        let token = self.speaker.token.as_deref();
        token.map_or(Who::Visitor, |token| Who::holding(&self.hall, token))
    }

    /// Whether they may see a topic.
    fn check(&self, topic: &Topic) -> Result<(), Goodbye> {
        let deed = match topic {
            Topic::Board { .. } => Deed::SeeBoard,
            Topic::Console { window } => Deed::SeeConsole(window),
            Topic::Hall => Deed::WatchHall,
            Topic::Ticket { .. } => Deed::UseOwnTicket,
        };
        Ok(policy::may(&self.who(), deed)?)
    }

    /// What a topic is about, if it exists.
    fn subject(&self, topic: &Topic) -> Result<Subject, Goodbye> {
        let subject = match topic {
            Topic::Board { display } => {
                let displays = &self.hall.config().displays;
                let found = displays.iter().find(|it| it.id == *display);
                found.map(|display| Subject::board(&display.zones))
            }
            Topic::Console { window } => {
                let exists = self.hall.journal().day().windows.contains_key(window);
                exists.then(|| Subject::Console(window.clone()))
            }
            Topic::Hall => Some(Subject::Hall),
            Topic::Ticket { token } => {
                let day = self.hall.journal().day();
                let ticket = self.hall.tokens().ticket(token);
                ticket.filter(|id| day.tickets.contains_key(id)).map(Subject::Ticket)
            }
        };
        subject.ok_or(Goodbye::Unknown)
    }

    /// Finds the client's place and sends what it missed, or a snapshot; then what a display is to be.
    async fn join(
        &mut self,
        subject: Subject,
        seen: Option<Seq>,
        screen: &mut ScreenReader,
    ) -> Result<Reader, End> {
        let watched = self.hall.live().watch(subject).await.ok_or(Goodbye::Stopping)?;
        let batch = watched.feed.lock().join(seen, self.now());
        let mut reader =
            Reader { feed: watched.feed, news: watched.news, position: batch.position };
        self.send_batch(batch, &mut reader).await?;
        if let Some(text) = screen.look() {
            self.send(text).await?;
        }
        // What was missed tells old times, and who missed nothing has been told nothing yet.
        let at = self.now();
        self.send(written(&ServerMessage::Ping { at })).await?;
        Ok(reader)
    }

    async fn catch_up(&mut self, reader: &mut Reader) -> Result<(), End> {
        let most = self.hall.config().limits.live_queue;
        let batch = reader.feed.lock().after(reader.position, most, self.now());
        self.send_batch(batch, reader).await
    }

    async fn send_batch(&mut self, batch: Batch, reader: &mut Reader) -> Result<(), End> {
        for text in batch.texts {
            self.send(text).await?;
        }
        reader.position = batch.position;
        Ok(())
    }

    async fn send(&mut self, text: Utf8Bytes) -> Result<(), End> {
        match timeout(SEND_WITHIN, self.socket.send(Message::Text(text))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => Err(Goodbye::TooSlow.into()),
        }
    }

    /// The next message. Can be given up at any time without losing one.
    async fn receive(&mut self) -> Result<ClientMessage, End> {
        loop {
            let message = match self.socket.recv().await {
                Some(Ok(message)) => message,
                // Too large, or no proper frame.
                Some(Err(_)) => return Err(Goodbye::Malformed.into()),
                None => return Err(End::Gone),
            };
            self.heard_at = Instant::now();
            if let Some(presence) = &self.presence {
                presence.heard();
            }
            match message {
                Message::Text(text) => {
                    let message = serde_json::from_str(&text);
                    return message.map_err(|_| Goodbye::Malformed.into());
                }
                Message::Binary(_) => return Err(Goodbye::Malformed.into()),
                Message::Close(_) => return Err(End::Gone),
                Message::Ping(_) | Message::Pong(_) => {}
            }
        }
    }

    async fn answer(&mut self, message: ClientMessage, topic: &Topic) -> Result<(), End> {
        match (message, topic) {
            (ClientMessage::Pong, _) => Ok(()),
            (ClientMessage::Hello { .. }, _) => Err(Goodbye::Malformed.into()),
            (message, Topic::Board { display }) => {
                policy::may(&self.who(), Deed::Acknowledge(display))?;
                self.learn(display, message).await;
                Ok(())
            }
            _ => Err(Goodbye::Forbidden.into()),
        }
    }

    /// Takes in what a display says of itself.
    async fn learn(&mut self, display: &DisplayId, message: ClientMessage) {
        let now = self.now();
        match message {
            ClientMessage::Acknowledge { announcement, output, at } => {
                let ack = Acknowledged { display, announcement, output, at };
                self.hall.live().acknowledge(ack, now).await;
            }
            ClientMessage::AcknowledgeEmergency { emergency, at } => {
                // Its clock is believed as far as it does not run ahead.
                self.hall.walls().emergency_shown(display, emergency, at.min(now));
            }
            ClientMessage::Report(report) => {
                self.hall.presence().display_reported(display, report, now);
            }
            ClientMessage::Hello { .. } | ClientMessage::Pong => {}
        }
    }

    /// Whoever has said nothing for too long is gone, though the line may not know it.
    fn expect_a_word(&self) -> Result<(), Goodbye> {
        if self.heard_at.elapsed() < SILENT_FOR { Ok(()) } else { Err(Goodbye::TooSlow) }
    }

    /// A sign of life, asked of and given to the client, if it still may be here.
    async fn ping(&mut self, topic: &Topic) -> Result<(), End> {
        self.check(topic)?;
        let at = self.now();
        self.send(written(&ServerMessage::Ping { at })).await
    }

    async fn say_goodbye(&mut self, goodbye: Goodbye) {
        let text = written(&goodbye.message(&self.speaker.words));
        if self.send(text).await.is_ok() {
            // Whoever does not read their goodbye is gone all the same.
            let _ = timeout(SEND_WITHIN, self.socket.send(Message::Close(None))).await;
        }
    }

    fn now(&self) -> Timestamp {
        self.hall.clock().now()
    }
}

/// Returns once the hub stops.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the hub itself is gone.
    let _ = stopping.wait_for(|stop| *stop).await;
}
