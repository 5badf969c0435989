//! The paper slips are printed on.

/// The paper a printer is loaded with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 58 mm: 384 dots, 16 Chinese characters a line.
    Mm58,
    /// 80 mm: 576 dots, 24 Chinese characters a line.
    #[default]
    Mm80,
}

impl Paper {
    /// Dots in one line.
    #[must_use]
    pub fn dots(self) -> u32 {
        match self {
            Self::Mm58 => 384,
            Self::Mm80 => 576,
        }
    }

    /// Latin characters in one line; a Chinese character takes two.
    #[must_use]
    pub fn columns(self) -> usize {
        match self {
            Self::Mm58 => 32,
            Self::Mm80 => 48,
        }
    }

    /// The paper of this width in millimetres, if printers have it.
    #[must_use]
    pub fn of_mm(mm: u32) -> Option<Self> {
        match mm {
            58 => Some(Self::Mm58),
            80 => Some(Self::Mm80),
            _ => None,
        }
    }
}
