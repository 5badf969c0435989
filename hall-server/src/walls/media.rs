//! The media folder: which of its files are shown, and why the others are not. A file counts once it has
//! stood unchanged between two looks, so that nothing half copied is shown.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use protocol::wall::{Media, MediaKind};
use serde::Serialize;
use utoipa::ToSchema;

/// Bytes of a picture: more than any screen has dots for.
const MOST_PICTURE_BYTES: u64 = 20 * 1024 * 1024;
/// Bytes of a video; every display keeps a copy of what it shows.
const MOST_VIDEO_BYTES: u64 = 500 * 1024 * 1024;
/// Bytes of a name, as file systems and addresses take it.
const MOST_NAME_BYTES: usize = 150;
/// Files that are shown.
pub(super) const MOST_FILES: usize = 200;
/// What a name may not hold: it becomes an address, and a file's name on every display.
const NOT_IN_NAMES: &str = "/\\:*?\"<>|%#&";
/// What is shown. Vector pictures are not among it: they can hold programs.
const KINDS: [(&str, MediaKind); 6] = [
    ("jpg", MediaKind::Picture),
    ("jpeg", MediaKind::Picture),
    ("png", MediaKind::Picture),
    ("webp", MediaKind::Picture),
    ("mp4", MediaKind::Video),
    ("webm", MediaKind::Video),
];

/// The folder. Cheap to clone.
#[derive(Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// What each file was at the last look.
    seen: Arc<Mutex<BTreeMap<String, Stamp>>>,
}

/// What the folder has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    /// What can be shown, by name.
    pub(super) files: Vec<Media>,
    /// What cannot.
    pub(super) left_out: Vec<LeftOut>,
    /// Why the folder cannot be read, if it cannot.
    pub(super) fault: Option<String>,
}

/// A file of the media folder that is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct LeftOut {
    /// Its name.
    name: String,
    /// Why.
    why: Why,
}

/// Why a file of the media folder is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Why {
    /// It is no picture and no video of a kind that every browser shows.
    Kind,
    /// Its name is too long, or holds a character that has a meaning in an address.
    Name,
    /// It is too large, or empty.
    Size,
    /// It is still being copied.
    Changing,
    /// There are enough already.
    TooMany,
}

/// By which a file is known to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified_ms: u128,
    bytes: u64,
}

impl Folder {
    /// A folder, made if it is not there. One that cannot be made is said when it is looked into.
    pub(super) fn open(path: PathBuf) -> Self {
        if let Err(error) = fs::create_dir_all(&path) {
            tracing::warn!(%error, path = %path.display(), "the media folder cannot be made");
        }
        Self { path, seen: Arc::default() }
    }

    /// Where a file is. Only for names that were listed.
    pub(super) fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// What it has when the hall starts: what is there then has been there before.
    pub(super) fn look_first(&self) -> Listing {
        self.look();
        self.look()
    }

    /// What it has.
    pub(super) fn look(&self) -> Listing {
        let found = match read(&self.path) {
            Ok(found) => found,
            Err(error) => return Listing { fault: Some(error.to_string()), ..Listing::default() },
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let listing = listed(&found, &seen);
        *seen = found;
        listing
    }
}

/// Every plain file by its name, hidden ones left out. Links are not followed: they may lead anywhere.
fn read(path: &Path) -> std::io::Result<BTreeMap<String, Stamp>> {
    let entries = fs::read_dir(path)?.filter_map(Result::ok);
    Ok(entries.filter_map(|entry| stamped(&entry)).collect())
}

fn stamped(entry: &DirEntry) -> Option<(String, Stamp)> {
    let name = entry.file_name().to_string_lossy().into_owned();
    // A file that has just gone is none; one that is hidden is nobody's business.
    let about = entry.metadata().ok().filter(|it| it.is_file() && !name.starts_with('.'))?;
    let modified = about.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    let modified_ms = modified.map_or(0, |since| since.as_millis());
    Some((name, Stamp { modified_ms, bytes: about.len() }))
}

fn listed(found: &BTreeMap<String, Stamp>, seen: &BTreeMap<String, Stamp>) -> Listing {
    let mut listing = Listing::default();
    for (name, stamp) in found {
        let is_still = seen.get(name) == Some(stamp);
        match judged(name, *stamp, is_still) {
            Ok(_) if listing.files.len() == MOST_FILES => {
                listing.left_out.push(LeftOut { name: name.clone(), why: Why::TooMany });
            }
            Ok(media) => listing.files.push(media),
            Err(why) => listing.left_out.push(LeftOut { name: name.clone(), why }),
        }
    }
    listing
}

/// Whether a file is shown, and as what.
fn judged(name: &str, stamp: Stamp, is_still: bool) -> Result<Media, Why> {
    let kind = kind_of(name).ok_or(Why::Kind)?;
    let is_odd = |it: char| it.is_control() || it == char::REPLACEMENT_CHARACTER;
    if name.len() > MOST_NAME_BYTES || name.contains(|it| NOT_IN_NAMES.contains(it) || is_odd(it)) {
        return Err(Why::Name);
    }
    let most = match kind {
        MediaKind::Picture => MOST_PICTURE_BYTES,
        MediaKind::Video => MOST_VIDEO_BYTES,
    };
    if !is_still {
        return Err(Why::Changing);
    }
    if !(1..=most).contains(&stamp.bytes) {
        return Err(Why::Size);
    }
    let revision = format!("{:x}-{:x}", stamp.modified_ms, stamp.bytes);
    Ok(Media { name: name.to_owned(), kind, revision })
}

fn kind_of(name: &str) -> Option<MediaKind> {
    let (stem, ending) = name.rsplit_once('.')?;
    let found = KINDS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known));
    found.filter(|_| !stem.is_empty()).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: Stamp = Stamp { modified_ms: 255, bytes: 16 };

    fn why(name: &str, stamp: Stamp) -> Option<Why> {
        judged(name, stamp, true).err()
    }

    #[test]
    fn pictures_and_videos_that_every_browser_shows_are_shown() {
        for name in ["a.jpg", "A.JPEG", "办事 指南(1).png", "a.b.webp"] {
            assert_eq!(judged(name, STAMP, true).map(|it| it.kind), Ok(MediaKind::Picture));
        }
        for name in ["a.mp4", "a.WebM"] {
            assert_eq!(judged(name, STAMP, true).map(|it| it.kind), Ok(MediaKind::Video));
        }
        for name in ["a.svg", "a.html", "a.gif", "png", "a.png.exe", "a"] {
            assert_eq!(why(name, STAMP), Some(Why::Kind), "{name}");
        }
    }

    #[test]
    fn names_that_mean_something_else_in_an_address_are_left_out() {
        for name in ["a?b.png", "a%2e.png", "a#.png", "..\\a.png", "a\n.png", "a\u{fffd}.png"] {
            assert_eq!(why(name, STAMP), Some(Why::Name), "{name:?}");
        }
        assert_eq!(why(&format!("{}.png", "图".repeat(60)), STAMP), Some(Why::Name));
    }

    #[test]
    fn size_has_bounds() {
        let of = |bytes| Stamp { bytes, ..STAMP };
        assert_eq!(why("a.png", of(0)), Some(Why::Size));
        assert_eq!(why("a.png", of(MOST_PICTURE_BYTES)), None);
        assert_eq!(why("a.png", of(MOST_PICTURE_BYTES + 1)), Some(Why::Size));
        assert_eq!(why("a.mp4", of(MOST_PICTURE_BYTES + 1)), None);
    }

    #[test]
    fn a_file_that_is_being_copied_waits_until_it_stands_still() {
        let at = |bytes| BTreeMap::from([("a.png".to_owned(), Stamp { bytes, ..STAMP })]);
        let first = listed(&at(1), &BTreeMap::new());
        assert_eq!(first.left_out, [LeftOut { name: "a.png".to_owned(), why: Why::Changing }]);
        assert!(listed(&at(2), &at(1)).files.is_empty());
        let whole = listed(&at(2), &at(2)).files;
        assert_eq!((whole[0].name.as_str(), whole[0].revision.as_str()), ("a.png", "ff-2"));
    }
}
