//! Scanners of QR codes and barcodes: what stands in a code comes in as one text. A scanner is a serial
//! device ([`SerialScanner`], the better way) or pretends to be a keyboard ([`WedgeScanner`]).

mod bytes;
mod feed;
mod keys;
mod serial;
mod simulator;
mod wedge;

use std::sync::Arc;
use std::time::Duration;

pub use bytes::SerialDecoder;
pub use keys::{KEY_DOWN, KEY_UP, KeyDecoder};
pub use serial::SerialScanner;
pub use simulator::SimulatedScanner;
pub use wedge::WedgeScanner;

use crate::line::Address;
use crate::{About, Answer};

/// The longest code, in bytes as the scanner sends them; what is longer is nobody's ticket.
pub const LONGEST_CODE: usize = 512;

/// A scanner that is silent for so long has sent the whole code, also if it adds no mark of an end.
pub const GAP: Duration = Duration::from_millis(50);

/// Why nothing can be scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScannerFault {
    /// The scanner cannot be reached.
    #[error("the scanner does not answer")]
    Gone,
}

/// A scanner.
pub trait Scanner: Send + Sync {
    /// Waits for the next code. Codes scanned while nobody waits are forgotten. A scanner that is away is
    /// waited for some seconds, so that whoever asks again and again does not run hot.
    fn scan(&self) -> Answer<'_, Result<String, ScannerFault>>;

    /// Whether it can be reached.
    fn status(&self) -> Answer<'_, Result<(), ScannerFault>>;

    /// Says what it is, as far as it has told.
    fn about(&self) -> About;
}

/// The scanner at an address: `serial:` and `tcp:` send bytes; `usb:` and `file:` (in `/dev/input`) are
/// keyboards. Nothing is opened before it is used.
#[must_use]
pub fn at(address: Address) -> Arc<dyn Scanner> {
    match address {
        Address::Serial { .. } | Address::Tcp(_) | Address::Udp(_) => {
            Arc::new(SerialScanner::new(address))
        }
        Address::Usb { .. } | Address::File(_) => Arc::new(WedgeScanner::new(address)),
    }
}
