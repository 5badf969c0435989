//! The kiosk's line to the hall: HTTP with the kiosk's own token. Only a few kinds of answer matter to the
//! flow, and every one is typed. (Leased numbers for the time when the hall is away join here.)

use std::time::Duration;

use protocol::kiosk::{Menu, Problem, TicketTaken};
use protocol::{KioskId, Language};
use reqwest::header::ACCEPT_LANGUAGE;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use crate::flow::Order;

/// How long the hall may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(4);
/// How long the line may take to open.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// Pauses before an order is sent again under the same key; then the visitor is asked.
const TRY_AGAIN_AFTER: [Duration; 2] = [Duration::from_millis(400), Duration::from_millis(1200)];
/// The header that makes an order safe to send again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

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
}

/// The hall, as this kiosk reaches it.
#[derive(Clone, Debug)]
pub struct HallClient {
    http: reqwest::Client,
    address: String,
    kiosk: KioskId,
    token: String,
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
        Ok(Self { http, address, kiosk, token: token.to_owned() })
    }

    /// What there is to choose.
    ///
    /// # Errors
    /// If the hall cannot be asked or will not say.
    pub async fn menu(&self, language: Language) -> Result<Menu, HallFault> {
        answer(self.request(Method::GET, "/api/v1/menu", language)).await
    }

    /// Takes a ticket. Sent again a few times if no answer comes; the key makes that one ticket.
    ///
    /// # Errors
    /// If the hall refuses, or gave no answer to any of them.
    pub async fn take(&self, order: &Order) -> Result<TicketTaken, HallFault> {
        for pause in TRY_AGAIN_AFTER {
            match self.take_once(order).await {
                Err(HallFault::Away(_)) => tokio::time::sleep(pause).await,
                answer => return answer,
            }
        }
        self.take_once(order).await
    }

    async fn take_once(&self, order: &Order) -> Result<TicketTaken, HallFault> {
        let request = self
            .request(Method::POST, "/api/v1/tickets", order.take.language)
            .header(IDEMPOTENCY_KEY, &order.key)
            .json(&order.take);
        answer(request).await
    }

    /// Tells the hall that somebody at this kiosk needs help; says whether it heard.
    pub async fn call_help(&self) -> bool {
        self.is_told(self.own(Method::POST, "help")).await
    }

    /// Tells the hall that help has come or is not needed any more; says whether it heard.
    pub async fn cancel_help(&self) -> bool {
        self.is_told(self.own(Method::DELETE, "help")).await
    }

    /// Tells the hall that this kiosk lives, and whether it has a fault that a person must mend; says
    /// whether it heard.
    pub async fn report(&self, faulty: bool) -> bool {
        let state = serde_json::json!({ "faulty": faulty });
        self.is_told(self.own(Method::POST, "heartbeat").json(&state)).await
    }

    fn own(&self, method: Method, what: &str) -> RequestBuilder {
        let path = format!("/api/v1/kiosks/{}/{what}", self.kiosk);
        self.request(method, &path, Language::default())
    }

    async fn is_told(&self, request: RequestBuilder) -> bool {
        request.send().await.is_ok_and(|response| response.status().is_success())
    }

    fn request(&self, method: Method, path: &str, language: Language) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.address))
            .bearer_auth(&self.token)
            .header(ACCEPT_LANGUAGE, language.tag())
    }
}

/// Sends a request and sorts what comes back.
async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, HallFault> {
    let response = request.send().await.map_err(|fault| HallFault::Away(away(&fault)))?;
    let status = response.status();
    let body = response.bytes().await.map_err(|fault| HallFault::Away(away(&fault)))?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|_| HallFault::Away(Away::Garbled));
    }
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(HallFault::NotAdmitted),
        status if status.is_server_error() => Err(HallFault::Away(Away::Busy)),
        _ => Err(serde_json::from_slice(&body)
            .map_or(HallFault::Away(Away::Garbled), HallFault::Refused)),
    }
}

fn away(fault: &reqwest::Error) -> Away {
    if fault.is_timeout() { Away::Silent } else { Away::Unreachable }
}
