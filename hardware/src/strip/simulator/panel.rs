//! The face of a strip as a picture: round dots, lit or not, on black.

use png::{BitDepth, ColorType, Compression, Encoder};

use super::PictureFault;
use super::glyphs::{Glyphs, HALF_WIDTH, HEIGHT};
use crate::strip::{Colour, Face, width_of};

/// Pixels from one dot to the next.
const PITCH: usize = 6;
/// The radius of a dot, in half pixels.
const RADIUS: usize = 5;
/// Dots of black around the characters.
const FRAME: usize = 1;
/// What the pixels of the picture can be: black, a dot that is off, a dot that is on.
const BLACK: u8 = 0;
const OFF: u8 = 1;
const ON: u8 = 2;

/// Draws what a strip of so many half-widths shows.
pub(super) fn draw(face: &Face, width: u16, glyphs: &mut Glyphs) -> Result<Vec<u8>, PictureFault> {
    let columns = usize::from(width) * HALF_WIDTH;
    let dots = dots(&face.text, columns, glyphs)?;
    let (wide, high) = ((columns + 2 * FRAME) * PITCH, (HEIGHT + 2 * FRAME) * PITCH);
    let mut pixels = vec![BLACK; wide * high];
    for (index, lit) in dots.iter().enumerate() {
        let (row, column) = (index / columns + FRAME, index % columns + FRAME);
        for (y, x) in disc() {
            let place = (row * PITCH + y) * wide + column * PITCH + x;
            pixels[place] = if *lit { ON } else { OFF };
        }
    }
    encode(&pixels, wide, high, face.colour).map_err(|fault| PictureFault::Png(fault.to_string()))
}

/// Which dots are lit, a line after another.
fn dots(text: &str, columns: usize, glyphs: &mut Glyphs) -> Result<Vec<bool>, PictureFault> {
    let mut lit = vec![false; columns * HEIGHT];
    let mut left = 0;
    for (character, dots) in glyphs.of(text).ok_or(PictureFault::NoFont)? {
        let wide = usize::from(width_of(character)) * HALF_WIDTH;
        for (row, line) in dots.iter().enumerate() {
            for column in (0..wide).filter(|it| left + it < columns) {
                lit[row * columns + left + column] = line << column & 0x8000 != 0;
            }
        }
        left += wide;
    }
    Ok(lit)
}

/// The pixels of a dot, from the corner of its place.
fn disc() -> impl Iterator<Item = (usize, usize)> {
    let places = (0..PITCH).flat_map(|y| (0..PITCH).map(move |x| (y, x)));
    places.filter(|(y, x)| {
        let (dy, dx) = ((2 * y + 1).abs_diff(PITCH), (2 * x + 1).abs_diff(PITCH));
        dy * dy + dx * dx <= RADIUS * RADIUS
    })
}

fn encode(
    pixels: &[u8],
    wide: usize,
    high: usize,
    colour: Colour,
) -> Result<Vec<u8>, png::EncodingError> {
    let lit = match colour {
        Colour::Red => [0xff, 0x3b, 0x30],
        Colour::Green => [0x3d, 0xe0, 0x5a],
        Colour::Yellow => [0xff, 0xc8, 0x2e],
    };
    let mut picture = Vec::new();
    let mut encoder = Encoder::new(&mut picture, wide as u32, high as u32);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_palette([[0x0a, 0x0a, 0x0a], [0x24, 0x20, 0x20], lit].concat());
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(picture)
}
