//! A player that writes a WAV file for each sound: for halls without a sound card, and for tests.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use super::SpeakerFault;
use super::player::{Player, Sound};
use super::wav::header;
use crate::{About, Answer};

/// A player into a folder. Files are numbered from 1; the oldest give way.
pub struct FolderPlayer {
    folder: PathBuf,
    kept: usize,
    /// The number of the next file, once the folder was looked through.
    next: Mutex<Option<u64>>,
}

impl FolderPlayer {
    /// A player into a folder that keeps so many files; the folder is made with the first of them.
    #[must_use]
    pub fn new(folder: PathBuf, kept: usize) -> Self {
        Self { folder, kept: kept.max(1), next: Mutex::default() }
    }

    /// A number nobody has had.
    fn number(&self) -> io::Result<u64> {
        let mut next = self.next.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let number = match *next {
            Some(number) => number,
            None => numbers(&self.folder)?.last().map_or(1, |last| last + 1),
        };
        *next = Some(number + 1);
        Ok(number)
    }

    async fn written(&self, mut sound: Sound) -> io::Result<Instant> {
        fs::create_dir_all(&self.folder)?;
        let path = file(&self.folder, self.number()?);
        let part = path.with_extension("part");
        let mut out = BufWriter::new(File::create(&part)?);
        out.write_all(&header(sound.rate, None))?;
        let (begun, mut samples) = (Instant::now(), 0);
        while let Some(part) = sound.parts.recv().await {
            samples += part.len();
            out.write_all(&part.iter().flat_map(|it| it.to_le_bytes()).collect::<Vec<_>>())?;
        }
        out.seek(SeekFrom::Start(0))?;
        out.write_all(&header(sound.rate, Some(samples)))?;
        out.into_inner()?;
        // A file that has its name is whole.
        fs::rename(&part, &path)?;
        self.forget_old()?;
        Ok(begun)
    }

    fn forget_old(&self) -> io::Result<()> {
        let numbers = numbers(&self.folder)?;
        let old = numbers.len().saturating_sub(self.kept);
        numbers[..old].iter().try_for_each(|number| fs::remove_file(file(&self.folder, *number)))
    }

    fn fault(&self, fault: &io::Error) -> SpeakerFault {
        SpeakerFault::Engine(format!("{} cannot be written ({fault})", self.folder.display()))
    }
}

fn file(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:06}.wav"))
}

/// The numbers of the files in a folder, in order.
fn numbers(folder: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let number = path.file_stem().and_then(|it| it.to_str()?.parse::<u64>().ok());
        // Others' files are left alone, whatever their names look like.
        numbers.extend(number.filter(|it| *it < u64::MAX && file(folder, *it) == path));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

impl Player for FolderPlayer {
    fn play(&self, sound: Sound) -> Answer<'_, Result<Instant, SpeakerFault>> {
        Box::pin(async move { self.written(sound).await.map_err(|fault| self.fault(&fault)) })
    }

    fn check(&self) -> Answer<'_, Result<(), SpeakerFault>> {
        Box::pin(async move {
            let made = fs::create_dir_all(&self.folder);
            made.map_err(|fault| self.fault(&fault))?;
            match rustix::fs::access(&self.folder, rustix::fs::Access::WRITE_OK) {
                Ok(()) => Ok(()),
                Err(fault) => Err(self.fault(&fault.into())),
            }
        })
    }

    fn about(&self) -> About {
        About { address: format!("folder:{}", self.folder.display()), ..About::default() }
    }
}
