//! The kiosk's line to the hall: HTTP with the kiosk's own token. Only a few kinds of answer matter to the
//! flow, and every one is typed. Every answer also says whether the hall is there at all.

mod asks;

use std::sync::Arc;
use std::time::Duration;

use protocol::kiosk::Problem;
use protocol::{KioskId, Language};
use reqwest::header::ACCEPT_LANGUAGE;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use tokio::sync::watch;

pub(crate) use asks::SlipTemplate;

/// How long the line may take to open.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);
/// How long the hall may take to answer; a visitor waits for it no longer.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Why the hall could not be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// Nobody is at the other end.
    Unreachable,
    /// It does not answer in time.
    Silent,
    /// It says that it cannot answer now.
    Busy,
    /// Whatever answers there is not a hall, or one of another version.
    Garbled,
}

/// Why there is no answer that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HallFault {
    /// The hall could not be asked; later it may be.
    Away(Away),
    /// The hall said no, and says why in the visitor's language.
    Refused(Problem),
    /// The hall does not know this kiosk's token.
    NotAdmitted,
    /// The hall is away, and the kiosk has no number left for this service.
    UsedUp,
    /// The kiosk's own disk keeps nothing more, so it gives no number.
    CannotKeep,
}

/// The hall, as this kiosk reaches it. Clones are the same line.
#[derive(Clone, Debug)]
pub struct HallClient {
    http: reqwest::Client,
    address: String,
    kiosk: KioskId,
    token: String,
    /// Whether the last thing that was asked had no answer.
    away: Arc<watch::Sender<bool>>,
}

impl HallClient {
    /// A line to the hall at `address`, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// If the system cannot open network connections at all.
    pub fn new(address: &str, kiosk: KioskId, token: &str) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .build()?;
        let address = address.trim_end_matches('/').to_owned();
        let away = Arc::new(watch::Sender::new(false));
        Ok(Self { http, address, kiosk, token: token.to_owned(), away })
    }

    /// Whether the last thing that was asked had no answer.
    #[must_use]
    pub fn is_away(&self) -> bool {
        *self.away.borrow()
    }

    /// Wakes when the hall goes or comes back; holds whether it is away.
    #[must_use]
    pub fn absence(&self) -> watch::Receiver<bool> {
        self.away.subscribe()
    }

    fn own(&self, method: Method, what: &str, language: Language) -> RequestBuilder {
        self.request(method, &format!("/api/v1/kiosks/{}/{what}", self.kiosk), language)
    }

    fn request(&self, method: Method, path: &str, language: Language) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.address))
            .bearer_auth(&self.token)
            .header(ACCEPT_LANGUAGE, language.tag())
    }

    /// Sends a request, sorts what comes back, and notes whether the hall is there.
    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, HallFault> {
        let answer = match self.send(request).await {
            Ok(body) => serde_json::from_slice(&body).map_err(|_| HallFault::Away(Away::Garbled)),
            Err(fault) => Err(fault),
        };
        // Whatever answers nonsense does so at once; nobody waits for it.
        let away =
            matches!(answer, Err(HallFault::Away(Away::Unreachable | Away::Silent | Away::Busy)));
        self.note(away);
        answer
    }

    /// Notes whether the hall is there.
    fn note(&self, away: bool) {
        if self.away.send_if_modified(|before| std::mem::replace(before, away) != away) {
            if away {
                tracing::warn!("the hall is away");
            } else {
                tracing::info!("the hall is back");
            }
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Vec<u8>, HallFault> {
        let response = request.send().await.map_err(|fault| away(&fault))?;
        let status = response.status();
        let body = response.bytes().await.map_err(|fault| away(&fault))?;
        match status {
            status if status.is_success() => Ok(body.into()),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(HallFault::NotAdmitted),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
                Err(HallFault::Away(Away::Busy))
            }
            status if status.is_server_error() => Err(HallFault::Away(Away::Busy)),
            _ => Err(serde_json::from_slice(&body)
                .map_or(HallFault::Away(Away::Garbled), HallFault::Refused)),
        }
    }
}

fn away(fault: &reqwest::Error) -> HallFault {
    HallFault::Away(if fault.is_timeout() { Away::Silent } else { Away::Unreachable })
}
