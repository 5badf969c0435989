//! A bench with strips of every make: simulated ones, and the real drivers on real lines.

use std::sync::Arc;
use std::time::Duration;

use hardware::strip::simulator::{SimulatedBus, Wire};
use hardware::strip::{
    Bus, Bx5k, Cx, Driver, Face, Hall69, Health, NumberBoard, Outlet, Pace, Strip, Template,
};
use tokio::time::timeout;

/// Longer than anything here takes, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// The strips of every bench.
pub(crate) const STRIPS: [Strip; 2] =
    [Strip { address: 3, width: 12 }, Strip { address: 4, width: 12 }];

/// A make of card, and a line it is used on.
pub(crate) type Make = (Arc<dyn Driver>, Wire);

/// A template with everything in it.
pub(crate) fn template() -> Template {
    let template = "02 < [ {addr:2} {colour} {effect} {len+2} {gbk} ] {crc16} > 03";
    let escapes = vec![(2, vec![0x10, 0x42]), (3, vec![0x10, 0x43]), (0x10, vec![0x10, 0x50])];
    Template::new(template, escapes).expect("a template")
}

/// Every make that shows texts.
pub(crate) fn makes() -> Vec<Make> {
    let in_colour =
        Bx5k { marks: Some(["\\C1", "\\C2", "\\C3"].map(str::to_owned)), ..Bx5k::default() };
    vec![
        (Arc::new(Hall69::default()), Wire::Serial),
        (Arc::new(Bx5k::default()), Wire::Tcp),
        (Arc::new(in_colour), Wire::Serial),
        (Arc::new(Cx::default()), Wire::Udp),
        (Arc::new(template()), Wire::Tcp),
    ]
}

/// A board of numbers.
pub(crate) fn board() -> Make {
    (Arc::new(NumberBoard), Wire::Serial)
}

/// A bus with its simulated strips.
pub(crate) async fn bench(make: Make) -> (Bus, SimulatedBus) {
    let (driver, wire) = make;
    let strips = SimulatedBus::start(driver.clone(), &STRIPS, wire).await.expect("a line");
    let outlet = Outlet::Line { address: strips.address().clone(), driver };
    let pace = Pace { gap: Some(Duration::from_millis(10)), resend: Duration::from_secs(300) };
    (Bus::start(outlet, &STRIPS, pace), strips)
}

/// Waits until a strip shows something.
pub(crate) async fn until(
    strips: &SimulatedBus,
    address: u16,
    wanted: impl Fn(&Face) -> bool,
) -> Face {
    let mut changes = strips.changes();
    let found = async {
        loop {
            if let Some(face) = strips.face(address).filter(|face| wanted(face)) {
                return face;
            }
            changes.changed().await.expect("the strips are there");
        }
    };
    timeout(PATIENCE, found).await.expect("it is shown")
}

/// Waits until a bus is faulty, and says why.
pub(crate) async fn until_faulty(bus: &Bus) -> String {
    let mut health = bus.health();
    let faulty = health.wait_for(|health| matches!(health, Health::Faulty(_)));
    match &*timeout(PATIENCE, faulty).await.expect("in time").expect("the bus is there") {
        Health::Faulty(why) => why.clone(),
        _ => String::new(),
    }
}
