//! A kiosk of a test's own, and somebody in front of it who presses buttons and reads what is on the
//! screen.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kiosk_client::config::{OfflineConfig, ScreenConfig};
use kiosk_client::{Config, Running};
use reqwest::StatusCode;

/// How long anything here may take.
const LIMIT: Duration = Duration::from_secs(15);
/// How often it is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A directory that goes when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let named = |serial: u32| {
            std::env::temp_dir().join(format!("kiosk-test-{}-{serial}", std::process::id()))
        };
        let free = (0..).map(named).find(|path| std::fs::create_dir(path).is_ok());
        Self(free.unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Every byte in it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(&self.0).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A kiosk with simulated devices for the hall at `hall`.
pub(crate) fn config(hall: SocketAddr, token: &str, folder: &Folder) -> Config {
    Config {
        hall_url: format!("http://{hall}"),
        kiosk: "k1".into(),
        token: token.to_owned(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        data_dir: folder.path().to_owned(),
        offline: OfflineConfig { numbers_per_series: 4, next_kiosk: None },
        screen: ScreenConfig { refresh_seconds: 1, ..ScreenConfig::default() },
        printer: Default::default(),
        card_reader: Default::default(),
        chip_reader: Default::default(),
        scanner: Default::default(),
        speaker: Default::default(),
        lamp: Default::default(),
        file: PathBuf::new(),
    }
}

/// A visitor at a kiosk of their own.
pub(crate) struct Visitor {
    pub(crate) http: reqwest::Client,
    pub(crate) address: String,
    pub(crate) folder: Folder,
    config: Config,
    kiosk: Option<Running>,
}

impl Visitor {
    pub(crate) async fn at_kiosk_of(hall: SocketAddr, token: &str) -> Self {
        let folder = Folder::new();
        let config = config(hall, token, &folder);
        Self::at(config, folder).await
    }

    pub(crate) async fn at(config: Config, folder: Folder) -> Self {
        let kiosk = kiosk_client::start(config.clone()).await.unwrap();
        let address = format!("http://{}", kiosk.addr);
        Self { http: reqwest::Client::new(), address, folder, config, kiosk: Some(kiosk) }
    }

    /// The plug is pulled, put in again, and the kiosk starts with what it had kept.
    pub(crate) async fn pull_the_plug(&mut self) {
        self.kiosk = None;
        let kiosk = kiosk_client::start(self.config.clone()).await.unwrap();
        self.address = format!("http://{}", kiosk.addr);
        self.http = reqwest::Client::new();
        self.kiosk = Some(kiosk);
    }

    pub(crate) async fn screen(&self) -> String {
        self.get("/").await
    }

    pub(crate) async fn get(&self, path: &str) -> String {
        let answer = self.http.get(format!("{}{path}", self.address)).send().await.unwrap();
        answer.error_for_status().unwrap().text().await.unwrap()
    }

    /// Whether something is there.
    pub(crate) async fn finds(&self, path: &str) -> bool {
        let answer = self.http.get(format!("{}{path}", self.address)).send().await.unwrap();
        answer.status() == StatusCode::OK
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
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Places a card as often as it takes until the reader, which is switched on beside the page, sees it.
    pub(crate) async fn place_card(&self, card: &str, seen: &str) -> String {
        let begun = Instant::now();
        loop {
            self.bench(&format!("card:{card}")).await;
            let page = self.screen().await;
            if page.contains(seen) {
                return page;
            }
            assert!(begun.elapsed() < LIMIT, "`{seen}` did not appear on\n{page}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Goes as far as the page where the number is taken.
    pub(crate) async fn choose(&self, service: &str) -> String {
        self.wait_for("value=\"begin\"").await;
        self.press("begin").await;
        self.press("department:general").await;
        self.press(&format!("service:{service}")).await
    }

    /// Takes a number for a service that asks for nothing, and returns the farewell page.
    pub(crate) async fn take_number(&self) -> String {
        self.choose("plain").await;
        self.press("take").await;
        self.wait_for(OVER).await
    }
}

/// Where a page says that it is the last one.
pub(crate) const OVER: &str = "value=\"end\"";

/// Waits until something holds.
pub(crate) async fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < LIMIT, "{what}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
