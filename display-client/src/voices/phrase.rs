//! A call in clips: a template, a number and a window's name become a row of clips, of words for the engine
//! where there are no clips, and of pauses. Pure.

use hardware::speaker::Tongue;

use super::config::One;
use super::numerals::cardinal;
use super::vocabulary::Vocabulary;

/// Stands for the number in a template, and for the window's name.
const NUMBER: &str = "{number}";
const WINDOW: &str = "{window}";
/// Marks at which a speaker takes a breath.
const BREATHS: &str = ",.;:!?，。；：！？、…";
/// The clip of the digit 1 as on the telephone.
const YAO: &str = "yao";

/// A part of what is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A clip, by its name.
    Clip(String),
    /// Words that there is no clip of.
    Words(String),
    /// A breath.
    Pause,
}

/// How one language is said.
pub(super) struct Phrasing<'a> {
    /// Which.
    pub(super) tongue: Tongue,
    /// What there are clips of.
    pub(super) vocabulary: &'a Vocabulary,
    /// How the digit 1 of a number is said.
    pub(super) one: One,
}

impl Phrasing<'_> {
    /// A call.
    pub(super) fn parts(&self, template: &str, number: &str, window: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some(place) = rest.find('{') {
            let (before, after) = rest.split_at(place);
            parts.extend(self.text(before));
            if let Some(after) = after.strip_prefix(NUMBER) {
                parts.extend(self.number(number));
                rest = after;
            } else if let Some(after) = after.strip_prefix(WINDOW) {
                parts.extend(self.text(window));
                rest = after;
            } else {
                rest = &after[1..];
            }
        }
        parts.extend(self.text(rest));
        parts
    }

    /// A text, breath by breath. A stretch of which one word is unknown is left to the engine as a whole: two
    /// voices within a few words are harder to follow than one poor voice.
    fn text(&self, text: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let breath = rest.find(|it| BREATHS.contains(it)).unwrap_or(rest.len());
            let (stretch, after) = rest.split_at(breath);
            match self.known(stretch) {
                Some(known) => parts.extend(known),
                None => parts.push(Part::Words(stretch.trim().to_owned())),
            }
            let marks = after.len() - after.trim_start_matches(|it| BREATHS.contains(it)).len();
            if marks > 0 {
                parts.push(Part::Pause);
            }
            rest = &after[marks..];
        }
        parts
    }

    /// A stretch of text in clips, if there are clips of all of it.
    fn known(&self, text: &str) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
            let length = if digits > 0 {
                parts.extend(cardinal(self.tongue, &rest[..digits]).into_iter().map(Part::Clip));
                digits
            } else if let Some((entry, length)) = self.vocabulary.begins(rest) {
                parts.push(Part::Clip(entry.name.clone()));
                length
            } else if is_silent(next) {
                next.len_utf8()
            } else {
                return None;
            };
            rest = &rest[length..];
        }
        Some(parts)
    }

    /// A number: each digit and letter by itself, so that nobody takes 001 for 1.
    fn number(&self, number: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut rest = number;
        while let Some(next) = rest.chars().next() {
            let mut length = next.len_utf8();
            if next.is_ascii_alphanumeric() {
                parts.push(Part::Clip(self.sign(next)));
            } else if let Some((entry, words)) = self.vocabulary.begins(rest) {
                parts.push(Part::Clip(entry.name.clone()));
                length = words;
            } else if !is_silent(next) {
                match parts.last_mut() {
                    Some(Part::Words(words)) => words.push(next),
                    _ => parts.push(Part::Words(next.to_string())),
                }
            }
            rest = &rest[length..];
        }
        parts
    }

    /// The clip of a digit or a letter.
    fn sign(&self, sign: char) -> String {
        match (self.tongue, self.one, sign) {
            (Tongue::Mandarin, One::Yao, '1') => YAO.to_owned(),
            _ => sign.to_ascii_lowercase().to_string(),
        }
    }
}

/// Whether a sign is not said at all: spaces, brackets, dashes.
fn is_silent(sign: char) -> bool {
    !sign.is_alphanumeric()
}

/// A template with its places filled in, as it can be read.
pub(super) fn written(template: &str, number: &str, window: &str) -> String {
    template.replace(NUMBER, number).replace(WINDOW, window)
}
