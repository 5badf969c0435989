//! Every pair of ink and ground that the styles use has at least the contrast that WCAG AA asks for.

use std::collections::BTreeMap;
use std::fs;

/// Text on its ground.
const TEXTS: [(&str, &str); 27] = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "shade"),
    ("ink", "accent-soft"),
    ("ink", "warn-soft"),
    ("ink", "danger-soft"),
    ("ink-quiet", "paper"),
    ("ink-quiet", "sheet"),
    ("ink-quiet", "shade"),
    ("ink-quiet", "accent-soft"),
    ("ink-quiet", "warn-soft"),
    ("paper", "ink"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("accent", "accent-soft"),
    ("accent-deep", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-accent", "ink-quiet"),
    ("on-accent-quiet", "accent"),
    ("on-accent-quiet", "ink-quiet"),
    ("warn", "warn-soft"),
    ("warn", "sheet"),
    ("danger", "danger-soft"),
    ("danger", "sheet"),
    ("on-accent", "danger-deep"),
    ("on-emergency", "emergency"),
];

/// Text on its ground on displays, which have themes of their own.
const DISPLAY_TEXTS: [(&str, &str); 14] = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink-quiet", "paper"),
    ("ink-quiet", "sheet"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("on-accent", "accent"),
    ("on-accent-quiet", "accent"),
    // An old call on a stale board.
    ("on-accent", "ink-quiet"),
    ("on-accent-quiet", "ink-quiet"),
    ("warn", "paper"),
    ("warn", "sheet"),
    ("warn", "warn-soft"),
    ("on-emergency", "emergency"),
];

/// The themes of displays; the last one is for those who see least.
const THEMES: [&str; 3] = ["day", "night", "contrast"];

/// Borders of what can be used, and the mark of the focus.
const SHAPES: [(&str, &str); 4] =
    [("line-strong", "sheet"), ("line-strong", "paper"), ("focus", "sheet"), ("focus", "paper")];

#[test]
fn texts_and_shapes_stand_out() {
    let tokens = tokens(":root {");
    for (least, pairs) in [(4.5, &TEXTS[..]), (3.0, &SHAPES[..])] {
        stand_out("pages", &tokens, pairs, least);
    }
}

#[test]
fn texts_stand_out_in_every_theme_of_a_display() {
    for theme in THEMES {
        // What a theme does not change is as everywhere; the day changes nothing.
        let mut colours = tokens(":root {");
        colours.extend(tokens(&format!("[data-theme=\"{theme}\"] {{")));
        let least = if theme == "contrast" { 7.0 } else { 4.5 };
        stand_out(theme, &colours, &DISPLAY_TEXTS, least);
    }
}

fn stand_out(place: &str, colours: &Colours, pairs: &[(&str, &str)], least: f64) {
    for (ink, ground) in pairs {
        let contrast = contrast(colours[*ink], colours[*ground]);
        assert!(contrast >= least, "{place}: --{ink} on --{ground}: {contrast:.2}");
    }
}

/// Red, green and blue by name, from 0 to 1.
type Colours = BTreeMap<String, [f64; 3]>;

/// The colours of the first rule of tokens.css that opens like this; none if there is no such rule.
fn tokens(rule: &str) -> Colours {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/css/tokens.css");
    let styles = fs::read_to_string(path).expect("the tokens");
    let body = styles.split_once(rule).map_or("", |(_, rest)| rest);
    let lines = body.lines().take_while(|line| *line != "}");
    lines.filter_map(colour).collect()
}

fn colour(line: &str) -> Option<(String, [f64; 3])> {
    let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
    let channel = |place: usize| {
        let digits = &value[2 * place..2 * place + 2];
        f64::from(u8::from_str_radix(digits, 16).expect("a colour")) / 255.0
    };
    Some((name.to_owned(), [channel(0), channel(1), channel(2)]))
}

/// As WCAG 2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
