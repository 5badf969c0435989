//! Every pair of ink and ground that the styles use has at least the contrast that WCAG AA asks for.

use std::collections::BTreeMap;
use std::fs;

/// Text on its ground.
const TEXTS: [(&str, &str); 26] = [
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
];

/// Borders of what can be used, and the mark of the focus.
const SHAPES: [(&str, &str); 4] =
    [("line-strong", "sheet"), ("line-strong", "paper"), ("focus", "sheet"), ("focus", "paper")];

#[test]
fn texts_and_shapes_stand_out() {
    let tokens = tokens();
    for (least, pairs) in [(4.5, &TEXTS[..]), (3.0, &SHAPES[..])] {
        for (ink, ground) in pairs {
            let contrast = contrast(tokens[*ink], tokens[*ground]);
            assert!(contrast >= least, "--{ink} on --{ground}: {contrast:.2}");
        }
    }
}

/// The colours of tokens.css by name.
fn tokens() -> BTreeMap<String, [f64; 3]> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/css/tokens.css");
    let mut tokens = BTreeMap::new();
    for line in fs::read_to_string(path).expect("the tokens").lines() {
        let Some((name, value)) =
            line.trim().strip_prefix("--").and_then(|it| it.split_once(": #"))
        else {
            continue;
        };
        let channel = |place: usize| {
            let digits = &value[2 * place..2 * place + 2];
            f64::from(u8::from_str_radix(digits, 16).expect("a colour")) / 255.0
        };
        tokens.entry(name.to_owned()).or_insert([channel(0), channel(1), channel(2)]);
    }
    tokens
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
