//! What must hold in the templates, styles, scripts and sources of the whole workspace: wording stands in
//! the wording files only, every key that is asked for exists, nothing needs a looser content policy.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Sources in which Chinese characters are names of people, not something a page says.
const NAMES: [&str; 2] = ["people/mask.rs", "simulator/people.rs"];
/// Folders without pages of ours.
const SKIPPED: [&str; 4] = ["target", ".git", "locales", "tests"];

#[test]
fn no_wording_in_templates_styles_and_scripts() {
    for (path, text) in files(&["html", "css", "js", "svg"]) {
        let said = without_comments(&text);
        let line = said.lines().position(has_han);
        assert_eq!(
            line,
            None,
            "{} has wording in line {:?}",
            path.display(),
            line.map(|it| it + 1)
        );
    }
}

#[test]
fn no_wording_in_sources() {
    let mut wrong = Vec::new();
    for (path, text) in files(&["rs"]) {
        if path.ends_with("tests.rs") || NAMES.iter().any(|file| path.ends_with(file)) {
            continue;
        }
        // Tests come last in a file, and may say what they like.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (place, line) in code.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if has_han(code) {
                wrong.push(format!("{}:{}", path.display(), place + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "wording outside ui/locales: {wrong:#?}");
}

#[test]
fn every_key_that_is_asked_for_exists() {
    let known = keys();
    for (path, text) in files(&["html", "rs", "js"]) {
        if path.ends_with("ui/src/words.rs") {
            continue;
        }
        for key in asked(&text) {
            assert!(known.contains(key), "{} asks for `{key}`", path.display());
        }
    }
}

#[test]
fn every_icon_that_is_used_is_drawn() {
    let sprite = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/sprite.svg");
    let drawn = fs::read_to_string(sprite).expect("the sprite");
    for (path, text) in files(&["html"]) {
        for used in text.split("href=\"#icon-").skip(1) {
            let icon = used.split('"').next().unwrap_or_default();
            let is_drawn = drawn.contains(&format!("id=\"icon-{icon}\""));
            assert!(is_drawn || icon.contains('{'), "{}: no icon `{icon}`", path.display());
        }
    }
}

#[test]
fn pages_need_no_inline_code_or_style() {
    for (path, text) in files(&["html", "js"]) {
        let name = path.display();
        for banned in [" style=", "<style", " onclick=", " onload=", "javascript:", "innerHTML"] {
            assert!(!text.contains(banned), "{name} has `{banned}`");
        }
        for script in text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            let is_data = tag.contains("application/json");
            assert!(is_data || tag.contains("src="), "{name} has an inline script");
        }
    }
}

/// Every file of the workspace with one of these endings, with its text.
fn files(endings: &[&str]) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("in a workspace");
    let mut found = Vec::new();
    collect(root, endings, &mut found);
    assert!(found.len() > 3, "the workspace is not where it was");
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) && !name.starts_with('.') {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
            found.push((path.clone(), read(&path)));
        }
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a text file")
}

/// Comments of templates, styles and scripts become empty lines.
fn without_comments(text: &str) -> String {
    let mut said = text.to_owned();
    for (open, close) in [("{#", "#}"), ("/*", "*/"), ("<!--", "-->")] {
        while let Some(start) = said.find(open) {
            let end = said[start..].find(close).map_or(said.len(), |it| start + it + close.len());
            let lines = "\n".repeat(said[start..end].matches('\n').count());
            said.replace_range(start..end, &lines);
        }
    }
    let bare = |line: &str| {
        if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() }
    };
    said.lines().map(bare).collect::<Vec<_>>().join("\n")
}

fn has_han(text: &str) -> bool {
    text.chars().any(|character| matches!(character, '\u{3400}'..='\u{9fff}'))
}

/// Keys of the Chinese wording; that the English one has the same is tested where they are read.
fn keys() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/zh-CN");
    let texts = fs::read_dir(folder).expect("the wording").flatten().map(|it| read(&it.path()));
    let keys = |text: String| {
        let lines = text.lines().filter_map(|line| line.split_once(" ="));
        lines.map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
    };
    texts.flat_map(keys).collect()
}

/// Literal keys in `words.get("…")` and `words.with("…"`, also over a line break.
fn asked(text: &str) -> Vec<&str> {
    let mut asked = Vec::new();
    for call in [".get(", ".with("] {
        for (place, _) in text.match_indices(call) {
            let before = text[..place].trim_end();
            let after = text[place + call.len()..].trim_start();
            let Some(key) = after.strip_prefix('"').and_then(|it| it.split('"').next()) else {
                continue;
            };
            let of_words = ["words", "Words", "second"].iter().any(|it| before.ends_with(it));
            if of_words && !key.contains(['{', '$']) {
                asked.push(key);
            }
        }
    }
    asked
}
