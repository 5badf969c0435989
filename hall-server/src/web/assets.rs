//! The scripts and styles of the staff's own pages, inside the binary. What all pages share is in `ui`.

use axum::Router;
use rust_embed::RustEmbed;

use crate::hall::Hall;

/// Where they are served. Their modules import each other by relative paths and the shared ones from
/// `/assets/js`.
const PREFIX: &str = "/assets/hall";

#[derive(RustEmbed)]
#[folder = "assets/"]
struct HallAssets;

/// Serves them.
pub(crate) fn router() -> Router<Hall> {
    ui::assets::serve::<HallAssets, Hall>(PREFIX)
}

/// The address of one of them: `url("console/main.js")`.
pub(crate) fn url(path: &str) -> String {
    ui::assets::url_in::<HallAssets>(PREFIX, path)
}
