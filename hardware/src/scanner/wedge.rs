//! A scanner that pretends to be a keyboard. Its keys are taken before the browser gets them, so that
//! neither the page's focus nor an input method can change a code.

use std::convert::Infallible;
use std::io;

use evdev::{Device, EventStream, EventType, KeyCode};

use super::feed::{Feed, Source, next_or_gap};
use super::{KeyDecoder, Scanner, ScannerFault};
use crate::line::Address;
use crate::{About, Answer};

/// A scanner that types. It is opened when first used, and again whenever it was unplugged.
pub struct WedgeScanner {
    feed: Feed,
}

impl WedgeScanner {
    /// The scanner at an address: `usb:VENDOR:PRODUCT` or `file:/dev/input/by-id/…-event-kbd`. No other
    /// address has keyboards; a scanner there is never reached.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self { feed: Feed::new(address) }
    }
}

/// Opens the keyboard and takes it away from everybody else.
fn open(address: &Address) -> io::Result<EventStream> {
    let mut device = find(address)?;
    device.grab()?;
    device.into_event_stream()
}

fn find(address: &Address) -> io::Result<Device> {
    match address {
        Address::File(path) => Device::open(path),
        Address::Usb { vendor, product, serial } => evdev::enumerate()
            .map(|(_, device)| device)
            .find(|device| {
                let id = device.input_id();
                // A scanner may have a second device, for its volume keys or its pointer.
                let types =
                    device.supported_keys().is_some_and(|it| it.contains(KeyCode::KEY_ENTER));
                let same = serial.is_none() || device.unique_name() == serial.as_deref();
                types && same && (id.vendor(), id.product()) == (*vendor, *product)
            })
            .ok_or_else(|| io::ErrorKind::NotFound.into()),
        Address::Tcp(_) | Address::Udp(_) | Address::Serial { .. } => {
            Err(io::ErrorKind::Unsupported.into())
        }
    }
}

/// Takes codes until the scanner is lost.
async fn read(address: Address, source: Source) -> io::Result<Infallible> {
    let mut keys = open(&address)?;
    source.is_here(keys.device().name());
    let mut decoder = KeyDecoder::default();
    loop {
        match next_or_gap(decoder.has_begun(), keys.next_event()).await.transpose()? {
            Some(event) if event.event_type() == EventType::KEY => {
                source.scanned(decoder.feed(event.code(), event.value()));
            }
            Some(_) => {}
            None => source.scanned(decoder.end()),
        }
    }
}

impl Scanner for WedgeScanner {
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
