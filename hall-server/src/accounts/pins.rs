//! PINs: made into argon2id hashes, and checked a few at a time, because each check takes real memory
//! and time on purpose.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Checks that run at once; more wait.
const CHECKS_AT_ONCE: usize = 2;
/// Digits of a PIN.
const MIN_DIGITS: usize = 4;
const MAX_DIGITS: usize = 12;

/// What is wrong with a PIN that somebody chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinFault {
    /// Not digits only, too short or too long.
    #[error("a PIN has {MIN_DIGITS} to {MAX_DIGITS} digits and nothing else")]
    NotDigits,
    /// The system gave no random salt.
    #[error("the system gave no random salt; try again")]
    NoSalt,
}

/// Makes the hash of a PIN for `staff.toml`.
///
/// # Errors
/// [`PinFault`].
pub fn hash_pin(pin: &str) -> Result<String, PinFault> {
    if !is_pin(pin) {
        return Err(PinFault::NotDigits);
    }
    let hash = Argon2::default().hash_password(pin.as_bytes()).map_err(|_| PinFault::NoSalt)?;
    Ok(hash.to_string())
}

fn is_pin(text: &str) -> bool {
    (MIN_DIGITS..=MAX_DIGITS).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit())
}

/// Checks PINs against hashes.
pub(super) struct PinChecker {
    places: Semaphore,
    /// Checked in place of the hash of somebody who does not exist, so that both take the same time.
    decoy: String,
}

impl PinChecker {
    pub(super) fn new() -> Self {
        // Without a random salt there is no decoy; every check against it then fails at once.
        let decoy = hash_pin("0000").unwrap_or_default();
        Self { places: Semaphore::new(CHECKS_AT_ONCE), decoy }
    }

    /// Whether this PIN made the hash; `None` for somebody unknown, who never passes.
    pub(super) async fn passes(&self, pin: &str, hash: Option<&str>) -> bool {
        let known = hash.is_some();
        let hash = hash.unwrap_or(&self.decoy).to_owned();
        // What cannot be a PIN is not worth hashing.
        let pin = if is_pin(pin) { pin.to_owned() } else { return false };
        let Ok(_place) = self.places.acquire().await else { return false };
        let matches = tokio::task::spawn_blocking(move || matches(&pin, &hash)).await;
        known && matches.unwrap_or(false)
    }
}

fn matches(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_pin_of_somebody_known_passes() {
        let hash = hash_pin("4711").expect("a PIN");
        assert!(hash.starts_with("$argon2id$"));
        let checker = PinChecker::new();
        assert!(checker.passes("4711", Some(&hash)).await);
        assert!(!checker.passes("4712", Some(&hash)).await);
        assert!(!checker.passes("0000", None).await, "the decoy's own PIN");
        assert!(!checker.passes("4711", Some("nonsense")).await);
        assert!(!checker.passes(&"4".repeat(100_000), Some(&hash)).await);
    }

    #[test]
    fn a_pin_is_digits() {
        for bad in ["", "123", "1234567890123", "12a4", "１２３４", "12 34"] {
            assert_eq!(hash_pin(bad), Err(PinFault::NotDigits), "{bad}");
        }
    }
}
