//! A printer to try things on: the driver and the simulated printer, with a real line between them.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its part; a test may fail anywhere"
)]

use std::time::Duration;

use hardware::line::Address;
use hardware::printer::{
    EscposPrinter, Outcome, Picture, PrintJob, Printer, PrinterStatus, Profile, Row,
    SimulatedPrinter,
};
use tokio::time::{Instant, timeout};

/// Dots of 80 mm paper.
pub(crate) const DOTS: u32 = 576;
/// Longer than anything here may take.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);
/// How often a state is looked at while it is waited for.
const LOOK: Duration = Duration::from_millis(10);

/// Both sides.
pub(crate) struct Bench {
    pub(crate) simulated: SimulatedPrinter,
    pub(crate) printer: EscposPrinter,
}

/// A driver that is less patient than the usual one.
pub(crate) fn impatient() -> Profile {
    Profile {
        confirm_within: Duration::from_millis(1_500),
        answer_within: Duration::from_millis(500),
        stall: Duration::from_millis(1_000),
        poll_every: Duration::from_millis(200),
        ..Profile::default()
    }
}

/// A printer that prints at once.
pub(crate) fn simulated() -> SimulatedPrinter {
    SimulatedPrinter::with_printing_time(DOTS, Duration::ZERO)
}

pub(crate) fn over_tcp(simulated: &SimulatedPrinter) -> Address {
    Address::Tcp(simulated.serve_tcp().unwrap().to_string())
}

pub(crate) fn over_serial(simulated: &SimulatedPrinter) -> Address {
    Address::Serial { path: simulated.serve_pty().unwrap(), baud: 115_200 }
}

pub(crate) fn over_file(simulated: &SimulatedPrinter) -> Address {
    Address::File(simulated.serve_pty().unwrap())
}

/// Each kind of line that can be had without a device.
pub(crate) fn lines() -> [fn(&SimulatedPrinter) -> Address; 3] {
    [over_tcp, over_serial, over_file]
}

pub(crate) fn bench() -> Bench {
    bench_with(over_tcp, impatient())
}

pub(crate) fn bench_with(line: fn(&SimulatedPrinter) -> Address, profile: Profile) -> Bench {
    let simulated = simulated();
    let printer = EscposPrinter::new(line(&simulated), profile);
    Bench { simulated, printer }
}

impl Bench {
    pub(crate) async fn print(&self, job: PrintJob) -> Outcome {
        timeout(LIMIT, self.printer.print(job)).await.expect("a printer always answers")
    }

    pub(crate) async fn status(&self) -> PrinterStatus {
        timeout(LIMIT, self.printer.status()).await.expect("a printer always answers")
    }

    pub(crate) async fn until_status(&self, wanted: PrinterStatus) {
        let end = Instant::now() + LIMIT;
        loop {
            let status = self.status().await;
            if status == wanted {
                return;
            }
            assert!(Instant::now() < end, "the status stays {status:?}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until the printer itself is so.
    pub(crate) async fn until_simulated(&self, wanted: PrinterStatus) {
        let end = Instant::now() + LIMIT;
        while self.simulated.condition() != wanted {
            assert!(Instant::now() < end, "it stays {:?}", self.simulated.condition());
            tokio::time::sleep(LOOK).await;
        }
    }

    pub(crate) async fn until_cut(&self, slips: u64) {
        let mut cut = self.simulated.slips_cut();
        timeout(LIMIT, cut.wait_for(|count| *count >= slips)).await.unwrap().unwrap();
    }

    pub(crate) fn cut(&self) -> u64 {
        *self.simulated.slips_cut().borrow()
    }

    /// What the newest slip says, line by line.
    pub(crate) fn newest(&self) -> Vec<String> {
        lines_of(&self.simulated.pictures()[0])
    }
}

pub(crate) fn lines_of(picture: &Picture) -> Vec<String> {
    let text = |row: &Row| match row {
        Row::Text { runs, .. } => Some(runs.iter().map(|run| run.text.as_str()).collect()),
        _ => None,
    };
    picture.rows.iter().filter_map(text).filter(|it: &String| !it.is_empty()).collect()
}

/// A slip in the printer's own letters: its number, and lines enough to stop in the middle of.
pub(crate) fn text_slip(number: &str) -> PrintJob {
    let mut bytes = b"\x1b@\x1c&".to_vec();
    bytes.extend(format!("{number}\n").bytes());
    for line in 1..=8 {
        bytes.extend(format!("{number} line {line}\n").bytes());
    }
    bytes.extend(b"\x1dV\x42\x00");
    PrintJob { name: number.to_owned(), bytes }
}

/// Rows of dots of a slip that is a picture.
pub(crate) const PICTURE_ROWS: usize = 200;

/// A slip that is one picture: every byte of it is `shade`.
pub(crate) fn picture_slip(shade: u8) -> PrintJob {
    let stride = (DOTS / 8) as u8;
    let mut bytes = b"\x1b@".to_vec();
    bytes.extend([0x1d, b'v', b'0', 0, stride, 0, PICTURE_ROWS as u8, 0]);
    bytes.extend(vec![shade; usize::from(stride) * PICTURE_ROWS]);
    bytes.extend(b"\x1dV\x42\x00");
    PrintJob { name: format!("{shade}"), bytes }
}

/// The dots of a picture, a byte for eight of them; black is 1.
pub(crate) fn dots_of(picture: &Picture) -> Vec<u8> {
    let file = picture.png.as_deref().expect("a slip of pictures alone");
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut dots).unwrap();
    dots.iter().map(|byte| !byte).collect()
}
