//! Black dots on white paper, one bit each: what a thermal printer burns.

/// A picture one bit deep and as wide as the paper.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitmap {
    stride: usize,
    /// Row after row; the highest bit of a row's first byte is its leftmost dot, and a set bit is black.
    bits: Vec<u8>,
}

impl std::fmt::Debug for Bitmap {
    /// Says its size; nobody reads dots.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bitmap({} × {})", self.width(), self.height())
    }
}

impl Bitmap {
    /// White paper of `width` dots, a multiple of eight, and no length yet.
    pub(crate) fn new(width: u32) -> Self {
        Self { stride: width as usize / 8, bits: Vec::new() }
    }

    /// Dots from left to right.
    #[must_use]
    pub fn width(&self) -> u32 {
        u32::try_from(self.stride * 8).unwrap_or(u32::MAX)
    }

    /// Dots from top to bottom; the last row has ink.
    #[must_use]
    pub fn height(&self) -> u32 {
        u32::try_from(self.bits.len() / self.stride.max(1)).unwrap_or(u32::MAX)
    }

    /// Whether there is ink. Outside the paper there is none.
    #[must_use]
    pub fn is_black(&self, x: u32, y: u32) -> bool {
        let byte = self.bits.get(y as usize * self.stride + x as usize / 8);
        x < self.width() && byte.is_some_and(|byte| byte & (0x80 >> (x % 8)) != 0)
    }

    /// Makes a dot black. The paper grows downwards as needed; beside it nothing is drawn.
    pub(crate) fn blacken(&mut self, x: i32, y: i32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.stride * 8 {
            return;
        }
        let length = (y + 1) * self.stride;
        if self.bits.len() < length {
            self.bits.resize(length, 0);
        }
        self.bits[y * self.stride + x / 8] |= 0x80 >> (x % 8);
    }

    /// Makes a rectangle black.
    pub(crate) fn fill(&mut self, left: i32, top: i32, width: i32, height: i32) {
        for y in top..top + height {
            for x in left..left + width {
                self.blacken(x, y);
            }
        }
    }

    /// The rows, each `width / 8` bytes.
    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.bits.chunks_exact(self.stride.max(1))
    }

    /// The picture as a PNG, one bit deep.
    #[must_use]
    pub fn to_png(&self) -> Vec<u8> {
        // A picture without rows is no PNG.
        let blank = vec![0; self.stride];
        let bits = if self.bits.is_empty() { &blank } else { &self.bits };
        // In a PNG it is the set bit that is white.
        let white: Vec<u8> = bits.iter().map(|byte| !byte).collect();
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, self.width(), self.height().max(1));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&white))
            .expect("sizes agree, and memory takes every byte");
        png
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_where_they_were_put_and_nowhere_beside_the_paper() {
        let mut bitmap = Bitmap::new(16);
        for (x, y) in [(0, 0), (9, 2), (16, 2), (-1, 0), (3, -1)] {
            bitmap.blacken(x, y);
        }
        assert_eq!((bitmap.width(), bitmap.height()), (16, 3));
        let rows: Vec<&[u8]> = bitmap.rows().collect();
        assert_eq!(rows, [[0x80, 0], [0, 0], [0, 0x40]]);
        assert!(bitmap.is_black(9, 2) && !bitmap.is_black(8, 2) && !bitmap.is_black(25, 1));
    }

    #[test]
    fn a_png_has_the_same_dots() {
        let mut bitmap = Bitmap::new(8);
        bitmap.fill(2, 1, 3, 2);
        let png = bitmap.to_png();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("it is small")];
        reader.next_frame(&mut bytes).expect("a picture");
        assert_eq!(bytes, [0xff, 0b1100_0111, 0b1100_0111]);
        assert!(!Bitmap::new(8).to_png().is_empty());
    }
}
