//! What is on a slip, row by row.

/// Where a row stands between the edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// How characters are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Times the usual width, 1 to 8.
    pub wide: u8,
    /// Times the usual height, 1 to 8.
    pub high: u8,
    /// Whether emphasised.
    pub bold: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { wide: 1, high: 1, bold: false }
    }
}

/// Characters in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// How they are set.
    pub style: Style,
}

/// What was put on the paper, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line of text; without runs it is an empty line.
    Text {
        /// Its runs, from left to right.
        runs: Vec<Run>,
        /// Where it stands.
        align: Align,
    },
    /// A QR code.
    Qr {
        /// What it says.
        data: String,
        /// Dots of one module.
        module: u8,
        /// Error correction, `0` to `3` for L, M, Q, H.
        correction: u8,
        /// Where it stands.
        align: Align,
    },
    /// A picture, dot by dot.
    Raster {
        /// Bytes of one row of dots; a set bit is a black dot, the highest is the leftmost.
        stride: usize,
        /// Its dots, row by row.
        dots: Vec<u8>,
        /// Where it stands.
        align: Align,
    },
    /// So many rows of dots without any.
    Feed(u8),
}

impl Row {
    fn is_blank(&self) -> bool {
        match self {
            Self::Text { runs, .. } => runs.iter().all(|run| run.text.trim().is_empty()),
            Self::Qr { .. } => false,
            Self::Raster { dots, .. } => dots.iter().all(|byte| *byte == 0),
            Self::Feed(_) => true,
        }
    }
}

/// A piece of paper that was cut off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    /// What is on it.
    pub rows: Vec<Row>,
    /// Bytes that were not understood; a real printer prints rubbish for them.
    pub unknown: usize,
}

impl Slip {
    /// Whether there is nothing on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.rows.iter().all(Row::is_blank) && self.unknown == 0
    }
}
