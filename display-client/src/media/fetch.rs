//! Brings what the screen names from the hall to this disk, in the order of showing, and throws away what it
//! names no more.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use protocol::wall::{Media, Screen};
use thiserror::Error;
use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio::sync::watch;

use super::Copies;
use crate::hall::{Hall, HallFault};
use crate::relay::Relay;
use crate::shared::told_to_stop;

/// How long until what could not be brought is asked for again.
const AGAIN_AFTER: Duration = Duration::from_secs(10);
/// How long the hall may send nothing of a file.
const SILENT_FOR: Duration = Duration::from_secs(10);
/// What a file is called while it is on its way.
const PART: &str = ".part";

/// Why a file was not brought.
#[derive(Debug, Error)]
enum Fault {
    #[error("{0}")]
    Hall(#[from] HallFault),
    #[error("it broke off: {0}")]
    Cut(#[from] reqwest::Error),
    #[error("it stopped coming")]
    Silent,
    #[error("it cannot be written: {0}")]
    Disk(#[from] io::Error),
    #[error("it is larger than the room that `media_mb` leaves")]
    TooLarge,
    #[error("its name is no plain file name")]
    Name,
}

/// Keeps the copies as the screen wants them until the display stops.
pub(crate) async fn run(
    copies: Copies,
    hall: Hall,
    relay: Arc<Relay>,
    most_bytes: u64,
    mut stop: watch::Receiver<bool>,
) {
    let mut fetch = Fetch { copies, hall, most_bytes, complaints: BTreeMap::new() };
    let mut screen = relay.screen();
    let keep = async {
        loop {
            let Some(wanted) = media_of(screen.borrow_and_update().as_deref()) else {
                // Nothing is known of the screen, so nothing is thrown away.
                let Ok(()) = screen.changed().await else { return };
                continue;
            };
            let round = async {
                while !fetch.bring(&wanted).await {
                    tokio::time::sleep(AGAIN_AFTER).await;
                }
                std::future::pending::<()>().await;
            };
            let other = screen.wait_for(|it| media_of(it.as_deref()).as_ref() != Some(&wanted));
            tokio::select! {
                () = round => {}
                other = other => if other.is_err() { return },
            }
        }
    };
    tokio::select! {
        () = keep => {}
        () = told_to_stop(&mut stop) => {}
    }
}

fn media_of(screen: Option<&Screen>) -> Option<Vec<Media>> {
    screen.map(|screen| screen.media.clone())
}

struct Fetch {
    copies: Copies,
    hall: Hall,
    most_bytes: u64,
    /// What was complained of last of each; an outage may last a night.
    complaints: BTreeMap<String, String>,
}

impl Fetch {
    /// Brings what is missing; whether another try could bring more.
    async fn bring(&mut self, wanted: &[Media]) -> bool {
        let mut left = self.most_bytes;
        let mut is_done = true;
        self.complaints.retain(|name, _| wanted.iter().any(|media| media.name == *name));
        for media in wanted {
            match self.bring_one(media, left).await {
                Ok(bytes) => left = left.saturating_sub(bytes),
                Err(fault) => {
                    is_done &= matches!(fault, Fault::TooLarge | Fault::Name);
                    self.complain(media, &fault);
                }
            }
        }
        self.throw_away(wanted).await;
        is_done
    }

    /// The size of a copy, brought if it is not there.
    async fn bring_one(&self, media: &Media, left: u64) -> Result<u64, Fault> {
        let place = self.copies.place_of(media).ok_or(Fault::Name)?;
        if let Ok(there) = fs::metadata(&place).await {
            return Ok(there.len());
        }
        let part = self.copies.dir.join(PART);
        fs::create_dir_all(place.parent().unwrap_or(&self.copies.dir)).await?;
        let bytes = self.download(media, &part, left).await?;
        fs::rename(&part, &place).await?;
        tracing::info!(name = media.name, bytes, "a copy has come from the hall");
        self.copies.arrivals.send_replace(());
        Ok(bytes)
    }

    async fn download(&self, media: &Media, part: &Path, left: u64) -> Result<u64, Fault> {
        let answer = self.hall.media(&media.name, &media.revision);
        let mut answer =
            tokio::time::timeout(SILENT_FOR, answer).await.map_err(|_| Fault::Silent)??;
        if answer.content_length().is_some_and(|bytes| bytes > left) {
            return Err(Fault::TooLarge);
        }
        let mut file = fs::File::create(part).await?;
        let mut bytes = 0;
        loop {
            let chunk = tokio::time::timeout(SILENT_FOR, answer.chunk()).await;
            let Some(chunk) = chunk.map_err(|_| Fault::Silent)?? else { break };
            bytes += chunk.len() as u64;
            if bytes > left {
                return Err(Fault::TooLarge);
            }
            file.write_all(&chunk).await?;
        }
        // What counts as whole must be whole after a power cut.
        file.sync_all().await?;
        Ok(bytes)
    }

    fn complain(&mut self, media: &Media, fault: &Fault) {
        let complaint = fault.to_string();
        if self.complaints.get(&media.name) != Some(&complaint) {
            tracing::warn!(name = media.name, %fault, "a picture or video could not be copied");
            self.complaints.insert(media.name.clone(), complaint);
        }
    }

    /// Throws away what is not wanted. What cannot be thrown away is tried again next time.
    async fn throw_away(&self, wanted: &[Media]) {
        let keep: BTreeSet<PathBuf> =
            wanted.iter().filter_map(|media| self.copies.place_of(media)).collect();
        for revision in entries(&self.copies.dir).await {
            for copy in entries(&revision).await {
                if !keep.contains(&copy) {
                    let _ = fs::remove_file(copy).await;
                }
            }
            // Only empty ones go.
            let _ = fs::remove_dir(revision).await;
        }
        let _ = fs::remove_file(self.copies.dir.join(PART)).await;
    }
}

async fn entries(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(mut entries) = fs::read_dir(dir).await else { return found };
    while let Ok(Some(entry)) = entries.next_entry().await {
        found.push(entry.path());
    }
    found
}
