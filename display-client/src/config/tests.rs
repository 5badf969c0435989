//! Mistakes in `display.toml`, as an installer reads them.

use super::*;

fn read(text: &str) -> Result<Config, Fault> {
    let file = Path::new("display.toml");
    settings::parse::<Config>(file, text)?.checked(file)
}

fn text(hall: &str, token: &str) -> String {
    format!(
        "hall_url = \"{hall}\"\ndisplay = \"lobby\"\ntoken = \"{token}\"\n\
         listen = \"127.0.0.1:8082\"\ndata_dir = \"d\"\n"
    )
}

#[test]
fn faults_name_key_and_mend() {
    let cases = [
        (text("https://x", "t"), "`hall_url`", "write it as http://"),
        (text("http://", "t"), "`hall_url`", "write it as http://"),
        (text("http://x", "a b"), "`token`", "devices.toml"),
        (text("http://x", "t") + "lisen = 1\n", "`lisen`", "use one of hall_url"),
        (text("http://x", "t") + "media_mb = 100001\n", "`media_mb`", "write 0 to 100000"),
        (text("http://x", "t") + "[[strips]]\nlisen = 1\n", "`strips[0].lisen`", "use "),
        (text("http://x", "t") + "[[voices]]\n[[voices]]\n", "`voices[1].name`", "of its own"),
    ];
    for (text, key, mend) in cases {
        let fault = read(&text).expect_err("a fault").to_string();
        assert!(fault.contains(key) && fault.contains(mend), "{fault}");
    }
}

#[test]
fn a_mistake_in_a_table_names_the_table() {
    let mistake = Mistake::new("pin", "99 is no pin", "write 0 to 27");
    let fault = mistake.in_table(Path::new("display.toml"), "lamps", 1).to_string();
    assert_eq!(fault, "display.toml: `lamps[1].pin`: 99 is no pin; write 0 to 27");
}

#[test]
fn the_live_address_follows_from_the_halls() {
    let config = read(&text("http://10.0.0.5:8080/", "t")).unwrap();
    assert_eq!(config.live_url(), "ws://10.0.0.5:8080/live");
    assert_eq!(config.language, Language::Zh);
    assert!(config.voices.is_empty() && config.keypads.is_empty());
}

#[test]
fn the_token_is_not_written_for_people() {
    let config = read(&text("http://x", "hidden-word")).expect("a configuration");
    let written = format!("{config:?}");
    assert!(written.contains("http://x") && !written.contains("hidden-word"), "{written}");
}
