//! What there are clips of in a language. A list is a text of lines: a clip's name, a space, what it says.

use hardware::speaker::Tongue;

/// The lists of the house.
const MANDARIN: &str = include_str!("words/zh.txt");
const ENGLISH: &str = include_str!("words/en.txt");

/// The clips of one language.
pub(super) struct Vocabulary {
    entries: Vec<Entry>,
}

/// A clip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name: the file is `NAME.wav`.
    pub(super) name: String,
    /// What it says.
    pub(super) words: String,
}

impl Vocabulary {
    /// The clips of the house, and those of a list of somebody's own, which come first.
    pub(super) fn of(tongue: Tongue, own: &str) -> Self {
        let house = match tongue {
            Tongue::Mandarin => MANDARIN,
            Tongue::English => ENGLISH,
        };
        Self { entries: entries(own).chain(entries(house)).collect() }
    }

    /// Every clip.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What a clip says.
    pub(super) fn words(&self, name: &str) -> Option<&str> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| entry.words.as_str())
    }

    /// The clip with which a text begins: the one that says most of it, and how many bytes that is.
    pub(super) fn begins(&self, text: &str) -> Option<(&Entry, usize)> {
        let fits = self.entries.iter().filter(|entry| begins_with(text, &entry.words));
        // The first of several that say the same, so that somebody's own list counts.
        let best = fits.rev().max_by_key(|entry| entry.words.len())?;
        Some((best, best.words.len()))
    }
}

fn entries(list: &str) -> impl Iterator<Item = Entry> {
    let lines = list.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (name, words) = line.split_once(' ')?;
        Some(Entry { name: name.to_owned(), words: words.trim().to_owned() })
    })
}

/// Whether a text begins with these words, and not in the middle of a longer one. A letter by itself is a word
/// only as a capital, as in VIP.
fn begins_with(text: &str, words: &str) -> bool {
    let Some((head, rest)) = text.split_at_checked(words.len()) else { return false };
    if words.len() == 1 {
        return head == words;
    }
    let ends_word = words.ends_with(|it: char| it.is_ascii_alphabetic());
    let goes_on = rest.starts_with(|it: char| it.is_ascii_alphabetic());
    head.eq_ignore_ascii_case(words) && !(ends_word && goes_on)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_clip_has_a_name_of_its_own_that_is_a_plain_file_name() {
        for tongue in [Tongue::Mandarin, Tongue::English] {
            let words = Vocabulary::of(tongue, "");
            let names: BTreeSet<_> = words.entries().iter().map(|it| it.name.as_str()).collect();
            assert_eq!(names.len(), words.entries().len());
            let plain = |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
            assert!(names.iter().all(|it| plain(it)));
        }
    }

    #[test]
    fn a_text_begins_with_the_clip_that_says_most_of_it() {
        let mandarin = Vocabulary::of(Tongue::Mandarin, "");
        let begins = |text| mandarin.begins(text).map(|(entry, _)| entry.name.clone());
        assert_eq!(begins("号窗口办理").as_deref(), Some("hao-chuangkou"));
        assert_eq!(begins("号到").as_deref(), Some("hao-dao"));
        assert_eq!(begins("护照"), None);
        let english = Vocabulary::of(Tongue::English, "");
        let begins = |text| english.begins(text).map(|(entry, _)| entry.name.clone());
        assert_eq!(begins("Please go to window 3").as_deref(), Some("please-go-to-window"));
        assert_eq!(begins("windows"), None, "another word");
        assert_eq!(begins("VIP").as_deref(), Some("v"));
    }

    #[test]
    fn a_list_of_ones_own_adds_clips_and_comes_first() {
        let own = "# ours\nhuzhao 护照\nma ma'am\nours-qing 请\n";
        let words = Vocabulary::of(Tongue::Mandarin, own);
        assert_eq!(words.begins("护照窗口").map(|(it, _)| it.name.as_str()), Some("huzhao"));
        assert_eq!(words.begins("请").map(|(it, _)| it.name.as_str()), Some("ours-qing"));
        assert_eq!(words.words("huzhao"), Some("护照"));
    }
}
