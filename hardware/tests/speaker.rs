//! The speaker with stand-ins for its programs, and once with the real engine where it is installed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hardware::speaker::{EngineSpeaker, Settings, Speaker, SpeakerFault, Tongue, Utterance};

/// Long enough for a busy machine.
const LIMIT: Duration = Duration::from_secs(10);

/// A folder with the stand-ins: an engine that writes its arguments, a player that keeps what it is given.
struct Stage {
    folder: PathBuf,
}

impl Stage {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("speaker-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("clips/zh")).expect("a folder");
        let stage = Self { folder };
        stage.program("engine", "printf '%s|' \"$@\"");
        stage.program("player", "cat > \"$1.part\" && mv \"$1.part\" \"$1\"");
        stage
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn program(&self, name: &str, script: &str) {
        fs::write(self.at(name), format!("#!/bin/sh\n{script}\n")).expect("a program");
        fs::set_permissions(self.at(name), fs::Permissions::from_mode(0o755)).expect("executable");
    }

    fn settings(&self) -> Settings {
        let path = |name| self.at(name).to_string_lossy().into_owned();
        Settings {
            clips: Some(self.at("clips")),
            engine: vec![path("engine"), "{voice}".to_owned(), "{text}".to_owned()],
            player: vec![path("player"), path("heard")],
            ..Settings::default()
        }
    }

    async fn heard(&self) -> String {
        let heard = self.at("heard");
        wait_for("something to be heard", || heard.exists()).await;
        let text = fs::read_to_string(&heard).expect("what was heard");
        fs::remove_file(&heard).expect("it is heard once");
        text
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

async fn wait_for(what: &str, done: impl Fn() -> bool) {
    let waiting = async {
        while !done() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(LIMIT, waiting).await.unwrap_or_else(|_| panic!("waited for {what}"));
}

fn say(speaker: &EngineSpeaker, name: &str, text: &str, tongue: Tongue) {
    speaker.say(Utterance { name: name.to_owned(), text: text.to_owned(), tongue });
}

/// Whether a process is at work; one that was killed may not have been reaped yet.
fn runs(process: &str) -> bool {
    let state = fs::read_to_string(Path::new("/proc").join(process).join("stat"));
    state.is_ok_and(|it| !it.contains(") Z "))
}

#[tokio::test]
async fn words_go_through_the_engine_to_the_player_in_each_language() {
    let stage = Stage::new("words");
    let speaker = EngineSpeaker::new(stage.settings());
    say(&speaker, "kiosk-voice-card", "请放身份证; $(exit 9) \"", Tongue::Mandarin);
    assert_eq!(stage.heard().await, "cmn-latn-pinyin|请放身份证; $(exit 9) \"|");
    say(&speaker, "kiosk-voice-card", "Place your card", Tongue::English);
    assert_eq!(stage.heard().await, "en|Place your card|");
    assert_eq!(speaker.status(), Ok(()));
}

#[tokio::test]
async fn a_recording_takes_the_engines_place_in_its_language() {
    let stage = Stage::new("clip");
    fs::write(stage.at("clips/zh/kiosk-voice-card.wav"), "a recording").expect("a recording");
    let speaker = EngineSpeaker::new(stage.settings());
    say(&speaker, "kiosk-voice-card", "请放身份证", Tongue::Mandarin);
    assert_eq!(stage.heard().await, "a recording");
    say(&speaker, "kiosk-voice-card", "Place your card", Tongue::English);
    assert_eq!(stage.heard().await, "en|Place your card|");
}

#[tokio::test]
async fn an_engine_can_take_words_on_its_input() {
    let stage = Stage::new("input");
    stage.program("engine", "cat");
    let mut settings = stage.settings();
    settings.engine.truncate(1);
    let speaker = EngineSpeaker::new(settings);
    say(&speaker, "x", "请取票", Tongue::Mandarin);
    assert_eq!(stage.heard().await, "请取票");
}

#[tokio::test]
async fn whoever_speaks_is_interrupted_by_what_is_said_next_and_by_a_hush() {
    let stage = Stage::new("interrupted");
    stage.program("engine", "echo $$ > \"$0.$2\"; [ \"$2\" = short ] || exec sleep 600");
    let speaker = EngineSpeaker::new(stage.settings());
    let process = async |text: &str| {
        let file = stage.at(&format!("engine.{text}"));
        let read = || fs::read_to_string(&file).unwrap_or_default().trim().to_owned();
        wait_for("the engine", || !read().is_empty()).await;
        read()
    };
    say(&speaker, "x", "long", Tongue::English);
    let long = process("long").await;
    say(&speaker, "x", "longer", Tongue::English);
    wait_for("the first to stop", || !runs(&long)).await;
    let longer = process("longer").await;
    assert!(runs(&longer));
    speaker.hush();
    wait_for("silence", || !runs(&longer)).await;
    assert_eq!(speaker.status(), Ok(()), "an interrupted word is no fault");
    say(&speaker, "x", "short", Tongue::English);
    assert_eq!(stage.heard().await, "");
}

#[tokio::test]
async fn a_missing_program_or_sound_card_is_one_clear_fault_that_goes_by() {
    let stage = Stage::new("fault");
    let broken = |engine: &str| Settings { engine: vec![engine.to_owned()], ..stage.settings() };
    let missing = EngineSpeaker::new(broken("no-such-engine"));
    say(&missing, "x", "y", Tongue::English);
    wait_for("the fault", || missing.status().is_err()).await;
    let expected = SpeakerFault::Engine("`no-such-engine` is not installed".to_owned());
    assert_eq!(missing.status(), Err(expected));

    stage.program(
        "player",
        "cat > /dev/null; echo 'no card' >&2; echo 'audio open error' >&2; exit 1",
    );
    let silent = EngineSpeaker::new(stage.settings());
    say(&silent, "x", "y", Tongue::English);
    wait_for("the fault", || silent.status().is_err()).await;
    let fault = silent.status().expect_err("no sound card").to_string();
    assert!(fault.contains("player` says: audio open error"), "{fault}");

    stage.program("player", "cat > \"$1.part\" && mv \"$1.part\" \"$1\"");
    say(&silent, "x", "y", Tongue::English);
    stage.heard().await;
    wait_for("the end of the fault", || silent.status().is_ok()).await;
}

/// The real engine speaks Mandarin: it makes a sound of Chinese characters, and another one of others.
#[tokio::test]
async fn the_real_engine_makes_a_sound_of_chinese() {
    if std::process::Command::new("espeak-ng").arg("--version").output().is_err() {
        eprintln!("espeak-ng is not installed: not tried");
        return;
    }
    let stage = Stage::new("real");
    let speaker =
        EngineSpeaker::new(Settings { engine: Settings::default().engine, ..stage.settings() });
    let mut lengths = Vec::new();
    for text in ["请取票", "请在读卡区放身份证，不要拿开"] {
        say(&speaker, "x", text, Tongue::Mandarin);
        let heard = stage.at("heard");
        wait_for("a sound", || heard.exists()).await;
        let wav = fs::read(&heard).expect("a sound");
        fs::remove_file(&heard).expect("it is heard once");
        assert!(wav.starts_with(b"RIFF"));
        assert!(wav.iter().any(|it| !matches!(it, 0 | 0xff)), "not only silence");
        lengths.push(wav.len());
    }
    assert!(lengths[1] > lengths[0] * 2, "more words take longer: {lengths:?}");
    assert_eq!(speaker.status(), Ok(()));
}
