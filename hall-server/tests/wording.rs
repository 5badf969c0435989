//! Every text that a page or a script asks for is there, and no script or template holds wording itself.

use std::fs;
use std::path::{Path, PathBuf};

use protocol::Language;
use ui::Words;

/// Files with one of these endings below a folder.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of this crate") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

fn pages_and_scripts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = files(&root.join("assets"), &[".js"]);
    all.extend(files(&root.join("src"), &[".html"]));
    all
}

/// The keys that a file asks for by name: `word("…"`, `words.get("…"`, `words.with("…"`.
fn keys(text: &str) -> Vec<&str> {
    ["word(\"", "words.get(\"", "words.with(\""]
        .iter()
        .flat_map(|call| text.split(call).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut asked = 0;
    for path in pages_and_scripts() {
        let text = fs::read_to_string(&path).expect("a text file");
        for key in keys(&text) {
            asked += 1;
            for language in [Language::Zh, Language::En] {
                let texts = Words::of(language).script(&[key]);
                let found = texts.contains(&format!("\"{key}\":"));
                assert!(found, "{key} in {} has no {language:?} text", path.display());
            }
        }
    }
    assert!(asked > 100, "the pages ask for far more texts than {asked}");
}

#[test]
fn pages_and_scripts_hold_no_wording() {
    for path in pages_and_scripts() {
        let text = fs::read_to_string(&path).expect("a text file");
        let han = text.chars().find(|it| matches!(it, '\u{3400}'..='\u{9fff}'));
        assert_eq!(han, None, "{} holds wording", path.display());
        assert!(!text.contains("innerHTML"), "{} writes markup", path.display());
    }
}
