//! A client of the live connection, as a machine would be.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use protocol::Seq;
use protocol::live::{Announcement, Cell, ClientMessage, ServerMessage, Topic, VERSION};
use protocol::wall::Screen;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How long anything may take before a test fails.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// One connection and what it knows.
pub(crate) struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) cells: BTreeMap<String, Cell>,
    pub(crate) announced: Vec<Announcement>,
    pub(crate) seen: Option<Seq>,
    /// What the display is to be.
    pub(crate) screen: Option<Screen>,
    /// The kinds of messages that came in the order of events.
    pub(crate) kinds: Vec<&'static str>,
}

pub(crate) fn board(display: &str) -> Topic {
    Topic::Board { display: display.into() }
}

pub(crate) fn console(window: &str) -> Topic {
    Topic::Console { window: window.into() }
}

impl Client {
    /// Connects and says nothing.
    pub(crate) async fn connect(addr: SocketAddr, token: Option<&str>) -> Self {
        Self::try_connect(addr, token).await.expect("connects")
    }

    pub(crate) async fn try_connect(
        addr: SocketAddr,
        token: Option<&str>,
    ) -> Result<Self, Box<Error>> {
        let (socket, _) = connect_async(request(addr, token)).await?;
        Ok(Self {
            socket,
            cells: BTreeMap::new(),
            announced: Vec::new(),
            seen: None,
            screen: None,
            kinds: Vec::new(),
        })
    }

    /// Connects, says hello and takes the first answer.
    pub(crate) async fn watching(addr: SocketAddr, token: Option<&str>, topic: Topic) -> Self {
        let mut client = Self::connect(addr, token).await;
        client.hello(topic, None).await;
        client.take_one().await;
        assert_eq!(client.kinds, ["snapshot"]);
        client
    }

    pub(crate) async fn hello(&mut self, topic: Topic, seen: Option<Seq>) {
        self.say(&ClientMessage::Hello { version: VERSION, topic, seen }).await;
    }

    pub(crate) async fn say(&mut self, message: &ClientMessage) {
        let text = serde_json::to_string(message).expect("serialises");
        self.send(Message::text(text)).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        self.socket.send(message).await.expect("the hall listens");
    }

    /// The next message, whatever it is.
    pub(crate) async fn next(&mut self) -> ServerMessage {
        loop {
            let message = timeout(LIMIT, self.socket.next()).await.expect("a message in time");
            match message.expect("the connection is open").expect("a proper frame") {
                Message::Text(text) => return serde_json::from_str(&text).expect("a message"),
                Message::Close(_) => panic!("closed"),
                _ => {}
            }
        }
    }

    /// Takes in one message; pings are answered and passed over.
    pub(crate) async fn take_one(&mut self) {
        loop {
            match self.next().await {
                ServerMessage::Ping { .. } => self.say(&ClientMessage::Pong).await,
                other => return self.take_in(other),
            }
        }
    }

    /// Takes in a message that changes what it knows.
    pub(crate) fn take_in(&mut self, message: ServerMessage) {
        let (kind, seq) = match message {
            ServerMessage::Snapshot { seq, cells, .. } => {
                self.cells = cells;
                ("snapshot", seq)
            }
            ServerMessage::Delta { seq, set, gone, .. } => {
                self.cells.extend(set);
                self.cells.retain(|key, _| !gone.contains(key));
                ("delta", seq)
            }
            ServerMessage::Announce(announcement) => {
                let seq = announcement.seq;
                self.announced.push(announcement);
                ("announce", seq)
            }
            ServerMessage::Screen(screen) => {
                self.screen = Some(*screen);
                return;
            }
            other => panic!("unexpected: {other:?}"),
        };
        assert!(self.seen <= Some(seq), "in the order of the journal");
        self.seen = Some(seq);
        self.kinds.push(kind);
    }

    /// Takes messages in until what it knows is as wanted.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&Self) -> bool) {
        let reached = timeout(LIMIT, async {
            while !wanted(self) {
                self.take_one().await;
            }
        });
        if reached.await.is_err() {
            panic!("never came to be; it knows {:#?} and heard {:?}", self.cells, self.numbers());
        }
    }

    /// The code with which the hall ends the connection.
    pub(crate) async fn goodbye(&mut self) -> String {
        loop {
            match self.next().await {
                ServerMessage::Bye { code, message } => {
                    assert!(!message.is_empty());
                    return code;
                }
                ServerMessage::Ping { .. }
                | ServerMessage::Snapshot { .. }
                | ServerMessage::Screen(_) => {}
                other => panic!("unexpected: {other:?}"),
            }
        }
    }

    /// The announcements so far: events.
    pub(crate) fn calls(&self) -> Vec<Seq> {
        self.announced.iter().map(|announcement| announcement.seq).collect()
    }

    /// The announcements so far: numbers.
    pub(crate) fn numbers(&self) -> Vec<String> {
        self.announced.iter().map(|announcement| announcement.number.to_string()).collect()
    }
}

fn request(addr: SocketAddr, token: Option<&str>) -> Request<()> {
    let mut request = format!("ws://{addr}/live").into_client_request().expect("an address");
    if let Some(token) = token {
        let bearer = format!("Bearer {token}").parse().expect("a plain token");
        request.headers_mut().insert("authorization", bearer);
    }
    request
}
