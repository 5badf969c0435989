//! What is said aloud: one short sentence for each page, again when the page says something new.

use super::Flow;
use super::event::{Copy, Effect};
use super::screen::{Screen, Slip, Want, Why};

impl Flow {
    /// Whether pages are said aloud. Larger type brings the voice with it, unless the visitor does not want
    /// it.
    #[must_use]
    pub fn voice(&self) -> bool {
        self.settings.voice && self.visit.voice.unwrap_or(self.visit.elder)
    }

    /// Whether there is a speaker to say them.
    #[must_use]
    pub fn has_voice(&self) -> bool {
        self.settings.voice
    }

    /// Says the page's sentence if it is another than the last, and falls silent when the visit is over.
    pub(super) fn speak(&mut self, effects: &mut Vec<Effect>) {
        let sentence = self.voice().then(|| (self.sentence(), self.visit.language));
        if sentence == self.said {
            return;
        }
        self.said = sentence;
        effects.push(match sentence {
            Some((key, language)) => Effect::Say(key.to_owned(), language),
            None => Effect::Hush,
        });
    }

    /// The wording key of what there is to say now.
    fn sentence(&self) -> &'static str {
        if !self.is_in_service() {
            "kiosk-voice-outage"
        } else if self.visit.warned {
            "kiosk-voice-still-there"
        } else if self.visit.notice.is_some() {
            "kiosk-voice-notice"
        } else {
            self.visit.screen.sentence()
        }
    }
}

impl Screen {
    fn sentence(&self) -> &'static str {
        match self {
            Self::Attract { .. } | Self::Welcome => "kiosk-voice-welcome",
            Self::Departments => "kiosk-voice-departments",
            Self::Services(_) => "kiosk-voice-services",
            Self::Search { .. } => "kiosk-voice-search",
            Self::Phone { wrong: false, .. } => "kiosk-voice-phone",
            Self::Phone { wrong: true, .. } => "kiosk-voice-phone-wrong",
            Self::Card { fault: None } => "kiosk-voice-card",
            Self::Card { fault: Some(_) } | Self::Ask { fault: Some(_), .. } => {
                "kiosk-voice-card-failed"
            }
            Self::Ask { want: Want::Appointment, .. } => "kiosk-voice-ask-appointment",
            Self::Ask { want: Want::Ticket, .. } => "kiosk-voice-ask-ticket",
            Self::TypeCode { wrong: false, .. } => "kiosk-voice-code",
            Self::TypeCode { wrong: true, .. } => "kiosk-voice-code-wrong",
            Self::Found { why: Why::Asked, found }
                if found.tickets.is_empty() && found.appointments.is_empty() =>
            {
                "kiosk-voice-found-nothing"
            }
            Self::Found { why: Why::Asked, .. } => "kiosk-voice-found",
            Self::Found { .. } => "kiosk-voice-found-already",
            Self::Confirm => "kiosk-voice-confirm",
            Self::Asking(_) => "kiosk-voice-asking",
            Self::Printing(..) => "kiosk-voice-printing",
            Self::Farewell { slip: Slip::Printed, copy: Copy::First, .. } => "kiosk-voice-farewell",
            Self::Farewell { slip: Slip::Printed, copy: Copy::Again, .. } => {
                "kiosk-voice-reprinted"
            }
            Self::Farewell { .. } => "kiosk-voice-no-slip",
            Self::Trouble(_) => "kiosk-voice-trouble",
        }
    }
}
