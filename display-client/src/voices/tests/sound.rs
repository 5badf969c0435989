//! The sound itself: joined from clips, recordings and words, never too loud, as other programs read it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use hardware::speaker::Tongue;
use hardware::speaker::wav::Wav;
use protocol::live::Phrase;

use crate::voices::RATE;
use crate::voices::config::Config;
use crate::voices::library::Library;
use crate::voices::phrase::Part;
use crate::voices::script::{Manner, Script, joined, lines_of};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("voices-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("zh")).expect("a folder");
        Self(folder)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).expect("a file");
    }

    fn config(&self) -> Config {
        Config { clips_dir: Some(self.0.clone()), ..Config::default() }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn phrase(english: bool, times: u8) -> Phrase {
    Phrase {
        zh: "请{number}号到{window}号窗口".to_owned(),
        en: english.then(|| "Number {number}, please go to window {window}".to_owned()),
        times,
    }
}

async fn said(config: &Config, phrase: &Phrase, volume: u8) -> Vec<i16> {
    let library = Library::open(config);
    let lines = lines_of(phrase, "A001", ("3", "3"), config, &library);
    let script = Script { chime: config.chime, lines };
    let (samples, words) = joined(&script, &library, Manner::new(volume, config.gap_ms)).await;
    words.expect("every word is said");
    samples
}

fn clip(name: &str) -> Part {
    Part::Clip(name.to_owned())
}

fn seconds(samples: &[i16]) -> f64 {
    samples.len() as f64 / f64::from(RATE)
}

fn loudest(samples: &[i16]) -> u16 {
    samples.iter().map(|it| it.unsigned_abs()).max().unwrap_or(0)
}

#[tokio::test]
async fn there_is_a_clip_of_everything_on_the_list_and_none_is_too_loud() {
    let library =
        Library::open(&Config { engine: Some(vec!["false".to_owned()]), ..Config::default() });
    for tongue in [Tongue::Mandarin, Tongue::English] {
        for entry in library.vocabulary(tongue).entries() {
            let sound = library.sound(tongue, &clip(&entry.name)).await.expect(&entry.name);
            let length = seconds(&sound);
            assert!((0.1..2.5).contains(&length), "{}: {length} s", entry.name);
            let loud = loudest(&sound);
            assert!((3_000..30_000).contains(&loud), "{}: {loud}", entry.name);
            assert!(loudest(&sound[..12]) < 3_000, "{} begins with a click", entry.name);
        }
    }
}

#[tokio::test]
async fn a_call_is_a_chime_and_the_phrase_so_often_in_each_language() {
    let silent = Config { chime: false, ..Config::default() };
    let once = said(&silent, &phrase(false, 1), 100).await;
    assert!((2.5..7.0).contains(&seconds(&once)), "{} s", seconds(&once));
    let twice = said(&silent, &phrase(false, 2), 100).await;
    assert_eq!(twice[..once.len()], once);
    assert!(twice.ends_with(&once), "the same again");
    assert!(twice.len() < once.len() * 2 + RATE as usize);
    let both = said(&silent, &phrase(true, 1), 100).await;
    assert!(both.starts_with(&once) && both.len() > once.len() + RATE as usize * 2);
    let whole = said(&Config::default(), &phrase(false, 1), 100).await;
    assert!(whole.ends_with(&once) && whole.len() > once.len() + RATE as usize);
    assert!(loudest(&whole) < 32_000);
}

#[tokio::test]
async fn volume_makes_it_softer_down_to_nothing() {
    let mut last = u16::MAX;
    for volume in [100, 80, 40, 10] {
        let loud = loudest(&said(&Config::default(), &phrase(false, 1), volume).await);
        assert!(loud < last && loud > 0, "{volume}: {loud}");
        last = loud;
    }
    assert_eq!(loudest(&said(&Config::default(), &phrase(false, 1), 0).await), 0);
}

#[tokio::test]
async fn another_program_reads_the_same_sound() {
    let folder = Folder::new("soxi");
    let samples = said(&Config::default(), &phrase(true, 2), 100).await;
    let length = seconds(&samples);
    folder.put("call.wav", &Wav { rate: RATE, samples }.bytes());
    let file = folder.0.join("call.wav");
    let sox = |program: &str, arguments: &[&str]| {
        let said = Command::new(program).args(arguments).output().ok()?;
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        Some(format!(
            "{}{}",
            String::from_utf8_lossy(&said.stdout),
            String::from_utf8_lossy(&said.stderr)
        ))
    };
    let file = file.to_str().expect("a path");
    let Some(told) = sox("soxi", &["-D", file]) else {
        eprintln!("sox is not installed: not tried");
        return;
    };
    let told: f64 = told.trim().parse().expect("seconds");
    assert!((told - length).abs() < 0.01, "{told} s instead of {length}");
    let statistics = sox("sox", &[file, "-n", "stats"]).expect("sox is there");
    let of = |name: &str| {
        let line = statistics.lines().find(|line| line.starts_with(name)).expect(name);
        line[name.len()..].trim().parse::<f64>().expect("decibels")
    };
    assert!(of("Pk lev dB") < -0.5, "it clips: {statistics}");
    assert!((-35.0..-12.0).contains(&of("RMS lev dB")), "{statistics}");
}

#[tokio::test]
async fn a_recording_of_the_same_name_takes_a_clips_place_whatever_its_format() {
    let folder = Folder::new("recording");
    let slow = Wav { rate: 8_000, samples: vec![1_000; 8_000] };
    folder.put("zh/3.wav", &slow.bytes());
    folder.put("chime.wav", &Wav { rate: RATE, samples: vec![7; 100] }.bytes());
    let library = Library::open(&folder.config());
    let sound = library.sound(Tongue::Mandarin, &clip("3")).await.expect("a clip");
    assert_eq!(sound.len(), RATE as usize, "a second stays a second");
    assert!((990..1_010).contains(&sound[12_000]), "{}", sound[12_000]);
    assert_eq!(library.chime().await[..], [7; 100]);
    let english = library.sound(Tongue::English, &clip("3")).await.expect("a clip");
    assert_ne!(english.len(), sound.len(), "the other language has its own");
}

#[tokio::test]
async fn a_recording_that_cannot_be_used_is_named_and_the_houses_clip_is_said() {
    let folder = Folder::new("useless");
    folder.put("zh/3.wav", b"ID3 an mp3 file");
    folder.put("zh/4.wav", &Wav { rate: 8_000, samples: vec![0; 8_000 * 31] }.bytes());
    folder.put("zh/5.wav", &Wav { rate: 8_000, samples: vec![0; 8_000] }.bytes());
    let library = Library::open(&folder.config());
    let house = Library::open(&Config::default());
    let ours = library.sound(Tongue::Mandarin, &clip("3")).await.expect("a clip");
    assert_eq!(ours, house.sound(Tongue::Mandarin, &clip("3")).await.expect("a clip"));
    let found = library.recordings().await;
    let told: Vec<String> =
        found.iter().map(|it| it.as_ref().map_or_else(ToString::to_string, Clone::clone)).collect();
    assert!(told[0].ends_with("zh/3.wav is not used: it is no WAV file"), "{told:?}");
    assert!(told[1].ends_with("zh/4.wav is not used: it is longer than 30 s"), "{told:?}");
    assert_eq!(told[2..], ["zh/5"]);
}

#[tokio::test]
async fn a_word_of_ones_own_is_a_clip_and_by_the_engine_until_it_is_recorded() {
    let folder = Folder::new("own");
    folder.put("zh/words.txt", "huzhao 护照\n".as_bytes());
    let engine = "printf '%s' \"$0\" > /dev/null; exit 3";
    let engine = ["sh", "-c", engine, "{text}"].map(str::to_owned).to_vec();
    let config = Config { engine: Some(engine), ..folder.config() };
    let unsaid = Library::open(&config).sound(Tongue::Mandarin, &clip("huzhao")).await;
    assert!(unsaid.expect_err("no engine").to_string().contains("`sh` ended with"));
    folder.put("zh/huzhao.wav", &Wav { rate: RATE, samples: vec![5; 10] }.bytes());
    let sound = Library::open(&config).sound(Tongue::Mandarin, &clip("huzhao")).await;
    assert_eq!(sound.expect("a recording")[..], [5; 10]);
}

#[tokio::test]
async fn the_engine_says_words_as_loud_as_the_clips_and_is_asked_once() {
    let folder = Folder::new("engine");
    let wav = Wav { rate: 22_050, samples: (0..22_050).map(|it| (it % 100) as i16).collect() };
    folder.put("words.wav", &wav.bytes());
    let script = format!("echo >> {0}/asked; cat {0}/words.wav", folder.0.display());
    let engine = ["sh", "-c", &script, "{text}"].map(str::to_owned).to_vec();
    let library = Library::open(&Config { engine: Some(engine), ..Config::default() });
    let words = Part::Words("综合".to_owned());
    let sound = library.sound(Tongue::Mandarin, &words).await.expect("words");
    assert!((0.99..1.01).contains(&seconds(&sound)), "{}", seconds(&sound));
    assert!((4_000..30_000).contains(&loudest(&sound)), "{}", loudest(&sound));
    library.sound(Tongue::Mandarin, &words).await.expect("words");
    assert_eq!(fs::read_to_string(folder.0.join("asked")).expect("asked").len(), 1);
}
