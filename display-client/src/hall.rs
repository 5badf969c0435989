//! What keys do at the hall, over HTTP with the display's own token: a keypad's key, a visitor's rating.
//! Every answer that is no answer is typed.

use std::time::Duration;

use protocol::kiosk::Problem;
use protocol::wall::{KeyPress, KeypadView, RatingGiven};
use protocol::{DisplayId, Language};
use reqwest::header::ACCEPT_LANGUAGE;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Serialize;
use thiserror::Error;

use crate::config::Config;

/// How long the line may take to open.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);
/// How long the hall may take to answer: whoever pressed a key presses it again after that.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// The header that makes a press safe to send again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Why a key did nothing, or nobody knows whether it did.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum HallFault {
    /// Nobody answers.
    #[error("the hall does not answer: {0}")]
    Away(String),
    /// The hall says no, and why, in the display's language.
    #[error("{}", .0.message)]
    Refused(Box<Problem>),
    /// The hall does not let this display do it.
    #[error(
        "the hall does not let this display do it; compare `token` and `keypads` with its devices.toml"
    )]
    NotAdmitted,
    /// Whatever answers there is no hall, or one of another version.
    #[error("the answer makes no sense: {0}")]
    Garbled(String),
}

/// The hall, as this display reaches it. Clones are the same line.
#[derive(Clone)]
pub(crate) struct Hall {
    http: reqwest::Client,
    address: String,
    display: DisplayId,
    token: String,
    language: Language,
}

impl Hall {
    /// The hall of a configuration.
    ///
    /// # Errors
    /// If the system cannot open network connections at all.
    pub(crate) fn new(config: &Config) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder().connect_timeout(CONNECT_WITHIN).build()?;
        Ok(Self {
            http,
            address: config.hall_url.clone(),
            display: config.display.clone(),
            token: config.token.clone(),
            language: config.language,
        })
    }

    /// A key was pressed. Says what the window has now.
    ///
    /// # Errors
    /// If the hall does not do it, or does not say that it did.
    pub(crate) async fn press(&self, press: &KeyPress) -> Result<KeypadView, HallFault> {
        let answer = self.post("keys", press).await?;
        answer.json().await.map_err(|fault| HallFault::Garbled(fault.to_string()))
    }

    /// A visitor said how it was.
    ///
    /// # Errors
    /// As [`Self::press`].
    pub(crate) async fn rate(&self, given: &RatingGiven) -> Result<(), HallFault> {
        self.post("ratings", given).await.map(drop)
    }

    /// A file of the hall's media folder, as it comes.
    ///
    /// # Errors
    /// If the hall does not answer or has no such file.
    pub(crate) async fn media(&self, name: &str, revision: &str) -> Result<Response, HallFault> {
        let mut address = reqwest::Url::parse(&self.address)
            .map_err(|fault| HallFault::Garbled(fault.to_string()))?;
        if let Ok(mut path) = address.path_segments_mut() {
            path.pop_if_empty().push("media").push(name);
        }
        address.query_pairs_mut().append_pair("v", revision);
        let request = self.http.get(address).bearer_auth(&self.token);
        sorted(request.send().await.map_err(|fault| away(&fault))?).await
    }

    /// Posts, and once more under the same key if no answer comes.
    async fn post<B: Serialize + Sync>(&self, what: &str, body: &B) -> Result<Response, HallFault> {
        let key = random_key()?;
        let request = || self.request(what, &key).json(body);
        match self.send(request()).await {
            Err(HallFault::Away(_)) => self.send(request()).await,
            answer => answer,
        }
    }

    fn request(&self, what: &str, key: &str) -> RequestBuilder {
        self.http
            .post(format!("{}/api/v1/displays/{}/{what}", self.address, self.display))
            .timeout(ANSWER_WITHIN)
            .bearer_auth(&self.token)
            .header(ACCEPT_LANGUAGE, self.language.tag())
            .header(IDEMPOTENCY_KEY, key)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, HallFault> {
        sorted(request.send().await.map_err(|fault| away(&fault))?).await
    }
}

/// An answer, or what kind of no it is.
async fn sorted(response: Response) -> Result<Response, HallFault> {
    let status = response.status();
    match status {
        _ if status.is_success() => Ok(response),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(HallFault::NotAdmitted),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            Err(HallFault::Away(status.to_string()))
        }
        _ if status.is_server_error() => Err(HallFault::Away(status.to_string())),
        _ => match response.json().await {
            Ok(problem) => Err(HallFault::Refused(Box::new(problem))),
            Err(_) => Err(HallFault::Garbled(status.to_string())),
        },
    }
}

fn away(fault: &reqwest::Error) -> HallFault {
    let words = if fault.is_timeout() { "it took too long" } else { "it cannot be reached" };
    HallFault::Away(words.to_owned())
}

/// A name no other press has.
fn random_key() -> Result<String, HallFault> {
    // A key that is not unique could swallow somebody else's press.
    let random = getrandom::u64().map_err(|fault| HallFault::Away(fault.to_string()))?;
    Ok(format!("key-{random:016x}"))
}
