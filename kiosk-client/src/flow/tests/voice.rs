//! What is said aloud.

use std::time::Instant;

use protocol::Language;
use ui::Words;

use super::super::{Act, Effect, Event, Flow, Settings};
use super::support::{Kiosk, menu, settings};

fn say(key: &str, language: Language) -> Effect {
    Effect::Say(key.to_owned(), language)
}

#[test]
fn each_page_is_said_once_and_the_visits_end_is_silence() {
    let mut kiosk = Kiosk::new();
    assert_eq!(kiosk.act(Act::Voice(true)), [say("kiosk-voice-welcome", Language::Zh)]);
    let began = kiosk.act(Act::Begin { language: Some(Language::En), elder: false });
    assert_eq!(began, [say("kiosk-voice-departments", Language::En)]);
    assert!(kiosk.wait(1).is_empty());
    assert_eq!(kiosk.act(Act::Service("shut".into())), [say("kiosk-voice-notice", Language::En)]);
    assert_eq!(kiosk.act(Act::End), [Effect::Hush]);
}

#[test]
fn larger_type_brings_the_voice_unless_it_is_not_wanted() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Begin { language: None, elder: true });
    assert!(kiosk.flow.voice());
    assert_eq!(kiosk.act(Act::Voice(false)), [Effect::Hush]);
    assert!(kiosk.act(Act::Search).is_empty());
}

#[test]
fn a_kiosk_without_a_speaker_says_nothing() {
    let now = Instant::now();
    let mut flow = Flow::new(Settings { voice: false, ..settings() }, "n".to_owned(), now);
    flow.step(Event::Menu(menu()), now);
    let begin = Event::Act(Act::Begin { language: None, elder: true });
    assert!(flow.step(begin, now).is_empty());
    assert!(flow.step(Event::Act(Act::Voice(true)), now).is_empty());
    assert!(!flow.has_voice());
}

#[test]
fn everything_that_can_be_said_has_words_in_both_languages() {
    let source = include_str!("../voice.rs");
    let keys: Vec<&str> =
        source.split('"').filter(|part| part.starts_with("kiosk-voice-")).collect();
    assert!(keys.len() > 20);
    for key in keys {
        for language in [Language::Zh, Language::En] {
            assert_ne!(Words::of(language).get(key), key);
        }
    }
}
