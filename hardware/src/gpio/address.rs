//! Which line, as a configuration says it.

use std::fmt;
use std::str::FromStr;

/// Which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineAddress {
    /// A pin of a Raspberry Pi, by its BCM number: `bcm:17`.
    Raspberry {
        /// The BCM number.
        pin: u8,
        /// On when the pin is low: `bcm:17:low`.
        active_low: bool,
    },
    /// A line of any board, by the name its maker gave it: `gpio:GPIO17`.
    Named {
        /// The name, as `gpioinfo` prints it.
        name: String,
        /// On when the line is low: `gpio:GPIO17:low`.
        active_low: bool,
    },
}

/// Why a text names no line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` names no line; write bcm:17, gpio:GPIO17, or either with :low")]
pub struct LineAddressFault {
    text: String,
}

/// What stands behind a line that is on when it is low.
const LOW: &str = ":low";

impl FromStr for LineAddress {
    type Err = LineAddressFault;

    fn from_str(text: &str) -> Result<Self, LineAddressFault> {
        let (line, active_low) = match text.strip_suffix(LOW) {
            Some(line) => (line, true),
            None => (text, false),
        };
        let fault = || LineAddressFault { text: text.to_owned() };
        match line.split_once(':') {
            Some(("bcm", pin)) => {
                pin.parse().map(|pin| Self::Raspberry { pin, active_low }).map_err(|_| fault())
            }
            Some(("gpio", name)) if !name.is_empty() => {
                Ok(Self::Named { name: name.to_owned(), active_low })
            }
            _ => Err(fault()),
        }
    }
}

impl fmt::Display for LineAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let active_low = match self {
            Self::Raspberry { pin, active_low } => {
                write!(f, "bcm:{pin}")?;
                active_low
            }
            Self::Named { name, active_low } => {
                write!(f, "gpio:{name}")?;
                active_low
            }
        };
        f.write_str(if *active_low { LOW } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        for text in ["bcm:17", "bcm:4:low", "gpio:GPIO17", "gpio:PC 4:low"] {
            assert_eq!(text.parse::<LineAddress>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "17", "bcm:", "bcm:x", "gpio:", "gpio::low", "bcm:300"] {
            let fault = text.parse::<LineAddress>().expect_err(text);
            assert!(fault.to_string().contains("bcm:17"), "{fault}");
        }
    }
}
