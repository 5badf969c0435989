//! What comes out of the printer, as a picture.

use slip::{Content, Mode, Paper, Press, Template};

use super::fault::SlipsFault;
use crate::web::fault::Fault;

/// Draws a slip as PNG, away from the async threads.
pub(super) async fn draw(
    template: Template,
    content: Content,
    paper: Paper,
) -> Result<Vec<u8>, Fault> {
    let press = Press { paper, mode: Mode::Raster, ..Press::default() };
    let task = tokio::task::spawn_blocking(move || {
        press.picture(&template, &content).map(|picture| picture.to_png())
    });
    let drawn = task.await.map_err(|_| Fault::Internal)?;
    Ok(drawn.map_err(SlipsFault::from)?)
}
