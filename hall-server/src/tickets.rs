//! Ticket tokens: the secret behind a slip's QR code. A token is the ticket's id and 128 bits of HMAC over
//! it, so it cannot be guessed, is never stored, and the same for a reprint.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::TicketId;
use subtle::ConstantTimeEq;

use crate::keys::{Keys, mac};

const ID_BYTES: usize = 8;
const SECRET_BYTES: usize = 16;

/// Makes and checks ticket tokens.
#[derive(Clone)]
pub struct TicketTokens([u8; 32]);

impl TicketTokens {
    /// With the hall's secret.
    #[must_use]
    pub fn new(keys: &Keys) -> Self {
        Self(keys.derive("ticket-token"))
    }

    /// The token of a ticket: 32 characters that are safe in a URL.
    #[must_use]
    pub fn token(&self, ticket: TicketId) -> String {
        let id = ticket.0.to_be_bytes();
        let mut bytes = [0; ID_BYTES + SECRET_BYTES];
        bytes[..ID_BYTES].copy_from_slice(&id);
        bytes[ID_BYTES..].copy_from_slice(&self.secret(id));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The ticket of a token, if it is one of this hall's.
    #[must_use]
    pub fn ticket(&self, token: &str) -> Option<TicketId> {
        let bytes: [u8; ID_BYTES + SECRET_BYTES] =
            URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
        let id: [u8; ID_BYTES] = bytes[..ID_BYTES].try_into().ok()?;
        let genuine: bool = self.secret(id).ct_eq(&bytes[ID_BYTES..]).into();
        genuine.then(|| TicketId(u64::from_be_bytes(id)))
    }

    fn secret(&self, id: [u8; ID_BYTES]) -> [u8; SECRET_BYTES] {
        let full = mac(&self.0, &[&id]);
        let mut secret = [0; SECRET_BYTES];
        secret.copy_from_slice(&full[..SECRET_BYTES]);
        secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_its_ticket_and_nothing_else_does() {
        let tokens = TicketTokens([7; 32]);
        let token = tokens.token(TicketId(42));
        assert_eq!(token.len(), 32);
        assert_eq!(tokens.ticket(&token), Some(TicketId(42)));
        assert_eq!(TicketTokens([8; 32]).ticket(&token), None, "another hall's key");
        for place in 0..token.len() {
            let mut forged = token.clone().into_bytes();
            forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).expect("ASCII");
            assert_eq!(tokens.ticket(&forged), None, "changed at {place}");
        }
        for nonsense in ["", "x", "é", &"A".repeat(10_000)] {
            assert_eq!(tokens.ticket(nonsense), None);
        }
    }
}
