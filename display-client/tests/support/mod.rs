//! A hall and a page that say exactly what a test wants, over real sockets.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use display_client::{Config, Running};
use futures_util::{SinkExt, StreamExt};
use protocol::live::{
    Announcement, CallCell, Cell, ClientMessage, HallCell, ServerMessage, Topic, VERSION, WindowRef,
};
use protocol::wall::{DisplayReport, Layout, Media, MediaKind, Screen};
use protocol::{DisplayId, Label, Language, Number, Phase, Seq, TicketId, Timestamp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(12);

/// A directory of its own for each test, gone afterwards.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("wall-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A display on a free port, for the hall at `hall`.
pub(crate) async fn display(hall: &str, data: &Scratch) -> Running {
    display_with(hall, data, "").await
}

/// The same with more in its configuration.
pub(crate) async fn display_with(hall: &str, data: &Scratch, more: &str) -> Running {
    std::fs::create_dir_all(&data.0).unwrap();
    let file = data.0.join("display.toml");
    let data_dir = data.0.display();
    let text = format!(
        "hall_url = \"{hall}\"\ndisplay = \"lobby\"\ntoken = \"secret-of-the-lobby\"\n\
         listen = \"127.0.0.1:0\"\ndata_dir = \"{data_dir}\"\n{more}"
    );
    std::fs::write(&file, text).unwrap();
    display_client::start(Config::read(&file).unwrap()).await.unwrap()
}

/// The hall's side.
pub(crate) struct FakeHall {
    listener: TcpListener,
    pub(crate) url: String,
}

impl FakeHall {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        Self { listener, url }
    }

    /// The display's next connection, with the event it says it saw.
    #[expect(clippy::result_large_err, reason = "the library's own type")]
    pub(crate) async fn accept(&self) -> (Line<TcpStream>, Option<Seq>) {
        let (stream, _) = timeout(PATIENCE, self.listener.accept()).await.unwrap().unwrap();
        let check = |request: &Request, response: Response| {
            assert_eq!(request.uri().path(), "/live");
            assert_eq!(request.headers()["authorization"], "Bearer secret-of-the-lobby");
            Ok(response)
        };
        let mut line = Line(tokio_tungstenite::accept_hdr_async(stream, check).await.unwrap());
        let ClientMessage::Hello { version: VERSION, topic, seen } = line.hears().await else {
            panic!("the display says hello first");
        };
        assert_eq!(topic, Topic::Board { display: DisplayId::from("lobby") });
        (line, seen)
    }
}

impl FakeHall {
    /// Answers the display's next request with a body; says what it asked for.
    pub(crate) async fn answers(&self, body: &[u8]) -> String {
        let (mut stream, request) = self.request().await;
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        request
    }

    /// Begins to answer the display's next request and breaks off.
    pub(crate) async fn breaks_off(&self) -> String {
        let (mut stream, request) = self.request().await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf").await.unwrap();
        request
    }

    async fn request(&self) -> (TcpStream, String) {
        let (mut stream, _) = timeout(PATIENCE, self.listener.accept()).await.unwrap().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(stream.read_u8().await.unwrap());
        }
        let request = String::from_utf8(request).unwrap();
        (stream, request.lines().next().unwrap().to_owned())
    }
}

/// Asks the display's address; answers with the head and the body.
pub(crate) async fn get(display: &Running, path: &str, header: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(display.addr).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n{header}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end + 4..].to_vec())
}

/// One live connection, from either side.
pub(crate) struct Line<S>(pub(crate) WebSocketStream<S>);

/// A page's connection to the display, having said hello.
pub(crate) async fn page(display: &Running) -> Line<MaybeTlsStream<TcpStream>> {
    let mut line = stranger(display).await;
    line.says(&hello()).await;
    line
}

/// What a page says first.
pub(crate) fn hello() -> ClientMessage {
    let topic = Topic::Board { display: DisplayId::from("lobby") };
    ClientMessage::Hello { version: VERSION, topic, seen: None }
}

/// A connection to the display that has said nothing yet.
pub(crate) async fn stranger(display: &Running) -> Line<MaybeTlsStream<TcpStream>> {
    stranger_at(display, "/live").await
}

/// The same at an address of its own.
pub(crate) async fn stranger_at(display: &Running, path: &str) -> Line<MaybeTlsStream<TcpStream>> {
    let url = format!("ws://{}{path}", display.addr);
    Line(tokio_tungstenite::connect_async(url).await.unwrap().0)
}

impl<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin> Line<S> {
    pub(crate) async fn says<M: serde::Serialize>(&mut self, message: &M) {
        self.0.send(Message::text(serde_json::to_string(message).unwrap())).await.unwrap();
    }

    /// The next message of any kind.
    pub(crate) async fn hears<M: serde::de::DeserializeOwned>(&mut self) -> M {
        loop {
            let frame = timeout(PATIENCE, self.0.next()).await.expect("a message in time");
            if let Message::Text(text) = frame.unwrap().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    /// The next message from a display that is about calls: how it is comes at any time.
    pub(crate) async fn hears_acknowledgement(&mut self) -> ClientMessage {
        let found = async {
            loop {
                let message = self.hears().await;
                if !matches!(message, ClientMessage::Report(_) | ClientMessage::Pong) {
                    return message;
                }
            }
        };
        timeout(PATIENCE, found).await.expect("an acknowledgement")
    }

    /// The next report of a display that is as somebody waits for.
    pub(crate) async fn hears_report(
        &mut self,
        is_awaited: impl Fn(&DisplayReport) -> bool,
    ) -> DisplayReport {
        let found = async {
            loop {
                match self.hears().await {
                    ClientMessage::Report(report) if is_awaited(&report) => return report,
                    _ => {}
                }
            }
        };
        timeout(PATIENCE, found).await.expect("such a report")
    }

    /// The next message from a display that is not a mere sign of life.
    pub(crate) async fn hears_news(&mut self) -> ServerMessage {
        loop {
            let message = self.hears().await;
            if !matches!(message, ServerMessage::Ping { .. }) {
                return message;
            }
        }
    }
}

pub(crate) fn snapshot(seq: u64) -> ServerMessage {
    let hall = HallCell {
        name: Label::new("某某大厅", "Some Hall"),
        date: "2026-11-23".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        running: true,
    };
    ServerMessage::Snapshot {
        seq: Seq(seq),
        at: at(seq),
        cells: [("hall".to_owned(), Cell::Hall(hall))].into(),
    }
}

pub(crate) fn delta(seq: u64, number: &str) -> ServerMessage {
    let call = CallCell {
        at: WindowRef {
            window: "w01".into(),
            name: Label::new("1", "1"),
            zone: "f1".into(),
            zone_name: Label::new("一楼", "First floor"),
            floor: "1F".to_owned(),
        },
        number: Number::from(number),
        holder: None,
        phase: Phase::Called,
        called_at: at(seq),
        recalls: 0,
    };
    ServerMessage::Delta {
        seq: Seq(seq),
        at: at(seq),
        set: [("call/w01".to_owned(), Cell::Call(call))].into(),
        gone: Vec::new(),
    }
}

pub(crate) fn announcement(seq: u64, number: &str) -> ServerMessage {
    ServerMessage::Announce(Announcement {
        seq: Seq(seq),
        ticket: TicketId(seq),
        number: Number::from(number),
        window: "w01".into(),
        window_name: Label::new("1", "1"),
        zone: "f1".into(),
        language: Language::Zh,
        at: at(seq),
        recall: 0,
        service: "passport".into(),
        voice: None,
        by_light: false,
    })
}

/// What the display is to be.
pub(crate) fn screen() -> Screen {
    Screen {
        name: Label::new("大厅屏", "Lobby"),
        layout: Layout::default(),
        notices: Vec::new(),
        media: Vec::new(),
        emergency: None,
        identify_until: None,
        restart: None,
    }
}

/// The order to be it.
pub(crate) fn order(screen: Screen) -> ServerMessage {
    ServerMessage::Screen(Box::new(screen))
}

/// A picture of the hall.
pub(crate) fn picture(name: &str, revision: &str) -> Media {
    Media { name: name.to_owned(), kind: MediaKind::Picture, revision: revision.to_owned() }
}

/// The hall's time of an event.
pub(crate) fn at(seq: u64) -> Timestamp {
    Timestamp(1_795_000_000_000).plus_s(i64::try_from(seq).unwrap())
}
