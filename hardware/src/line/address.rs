//! Where a device is, as a configuration says it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where a device is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// On the network, as host and port: `tcp:10.0.0.7:9100`.
    Tcp(String),
    /// On the network, each piece that is written a datagram of its own: `udp:10.0.0.7:8453`.
    Udp(String),
    /// On a serial port: `serial:/dev/ttyS1`, `serial:/dev/ttyUSB0@9600`.
    Serial {
        /// Which port.
        path: PathBuf,
        /// Bits in a second.
        baud: u32,
    },
    /// Behind a device file of its own: `file:/dev/usb/lp0`.
    File(PathBuf),
    /// On USB, by vendor and product: `usb:04b8:0202`, and perhaps a serial number: `usb:04b8:0202:X1`.
    Usb {
        /// The vendor's id.
        vendor: u16,
        /// The product's id.
        product: u16,
        /// The serial number, where there are several.
        serial: Option<String>,
    },
}

/// The usual speed of a serial port.
const USUAL_BAUD: u32 = 115_200;

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no address of a device; write tcp:HOST:PORT, udp:HOST:PORT, serial:/dev/ttyS1@9600, file:/dev/usb/lp0 or usb:VENDOR:PRODUCT"
)]
pub struct AddressFault {
    text: String,
}

impl FromStr for Address {
    type Err = AddressFault;

    fn from_str(text: &str) -> Result<Self, AddressFault> {
        parse(text).ok_or_else(|| AddressFault { text: text.to_owned() })
    }
}

fn parse(text: &str) -> Option<Address> {
    let (kind, rest) = text.split_once(':')?;
    match kind {
        "tcp" | "udp" => {
            let (host, port) = rest.rsplit_once(':')?;
            let valid = !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0);
            let place = if kind == "tcp" { Address::Tcp } else { Address::Udp };
            valid.then(|| place(rest.to_owned()))
        }
        "serial" => {
            let (path, baud) = match rest.split_once('@') {
                Some((path, baud)) => (path, baud.parse().ok().filter(|baud| *baud > 0)?),
                None => (rest, USUAL_BAUD),
            };
            path.starts_with('/').then(|| Address::Serial { path: path.into(), baud })
        }
        "file" => rest.starts_with('/').then(|| Address::File(rest.into())),
        "usb" => {
            let mut parts = rest.splitn(3, ':');
            let mut id = || u16::from_str_radix(parts.next()?, 16).ok();
            let (vendor, product) = (id()?, id()?);
            let serial = parts.next().map(str::to_owned);
            Some(Address::Usb { vendor, product, serial })
        }
        _ => None,
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(host) => write!(f, "tcp:{host}"),
            Self::Udp(host) => write!(f, "udp:{host}"),
            Self::Serial { path, baud } => write!(f, "serial:{}@{baud}", path.display()),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Usb { vendor, product, serial } => {
                write!(f, "usb:{vendor:04x}:{product:04x}")?;
                serial.iter().try_for_each(|serial| write!(f, ":{serial}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for text in [
            "tcp:printer.hall:9100",
            "tcp:[fe80::1]:9100",
            "udp:10.0.0.7:8453",
            "serial:/dev/ttyUSB0@9600",
            "file:/dev/usb/lp0",
            "usb:04b8:0202",
            "usb:04b8:0202:X1:2",
        ] {
            assert_eq!(text.parse::<Address>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        let usual = Address::Serial { path: "/dev/ttyS1".into(), baud: USUAL_BAUD };
        assert_eq!("serial:/dev/ttyS1".parse(), Ok(usual));
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_ways_to_write_one() {
        for text in [
            "",
            "tcp",
            "tcp:host",
            "tcp::9100",
            "tcp:h:0",
            "udp:h",
            "serial:ttyS1",
            "usb:4b8",
            "lpt:1",
        ] {
            let fault = text.parse::<Address>().expect_err(text);
            assert!(fault.to_string().contains("tcp:HOST:PORT"), "{fault}");
        }
    }
}
