//! The one connection to the hall: says hello with the display's token and the last event it saw, passes
//! messages to the relay and acknowledgements and reports to the hall, notices silence, and comes back.
//!
//! The hall itself pings rarely; this side asks for a sign of life every few seconds with the socket's
//! own ping, so that a cable that was cut is noticed in time for the page to say so within ten seconds.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use protocol::live::{ClientMessage, ServerMessage, Topic, VERSION};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header::AUTHORIZATION};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::config::Config;
use crate::delivery::Delivery;
use crate::health::Health;
use crate::pause;
use crate::relay::{Relay, serialise};
use crate::shared::told_to_stop;

/// How long a connection may take to be made.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How often the hall is asked for a sign of life.
const ASK_EVERY: Duration = Duration::from_secs(3);
/// How often the hall hears how the display is, if nothing changes.
const REPORT_EVERY: Duration = Duration::from_secs(5);
/// Without any sign of life for so long, the hall is away.
const SILENT_AFTER: Duration = Duration::from_secs(8);
/// A connection that was held for so long was a good one; others are made less and less often.
const GOOD_AFTER: Duration = Duration::from_secs(10);

/// What an installer reads who mistyped the token or the display.
const UNKNOWN_HERE: &str =
    "the hall does not know this display; compare `display` and `token` with its devices.toml";

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Why a connection ended.
enum End {
    /// This display stops.
    Stopping,
    /// The hall could not be reached, went away or fell silent.
    Lost(String),
}

/// Keeps the connection until told to stop.
pub(crate) async fn run(
    config: Config,
    relay: Arc<Relay>,
    health: Arc<Health>,
    mut acknowledgements: mpsc::Receiver<ClientMessage>,
    mut stop: watch::Receiver<bool>,
) {
    let mut failures = 0_u32;
    // A board from an earlier run may have other zones, so the first hello asks for everything.
    let mut heard = false;
    let mut delivery = Delivery::default();
    // One sentence a reason is enough: an outage may last a night.
    let mut told = String::new();
    loop {
        let seen = relay.seen().filter(|_| heard);
        let hello = ClientMessage::Hello {
            version: VERSION,
            topic: Topic::Board { display: config.display.clone() },
            seen,
        };
        let mut line =
            Line { relay: &relay, health: &health, delivery: &mut delivery, heard: false };
        let began = Instant::now();
        let end = tokio::select! {
            end = line.hold(&config, &hello, &mut acknowledgements) => end,
            () = told_to_stop(&mut stop) => End::Stopping,
        };
        let End::Lost(why) = end else { return };
        relay.silent();
        let was_good = line.heard && began.elapsed() >= GOOD_AFTER;
        failures = if was_good { 0 } else { failures.saturating_add(1) };
        heard |= line.heard;
        let wait = pause::before_retry(failures);
        if why != told || was_good {
            tracing::warn!(%why, hall = %config.hall_url, "the hall is away; trying again and again");
            told = why;
        }
        tokio::select! {
            () = sleep(wait) => {}
            () = told_to_stop(&mut stop) => return,
        }
    }
}

/// One connection.
struct Line<'a> {
    relay: &'a Relay,
    health: &'a Health,
    delivery: &'a mut Delivery,
    /// Whether the hall has said anything on it.
    heard: bool,
}

impl Line<'_> {
    async fn hold(
        &mut self,
        config: &Config,
        hello: &ClientMessage,
        acknowledgements: &mut mpsc::Receiver<ClientMessage>,
    ) -> End {
        match self.try_hold(config, hello, acknowledgements).await {
            Ok(end) => end,
            Err(error) => End::Lost(explain(&error)),
        }
    }

    async fn try_hold(
        &mut self,
        config: &Config,
        hello: &ClientMessage,
        acknowledgements: &mut mpsc::Receiver<ClientMessage>,
    ) -> Result<End, Error> {
        let Ok(socket) = timeout(CONNECT_WITHIN, connect(config)).await else {
            return Ok(End::Lost("no answer to the connection".to_owned()));
        };
        let mut socket = socket?;
        socket.send(text(hello)).await?;
        tracing::info!(hall = %config.hall_url, "connected to the hall");
        for message in self.delivery.again() {
            socket.send(text(&message)).await?;
        }
        let mut ask = interval(ASK_EVERY);
        let mut changes = self.health.changes();
        let mut report = interval(REPORT_EVERY);
        report.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut sign_of_life = Instant::now();
        loop {
            tokio::select! {
                frame = socket.next() => {
                    sign_of_life = Instant::now();
                    match frame {
                        Some(Ok(Message::Text(text))) => {
                            if let Some(end) = self.said(&text, &mut socket).await? {
                                return Ok(end);
                            }
                        }
                        Some(Ok(Message::Close(_))) | None => {
                            return Ok(End::Lost("the hall closed the connection".to_owned()));
                        }
                        Some(Ok(Message::Pong(number))) => self.delivery.answered(&number),
                        Some(Ok(_)) => {}
                        Some(Err(error)) => return Err(error),
                    }
                }
                Some(acknowledgement) = acknowledgements.recv() => {
                    let words = text(&acknowledgement);
                    self.delivery.tells(acknowledgement);
                    socket.send(words).await?;
                }
                // Not before the hall has told its time.
                _ = report.tick(), if self.heard => self.report(&mut socket).await?,
                Ok(()) = changes.changed(), if self.heard => {
                    report.reset();
                    self.report(&mut socket).await?;
                }
                _ = ask.tick() => {
                    let number = self.delivery.asks().to_vec();
                    socket.send(Message::Ping(number.into())).await?;
                }
                () = sleep_until(sign_of_life + SILENT_AFTER) => {
                    return Ok(End::Lost("the hall has fallen silent".to_owned()));
                }
            }
        }
    }

    /// Tells the hall how the display is.
    async fn report(&self, socket: &mut Socket) -> Result<(), Error> {
        socket.send(text(&ClientMessage::Report(self.health.report()))).await
    }

    /// The hall has said something.
    async fn said(&mut self, raw: &str, socket: &mut Socket) -> Result<Option<End>, Error> {
        let message = match serde_json::from_str::<ServerMessage>(raw) {
            Ok(message) => message,
            Err(error) => {
                return Ok(Some(End::Lost(format!("the hall speaks another version: {error}"))));
            }
        };
        match &message {
            ServerMessage::Bye { code, .. } if matches!(code.as_str(), "forbidden" | "unknown") => {
                return Ok(Some(End::Lost(UNKNOWN_HERE.to_owned())));
            }
            ServerMessage::Bye { code, message } => {
                return Ok(Some(End::Lost(format!("the hall said goodbye: {code}: {message}"))));
            }
            ServerMessage::Ping { .. } => socket.send(text(&ClientMessage::Pong)).await?,
            _ => {}
        }
        self.heard = true;
        self.relay.heard(&message, raw);
        Ok(None)
    }
}

async fn connect(config: &Config) -> Result<Socket, Error> {
    let mut request = config.live_url().into_client_request()?;
    let bearer = HeaderValue::from_str(&format!("Bearer {}", config.token))?;
    request.headers_mut().insert(AUTHORIZATION, bearer);
    let (socket, _) = connect_async(request).await?;
    // Calls are small and urgent; a failure here only means they travel a little later.
    if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
        let _ = stream.set_nodelay(true);
    }
    Ok(socket)
}

fn text(message: &ClientMessage) -> Message {
    Message::text(serialise(message).as_ref())
}

fn explain(error: &Error) -> String {
    match error {
        Error::Http(answer) if matches!(answer.status().as_u16(), 401 | 403) => {
            UNKNOWN_HERE.to_owned()
        }
        other => other.to_string(),
    }
}
