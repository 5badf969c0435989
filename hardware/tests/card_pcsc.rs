//! A social-security card through PC/SC, on Debian's virtual reader. Not part of a usual run:
//!
//! ```text
//! apt install libpcsclite-dev pcscd vsmartcard-vpcd
//! pcscd -f &
//! cargo test -p hardware --features pcsc --test card_pcsc -- --ignored
//! ```
#![cfg(feature = "pcsc")]

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use hardware::card::{ApduProfile, CardFault, CardKind, CardReader, PcscReader};

/// Where the virtual reader takes its card.
const SLOT: &str = "127.0.0.1:35963";
const LIMIT: Duration = Duration::from_secs(20);
const NUMBER: &[u8] = b"219900198005020012";

/// A made-up card that lies on the virtual reader until the line is shut down.
struct VirtualCard {
    line: TcpStream,
    thread: JoinHandle<()>,
}

impl VirtualCard {
    fn place(record: fn(&[u8]) -> Vec<u8>) -> io::Result<Self> {
        let line = TcpStream::connect(SLOT)?;
        let mut end = line.try_clone()?;
        // It ends with the line.
        let thread = thread::spawn(move || while answer(&mut end, record).is_ok() {});
        Ok(Self { line, thread })
    }

    fn lift(self) -> io::Result<()> {
        self.line.shutdown(std::net::Shutdown::Both)?;
        self.thread.join().map_err(|_| io::ErrorKind::Other.into())
    }
}

/// A message has two bytes of length; one byte switches the card off, on, resets it or asks for its ATR.
fn answer(line: &mut TcpStream, record: fn(&[u8]) -> Vec<u8>) -> io::Result<()> {
    let mut length = [0; 2];
    line.read_exact(&mut length)?;
    let mut message = vec![0; u16::from_be_bytes(length).into()];
    line.read_exact(&mut message)?;
    let reply = match message[..] {
        [4] => vec![0x3b, 0x80, 0x80, 0x01, 0x01],
        [_] => return Ok(()),
        _ => record(&message),
    };
    line.write_all(&(reply.len() as u16).to_be_bytes())?;
    line.write_all(&reply)
}

fn social_security(command: &[u8]) -> Vec<u8> {
    let value: &[u8] = match command {
        [0x00, 0xa4, ..] => return vec![0x90, 0x00],
        [0x00, 0xb2, 0x08, ..] => NUMBER,
        [0x00, 0xb2, 0x09, ..] => &[0xba, 0xcf, 0xb3, 0xc9],
        _ => return vec![0x6a, 0x82],
    };
    let head = [command[2], value.len() as u8];
    [&head[..], value, &[0x90, 0x00]].concat()
}

fn bank(_: &[u8]) -> Vec<u8> {
    vec![0x6a, 0x82]
}

#[tokio::test]
#[ignore = "needs a running pcscd with Debian's virtual reader"]
async fn a_social_security_card_is_read_once_while_it_lies_there() {
    let reader = PcscReader::new(Some("Virtual PCD".to_owned()), ApduProfile::default());
    assert_eq!(reader.status().await, Ok(()));
    let card = VirtualCard::place(social_security).expect("the virtual reader listens");
    let read = tokio::time::timeout(LIMIT, reader.read()).await.expect("an answer in time");
    let read = read.expect("a good card");
    assert_eq!((read.kind, read.number.as_bytes()), (CardKind::SocialSecurity, NUMBER));
    assert_eq!(read.name, "合成");
    let again = tokio::time::timeout(Duration::from_secs(2), reader.read()).await;
    assert!(again.is_err(), "it has not left");
    card.lift().expect("the line ends");
    let placing = async {
        // The virtual reader notices a lifted card once a second.
        tokio::time::sleep(Duration::from_secs(3)).await;
        VirtualCard::place(bank).expect("the virtual reader listens")
    };
    let (read, card) = tokio::join!(tokio::time::timeout(LIMIT, reader.read()), placing);
    assert_eq!(read.expect("an answer in time"), Err(CardFault::Unreadable));
    card.lift().expect("the line ends");
}

#[tokio::test]
async fn without_such_a_reader_it_is_gone() {
    let reader = PcscReader::new(Some("no reader is called so".to_owned()), ApduProfile::default());
    assert_eq!(reader.status().await, Err(CardFault::ReaderGone));
    assert_eq!(reader.read().await, Err(CardFault::ReaderGone));
}
