//! A voice at work, with a simulated player that takes as long as a real one.

use std::sync::Arc;
use std::time::Duration;

use hardware::speaker::{SimulatedPlayer, SpeakerFault};
use protocol::live::Output;
use protocol::wall::{Layout, OutputReport, OutputState, QuietHours};
use protocol::{Seq, Timestamp};
use tokio::sync::{broadcast, mpsc, watch};

use super::calls::{NOON, board, call, screen};
use crate::outputs::{Clock, News, Told};
use crate::voices::config::Config;
use crate::voices::voice::Voice;
use crate::voices::work;

/// Long enough for a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

/// A voice whose player, hall and clock are the test's.
struct Stage {
    player: SimulatedPlayer,
    news: broadcast::Sender<News>,
    told: mpsc::Receiver<Told>,
    stop: watch::Sender<bool>,
}

impl Stage {
    async fn new(config: Config) -> Self {
        let player = SimulatedPlayer::default();
        let (news, hears) = broadcast::channel(64);
        let (teller, told) = mpsc::channel(64);
        let (stop, stopped) = watch::channel(false);
        let clock = Clock(Arc::new(|| NOON));
        let voice = Voice::new(config, Arc::new(player.clone()), None, teller, clock);
        tokio::spawn(work(voice, hears, stopped));
        Self { player, news, told, stop }
    }

    /// A voice that says what it has to say in a moment.
    async fn quick() -> Self {
        Self::new(Config { chime: false, gap_ms: 0, ..Config::default() }).await
    }

    fn hear(&self, news: News) {
        self.news.send(news).expect("a voice listens");
    }

    fn call(&self, seq: u64, ticket: u64, window: u32) {
        let mut call = call(seq, ticket, window);
        call.voice.as_mut().expect("a phrase").zh = "{window}".to_owned();
        self.hear(News::Call(Arc::new(call)));
    }

    async fn tells(&mut self) -> Told {
        let told = tokio::time::timeout(LIMIT, self.told.recv()).await;
        told.expect("it tells something in time").expect("it lives")
    }

    async fn reports(&mut self) -> OutputReport {
        match self.tells().await {
            Told::Report(report) => report,
            other => panic!("no report: {other:?}"),
        }
    }

    async fn has_spoken(&mut self) -> u64 {
        match self.tells().await {
            Told::GivenOut { announcement: Seq(seq), output: Output::Spoken, .. } => seq,
            other => panic!("not spoken: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_call_is_told_to_be_spoken_since_it_began() {
    let mut stage = Stage::quick().await;
    let report = stage.reports().await;
    assert_eq!((report.state, report.fault), (OutputState::Ready, None));
    assert_eq!((report.name.as_str(), report.address.as_str()), ("voice", "simulated"));
    stage.call(7, 1, 3);
    let Told::GivenOut { announcement, output, at } = stage.tells().await else {
        panic!("it is told");
    };
    assert_eq!((announcement, output), (Seq(7), Output::Spoken));
    // It takes half a second and more to say, twice; the hall's clock stands still.
    let ago = NOON.0 - at.0;
    assert!((1_000..10_000).contains(&ago), "{ago} ms ago");
    stage.stop.send_replace(true);
    assert_eq!(stage.told.recv().await, None, "it stops");
}

#[tokio::test]
async fn the_first_sound_comes_within_300_ms() {
    let mut stage = Stage::new(Config::default()).await;
    stage.reports().await;
    let mut heard = stage.player.heard();
    for place in 1..=3 {
        let before = std::time::Instant::now();
        stage.call(place, place, 3);
        let begins = heard.wait_for(|heard| heard.begun == place);
        tokio::time::timeout(LIMIT, begins).await.expect("in time").expect("it plays");
        let took = before.elapsed();
        assert!(took < Duration::from_millis(300), "{took:?}");
        stage.has_spoken().await;
    }
}

#[tokio::test]
async fn it_begins_while_words_are_still_being_made() {
    let engine = ["sh", "-c", "sleep 600", "{text}"].map(str::to_owned).to_vec();
    let mut stage = Stage::new(Config { engine: Some(engine), ..Config::default() }).await;
    stage.reports().await;
    let mut unknown = call(1, 1, 1);
    unknown.voice.as_mut().expect("a phrase").zh = "{window}护照".to_owned();
    stage.hear(News::Call(Arc::new(unknown)));
    let mut heard = stage.player.heard();
    let begins = heard.wait_for(|heard| heard.begun == 1);
    tokio::time::timeout(Duration::from_secs(5), begins).await.expect("the chime").expect("plays");
}

#[tokio::test]
async fn under_a_backlog_every_call_is_spoken_once_and_nothing_overlaps() {
    let mut stage = Stage::quick().await;
    stage.reports().await;
    for seq in 1..=6 {
        stage.call(seq, seq, u32::try_from(seq).expect("small"));
    }
    let mut heard = stage.player.heard();
    let overlaps = async move {
        let two_at_once = heard.wait_for(|heard| heard.begun > heard.ended + 1).await;
        assert!(two_at_once.is_err(), "two sounds at once");
        std::future::pending::<()>().await;
    };
    let mut spoken = Vec::new();
    let speaking = async {
        for _ in 0..6 {
            spoken.push(stage.has_spoken().await);
        }
    };
    tokio::select! {
        () = speaking => {}
        () = overlaps => {}
    }
    assert_eq!(spoken, [1, 2, 3, 4, 5, 6]);
    // The first alone, then three after one chime, then two.
    assert_eq!(stage.player.heard().borrow().begun, 3);
}

#[tokio::test]
async fn a_call_that_ended_while_it_waited_is_not_spoken() {
    let mut stage = Stage::quick().await;
    stage.reports().await;
    stage.call(1, 1, 1);
    stage.call(2, 2, 2);
    stage.call(3, 3, 3);
    stage.hear(News::Board(board(3, &[(1, 1), (3, 3)])));
    assert_eq!(stage.has_spoken().await, 1);
    assert_eq!(stage.has_spoken().await, 3);
}

#[tokio::test]
async fn a_silent_zone_and_other_areas_calls_are_not_spoken() {
    let windows = vec!["w2".into()];
    let mut stage = Stage::new(Config { chime: false, windows, ..Config::default() }).await;
    assert_eq!(stage.reports().await.windows, ["w2".into()]);
    stage.call(1, 1, 1);
    let mut silent = call(2, 2, 2);
    silent.voice = None;
    stage.hear(News::Call(Arc::new(silent)));
    stage.call(3, 3, 2);
    assert_eq!(stage.has_spoken().await, 3);
}

#[tokio::test]
async fn quiet_hours_by_the_halls_zone_and_no_volume_are_quiet() {
    let mut stage = Stage::quick().await;
    stage.reports().await;
    let quiet = |from: &str, to: &str| Layout {
        quiet: vec![QuietHours { from: from.to_owned(), to: to.to_owned() }],
        ..Layout::default()
    };
    stage.hear(News::Board(board(1, &[])));
    stage.hear(screen(quiet("11:30", "13:30")));
    assert_eq!(stage.reports().await.state, OutputState::Quiet);
    stage.call(2, 2, 2);
    stage.hear(screen(quiet("13:30", "14:00")));
    assert_eq!(stage.reports().await.state, OutputState::Ready);
    stage.hear(screen(Layout { volume_percent: 0, ..Layout::default() }));
    assert_eq!(stage.reports().await.state, OutputState::Quiet);
    stage.call(3, 3, 3);
    stage.hear(screen(Layout::default()));
    assert_eq!(stage.reports().await.state, OutputState::Ready);
    stage.call(4, 4, 4);
    assert_eq!(stage.has_spoken().await, 4, "what was called in quiet hours stays unsaid");
}

#[tokio::test]
async fn a_player_that_fails_is_said_to_and_a_call_is_spoken_once_it_is_back() {
    let mut stage = Stage::quick().await;
    stage.reports().await;
    stage.player.break_with(Some(SpeakerFault::Engine("no sound card".to_owned())));
    stage.call(1, 1, 1);
    let report = stage.reports().await;
    assert_eq!(report.state, OutputState::Faulty);
    assert_eq!(report.fault.as_deref(), Some("nothing can be said: no sound card"));
    assert_eq!(report.since, NOON);
    stage.player.break_with(None);
    // The next call has it tried at once; both are spoken.
    stage.call(2, 2, 2);
    let spoken = [stage.has_spoken().await, stage.has_spoken().await];
    assert_eq!(spoken, [1, 2]);
    assert_eq!(stage.reports().await.state, OutputState::Ready);
}

#[tokio::test]
async fn words_that_cannot_be_said_are_a_fault_and_the_call_does_not_count_as_spoken() {
    let engine = Some(vec!["no-such-engine".to_owned()]);
    let mut stage = Stage::new(Config { chime: false, engine, ..Config::default() }).await;
    stage.reports().await;
    let mut unknown = call(1, 1, 1);
    unknown.voice.as_mut().expect("a phrase").zh = "{window}护照".to_owned();
    stage.hear(News::Call(Arc::new(unknown)));
    let report = stage.reports().await;
    assert_eq!(report.state, OutputState::Faulty);
    let fault = report.fault.expect("a sentence");
    assert!(fault.contains("`no-such-engine` is not installed"), "{fault}");
    stage.call(2, 2, 2);
    let mut told = vec![stage.tells().await, stage.tells().await];
    told.sort_by_key(|it| matches!(it, Told::Report(_)));
    assert!(
        matches!(told[0], Told::GivenOut { announcement: Seq(2), at: Timestamp(_), .. }),
        "{told:?}"
    );
    assert!(matches!(&told[1], Told::Report(it) if it.state == OutputState::Ready), "{told:?}");
}
