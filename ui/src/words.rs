//! Wording: every sentence a page says, by key, in one language.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid};
use protocol::Language;
use protocol::live::WaitRange;

use crate::wording;

fluent_templates::static_loader! {
    static WORDING = {
        locales: "./locales",
        fallback_language: "zh-CN",
        // Isolating marks are for mixing writing directions; both languages run left to right.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The wording of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The wording of `language`.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self { language }
    }

    /// Which language this is.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of `key`. An unknown key is its own text: a page with one odd word helps more than none.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        WORDING.try_lookup(&self.identifier(), key).unwrap_or_else(|| key.to_owned())
    }

    /// The text of `key` with its arguments filled in.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .iter()
            .map(|(name, value)| (Cow::Owned((*name).to_owned()), FluentValue::from(*value)))
            .collect();
        WORDING
            .try_lookup_with_args(&self.identifier(), key, &arguments)
            .unwrap_or_else(|| key.to_owned())
    }

    /// An expected wait as people say it: a range of whole minutes.
    #[must_use]
    pub fn wait(&self, range: &WaitRange) -> String {
        let low = range.low_s.max(0) / 60;
        let high = (range.high_s.max(0) + 59) / 60;
        let high = high.max(low).max(1);
        if low == 0 {
            self.with("common-wait-within", &[("high", &high.to_string())])
        } else if low == high {
            self.with("common-wait-about", &[("high", &high.to_string())])
        } else {
            let (low, high) = (low.to_string(), high.to_string());
            self.with("common-wait-range", &[("low", &low), ("high", &high)])
        }
    }

    /// All texts whose keys begin with one of `prefixes`, as a JSON object for
    /// `<script type="application/json" id="words">`. Arguments stand as `{name}`; `js/words.js` fills
    /// them in. Safe to put into a page as it is: `{{ words.script(["console-"])|safe }}`.
    #[must_use]
    pub fn script(&self, prefixes: &[&str]) -> String {
        let wanted = |key: &str| prefixes.iter().any(|prefix| key.starts_with(prefix));
        let texts: BTreeMap<String, String> = wording::messages(self.language)
            .into_iter()
            .filter(|message| wanted(&message.key))
            .map(|message| {
                let text = self.with_placeholders(&message);
                (message.key, text)
            })
            .collect();
        // A text that closes the script element must not be able to.
        serde_json::to_string(&texts)
            .expect("a map of strings is always JSON")
            .replace('<', "\\u003c")
    }

    fn with_placeholders(&self, message: &wording::Message) -> String {
        let holders: Vec<(&str, String)> =
            message.arguments.iter().map(|name| (name.as_str(), format!("{{{name}}}"))).collect();
        let values: Vec<(&str, &str)> =
            holders.iter().map(|(name, holder)| (*name, holder.as_str())).collect();
        self.with(&message.key, &values)
    }

    fn identifier(&self) -> LanguageIdentifier {
        match self.language {
            Language::Zh => langid!("zh-CN"),
            Language::En => langid!("en"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_in_both_languages() {
        assert_eq!(Words::of(Language::Zh).get("common-cancel"), "取消");
        assert_eq!(Words::of(Language::En).get("common-cancel"), "Cancel");
        assert_eq!(Words::of(Language::En).get("no-such-key"), "no-such-key");
    }

    #[test]
    fn waits_are_said_in_whole_minutes() {
        let words = Words::of(Language::En);
        let say = |low_s, high_s| words.wait(&WaitRange { low_s, high_s });
        assert_eq!(say(0, 0), "within 1 min");
        assert_eq!(say(30, 290), "within 5 min");
        assert_eq!(say(300, 300), "about 5 min");
        assert_eq!(say(300, 610), "5–11 min");
        assert_eq!(say(600, 60), "about 10 min");
    }

    #[test]
    fn scripts_get_placeholders_and_cannot_be_closed() {
        let json = Words::of(Language::En).script(&["common-wait-", "common-cancel"]);
        let texts: BTreeMap<String, String> = serde_json::from_str(&json).expect("JSON");
        assert_eq!(texts["common-wait-range"], "{low}–{high} min");
        assert_eq!(texts["common-cancel"], "Cancel");
        assert!(!texts.contains_key("common-skip"));
        assert!(!json.contains('<'));
    }
}
