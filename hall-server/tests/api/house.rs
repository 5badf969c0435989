//! A small hall to test against: three windows, three services, everybody's PIN is 2468.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use hall_core::plan::{
    Calendar, Department, Hours, NoShowPolicy, Plan, Profile, Rules, Series, Service, Shift,
    WindowPlan, Zone,
};
use hall_server::accounts::{Role, hash_pin};
use hall_server::clock::Clock;
use hall_server::config::{Config, Device, DisplayDevice, Integrator, Limits, StaffMember};
use hall_server::{Running, start_with_clock};
use protocol::{Class, ClerkId, DisplayId, Identity, Label, SeriesId, ServiceId, Timestamp};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub(crate) const PIN: &str = "2468";
pub(crate) const KIOSK: &str = "test-kiosk-token-1";
pub(crate) const OTHER_KIOSK: &str = "test-kiosk-token-2";
pub(crate) const DISPLAY: &str = "test-display-token";
pub(crate) const INTEGRATOR: &str = "test-integrator-token";

/// Monday, 23 November 2026, 10:00 in Shanghai.
pub(crate) const MORNING: Timestamp = Timestamp(1_795_399_200_000);

/// A valid card of nobody, born in 1949.
pub(crate) const ELDER_CARD: &str = "11010519491231002X";

/// A hall that runs, in a directory of its own.
pub(crate) struct House {
    pub(crate) running: Running,
    pub(crate) clock: Clock,
    pub(crate) dir: PathBuf,
    http: reqwest::Client,
}

/// What the hall answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The code of the problem this is.
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_else(|| panic!("no problem: {self:?}")).to_owned()
    }

    /// The answer, if all went well.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// That it is this problem, with this status and a sentence for people.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.code().as_str()), (status, code), "{self:?}");
        let message = self.json()["message"].as_str().unwrap_or_default().to_owned();
        assert!(message.chars().count() > 5, "{self:?}");
        assert!(!message.starts_with("error-") && !message.starts_with("refusal-"), "{message}");
        assert!(!message.contains("{ $"), "{message}");
    }
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    pub(crate) async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("hall-api-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let dir = std::env::temp_dir().join(name);
        let mut config = config(dir.clone());
        change(&mut config);
        Self::start(config, Clock::held_at(MORNING)).await
    }

    async fn start(config: Config, clock: Clock) -> Self {
        let dir = config.data_dir.clone();
        let running = start_with_clock(config, clock.clone()).await.expect("a hall that starts");
        Self { running, clock, dir, http: reqwest::Client::new() }
    }

    /// The same hall, stopped and started again.
    pub(crate) async fn restarted(self) -> Self {
        let (clock, dir) = (self.clock.clone(), self.dir.clone());
        self.running.stop().await;
        Self::start(config(dir), clock).await
    }

    pub(crate) async fn close(self) {
        self.running.stop().await;
        std::fs::remove_dir_all(&self.dir).expect("the directory can be removed");
    }

    pub(crate) fn seq(&self) -> u64 {
        self.running.hall.journal().seq().0
    }

    pub(crate) fn request(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        let path = match path.strip_prefix("//") {
            Some(page) => format!("http://{}/{page}", self.running.addr),
            None => format!("http://{}/api/v1{path}", self.running.addr),
        };
        let request = self.http.request(method, path);
        if token.is_empty() { request } else { request.bearer_auth(token) }
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.expect("a text") }
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Answer {
        self.send(self.request(Method::GET, path, token)).await
    }

    pub(crate) async fn post(&self, path: &str, token: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path, token).json(&body)).await
    }

    /// Signs somebody in and gives their token.
    pub(crate) async fn sign_in(&self, clerk: &str, window: Option<&str>) -> String {
        let body = json!({ "clerk": clerk, "pin": PIN, "window": window });
        let session = self.post("/sessions", "", body).await.ok();
        session["token"].as_str().expect("a token").to_owned()
    }

    /// Takes a number for somebody who need not be known.
    pub(crate) async fn take(&self, service: &str) -> Value {
        self.post("/tickets", KIOSK, json!({ "services": [service] })).await.ok()
    }
}

fn config(dir: PathBuf) -> Config {
    let device = |id: &str, token: &str| Device {
        id: id.to_owned(),
        name: Label::new("取号机", "Kiosk"),
        token: token.to_owned(),
    };
    Config {
        listen: "127.0.0.1:0".parse().expect("an address"),
        media_dir: dir.join("media"),
        data_dir: dir,
        public_url: "http://hall.example".to_owned(),
        kiosk_url: None,
        time_zone: jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone"),
        limits: Limits::default(),
        plan: Arc::new(plan()),
        calendar: Calendar::default(),
        staff: staff(),
        kiosks: vec![device("k1", KIOSK), device("k2", OTHER_KIOSK)],
        displays: vec![DisplayDevice {
            id: DisplayId::from("lobby"),
            name: Label::new("大屏", "Lobby"),
            token: DISPLAY.to_owned(),
            zones: Vec::new(),
            keypads: vec!["w1".into()],
        }],
        integrators: vec![Integrator { id: "portal".to_owned(), token: INTEGRATOR.to_owned() }],
    }
}

fn staff() -> Vec<StaffMember> {
    let pin_hash = hash_pin(PIN).expect("a PIN");
    let member = |id: &str, zh: &str, en: &str, role| StaffMember {
        id: ClerkId::from(id),
        name: Label::new(zh, en),
        role,
        pin_hash: pin_hash.clone(),
    };
    vec![
        member("c1", "甲一", "Clerk One", Role::Clerk),
        member("c2", "乙二", "Clerk Two", Role::Clerk),
        member("c3", "丙三", "Clerk Three", Role::Clerk),
        member("m1", "值班长", "Manager", Role::Manager),
        member("a1", "管理员", "Administrator", Role::Administrator),
        member("u1", "审计员", "Auditor", Role::Auditor),
    ]
}

fn plan() -> Plan {
    let services =
        [service("passport", "护照", Identity::None), service("pension", "养老金", Identity::Card)];
    let all_day = Shift {
        from: "00:00".to_owned().try_into().expect("a time"),
        to: "24:00".to_owned().try_into().expect("a time"),
        quota: None,
        duty: false,
    };
    Plan {
        name: Label::new("测试大厅", "Test Hall"),
        hours: Hours { working: vec![all_day], ..Hours::default() },
        rules: Rules::default(),
        credits: BTreeMap::from([(Class::Elder, 600)]),
        no_show: NoShowPolicy::default(),
        voice: None,
        reasons: BTreeMap::from([("why".to_owned(), Label::new("原因", "Reason"))]),
        zones: BTreeMap::from([(
            "z".into(),
            Zone { name: Label::new("一区", "Zone"), floor: "1F".to_owned(), silent: false },
        )]),
        departments: BTreeMap::from([(
            "d".into(),
            Department { name: Label::new("部门", "Department") },
        )]),
        series: BTreeMap::from([(SeriesId::from("A"), series())]),
        windows: ["w1", "w2", "w3"]
            .into_iter()
            .map(|id| (id.into(), window(id, &services)))
            .collect(),
        services: services.into_iter().collect(),
    }
}

fn series() -> Series {
    serde_json::from_value(json!({ "prefix": "A" })).expect("a series")
}

fn service(id: &str, name: &str, identity: Identity) -> (ServiceId, Service) {
    let service = json!({
        "name": { "zh": name, "en": id },
        "department": "d",
        "series": "A",
        "identity": identity,
    });
    (ServiceId::from(id), serde_json::from_value(service).expect("a service"))
}

fn window(id: &str, services: &[(ServiceId, Service)]) -> WindowPlan {
    let ids = services.iter().map(|(id, _)| id.clone()).collect();
    WindowPlan {
        name: Label::new(&id[1..], &id[1..]),
        zone: "z".into(),
        duty: false,
        profile: Profile::longest_wait(ids),
    }
}
