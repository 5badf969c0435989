//! Social-security cards and others with a chip. What is said to them is a profile, because regions differ;
//! with the feature `pcsc` a reader on this machine is asked through PC/SC.

mod apdu;
mod profile;
#[cfg(feature = "pcsc")]
mod reader;

pub use apdu::{Apdu, ApduFault, Transmit};
pub use profile::ApduProfile;
#[cfg(feature = "pcsc")]
pub use reader::PcscReader;
