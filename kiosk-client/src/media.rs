//! The pictures of the slides: which there are, looked up now and then.

use std::path::Path;
use std::time::Duration;

use crate::flow::Event;
use crate::kiosk::Kiosk;
use crate::pages::is_picture;

/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// More are not shown.
const MOST_PICTURES: usize = 100;

/// Tells the flow for ever which pictures there are.
pub(crate) async fn list_pictures(kiosk: Kiosk) {
    let Some(folder) = kiosk.media_dir().map(Path::to_owned) else { return };
    loop {
        kiosk.happen(Event::Pictures(pictures_in(&folder).await));
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// In the order of their names.
async fn pictures_in(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(mut entries) = tokio::fs::read_dir(folder).await else { return names };
    while let Ok(Some(entry)) = entries.next_entry().await {
        names.extend(entry.file_name().into_string().ok().filter(|name| is_picture(name)));
    }
    names.sort();
    names.truncate(MOST_PICTURES);
    names
}
