//! Somebody in front of the kiosk: presses buttons and reads what is on the screen.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use kiosk_client::Config;
use kiosk_client::config::{CardReaderConfig, LampConfig, PrinterConfig, ScreenConfig};
use reqwest::StatusCode;

/// How long anything here may take.
const LIMIT: Duration = Duration::from_secs(15);

/// A kiosk with simulated devices for the hall at `hall`.
pub(crate) fn config(hall: SocketAddr, token: &str) -> Config {
    Config {
        hall_url: format!("http://{hall}"),
        kiosk: "k1".into(),
        token: token.to_owned(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        screen: ScreenConfig { refresh_seconds: 1, ..ScreenConfig::default() },
        printer: PrinterConfig::default(),
        card_reader: CardReaderConfig::default(),
        lamp: LampConfig::default(),
        file: PathBuf::new(),
    }
}

/// A visitor at a kiosk of their own.
pub(crate) struct Visitor {
    pub(crate) http: reqwest::Client,
    pub(crate) address: String,
}

impl Visitor {
    pub(crate) async fn at_kiosk_of(hall: SocketAddr, token: &str) -> Self {
        let kiosk = kiosk_client::start(config(hall, token)).await.unwrap();
        let address = format!("http://{}", kiosk.addr);
        // The kiosk goes on until the test's runtime ends.
        std::mem::forget(kiosk);
        Self { http: reqwest::Client::new(), address }
    }

    pub(crate) async fn screen(&self) -> String {
        self.get("/").await
    }

    pub(crate) async fn get(&self, path: &str) -> String {
        let answer = self.http.get(format!("{}{path}", self.address)).send().await.unwrap();
        answer.error_for_status().unwrap().text().await.unwrap()
    }

    /// Presses a button and returns the page that follows.
    pub(crate) async fn press(&self, act: &str) -> String {
        let (status, page) = self.post("/act", format!("act={act}")).await;
        assert_eq!(status, StatusCode::OK, "{act}");
        page
    }

    /// Does something to the simulated devices.
    pub(crate) async fn bench(&self, act: &str) {
        let (status, _) = self.post("/bench", format!("act={act}")).await;
        assert_eq!(status, StatusCode::OK, "{act}");
    }

    pub(crate) async fn post(&self, path: &str, body: String) -> (StatusCode, String) {
        let request = self
            .http
            .post(format!("{}{path}", self.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap_or_default())
    }

    /// Waits until the screen shows a text, and returns the page.
    pub(crate) async fn wait_for(&self, text: &str) -> String {
        let begun = Instant::now();
        loop {
            let page = self.screen().await;
            if page.contains(text) {
                return page;
            }
            assert!(begun.elapsed() < LIMIT, "`{text}` did not appear on\n{page}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Goes as far as the page where the number is taken.
    pub(crate) async fn choose(&self, service: &str) -> String {
        self.wait_for("value=\"begin\"").await;
        self.press("begin").await;
        self.press("department:general").await;
        self.press(&format!("service:{service}")).await
    }
}

/// Waits until something holds.
pub(crate) async fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < LIMIT, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
