//! What people and machines say to a hall over HTTP, typed.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use protocol::kiosk::{LeaseGranted, Menu, Problem, TicketTaken};
use protocol::live::{CurrentTicket, TicketCell, TotalsCell, WindowCell};
use protocol::{Seq, TicketId};
use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who speaks to a hall.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
}

/// What a hall answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, as it was sent.
    pub text: String,
}

/// A window after something was done there.
#[derive(Clone, Debug, Deserialize)]
pub struct WindowReceipt {
    /// The event it came to.
    pub seq: Seq,
    /// The window now.
    pub window: WindowCell,
    /// Whom it has now.
    pub ticket: Option<CurrentTicket>,
}

/// One event as `GET /journal` tells it.
#[derive(Clone, Debug, Deserialize)]
pub struct JournalEntry {
    /// Its place.
    pub seq: Seq,
    /// What happened.
    pub event: hall_core::Event,
}

#[derive(Deserialize)]
struct SignedIn {
    token: String,
}

impl Answer {
    /// The body, if all went well.
    ///
    /// # Errors
    /// If it did not, or the body is of another shape.
    pub fn into<T: DeserializeOwned>(self) -> Result<T> {
        ensure!((200..300).contains(&self.status), "answered {}: {}", self.status, self.text);
        serde_json::from_str(&self.text)
            .with_context(|| format!("unexpected answer: {}", self.text))
    }

    /// The body of an error.
    ///
    /// # Errors
    /// If it is none.
    pub fn problem(&self) -> Result<Problem> {
        ensure!(self.status >= 400, "answered {}: {}", self.status, self.text);
        serde_json::from_str(&self.text)
            .with_context(|| format!("no typed error but {}: {}", self.status, self.text))
    }

    /// Whether it is an error of this kind.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.problem().is_ok_and(|problem| problem.code == code)
    }
}

impl Client {
    /// Somebody who speaks to the hall at an address, with or without a token.
    #[must_use]
    pub fn new(url: &str, token: Option<String>) -> Self {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client without TLS needs nothing of the system");
        Self { http, url: url.to_owned(), token }
    }

    /// Its token, if it has one.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// A request to any address of the hall, to be completed and sent with [`Client::send`].
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request.
    ///
    /// # Errors
    /// If the hall does not answer.
    pub async fn send(request: reqwest::RequestBuilder) -> Result<Answer> {
        let response = request.send().await.context("the hall does not answer")?;
        let status = response.status().as_u16();
        let text = response.text().await.context("the answer was cut off")?;
        Ok(Answer { status, text })
    }

    /// Asks for something under `/api/v1`.
    ///
    /// # Errors
    /// If the hall does not answer.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        Self::send(self.request(Method::GET, &format!("/api/v1{path}"))).await
    }

    /// Asks for a page or another address outside the API.
    ///
    /// # Errors
    /// If the hall does not answer.
    pub async fn page(&self, path: &str) -> Result<Answer> {
        Self::send(self.request(Method::GET, path)).await
    }

    /// Orders something under `/api/v1`.
    ///
    /// # Errors
    /// If the hall does not answer.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        Self::send(self.request(Method::POST, &format!("/api/v1{path}")).json(body)).await
    }

    /// Orders something under an idempotency key.
    ///
    /// # Errors
    /// If the hall does not answer.
    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Result<Answer> {
        let request = self.request(Method::POST, &format!("/api/v1{path}"));
        Self::send(request.header("Idempotency-Key", key).json(body)).await
    }

    /// Signs a member of staff in; the window, if one is named, opens.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn sign_in(&self, clerk: &str, pin: &str, window: Option<&str>) -> Result<Self> {
        let mut body = json!({ "clerk": clerk, "pin": pin });
        if let Some(window) = window {
            body["window"] = window.into();
        }
        let session: SignedIn = self.post("/sessions", &body).await?.into()?;
        Ok(Self { token: Some(session.token), ..self.clone() })
    }

    /// Takes a number for services that ask for no name.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn take(&self, services: &[&str]) -> Result<TicketTaken> {
        self.post("/tickets", &json!({ "services": services })).await?.into()
    }

    /// Does something at a window.
    ///
    /// # Errors
    /// If the hall does not answer.
    pub async fn act(&self, window: &str, act: &str, body: &Value) -> Result<Answer> {
        self.post(&format!("/windows/{window}/{act}"), body).await
    }

    /// Calls whoever is next; `None` if nobody waits for this window.
    ///
    /// # Errors
    /// If the hall refuses for another reason.
    pub async fn call_next(&self, window: &str) -> Result<Option<WindowReceipt>> {
        let answer = self.act(window, "call-next", &json!({})).await?;
        if answer.is("nobody-waiting") { Ok(None) } else { answer.into().map(Some) }
    }

    /// Does something at a window that needs nothing more, such as `start` or `finish`.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn at(&self, window: &str, act: &str) -> Result<WindowReceipt> {
        self.act(window, act, &json!({}))
            .await?
            .into()
            .with_context(|| format!("{act} at {window}"))
    }

    /// Today's figures.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn totals(&self) -> Result<TotalsCell> {
        self.get("/totals").await?.into()
    }

    /// What the hall offers.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn menu(&self) -> Result<Menu> {
        self.get("/menu").await?.into()
    }

    /// A ticket by its id.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn ticket(&self, ticket: TicketId) -> Result<TicketCell> {
        self.get(&format!("/tickets/{ticket}")).await?.into()
    }

    /// Numbers for a kiosk to keep.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn lease(&self, kiosk: &str, series: &str, count: u32) -> Result<LeaseGranted> {
        let body = json!({ "series": series, "count": count });
        self.post(&format!("/kiosks/{kiosk}/leases"), &body).await?.into()
    }

    /// The whole journal, from its beginning.
    ///
    /// # Errors
    /// If the hall refuses.
    pub async fn journal(&self) -> Result<Vec<JournalEntry>> {
        let mut all: Vec<JournalEntry> = Vec::new();
        loop {
            let after = all.last().map_or(0, |entry| entry.seq.0);
            let path = format!("/journal?after={after}&limit=1000");
            let part: Vec<JournalEntry> = self.get(&path).await?.into()?;
            if part.is_empty() {
                return Ok(all);
            }
            if part.iter().any(|entry| entry.seq.0 <= after) {
                bail!("the journal repeats itself after {after}");
            }
            all.extend(part);
        }
    }
}
