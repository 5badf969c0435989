//! Real drivers on real lines, with simulated strips at the other end: what a person before the strip sees.

#[path = "strip/bench.rs"]
mod bench;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bench::{Make, PATIENCE, STRIPS, bench, board, makes, until, until_faulty};
use hardware::line::Address;
use hardware::strip::simulator::{PictureFault, SimulatedBus};
use hardware::strip::{Bus, Colour, Cx, Face, Hall69, Health, Outlet, Pace, Program};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

const FLASH: Duration = Duration::from_millis(1_200);
const NO_FLASH: Duration = Duration::ZERO;

fn call(number: &str) -> Face {
    Face::steady(format!("请{number}号"), Colour::Red)
}

fn is_dark(face: &Face) -> bool {
    face.text.trim().is_empty()
}

#[tokio::test]
async fn every_make_shows_a_text_to_the_strip_it_is_for() {
    for make in makes() {
        let (bus, strips) = bench(make).await;
        let gone_out = bus.show(4, call("A001"), NO_FLASH);
        let face = until(&strips, 4, |face| !is_dark(face)).await;
        assert_eq!(face.text.trim(), "请A001号");
        assert_eq!(strips.face(3), None, "the other one was told nothing");
        assert!(timeout(PATIENCE, gone_out).await.unwrap().is_ok());
        assert_eq!(*bus.health().borrow(), Health::Well);
    }
}

#[tokio::test]
async fn a_number_board_shows_the_number() {
    let (bus, strips) = bench(board()).await;
    drop(bus.show(3, call("A012"), FLASH));
    assert_eq!(until(&strips, 3, |_| true).await.text, "12");
}

#[tokio::test]
async fn a_call_flashes_and_then_stands() {
    let mut all = tokio::task::JoinSet::new();
    for make in makes() {
        all.spawn(flashes_and_stands(make));
    }
    while let Some(one) = all.join_next().await {
        one.unwrap();
    }
}

async fn flashes_and_stands(make: Make) {
    let (bus, strips) = bench(make).await;
    let start = Instant::now();
    drop(bus.show(3, call("A001"), FLASH));
    let flashing = |face: &Face| is_dark(face) || face.flashing;
    until(&strips, 3, flashing).await;
    // It stands once nothing more comes for longer than a flash is dark.
    loop {
        let face = until(&strips, 3, |face| !flashing(face)).await;
        let mut changes = strips.changes();
        let more = timeout(Duration::from_millis(900), changes.changed()).await;
        if more.is_err() && strips.face(3) == Some(face) {
            break;
        }
    }
    assert!(start.elapsed() >= FLASH, "it flashes for its time");
    assert!(strips.told(3).iter().any(flashing));
    assert_eq!(strips.face(3).expect("it shows something").text.trim(), "请A001号");
}

#[tokio::test]
async fn a_colour_reaches_the_strips_that_have_colours() {
    for (index, make) in makes().into_iter().enumerate().filter(|(index, _)| *index != 1) {
        let (bus, strips) = bench(make).await;
        drop(bus.show(3, Face::steady("A001", Colour::Yellow), NO_FLASH));
        let face = until(&strips, 3, |_| true).await;
        assert_eq!((index, face.colour), (index, Colour::Yellow));
    }
}

#[tokio::test]
async fn a_text_is_sent_again_by_itself() {
    let (driver, wire) = board();
    let strips = SimulatedBus::start(driver.clone(), &STRIPS, wire).await.unwrap();
    let outlet = Outlet::Line { address: strips.address().clone(), driver };
    let pace = Pace { gap: Some(Duration::from_millis(10)), resend: Duration::from_millis(80) };
    let bus = Bus::start(outlet, &STRIPS, pace);
    drop(bus.show(3, call("7"), NO_FLASH));
    let mut changes = strips.changes();
    timeout(PATIENCE, changes.wait_for(|count| *count >= 4)).await.unwrap().unwrap();
    assert!(strips.told(3).iter().all(|face| face.text == "7"));
}

#[tokio::test]
async fn strips_understand_again_after_nonsense_on_the_line() {
    for make in makes() {
        let (bus, strips) = bench(make).await;
        let noise: Vec<u8> = (0..900u32).map(|it| ((it * 7919) >> 3) as u8).collect();
        let mut other = hardware::line::open(strips.address()).await.unwrap();
        other.write_all(&noise).await.unwrap();
        other.flush().await.unwrap();
        drop(bus.show(3, call("A001"), NO_FLASH));
        // On a shared line the first frame may be swallowed with the noise; the strip is told again.
        drop(bus.show(3, call("A002"), NO_FLASH));
        let face = until(&strips, 3, |face| face.text.contains("A002")).await;
        assert_eq!(face.text.trim(), "请A002号");
    }
}

#[tokio::test]
async fn a_line_that_is_not_there_is_said_in_a_sentence_and_found_when_it_comes() {
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = port.local_addr().unwrap();
    drop(port);
    let driver = Arc::new(Hall69::default());
    let outlet = Outlet::Line { address: Address::Tcp(host.to_string()), driver };
    let bus = Bus::start(outlet, &STRIPS, Pace { gap: None, resend: PATIENCE });
    let gone_out = bus.show(3, call("A001"), NO_FLASH);
    let why = until_faulty(&bus).await;
    assert!(why.contains(&format!("tcp:{host}")) && why.contains("refused"), "{why}");
    let port = tokio::net::TcpListener::bind(host).await.unwrap();
    let (mut card, _) = timeout(PATIENCE, port.accept()).await.unwrap().unwrap();
    let mut frame = [0; 69];
    timeout(PATIENCE, card.read_exact(&mut frame)).await.unwrap().unwrap();
    assert_eq!(frame[0], 252);
    assert!(timeout(PATIENCE, gone_out).await.unwrap().is_ok());
    let mut health = bus.health();
    timeout(PATIENCE, health.wait_for(|it| *it == Health::Well)).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_card_nobody_hears_on_udp_is_faulty_and_its_call_not_given_out() {
    let port = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let driver = Arc::new(Cx::default());
    let outlet = Outlet::Line { address: Address::Udp(port.to_string()), driver };
    let bus = Bus::start(outlet, &STRIPS, Pace { gap: None, resend: PATIENCE });
    let mut gone_out = bus.show(3, call("A001"), NO_FLASH);
    let why = until_faulty(&bus).await;
    assert!(why.contains(&format!("udp:{port}")), "{why}");
    assert!(gone_out.try_recv().is_err());
}

#[tokio::test]
async fn a_program_is_given_one_line_for_each_text() {
    let folder = std::env::temp_dir().join(format!("strip-program-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let heard = folder.join("heard");
    let script = format!("cat >> '{}'", heard.display());
    let command = ["sh", "-c", &script].map(str::to_owned).to_vec();
    let program = Program { command, gap: Duration::from_millis(10) };
    let bus = Bus::start(Outlet::Program(program), &STRIPS, Pace { gap: None, resend: PATIENCE });
    let gone_out = bus.show(3, call("A001"), FLASH);
    assert!(timeout(PATIENCE, gone_out).await.unwrap().is_ok());
    let line = std::fs::read_to_string(&heard).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let said: serde_json::Value = serde_json::from_str(line.trim_end()).unwrap();
    let expected = serde_json::json!({
        "address": 3, "width": 12, "text": "请A001号", "colour": "red", "flashing": true
    });
    assert_eq!(said, expected);
    assert_eq!(line.lines().count(), 1);
}

#[tokio::test]
async fn a_program_that_fails_is_said_with_its_own_words() {
    let command = ["sh", "-c", "cat > /dev/null; echo 'no such card' >&2; exit 3"];
    let program =
        Program { command: command.map(str::to_owned).to_vec(), gap: Duration::from_millis(10) };
    let bus = Bus::start(Outlet::Program(program), &STRIPS, Pace { gap: None, resend: PATIENCE });
    drop(bus.show(3, call("A001"), NO_FLASH));
    let why = until_faulty(&bus).await;
    assert!(why.contains("`sh`") && why.contains("no such card"), "{why}");
}

#[tokio::test]
async fn a_strip_that_a_program_cannot_reach_keeps_no_other_waiting() {
    let script = "read -r line; case $line in *'\"address\":3'*) exit 1;; esac";
    let command = ["sh", "-c", script].map(str::to_owned).to_vec();
    let program = Program { command, gap: Duration::from_millis(10) };
    let bus = Bus::start(Outlet::Program(program), &STRIPS, Pace { gap: None, resend: PATIENCE });
    let mut away = bus.show(3, call("A001"), NO_FLASH);
    let gone_out = bus.show(4, call("B001"), NO_FLASH);
    assert!(timeout(PATIENCE, gone_out).await.unwrap().is_ok());
    until_faulty(&bus).await;
    assert!(away.try_recv().is_err(), "nobody says that it went out");
}

#[tokio::test]
async fn a_strip_is_drawn_with_its_dots_in_its_colour() {
    const LIT_GREEN: [u8; 3] = [0x3d, 0xe0, 0x5a];
    let (bus, strips) = bench(makes().remove(0)).await;
    let lit = |picture: &[u8]| -> usize {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(picture));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        // Six pixels a dot: twelve half-widths of eight dots, sixteen dots high, a dot of black around.
        assert_eq!((info.width, info.height), (98 * 6, 18 * 6));
        pixels.chunks_exact(3).filter(|pixel| *pixel == LIT_GREEN).count()
    };
    drop(bus.show(3, Face::steady("A001", Colour::Green), NO_FLASH));
    until(&strips, 3, |face| !is_dark(face)).await;
    match strips.picture(3) {
        Ok(picture) => assert!(lit(&picture) > 500),
        Err(fault) => assert_eq!(fault, PictureFault::NoFont),
    }
    drop(bus.show(3, Face::default(), NO_FLASH));
    until(&strips, 3, is_dark).await;
    if let Ok(picture) = strips.picture(3) {
        assert_eq!(lit(&picture), 0);
    }
    assert_eq!(strips.picture(9), Err(PictureFault::NoStrip(9)));
}
