//! A request's common part: who asks, in which language, under which key.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use hall_core::Command;
use protocol::{NoteId, Timestamp};

use super::fault::Fault;
use super::policy::{self, Deed, Forbidden};
use super::who::{Who, token_of};
use crate::hall::Hall;
use crate::journal::{Order, Receipt};
use crate::live::views::View;

/// Header under which a repeated request is recognised.
pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Characters of such a key.
pub(crate) const MAX_KEY_CHARS: usize = 128;

/// Who asks, and of which hall.
pub(crate) struct Caller {
    /// The hall.
    pub(crate) hall: Hall,
    /// Who asks.
    pub(crate) who: Who,
    /// The token they showed.
    pub(crate) token: Option<String>,
    key: Option<String>,
}

impl Caller {
    /// Lets the request go on if its caller may do this.
    pub(crate) fn may(&self, deed: Deed<'_>) -> Result<(), Fault> {
        Ok(policy::may(&self.who, deed)?)
    }

    /// The hall's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.hall.clock().now()
    }

    /// The order that gives this command in the caller's name.
    pub(crate) fn wants(&self, command: Command) -> Order {
        Order::new(self.who.actor(), command).with_key(self.key.clone())
    }

    /// Has a command carried out.
    pub(crate) async fn order(&self, command: Command) -> Result<Receipt, Fault> {
        self.submit(self.wants(command)).await
    }

    /// Has an order carried out.
    pub(crate) async fn submit(&self, order: Order) -> Result<Receipt, Fault> {
        Ok(self.hall.journal().submit(order).await?)
    }

    /// Looks at the day as it is now; never over an `await`.
    pub(crate) fn see<T>(&self, look: impl FnOnce(&View<'_>) -> T) -> T {
        self.hall.look(look)
    }

    /// A remark that goes with an order: its text is kept outside the journal, only its id is in it.
    pub(crate) fn remark(&self, text: Option<String>) -> Result<Option<(NoteId, String)>, Fault> {
        let Some(text) = text.map(|text| text.trim().to_owned()).filter(|it| !it.is_empty()) else {
            return Ok(None);
        };
        let limit = self.hall.config().limits.note_chars;
        if text.chars().count() > limit {
            return Err(Fault::TextTooLong { limit });
        }
        Ok(Some((self.hall.people().new_note(), text)))
    }
}

impl FromRequestParts<Hall> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, hall: &Hall) -> Result<Self, Fault> {
        let token = token_of(parts);
        let who = token.as_ref().map_or(Who::Visitor, |token| Who::holding(hall, token));
        // A browser's session may end while a page is open; a program with a wrong token should know at
        // once, not at the first thing a visitor may not do.
        if who == Who::Visitor && parts.headers.contains_key(AUTHORIZATION) {
            return Err(Forbidden::SignInFirst.into());
        }
        Ok(Self { hall: hall.clone(), who, token, key: idempotency_key(parts)? })
    }
}

fn idempotency_key(parts: &Parts) -> Result<Option<String>, Fault> {
    let Some(value) = parts.headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = value.to_str().map_err(|_| Fault::BadKey)?.trim();
    if (1..=MAX_KEY_CHARS).contains(&key.len()) {
        Ok(Some(key.to_owned()))
    } else {
        Err(Fault::BadKey)
    }
}
