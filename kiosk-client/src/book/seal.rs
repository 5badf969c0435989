//! Sealing what is personal before it reaches the disk: AES-256-GCM under a key derived from the kiosk's
//! token, with a random nonce, bound to what it is and whose.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

const NONCE_BYTES: usize = 12;
/// Written first, so that another key or algorithm can follow.
const VERSION: u8 = 1;
/// What the key is for; another use of the token would be another key.
const PURPOSE: &[u8] = b"openhall kiosk book 1";

/// Seals and opens what the book keeps of visitors.
#[derive(Clone)]
pub(crate) struct Sealer(Aes256Gcm);

impl Sealer {
    pub(super) fn new(token: &str) -> Self {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(token.as_bytes())
            .expect("HMAC takes a key of any length");
        mac.update(PURPOSE);
        let key: [u8; 32] = mac.finalize().into_bytes().into();
        Self(Aes256Gcm::new(&key.into()))
    }

    /// Seals a value for one place, such as `ticket 12`.
    pub(crate) fn seal<T: Serialize>(&self, place: &str, value: &T) -> Vec<u8> {
        let mut text = serde_json::to_vec(value).expect("what is kept has a JSON form");
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).expect("the system has randomness");
        let sealed = self
            .0
            .encrypt(&Nonce::from(nonce), Payload { msg: &text, aad: place.as_bytes() })
            .expect("a ticket is far shorter than the cipher's limit");
        text.fill(0);
        [&[VERSION][..], &nonce, &sealed].concat()
    }

    /// Opens what was sealed for the same place; `None` if it was not, was changed, or the kiosk has
    /// another token by now.
    pub(crate) fn open<T: DeserializeOwned>(&self, place: &str, sealed: &[u8]) -> Option<T> {
        let rest = sealed.strip_prefix(&[VERSION])?;
        let (nonce, msg) = rest.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let payload = Payload { msg, aad: place.as_bytes() };
        let mut text = self.0.decrypt(&Nonce::from(nonce), payload).ok()?;
        let value = serde_json::from_slice(&text).ok();
        text.fill(0);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_in_its_place_unchanged_and_under_its_token() {
        let sealer = Sealer::new("token");
        let sealed = sealer.seal("ticket 1", &"110101");
        assert!(!sealed.windows(6).any(|it| it == b"110101"));
        assert_eq!(sealer.open::<String>("ticket 1", &sealed).as_deref(), Some("110101"));
        assert_eq!(sealer.open::<String>("ticket 2", &sealed), None);
        assert_eq!(Sealer::new("other").open::<String>("ticket 1", &sealed), None);
        let mut changed = sealed;
        *changed.last_mut().expect("not empty") ^= 1;
        assert_eq!(sealer.open::<String>("ticket 1", &changed), None);
        assert_eq!(sealer.open::<String>("ticket 1", &[]), None);
    }
}
