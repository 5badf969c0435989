//! Sealing one field: AES-256-GCM with a random nonce, bound to the field's name, so that a value moved to
//! another column does not open.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

use crate::keys::random;

const NONCE_BYTES: usize = 12;
/// Written first, so that another key or algorithm can follow.
const VERSION: u8 = 1;

/// Seals and opens fields.
pub(super) struct Sealer(Aes256Gcm);

impl Sealer {
    pub(super) fn new(key: &[u8; 32]) -> Self {
        Self(Aes256Gcm::new(key.into()))
    }

    /// Seals a text for one field.
    pub(super) fn seal(&self, field: &str, text: &str) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = random();
        let payload = Payload { msg: text.as_bytes(), aad: field.as_bytes() };
        let sealed = self
            .0
            .encrypt(&Nonce::from(nonce), payload)
            .expect("a field is far shorter than the cipher's limit");
        [&[VERSION][..], &nonce, &sealed].concat()
    }

    /// Opens what was sealed for the same field; `None` if it was not, or was changed.
    pub(super) fn open(&self, field: &str, sealed: &[u8]) -> Option<String> {
        let rest = sealed.strip_prefix(&[VERSION])?;
        let (nonce, msg) = rest.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let payload = Payload { msg, aad: field.as_bytes() };
        String::from_utf8(self.0.decrypt(&Nonce::from(nonce), payload).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_field_opens_only_as_that_field_and_only_unchanged() {
        let sealer = Sealer::new(&[3; 32]);
        let sealed = sealer.seal("person.name", "测试");
        assert_eq!(sealer.open("person.name", &sealed).as_deref(), Some("测试"));
        assert_eq!(sealer.open("person.number", &sealed), None);
        assert_ne!(sealed, sealer.seal("person.name", "测试"), "a nonce of its own each time");
        let mut changed = sealed;
        *changed.last_mut().expect("not empty") ^= 1;
        assert_eq!(sealer.open("person.name", &changed), None);
        assert_eq!(sealer.open("person.name", &[]), None);
    }
}
