//! Players: a real `aplay` whose sound card is a file, stand-ins that fail, and the folder of files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use hardware::speaker::wav::{Wav, header};
use hardware::speaker::{
    FolderPlayer, Player, ProgramPlayer, SimulatedPlayer, Sound, SpeakerFault,
};

use proptest::prelude::*;

/// Long enough for a busy machine.
const LIMIT: Duration = Duration::from_secs(10);
/// Samples a second.
const RATE: u32 = 24_000;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("player-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).expect("the folder").flatten();
        let mut names: Vec<_> =
            names.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Half a second that goes up and down, as parts of a tenth.
fn parts() -> Vec<Vec<i16>> {
    let sample = |place: i32| i16::try_from(place % 2_000 * 10 - 10_000).expect("small");
    (0..5).map(|part| (part * 2_400..(part + 1) * 2_400).map(sample).collect()).collect()
}

async fn play(player: &dyn Player, parts: Vec<Vec<i16>>) -> Result<Instant, SpeakerFault> {
    let (sender, sound) = Sound::new(RATE);
    let giving = async {
        for part in parts {
            // A player that no longer listens says itself why.
            let _ = sender.send(part).await;
        }
        drop(sender);
    };
    let playing = async { tokio::join!(player.play(sound), giving).0 };
    tokio::time::timeout(LIMIT, playing).await.expect("a player comes to an end")
}

fn shell(script: &str) -> ProgramPlayer {
    ProgramPlayer::new(["sh", "-c", script].map(str::to_owned).to_vec())
}

/// What `soxi` says of a file, or nothing where it is not installed.
fn soxi(option: &str, file: &Path) -> Option<String> {
    let said = Command::new("soxi").arg(option).arg(file).output().ok()?;
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    Some(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

#[tokio::test]
async fn aplay_plays_a_stream_of_unknown_length_to_its_end() {
    if Command::new("aplay").arg("--version").output().is_err() {
        eprintln!("aplay is not installed: not tried");
        return;
    }
    let folder = Folder::new("alsa");
    let heard = folder.at("heard.wav");
    let config = format!(
        "</usr/share/alsa/alsa.conf>\npcm.!default {{ type plug slave.pcm \"card\" }}\n\
         pcm.card {{ type file slave.pcm \"null\" file \"{}\" format \"wav\" }}\n",
        heard.display()
    );
    fs::write(folder.at("asound.conf"), config).expect("a configuration");
    let environment = format!("ALSA_CONFIG_PATH={}", folder.at("asound.conf").display());
    let command = ["env", &environment, "aplay", "--quiet", "--device", "default", "-"];
    let player = ProgramPlayer::new(command.map(str::to_owned).to_vec());
    assert_eq!(player.check().await, Ok(()));
    play(&player, parts()).await.expect("played");
    let wav = Wav::read(&fs::read(&heard).expect("what was heard")).expect("a WAV");
    assert_eq!(wav.rate, RATE);
    // The card is given whole periods, the last one filled up with silence.
    let played = parts().concat();
    assert_eq!(wav.samples[..played.len()], played);
    assert!(wav.samples[played.len()..].iter().all(|it| *it == 0));
    if let Some(rate) = soxi("-r", &heard) {
        assert_eq!(rate, RATE.to_string());
    }
}

#[tokio::test]
async fn without_a_sound_card_aplay_says_so_in_one_sentence() {
    if Command::new("aplay").arg("--version").output().is_err() {
        eprintln!("aplay is not installed: not tried");
        return;
    }
    let player = ProgramPlayer::aplay("plughw:31,0");
    let fault = play(&player, parts()).await.expect_err("no such card").to_string();
    assert!(fault.starts_with("nothing can be said: `aplay` says: "), "{fault}");
    assert!(!fault.contains('\n') && fault.contains("No such"), "{fault}");
    assert!(player.check().await.is_err());
}

#[tokio::test]
async fn a_program_gets_the_sound_while_it_is_made() {
    let folder = Folder::new("parts");
    let heard = folder.at("heard");
    let player = shell(&format!("cat > {}", heard.display()));
    let (sender, sound) = Sound::new(RATE);
    let giving = async {
        sender.send(vec![1; 4_800]).await.expect("it listens");
        let begun = async {
            while !fs::metadata(&heard).is_ok_and(|it| it.len() > 9_000) {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(LIMIT, begun).await.expect("the first part is heard at once");
        sender.send(vec![2; 4_800]).await.expect("it listens");
        drop(sender);
    };
    let (played, ()) = tokio::join!(player.play(sound), giving);
    played.expect("played");
    let wav = Wav::read(&fs::read(&heard).expect("what was heard")).expect("a WAV");
    assert_eq!(wav.samples.len(), 9_600);
}

#[tokio::test]
async fn a_player_that_fails_says_why() {
    let missing = ProgramPlayer::new(vec!["no-such-player".to_owned()]);
    let fault = play(&missing, parts()).await.expect_err("it is missing").to_string();
    assert_eq!(fault, "nothing can be said: `no-such-player` is not installed");
    let deaf = shell("echo 'the cable is out' >&2; exit 3");
    let fault = play(&deaf, parts()).await.expect_err("it fails").to_string();
    assert_eq!(fault, "nothing can be said: `sh` says: the cable is out");
    let well = shell("cat > /dev/null");
    assert!(play(&well, Vec::new()).await.is_err(), "no sound is not a sound that was heard");
}

#[tokio::test]
async fn to_drop_a_sound_is_to_stop_it() {
    let folder = Folder::new("drop");
    let process = folder.at("process");
    let player = shell(&format!("echo $$ > {}; exec sleep 600", process.display()));
    let (sender, sound) = Sound::new(RATE);
    sender.send(vec![0; 10]).await.expect("room");
    let begun = async {
        while fs::read_to_string(&process).unwrap_or_default().trim().is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::select! {
        played = player.play(sound) => panic!("it cannot have ended: {played:?}"),
        begun = tokio::time::timeout(LIMIT, begun) => begun.expect("it begins"),
    }
    let stat = format!("/proc/{}/stat", fs::read_to_string(&process).expect("its id").trim());
    let runs = || fs::read_to_string(&stat).is_ok_and(|it| !it.contains(") Z "));
    let silence = async {
        while runs() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(LIMIT, silence).await.expect("silence");
}

#[tokio::test]
async fn a_folder_keeps_the_newest_sounds_as_whole_files() {
    let folder = Folder::new("folder");
    let player = FolderPlayer::new(folder.at("sounds"), 3);
    assert_eq!(player.check().await, Ok(()));
    for _ in 0..5 {
        play(&player, parts()).await.expect("written");
    }
    let sounds = Folder(folder.at("sounds"));
    assert_eq!(sounds.files(), ["000003.wav", "000004.wav", "000005.wav"]);
    let file = sounds.at("000005.wav");
    let wav = Wav::read(&fs::read(&file).expect("a file")).expect("a WAV");
    assert_eq!(wav, Wav { rate: RATE, samples: parts().concat() });
    if let Some(seconds) = soxi("-D", &file) {
        assert!(seconds.starts_with("0.500"), "{seconds}");
        assert_eq!(soxi("-c", &file).as_deref(), Some("1"));
        assert_eq!(soxi("-b", &file).as_deref(), Some("16"));
    }
    // One that starts again goes on counting.
    let again = FolderPlayer::new(folder.at("sounds"), 3);
    play(&again, parts()).await.expect("written");
    assert_eq!(sounds.files(), ["000004.wav", "000005.wav", "000006.wav"]);
}

#[tokio::test]
async fn other_files_in_the_folder_are_left_alone() {
    let folder = Folder::new("foreign");
    for name in ["2026.wav", "18446744073709551615.wav", "notes.wav"] {
        fs::write(folder.at(name), "somebody's").expect("a file");
    }
    let player = FolderPlayer::new(folder.0.clone(), 1);
    for _ in 0..2 {
        play(&player, parts()).await.expect("written");
    }
    let files = folder.files();
    assert_eq!(files, ["000002.wav", "18446744073709551615.wav", "2026.wav", "notes.wav"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_one_sentence() {
    let folder = Folder::new("file");
    fs::write(folder.at("taken"), "a file").expect("a file");
    let player = FolderPlayer::new(folder.at("taken"), 3);
    let fault = play(&player, parts()).await.expect_err("it is a file").to_string();
    assert!(fault.contains("taken cannot be written ("), "{fault}");
    assert!(player.check().await.is_err());
}

#[tokio::test]
async fn the_simulated_player_takes_its_time_and_can_be_unplugged() {
    let player = SimulatedPlayer::default();
    let before = Instant::now();
    play(&player, parts()).await.expect("played");
    assert!(before.elapsed() >= Duration::from_millis(500), "half a second is half a second");
    let heard = player.heard().borrow().clone();
    assert_eq!((heard.begun, heard.ended), (1, 1));
    assert_eq!(heard.last.expect("a sound").samples, parts().concat());
    let fault = SpeakerFault::Engine("unplugged".to_owned());
    player.break_with(Some(fault.clone()));
    assert_eq!(play(&player, parts()).await, Err(fault.clone()));
    assert_eq!(player.check().await, Err(fault));
}

proptest! {
    /// Whatever somebody puts into the folder of recordings is read or refused.
    #[test]
    fn no_file_confuses_the_reader(
        rest in prop::collection::vec(any::<u8>(), 0..200),
        damage in prop::collection::vec((0_usize..44, any::<u8>()), 0..4),
    ) {
        let mut file = header(RATE, None).to_vec();
        for (place, byte) in damage {
            file[place] = byte;
        }
        file.extend(&rest);
        if let Ok(wav) = Wav::read(&file) {
            prop_assert!(wav.samples.len() <= rest.len() + 44);
        }
        let _ = Wav::read(&rest);
    }
}
