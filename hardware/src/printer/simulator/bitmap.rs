//! A slip of pictures alone, dot by dot: what the head burnt, and nothing added.

use super::rows::{Align, Row};

/// Rows of dots of an empty line.
const LINE: usize = 30;
/// All white: in the picture's format a set bit is white, on the head's it is black.
const WHITE: u8 = 0xff;

/// The slip as PNG, one bit to a dot; `None` if anything but pictures and white is on it.
pub(super) fn draw(rows: &[Row], width: u32) -> Option<Vec<u8>> {
    if !rows.iter().any(|row| matches!(row, Row::Raster { .. })) {
        return None;
    }
    let stride = width.div_ceil(8) as usize;
    let mut dots = Vec::new();
    for row in rows {
        match row {
            Row::Raster { stride: length, dots: picture, align } => {
                picture_rows(&mut dots, picture.chunks(*length.max(&1)), stride, *align);
            }
            Row::Feed(count) => white(&mut dots, usize::from(*count), stride),
            Row::Text { runs, .. } if runs.is_empty() => white(&mut dots, LINE, stride),
            Row::Text { .. } | Row::Qr { .. } => return None,
        }
    }
    encode(&dots, width, (dots.len() / stride.max(1)) as u32).ok()
}

fn white(dots: &mut Vec<u8>, rows: usize, stride: usize) {
    dots.resize(dots.len() + rows * stride, WHITE);
}

fn picture_rows<'a>(
    dots: &mut Vec<u8>,
    rows: impl Iterator<Item = &'a [u8]>,
    stride: usize,
    align: Align,
) {
    for row in rows {
        // What is wider than the head is lost.
        let row = &row[..row.len().min(stride)];
        let free = stride - row.len();
        let before = match align {
            Align::Left => 0,
            Align::Centre => free / 2,
            Align::Right => free,
        };
        dots.resize(dots.len() + before, WHITE);
        dots.extend(row.iter().map(|byte| !byte));
        dots.resize(dots.len() + free - before, WHITE);
    }
}

fn encode(dots: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.write_header()?.write_image_data(dots)?;
    Ok(file)
}
