//! What stands above the windows: real drivers on simulated strips, and mistakes in the configuration.

use std::sync::Arc;
use std::time::{Duration, Instant};

use protocol::live::{Announcement, CallCell, Cell, Output, WindowCell, WindowRef};
use protocol::wall::OutputState;
use protocol::{Label, Language, Phase, Seq, TicketId, Timestamp, WindowMode};
use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::timeout;

use super::config::Config;
use super::faces::Faces;
use super::run;
use crate::board::Board;
use crate::hall::Hall;
use crate::outputs::{Bench, Clock, Look, News, Post, Told};

/// Longer than anything here takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn config(text: &str) -> Config {
    toml_of::<Config>(text)
}

fn toml_of<T: serde::de::DeserializeOwned>(text: &str) -> T {
    settings::parse(std::path::Path::new("strips.toml"), text).expect("a table")
}

fn simulated(make: &str) -> Config {
    config(&format!(
        "name = \"east\"\ndriver = \"simulated\"\nsimulates = \"{make}\"\nflash_seconds = 1\n\
         gap_ms = 10\nwindows = [{{ window = \"w01\", address = 1, width = 12 }}, \
         {{ window = \"w02\", address = 2, width = 12 }}]\n"
    ))
}

fn call(seq: u64, number: &str, recall: u8) -> Announcement {
    Announcement {
        seq: Seq(seq),
        ticket: TicketId(1),
        number: number.into(),
        window: "w01".into(),
        window_name: Label::new("1", "1"),
        zone: "z".into(),
        service: "s".into(),
        language: Language::Zh,
        at: NOW,
        recall,
        voice: None,
        by_light: false,
    }
}

/// A board with one window in a mode, and perhaps its call.
fn board(seq: u64, mode: WindowMode, number: Option<&str>) -> Board {
    let at = WindowRef {
        window: "w01".into(),
        name: Label::new("1", "1"),
        zone: "z".into(),
        zone_name: Label::new("z", "z"),
        floor: "1F".to_owned(),
    };
    let window = WindowCell {
        at: at.clone(),
        mode,
        since: NOW,
        reason: None,
        clerk: None,
        clerk_name: None,
        services: Vec::new(),
        current: None,
        waiting: 0,
        figures: Default::default(),
        revision: 0,
    };
    let mut cells = vec![("window/w01".to_owned(), Cell::Window(window))];
    if let Some(number) = number {
        let call = CallCell {
            at,
            number: number.into(),
            holder: None,
            phase: Phase::Called,
            called_at: NOW,
            recalls: 0,
        };
        cells.push(("call/w01".to_owned(), Cell::Call(call)));
    }
    Board { seq: Seq(seq), at: NOW, cells: cells.into_iter().collect() }
}

/// A bus at work, and everything around it.
struct Stage {
    says: broadcast::Sender<News>,
    told: mpsc::Receiver<Told>,
    bench: Bench,
    _stop: watch::Sender<bool>,
}

impl Stage {
    fn new(config: Config) -> Self {
        let display = "hall_url = \"http://127.0.0.1:9\"\ndisplay = \"d\"\ntoken = \"t\"\n\
                       listen = \"127.0.0.1:0\"\ndata_dir = \"d\"\n";
        let hall = Hall::new(&toml_of(display)).expect("a client");
        let (says, news) = broadcast::channel(16);
        let (tells, told) = mpsc::channel(64);
        let (stop, stopped) = watch::channel(false);
        let bench = Bench::default();
        let clock = Clock(Arc::new(|| NOW));
        let post = Post { news, told: tells, clock, hall, bench: bench.clone(), stop: stopped };
        tokio::spawn(run(config, post));
        Self { says, told, bench, _stop: stop }
    }

    fn say(&self, news: News) {
        self.says.send(news).expect("the bus listens");
    }

    /// Waits until the first strip shows a text; says what it showed on the way.
    async fn until(&self, wanted: &str) -> Vec<String> {
        let mut before = Vec::new();
        let found = async {
            loop {
                let look = self.bench.devices().first().map(|device| device.look());
                if let Some(Look::Strip { text, .. }) = look {
                    if before.last() != Some(&text) {
                        before.push(text);
                    }
                    if before.last().is_some_and(|text| text == wanted) {
                        return;
                    }
                }
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, found).await.unwrap_or_else(|_| panic!("{wanted} is not shown"));
        before
    }

    async fn told(&mut self, wanted: impl Fn(&Told) -> bool) -> Told {
        let found = async {
            loop {
                match self.told.recv().await.expect("it goes on") {
                    told if wanted(&told) => return told,
                    _ => {}
                }
            }
        };
        timeout(PATIENCE, found).await.expect("it is told")
    }
}

#[tokio::test]
async fn a_strip_follows_its_window_and_says_when_a_call_went_out() {
    for make in ["hall-69", "bx-5k", "cx-udp"] {
        let mut stage = Stage::new(simulated(make));
        let ready =
            |told: &Told| matches!(told, Told::Report(it) if it.state == OutputState::Ready);
        let Told::Report(report) = stage.told(ready).await else { panic!("a report") };
        assert_eq!((report.name.as_str(), report.windows), ("east 1", vec!["w01".into()]));
        stage.say(News::Board(Arc::new(board(5, WindowMode::Open, None))));
        stage.until("热情为您服务").await;
        stage.say(News::Call(Arc::new(call(6, "A001", 0))));
        stage.until("请A001号").await;
        // A message on its way from before the call changes nothing, nor does a cut line.
        stage.say(News::Board(Arc::new(board(5, WindowMode::Open, None))));
        stage.say(News::HallAway);
        stage.until("").await;
        stage.until("请A001号").await;
        let out = stage.told(|told| matches!(told, Told::GivenOut { .. })).await;
        let Told::GivenOut { announcement, output, at } = out else { panic!("given out") };
        assert_eq!((announcement, output), (Seq(6), Output::Strip));
        assert!(at <= NOW && NOW.since(at) < 20_000);
        stage.say(News::Board(Arc::new(board(7, WindowMode::Paused, None))));
        stage.until("暂停服务").await;
        stage.say(News::Board(Arc::new(board(8, WindowMode::Closed, None))));
        stage.until("").await;
    }
}

#[tokio::test]
async fn a_call_that_is_replaced_before_it_went_out_is_not_said_to_be_given_out() {
    let mut stage = Stage::new(simulated("hall-69"));
    stage.say(News::Call(Arc::new(call(6, "A001", 0))));
    stage.say(News::Call(Arc::new(call(7, "A002", 0))));
    let seen = stage.until("请A002号").await;
    let out = stage.told(|told| matches!(told, Told::GivenOut { .. })).await;
    if !seen.contains(&"请A001号".to_owned()) {
        assert!(matches!(out, Told::GivenOut { announcement: Seq(7), .. }), "{out:?}");
    }
}

#[tokio::test]
async fn a_line_that_is_not_there_is_reported_in_one_sentence() {
    let table = "name = \"east\"\ndriver = \"hall-69\"\nline = \"serial:/dev/no-such-port@9600\"\n\
                 windows = [{ window = \"w01\", address = 1 }]\n";
    let mut stage = Stage::new(config(table));
    let faulty = |told: &Told| matches!(told, Told::Report(it) if it.state == OutputState::Faulty);
    let Told::Report(report) = stage.told(faulty).await else { panic!("a report") };
    assert_eq!(report.address, "serial:/dev/no-such-port@9600");
    let fault = report.fault.expect("a reason");
    assert!(fault.contains("/dev/no-such-port") && fault.contains("No such file"), "{fault}");
}

#[test]
fn a_call_flashes_once_and_a_later_recall_again() {
    let table = simulated("hall-69");
    let mut faces = Faces::new(table.texts, table.colours);
    let start = Instant::now();
    let after = |seconds| start + Duration::from_secs(seconds);
    assert!(faces.call(&call(1, "A001", 0), start).flashes);
    assert!(!faces.call(&call(2, "A001", 1), after(3)).flashes, "a key that bounced");
    assert!(!faces.call(&call(3, "A001", 2), after(4)).flashes);
    assert!(faces.call(&call(4, "A001", 3), after(5)).flashes, "bouncing does not go on for ever");
    assert!(faces.call(&call(5, "A002", 0), after(6)).flashes, "another visitor");
}

#[test]
fn a_hall_that_counts_anew_is_believed_once_it_is_back() {
    let table = simulated("hall-69");
    let mut faces = Faces::new(table.texts, table.colours);
    faces.call(&call(900, "A001", 0), Instant::now());
    let old = board(5, WindowMode::Paused, None);
    assert_eq!(faces.of(&"w01".into(), &old), None, "from before the call");
    faces.hall_away();
    assert_eq!(faces.of(&"w01".into(), &old).expect("it is the present").text, "暂停服务");
}

#[test]
fn a_text_may_name_the_window() {
    let table = config(
        "name = \"east\"\ndriver = \"simulated\"\nwindows = [{ window = \"w01\", address = 1 }]\n\
         [texts]\ncall = \"{number}→{window}\"\n[colours]\ncall = \"green\"\n",
    );
    let mut faces = Faces::new(table.texts, table.colours);
    let face = faces.call(&call(1, "A001", 0), Instant::now()).face;
    assert_eq!(face.text, "A001→1");
    assert_eq!(face.colour, hardware::strip::Colour::Green);
}

#[test]
fn a_mistake_names_its_key_and_the_mend() {
    let window = "windows = [{ window = \"w01\", address = 1 }]\n";
    let cases = [
        ("driver = \"hall-69\"\n", window, "line", "9600"),
        ("driver = \"hall-69\"\nline = \"serial:/dev/ttyS1\"\n", window, "line", "@9600"),
        ("driver = \"cx-udp\"\nline = \"tcp:10.0.0.8:1\"\n", window, "line", "udp:"),
        ("driver = \"program\"\n", window, "program", "program to run"),
        ("driver = \"template\"\n", window, "template.frame", "description"),
        ("driver = \"simulated\"\nsimulates = \"program\"\n", window, "simulates", "hall-69"),
        ("driver = \"simulated\"\nflash_seconds = 61\n", window, "flash_seconds", "at most 60"),
        ("driver = \"simulated\"\nresend_minutes = 0\n", window, "resend_minutes", "1 to 1440"),
        ("driver = \"simulated\"\n", "windows = []\n", "windows", "w01"),
        (
            "driver = \"simulated\"\nsimulates = \"cx-udp\"\n",
            "windows = [{ window = \"w01\", address = 16 }]\n",
            "windows",
            "0 to 15",
        ),
        (
            "driver = \"simulated\"\nsimulates = \"template\"\n",
            "windows = [{ window = \"w01\", address = 1 }]\n[template]\nframe = \"A5 {gpk}\"\n",
            "template.frame",
            "strips.md",
        ),
        (
            "driver = \"simulated\"\nsimulates = \"template\"\n",
            "windows = [{ window = \"w01\", address = 1 }]\n[template]\nframe = \"< {gbk} >\"\n\
             escape = { A5 = \"A6 2\" }\n",
            "template.escape",
            "pairs of digits",
        ),
    ];
    for (driver, windows, key, mend) in cases {
        let mistake = config(&format!("name = \"east\"\n{driver}{windows}")).check();
        let mistake = format!("{:?}", mistake.expect_err(driver));
        assert!(
            mistake.contains(&format!("key: \"{key}\"")) && mistake.contains(mend),
            "{mistake}"
        );
    }
}
