//! The least a printer does: takes a job's bytes apart and puts dots on paper. It knows the commands that
//! slips use and refuses any other.

use slip::Paper;

/// What came out.
#[derive(Default)]
pub(crate) struct Printed {
    /// Dots of the pictures and the white between, row by row, down to the last picture.
    pub(crate) rows: Vec<Vec<bool>>,
    /// Rows of text that were printed.
    pub(crate) texts: usize,
    /// Columns of the widest of them.
    pub(crate) widest_row: usize,
    /// Rows of the highest band.
    pub(crate) highest_band: usize,
    /// How often it cut.
    pub(crate) cuts: usize,
    white: usize,
    align: u8,
    scale: usize,
    columns: usize,
}

impl Printed {
    /// Prints a job.
    pub(crate) fn of(bytes: &[u8], paper: Paper) -> Result<Self, String> {
        let mut printed = Self { scale: 1, ..Self::default() };
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            let taken = printed.take(rest, paper).ok_or_else(|| format!("{:x?}", head(rest)))?;
            if first >= 0x20 {
                printed.columns += taken * printed.scale;
            }
            rest = rest.get(taken..).ok_or("a command is cut short")?;
        }
        Ok(printed)
    }

    /// Carries out what stands first and says how many bytes that was.
    fn take(&mut self, bytes: &[u8], paper: Paper) -> Option<usize> {
        Some(match *bytes {
            [0x1b, b'@', ..] | [0x1c, b'&', ..] => 2,
            [0x1b, b'E' | b'3', _, ..] => 3,
            [0x1d, b'P', 203, 203, ..] => 4,
            [0x1b, b'a', align, ..] => {
                self.align = align;
                3
            }
            [0x1d, b'!', size, ..] => {
                self.scale = usize::from(size >> 4) + 1;
                3
            }
            [0x1b, b'J', dots, ..] => {
                self.white += usize::from(dots);
                3
            }
            [0x1d, b'(', b'k', low, high, ..] => 5 + number(low, high),
            [0x1d, b'v', b'0', 0, x_low, x_high, y_low, y_high, ref data @ ..] => {
                let (stride, height) = (number(x_low, x_high), number(y_low, y_high));
                self.band(data.get(..stride * height)?, stride, paper);
                8 + stride * height
            }
            [0x1d, b'V', 66, 0, ..] => {
                self.cuts += 1;
                4
            }
            [b'\n', ..] => {
                self.widest_row = self.widest_row.max(self.columns);
                self.texts += 1;
                self.columns = 0;
                1
            }
            // The second byte of a character may look like anything.
            [0x80..=0xfe, _, ..] => 2,
            [0x20..=0x7e, ..] => 1,
            _ => return None,
        })
    }

    fn band(&mut self, data: &[u8], stride: usize, paper: Paper) {
        let width = paper.dots() as usize;
        let free = width - stride * 8;
        let left = [0, free / 2, free][usize::from(self.align)];
        self.rows.extend(std::iter::repeat_n(vec![false; width], std::mem::take(&mut self.white)));
        self.highest_band = self.highest_band.max(data.len() / stride);
        for bytes in data.chunks_exact(stride) {
            let mut row = vec![false; width];
            for (x, dot) in row[left..left + stride * 8].iter_mut().enumerate() {
                *dot = bytes[x / 8] & (0x80 >> (x % 8)) != 0;
            }
            self.rows.push(row);
        }
    }
}

fn number(low: u8, high: u8) -> usize {
    usize::from(u16::from_le_bytes([low, high]))
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(8)]
}
