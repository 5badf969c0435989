//! A picture as ESC/POS: bands of `GS v 0`, which every thermal printer knows. White rows are fed instead
//! of sent, and a band is as narrow as what is on it.

use crate::bitmap::Bitmap;
use crate::escpos::{FEED_AND_CUT, INITIALISE, MOTION_IN_DOTS, feed_dots};

/// Most rows of one band: cheap printers hold no more at a time.
const BAND_ROWS: usize = 128;
/// White rows worth a feed; fewer are sent with the band.
const WORTH_A_FEED: usize = 4;

/// The whole job for a picture.
pub(crate) fn write(bitmap: &Bitmap) -> Vec<u8> {
    let rows: Vec<&[u8]> = bitmap.rows().collect();
    let mut bytes = [INITIALISE, MOTION_IN_DOTS].concat();
    let mut place = Place::Left;
    for strip in strips(&rows) {
        match strip {
            Strip::White(dots) => bytes.extend(feed_dots(dots)),
            Strip::Band(rows) => {
                let (wanted, columns) = narrowest(rows);
                if wanted != place {
                    bytes.extend([0x1b, b'a', wanted as u8]);
                    place = wanted;
                }
                write_band(&mut bytes, rows, columns);
            }
        }
    }
    bytes.extend(FEED_AND_CUT);
    bytes
}

/// What lies between two cuts across the paper.
enum Strip<'a> {
    White(u32),
    Band(&'a [&'a [u8]]),
}

/// Where the printer puts a band, as `ESC a` counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Left = 0,
    Centre = 1,
    Right = 2,
}

/// Bands of at most [`BAND_ROWS`], and the white between them.
fn strips<'a>(rows: &'a [&'a [u8]]) -> Vec<Strip<'a>> {
    let mut strips = Vec::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let white = rest.iter().take_while(|row| is_white(row)).count();
        let ink = ink_rows(&rest[white..]);
        if white > 0 {
            strips.push(Strip::White(u32::try_from(white).unwrap_or(u32::MAX)));
        }
        strips.extend(rest[white..white + ink].chunks(BAND_ROWS).map(Strip::Band));
        rest = &rest[white + ink..];
    }
    strips
}

/// How many rows there are before the next white worth a feed.
fn ink_rows(rows: &[&[u8]]) -> usize {
    let feed = rows.windows(WORTH_A_FEED).position(|rows| rows.iter().all(|row| is_white(row)));
    feed.unwrap_or(rows.len())
}

fn is_white(row: &[u8]) -> bool {
    row.iter().all(|byte| *byte == 0)
}

/// The place at which the fewest bytes of each row need be sent, and which bytes these are. In the middle,
/// as much is left out on the right as on the left, so that the dots stay where they are.
fn narrowest(rows: &[&[u8]]) -> (Place, std::ops::Range<usize>) {
    let stride = rows.first().map_or(0, |row| row.len());
    let first = |row: &&[u8]| row.iter().position(|byte| *byte != 0);
    let last = |row: &&[u8]| row.iter().rposition(|byte| *byte != 0);
    let left = rows.iter().filter_map(first).min().unwrap_or(0);
    let right = rows.iter().filter_map(last).max().map_or(1, |last| last + 1);
    let margin = left.min(stride - right);
    [
        (Place::Left, 0..right),
        (Place::Centre, margin..stride - margin),
        (Place::Right, left..stride),
    ]
    .into_iter()
    .min_by_key(|(_, columns)| columns.len())
    .expect("there are three places")
}

/// GS v 0: width in bytes and height in rows, low byte first, then the rows.
fn write_band(bytes: &mut Vec<u8>, rows: &[&[u8]], columns: std::ops::Range<usize>) {
    let low_first = |figure: usize| u16::try_from(figure).unwrap_or(u16::MAX).to_le_bytes();
    bytes.extend([0x1d, b'v', b'0', 0]);
    bytes.extend(low_first(columns.len()));
    bytes.extend(low_first(rows.len()));
    for row in rows {
        bytes.extend(&row[columns.clone()]);
    }
}
