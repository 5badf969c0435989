//! Why the hall ends a connection.

use protocol::live::ServerMessage;
use ui::Words;

use crate::web::policy::Forbidden;

/// Why the hall ends a connection. Its code is stable; its sentence is in the client's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goodbye {
    /// They may not see or say this.
    Forbidden,
    /// They speak another version.
    Version,
    /// What they said makes no sense here.
    Malformed,
    /// What they want to see does not exist.
    Unknown,
    /// They do not read, or do not answer, in time.
    TooSlow,
    /// The hall is stopping.
    Stopping,
}

impl Goodbye {
    fn code(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::Version => "version",
            Self::Malformed => "malformed",
            Self::Unknown => "unknown",
            Self::TooSlow => "too-slow",
            Self::Stopping => "stopping",
        }
    }

    /// As it is sent.
    pub(super) fn message(self, words: &Words) -> ServerMessage {
        let code = self.code();
        ServerMessage::Bye {
            code: code.to_owned(),
            message: words.get(&format!("live-bye-{code}")),
        }
    }
}

impl From<Forbidden> for Goodbye {
    fn from(_: Forbidden) -> Self {
        Self::Forbidden
    }
}

#[cfg(test)]
mod tests {
    use protocol::Language;

    use super::*;

    #[test]
    fn every_goodbye_has_a_sentence_in_both_languages() {
        use Goodbye::{Forbidden, Malformed, Stopping, TooSlow, Unknown, Version};
        for goodbye in [Forbidden, Version, Malformed, Unknown, TooSlow, Stopping] {
            for language in [Language::Zh, Language::En] {
                let ServerMessage::Bye { code, message } = goodbye.message(&Words::of(language))
                else {
                    panic!("a goodbye is a bye");
                };
                assert_ne!(message, format!("live-bye-{code}"), "{language:?}");
            }
        }
    }
}
