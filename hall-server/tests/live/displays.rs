//! Displays: what they are to be, what they say of themselves, and who hears that a call was given out.

use std::time::Instant;

use hall_core::WindowAct;
use protocol::live::{AlertKind, Cell, ClientMessage, GivenOut, Output, ShownOn, Topic};
use protocol::wall::{DisplayReport, OutputReport, OutputState};
use protocol::{DisplayId, Seq, Timestamp};

use crate::client::{Client, LIMIT, board, console};
use crate::hall::{INTEGRATOR, MORNING, TestHall, display_token};
use crate::pages::{alerts, page};

/// Seconds after which a display is missed whose line is dead and does not say so.
const MISSED_AFTER_S: u64 = 12;

/// A display on its own board.
async fn display(hall: &TestHall, id: &str) -> Client {
    Client::watching(hall.addr(), Some(&display_token(id)), board(id)).await
}

/// An output of one window, or of all.
fn output(output: Output, window: Option<&str>, state: OutputState) -> OutputReport {
    OutputReport {
        output,
        name: format!("{output:?}"),
        address: "simulated".to_owned(),
        state,
        fault: (state == OutputState::Faulty).then(|| "the line is cut".to_owned()),
        since: Timestamp(0),
        windows: window.map(Into::into).into_iter().collect(),
        zones: Vec::new(),
        by_light: false,
    }
}

/// Lets a display say how it is, and waits until the hall knows.
async fn report(hall: &TestHall, client: &mut Client, id: &str, outputs: Vec<OutputReport>) {
    let count = outputs.len();
    let report = DisplayReport { pages: 1, outputs, ..DisplayReport::default() };
    client.say(&ClientMessage::Report(report)).await;
    let knows = || {
        let known = hall.running.hall.presence().display(&DisplayId::from(id)).report;
        known.is_some_and(|report| report.outputs.len() == count)
    };
    reached(knows).await;
}

/// Waits until something is so.
async fn reached(is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LIMIT, wait).await.expect("it comes to be so");
}

async fn give_out(display: &mut Client, announcement: Seq, output: Output, at: Timestamp) {
    display.until(|it| it.calls().contains(&announcement)).await;
    display.say(&ClientMessage::Acknowledge { announcement, output, at }).await;
}

/// What has become of a call, shortly: which output of which display, when, and what is wrong with it.
fn outputs(client: &Client) -> Vec<(Output, &str, bool, &'static str)> {
    let wrong = |it: &GivenOut| match (it.gone, it.faulty) {
        (true, _) => "gone",
        (false, true) => "faulty",
        (false, false) => "",
    };
    let shown = page(client).shown.iter().flat_map(|shown| &shown.outputs);
    shown.map(|it| (it.output, it.display.as_str(), it.at.is_some(), wrong(it))).collect()
}

#[tokio::test]
async fn a_board_is_told_what_its_display_is_to_be() {
    let hall = TestHall::start().await;
    let mut east = display(&hall, "east").await;
    let mut browser = Client::watching(hall.addr(), None, board("east")).await;
    for client in [&mut east, &mut browser] {
        client.until(|it| it.screen.as_ref().is_some_and(|it| it.name.en == "east")).await;
    }
}

#[tokio::test]
async fn a_display_hears_at_once_what_it_is_asked_and_no_other_does() {
    let hall = TestHall::start().await;
    let mut east = display(&hall, "east").await;
    let mut west = display(&hall, "west").await;
    hall.ask("east", "identify").await;
    let flashes = |it: &Client| it.screen.as_ref().is_some_and(|it| it.identify_until.is_some());
    east.until(flashes).await;
    hall.ask("west", "restart").await;
    west.until(|it| it.screen.as_ref().is_some_and(|it| it.restart.is_some())).await;
    assert!(!flashes(&west));
}

#[tokio::test]
async fn a_clerk_sees_where_a_call_was_shown_and_spoken() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut clerk = Client::watching(hall.addr(), Some(INTEGRATOR), console("e1")).await;
    let mut all = display(&hall, "all").await;
    let mut east = display(&hall, "east").await;
    // The wall of the other zone need not show it.
    let _west = display(&hall, "west").await;
    hall.take("passport").await;
    let call = hall.at("e1", WindowAct::CallNext).await;
    let counts =
        |it: &Client| page(it).shown.as_ref().map(|it| (it.displays, it.shown, it.spoken_at));
    clerk.until(|it| counts(it) == Some((2, 0, None))).await;
    give_out(&mut all, call, Output::Shown, MORNING).await;
    give_out(&mut east, call, Output::Shown, MORNING).await;
    give_out(&mut east, call, Output::Spoken, MORNING).await;
    clerk.until(|it| counts(it) == Some((2, 2, Some(MORNING)))).await;
    hall.at("e1", WindowAct::Recall).await;
    clerk.until(|it| counts(it) == Some((2, 0, None))).await;
    assert_eq!(hall.running.hall.live().connected_displays().len(), 3);
}

#[tokio::test]
async fn a_clerk_sees_which_output_is_missing() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut clerk = Client::watching(hall.addr(), Some(INTEGRATOR), console("e1")).await;
    let mut all = display(&hall, "all").await;
    let has = vec![
        output(Output::Spoken, None, OutputState::Ready),
        output(Output::Strip, Some("e1"), OutputState::Faulty),
        output(Output::Lamp, Some("e2"), OutputState::Ready),
    ];
    report(&hall, &mut all, "all", has).await;
    hall.take("passport").await;
    let call = hall.at("e1", WindowAct::CallNext).await;
    give_out(&mut all, call, Output::Shown, MORNING).await;
    give_out(&mut all, call, Output::Spoken, MORNING).await;
    let but_the_strip = [
        (Output::Shown, "all", true, ""),
        (Output::Spoken, "all", true, ""),
        (Output::Strip, "all", false, "faulty"),
    ];
    clerk.until(|it| outputs(it) == but_the_strip).await;
    // The strip is mended while the clerk looks.
    let mended = vec![output(Output::Strip, Some("e1"), OutputState::Ready)];
    report(&hall, &mut all, "all", mended).await;
    give_out(&mut all, call, Output::Strip, MORNING).await;
    clerk.until(|it| outputs(it).last() == Some(&(Output::Strip, "all", true, ""))).await;
}

#[tokio::test]
async fn nothing_is_expected_of_what_is_to_be_silent() {
    let hall = TestHall::start().await;
    for window in ["e1", "w1"] {
        hall.open(window).await;
    }
    let mut all = display(&hall, "all").await;
    let speaks = |state| vec![output(Output::Spoken, None, state)];
    report(&hall, &mut all, "all", speaks(OutputState::Ready)).await;
    let screen = [(Output::Shown, "all", false, "")];
    // Calls of the western zone are silent.
    let mut west = Client::watching(hall.addr(), Some(INTEGRATOR), console("w1")).await;
    hall.take("permit").await;
    hall.at("w1", WindowAct::CallNext).await;
    west.until(|it| outputs(it) == screen).await;
    let quiet = [speaks(OutputState::Quiet), Vec::new()].concat();
    let is_quiet = || {
        let known = hall.running.hall.presence().display(&"all".into()).report;
        known.is_some_and(|it| it.outputs[0].state == OutputState::Quiet)
    };
    report(&hall, &mut all, "all", quiet).await;
    reached(is_quiet).await;
    let mut east = Client::watching(hall.addr(), Some(INTEGRATOR), console("e1")).await;
    hall.take("passport").await;
    hall.at("e1", WindowAct::CallNext).await;
    east.until(|it| outputs(it) == screen).await;
}

#[tokio::test]
async fn a_display_that_was_here_and_has_gone_is_missing_by_name() {
    let hall = TestHall::start().await;
    hall.open("e1").await;
    let mut clerk = Client::watching(hall.addr(), Some(INTEGRATOR), console("e1")).await;
    let mut all = display(&hall, "all").await;
    drop(display(&hall, "east").await);
    reached(|| hall.running.hall.live().connected_displays().len() == 1).await;
    hall.take("passport").await;
    let call = hall.at("e1", WindowAct::CallNext).await;
    give_out(&mut all, call, Output::Shown, MORNING).await;
    let east_is_gone = [(Output::Shown, "all", true, ""), (Output::Shown, "east", false, "gone")];
    clerk.until(|it| outputs(it) == east_is_gone).await;
    let Some(ShownOn { displays, shown, .. }) = page(&clerk).shown else { panic!("it is shown") };
    assert_eq!((displays, shown), (2, 1));
    // It comes back and is given the call it missed.
    let mut east = display(&hall, "east").await;
    east.say(&ClientMessage::Acknowledge {
        announcement: call,
        output: Output::Shown,
        at: MORNING,
    })
    .await;
    clerk.until(|it| outputs(it).last() == Some(&(Output::Shown, "east", true, ""))).await;
}

#[tokio::test]
async fn a_duty_manager_sees_that_a_display_has_gone() {
    let hall = TestHall::start().await;
    let mut manager = Client::watching(hall.addr(), Some(INTEGRATOR), Topic::Hall).await;
    drop(display(&hall, "east").await);
    reached(|| hall.running.hall.live().connected_displays().is_empty()).await;
    hall.clock.set(MORNING.plus_s(11));
    manager.until(|it| alerts(it) == [AlertKind::DisplayGone]).await;
    let _back = display(&hall, "east").await;
    manager.until(|it| alerts(it).is_empty()).await;
}

#[tokio::test]
async fn a_duty_manager_sees_which_outputs_do_not_work() {
    let hall = TestHall::start().await;
    let mut manager = Client::watching(hall.addr(), Some(INTEGRATOR), Topic::Hall).await;
    let mut all = display(&hall, "all").await;
    let strips = |state| ["e1", "e2"].map(|it| output(Output::Strip, Some(it), state)).to_vec();
    report(&hall, &mut all, "all", strips(OutputState::Faulty)).await;
    hall.clock.set(MORNING.plus_s(11));
    manager.until(|it| alerts(it) == [AlertKind::OutputNeedsHelp]).await;
    let Cell::Alert(alert) = &manager.cells["alert/output-needs-help/all/strip"] else {
        panic!("an alert")
    };
    let about = (alert.name.as_ref().map(|it| it.en.as_str()), alert.output, alert.count);
    assert_eq!(about, (Some("all"), Some(Output::Strip), 2));
    assert_eq!(alert.since, MORNING, "its own clock had not been set");
    report(&hall, &mut all, "all", strips(OutputState::Ready)).await;
    manager.until(|it| alerts(it).is_empty()).await;
}

#[tokio::test]
async fn a_display_whose_line_is_dead_is_missed() {
    let hall = TestHall::start().await;
    let begun = Instant::now();
    // It neither answers nor goes.
    let _silent = display(&hall, "east").await;
    reached(|| hall.running.hall.live().connected_displays().is_empty()).await;
    let missed_after = begun.elapsed().as_secs();
    assert!(missed_after <= MISSED_AFTER_S, "after {missed_after} s");
}
