//! A scanner on a serial line: a USB scanner in its serial mode, or one behind a converter on the network.

use std::convert::Infallible;
use std::io;

use tokio::io::AsyncReadExt;

use super::feed::{Feed, Source, next_or_gap};
use super::{Scanner, ScannerFault, SerialDecoder};
use crate::line::{self, Address};
use crate::{About, Answer};

/// Bytes read at once.
const CHUNK: usize = 256;

/// A scanner that sends bytes. It is opened when first used, and again whenever it was unplugged. An RS-232
/// port cannot tell whether a scanner hangs on it: there, reachable means that the port is.
pub struct SerialScanner {
    feed: Feed,
}

impl SerialScanner {
    /// The scanner at an address.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self { feed: Feed::new(address) }
    }
}

/// Takes codes until the line is lost.
async fn read(address: Address, source: Source) -> io::Result<Infallible> {
    let mut line = line::open(&address).await?;
    source.is_here(None);
    let mut decoder = SerialDecoder::default();
    let mut chunk = [0; CHUNK];
    loop {
        match next_or_gap(decoder.has_begun(), line.read(&mut chunk)).await.transpose()? {
            Some(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Some(length) => source.scanned(decoder.feed(&chunk[..length])),
            None => source.scanned(decoder.end()),
        }
    }
}

impl Scanner for SerialScanner {
    fn scan(&self) -> Answer<'_, Result<String, ScannerFault>> {
        self.feed.start(read);
        Box::pin(self.feed.next())
    }

    fn status(&self) -> Answer<'_, Result<(), ScannerFault>> {
        self.feed.start(read);
        Box::pin(self.feed.status())
    }

    fn about(&self) -> About {
        self.feed.about()
    }
}
