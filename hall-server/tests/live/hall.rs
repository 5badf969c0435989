//! A real hall on a port of its own, with a data directory that goes when the test ends.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use hall_core::plan::{Calendar, CalendarYear, Plan};
use hall_core::{Command, Take, WindowAct};
use hall_server::accounts::{Role, hash_pin};
use hall_server::clock::Clock;
use hall_server::config::{Config, DisplayDevice, Integrator, Limits, StaffMember};
use hall_server::journal::{Actor, Order, Receipt};
use hall_server::{Running, start_with_clock};
use jiff::civil::date;
use jiff::tz::TimeZone;
use protocol::{DisplayId, Label, Seq, TicketId, Timestamp, WindowId, ZoneId};

/// The token of the system that may see everything.
pub(crate) const INTEGRATOR: &str = "test-integrator-token";
/// The PIN of everybody.
const PIN: &str = "204613";
/// Where the clock stands at first: 2026-11-23 09:31:00 in Shanghai.
pub(crate) const MORNING: Timestamp = Timestamp(1_795_397_460_000);

/// A hall that runs.
pub(crate) struct TestHall {
    pub(crate) running: Running,
    pub(crate) clock: Clock,
    dir: DataDir,
}

/// The token of a display.
pub(crate) fn display_token(display: &str) -> String {
    format!("test-display-token-{display}")
}

impl TestHall {
    pub(crate) async fn start() -> Self {
        Self::start_with(Limits::default()).await
    }

    /// With displays `all`, `east` and `west`, one for each zone and one for both.
    pub(crate) async fn start_with(limits: Limits) -> Self {
        let dir = DataDir::new();
        let clock = Clock::held_at(MORNING);
        let config = config(dir.0.clone(), limits);
        let running = start_with_clock(config, clock.clone()).await.expect("the hall starts");
        Self { running, clock, dir }
    }

    /// The same hall, stopped and started again.
    pub(crate) async fn restart(self) -> Self {
        let Self { running, clock, dir } = self;
        running.stop().await;
        let config = config(dir.0.clone(), Limits::default());
        let running = start_with_clock(config, clock.clone()).await.expect("the hall starts");
        Self { running, clock, dir }
    }

    pub(crate) fn addr(&self) -> SocketAddr {
        self.running.addr
    }

    /// Takes a number.
    pub(crate) async fn take(&self, service: &str) -> TicketId {
        let take = Take { services: vec![service.into()], ..Take::default() };
        let receipt = self.order(Command::Take(take)).await;
        receipt.events[0].event.tickets()[0]
    }

    /// Does something at a window.
    pub(crate) async fn at(&self, window: &str, act: WindowAct) -> Seq {
        let window = WindowId::from(window);
        self.order(Command::AtWindow { window, seen: None, act }).await.seq()
    }

    /// Opens a window in the name of a clerk of its own.
    pub(crate) async fn open(&self, window: &str) {
        self.at(window, WindowAct::Open { clerk: window.into() }).await;
    }

    /// Takes a number for a service, calls it, and is done with it. Returns the event of the call.
    pub(crate) async fn serve_one(&self, service: &str, window: &str) -> Seq {
        self.take(service).await;
        let call = self.at(window, WindowAct::CallNext).await;
        self.at(window, WindowAct::Start).await;
        self.at(window, WindowAct::Finish).await;
        call
    }

    /// Signs the clerk in to a window; returns the session's token.
    pub(crate) async fn sign_in(&self, window: &str) -> String {
        self.session(&serde_json::json!({ "clerk": "clerk", "pin": PIN, "window": window })).await
    }

    /// Lets the duty manager ask something of a display: `identify`, `restart`.
    pub(crate) async fn ask(&self, display: &str, wish: &str) {
        let manager = self.session(&serde_json::json!({ "clerk": "manager", "pin": PIN })).await;
        let address = format!("http://{}/api/v1/displays/{display}/{wish}", self.addr());
        let request = reqwest::Client::new().post(address).bearer_auth(manager);
        let answer = request.header("idempotency-key", wish).json(&serde_json::json!({})).send();
        answer.await.expect("an answer").error_for_status().expect("it may be asked");
    }

    async fn session(&self, wanted: &serde_json::Value) -> String {
        let address = format!("http://{}/api/v1/sessions", self.addr());
        let answer = reqwest::Client::new().post(address).json(wanted).send().await;
        let answer = answer.expect("an answer").error_for_status().expect("signed in");
        let session: serde_json::Value = answer.json().await.expect("a session");
        session["token"].as_str().expect("a token").to_owned()
    }

    /// Ends a session.
    pub(crate) async fn sign_out(&self, token: &str) {
        let address = format!("http://{}/api/v1/sessions/current", self.addr());
        let request = reqwest::Client::new().delete(address).bearer_auth(token);
        let answer = request.send().await.expect("an answer");
        answer.error_for_status().expect("signed out");
    }

    async fn order(&self, command: Command) -> Receipt {
        let order = Order::new(Actor::Hall, command);
        self.running.hall.journal().submit(order).await.expect("the hall does it")
    }
}

fn config(data_dir: PathBuf, limits: Limits) -> Config {
    let plan: Plan = toml::from_str(include_str!("plan.toml")).expect("the plan is read");
    assert_eq!(plan.faults(), []);
    let year = CalendarYear {
        year: date(2026, 1, 1).year(),
        source: "none".to_owned(),
        holidays: Vec::new(),
        make_up_days: Vec::new(),
    };
    Config {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        media_dir: data_dir.join("media"),
        data_dir,
        public_url: "http://hall.test".to_owned(),
        kiosk_url: None,
        time_zone: TimeZone::get("Asia/Shanghai").expect("a zone"),
        limits,
        plan: Arc::new(plan),
        calendar: Calendar::new(vec![year]),
        staff: vec![member("clerk", Role::Clerk), member("manager", Role::Manager)],
        kiosks: Vec::new(),
        displays: ["all", "east", "west"].map(display).to_vec(),
        integrators: vec![Integrator { id: "test".to_owned(), token: INTEGRATOR.to_owned() }],
    }
}

/// Somebody whose PIN is [`PIN`].
fn member(id: &str, role: Role) -> StaffMember {
    StaffMember {
        id: id.into(),
        name: Label::new("王芳", "Wang Fang"),
        role,
        pin_hash: hash_pin(PIN).expect("a PIN"),
    }
}

fn display(id: &str) -> DisplayDevice {
    let zones = if id == "all" { Vec::new() } else { vec![ZoneId::from(id)] };
    DisplayDevice {
        id: DisplayId::from(id),
        name: Label::new(id, id),
        token: display_token(id),
        zones,
        keypads: Vec::new(),
    }
}

/// A directory that is removed at the end.
struct DataDir(PathBuf);

impl DataDir {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("openhall-live-{}-{count}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for DataDir {
    fn drop(&mut self) {
        // The next run has another name: what cannot be removed harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
