//! Who is signed in. A session is known by the SHA-256 of its token; the token itself is told once and
//! kept nowhere. Lookups are answered from memory, which is filled from the journal's file at the start.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{ClerkId, Timestamp, WindowId};
use sha2::{Digest, Sha256};

use super::attempts::Attempts;
use super::pins::PinChecker;
use super::store;
use crate::config::Limits;
use crate::journal::{Journal, JournalError};

/// Random bytes of a token.
const TOKEN_BYTES: usize = 32;
/// Longest text that is looked up at all.
const MAX_TOKEN_CHARS: usize = 64;

/// The SHA-256 of a token.
pub(super) type TokenHash = [u8; 32];

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub clerk: ClerkId,
    /// The window they signed in to.
    pub window: Option<WindowId>,
    /// When they signed in.
    pub began_at: Timestamp,
    /// When they last asked for anything, since the hall started. In memory only: while the hall was down
    /// nobody could ask, so after a restart it begins anew.
    pub seen_at: Option<Timestamp>,
}

/// Everybody who is signed in, and what guards the door.
pub struct Sessions {
    signed_in: Mutex<HashMap<TokenHash, Session>>,
    idle_s: i64,
    longest_s: i64,
    pub(super) attempts: Attempts,
    pub(super) pins: PinChecker,
}

impl Sessions {
    /// Remembers who was signed in before the hall started.
    ///
    /// # Errors
    /// [`JournalError`] if the file cannot be read.
    pub async fn load(journal: &Journal, limits: &Limits) -> Result<Self, JournalError> {
        let signed_in = journal.read(store::all).await?;
        Ok(Self {
            signed_in: Mutex::new(signed_in.into_iter().collect()),
            idle_s: limits.session_idle_s,
            longest_s: limits.session_s,
            attempts: Attempts::new(limits.sign_in_attempts, limits.sign_in_pause_s),
            pins: PinChecker::new(),
        })
    }

    /// The session of a token, unless it has ended. Being asked for keeps it alive.
    #[must_use]
    pub fn find(&self, token: &str, now: Timestamp) -> Option<Session> {
        let hash = hash_of(token)?;
        let mut signed_in = self.locked();
        let session = signed_in.get_mut(&hash)?;
        if self.has_ended(session, now) {
            signed_in.remove(&hash);
            return None;
        }
        session.seen_at = Some(now);
        Some(session.clone())
    }

    /// Begins a session and gives its token. Whoever was signed in to the same window no longer is.
    ///
    /// # Errors
    /// [`JournalError`]: then nobody was signed in.
    pub(super) async fn begin(
        &self,
        journal: &Journal,
        clerk: ClerkId,
        window: Option<WindowId>,
        now: Timestamp,
    ) -> Result<String, JournalError> {
        let (token, hash) = new_token()?;
        let session = Session { clerk, window, began_at: now, seen_at: Some(now) };
        let (row, too_old) = (session.clone(), now.minus_s(self.longest_s));
        journal
            .write_aside(move |db| {
                store::forget_before(db, too_old)?;
                store::leave_window(db, &row)?;
                store::insert(db, &hash, &row)
            })
            .await?;
        let mut signed_in = self.locked();
        signed_in.retain(|_, other| !self.has_ended(other, now));
        for other in signed_in.values_mut() {
            if other.window == session.window && other.clerk != session.clerk {
                other.window = None;
            }
        }
        signed_in.insert(hash, session);
        Ok(token)
    }

    /// Ends the session of a token.
    ///
    /// # Errors
    /// [`JournalError`]: then it goes on.
    pub(super) async fn end(&self, journal: &Journal, token: &str) -> Result<(), JournalError> {
        let Some(hash) = hash_of(token) else { return Ok(()) };
        journal.write_aside(move |db| store::delete(db, &hash)).await?;
        self.locked().remove(&hash);
        Ok(())
    }

    fn has_ended(&self, session: &Session, now: Timestamp) -> bool {
        let idle_since = session.seen_at.unwrap_or(now);
        now >= idle_since.plus_s(self.idle_s) || now >= session.began_at.plus_s(self.longest_s)
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<TokenHash, Session>> {
        self.signed_in.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 256 random bits as text, and their hash.
fn new_token() -> Result<(String, TokenHash), JournalError> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|error| JournalError::Storage(format!("no random numbers: {error}")))?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let hash = Sha256::digest(token.as_bytes()).into();
    Ok((token, hash))
}

fn hash_of(token: &str) -> Option<TokenHash> {
    (token.len() <= MAX_TOKEN_CHARS).then(|| Sha256::digest(token.as_bytes()).into())
}
