//! The wording files as they are written: which keys there are and which arguments each takes. Looking
//! texts up is Fluent's work; this is for whoever needs the list.

use protocol::Language;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Files;

/// A text of the wording files, without the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// Its key.
    pub(crate) key: String,
    /// Its arguments, sorted, each once.
    pub(crate) arguments: Vec<String>,
}

/// Every message of a language, file by file.
pub(crate) fn messages(language: Language) -> Vec<Message> {
    let folder = format!("{}/", language.tag());
    Files::iter()
        .filter(|path| path.starts_with(&folder))
        .filter_map(|path| Files::get(&path))
        .flat_map(|file| parse(&String::from_utf8_lossy(&file.data)))
        .collect()
}

/// Reads what a Fluent file declares: a key at the start of a line, its text there and on the indented
/// lines below.
fn parse(source: &str) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for line in source.lines() {
        let text = if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let Some((key, text)) = line.split_once('=') else {
                continue;
            };
            messages.push(Message { key: key.trim().to_owned(), arguments: Vec::new() });
            text
        } else if line.starts_with(' ') {
            line
        } else {
            continue;
        };
        if let Some(message) = messages.last_mut() {
            message.arguments.extend(arguments(text));
            message.arguments.sort_unstable();
            message.arguments.dedup();
        }
    }
    messages
}

fn arguments(text: &str) -> impl Iterator<Item = String> {
    text.split('$').skip(1).map(|rest| {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn sorted(language: Language) -> BTreeMap<String, Vec<String>> {
        let all = messages(language);
        let count = all.len();
        let map: BTreeMap<_, _> = all.into_iter().map(|m| (m.key, m.arguments)).collect();
        assert_eq!(map.len(), count, "a key is written twice in {}", language.tag());
        map
    }

    #[test]
    fn keys_and_arguments_are_read() {
        let parsed = parse("# a note\na-b = X { $n } y\n  { $m } and { $n }\n\n-term = T\nc = d\n");
        assert_eq!(parsed.len(), 2);
        assert_eq!(parsed[0].key, "a-b");
        assert_eq!(parsed[0].arguments, ["m", "n"]);
        assert!(parsed[1].arguments.is_empty());
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (chinese, english) = (sorted(Language::Zh), sorted(Language::En));
        for (key, arguments) in &chinese {
            assert_eq!(Some(arguments), english.get(key), "{key} differs in en");
        }
        for key in english.keys() {
            assert!(chinese.contains_key(key), "{key} is missing in zh-CN");
        }
    }

    /// Pages and scripts must say the same, and scripts know no plural rules.
    #[test]
    fn texts_have_no_variants() {
        for path in Files::iter() {
            let file = Files::get(&path).expect("it was listed");
            let text = String::from_utf8_lossy(&file.data).into_owned();
            assert!(!text.contains("->"), "{path} has variants");
        }
    }
}
