//! The driver when the line fails: silence, a line that drops in the middle of a slip, a printer that is
//! switched off and on.

#[path = "printer/bench.rs"]
mod bench;

use std::net::TcpListener;
use std::time::Duration;

use bench::{
    Bench, LIMIT, bench, bench_with, dots_of, impatient, lines, lines_of, over_file, over_serial,
    over_tcp, picture_slip, simulated, text_slip,
};
use hardware::line::Address;
use hardware::printer::{EscposPrinter, Outcome, Printer, PrinterFault, PrinterStatus};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout};

use PrinterFault::{PaperOut, Silent};

/// Within this a silent printer is known to be silent.
const KNOWN_SILENT: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_silent_printer_is_known_within_two_seconds_and_again_when_it_speaks() {
    for line in lines() {
        let bench = bench_with(line, impatient());
        bench.until_status(PrinterStatus::Ready).await;
        bench.simulated.set_status(PrinterStatus::Down(Silent));
        let asked = Instant::now();
        assert_eq!(bench.status().await, PrinterStatus::Down(Silent));
        assert!(asked.elapsed() < KNOWN_SILENT);
        assert_eq!(bench.print(text_slip("A001")).await, Outcome::NotPrinted(Silent));
        bench.simulated.set_status(PrinterStatus::Ready);
        bench.until_status(PrinterStatus::Ready).await;
        assert_eq!(bench.print(text_slip("A002")).await, Outcome::Printed);
        assert_eq!((bench.cut(), bench.newest()[0].as_str()), (1, "A002"));
    }
}

/// Nothing listens, a name that leads nowhere, a device that is not plugged in.
#[tokio::test]
async fn a_printer_that_is_not_there_is_silent() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for address in [
        format!("tcp:{free}"),
        "file:/dev/usb/lp99".to_owned(),
        "serial:/dev/ttyS99@9600".to_owned(),
        "usb:04b8:ffff".to_owned(),
    ] {
        let printer = EscposPrinter::new(address.parse().unwrap(), impatient());
        let asked = Instant::now();
        assert_eq!(printer.status().await, PrinterStatus::Down(Silent), "{address}");
        assert!(asked.elapsed() < KNOWN_SILENT);
        let outcome = printer.print(text_slip("A001")).await;
        assert_eq!(outcome, Outcome::NotPrinted(Silent), "{address}");
        assert_eq!(printer.about().address, address);
    }
}

/// It takes the call and never says a word.
#[tokio::test]
async fn a_printer_with_the_usual_patience_that_never_answers_is_known_within_two_seconds() {
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = Address::Tcp(mute.local_addr().unwrap().to_string());
    let printer = EscposPrinter::new(address, hardware::printer::Profile::default());
    for _ in 0..2 {
        let asked = Instant::now();
        assert_eq!(printer.status().await, PrinterStatus::Down(Silent));
        assert!(asked.elapsed() < KNOWN_SILENT);
    }
}

#[tokio::test]
async fn a_printer_may_be_switched_on_later() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = port.local_addr().unwrap();
    drop(port);
    let simulated = simulated();
    let printer = EscposPrinter::new(Address::Tcp(address.to_string()), impatient());
    let bench = Bench { simulated, printer };
    assert_eq!(bench.status().await, PrinterStatus::Down(Silent));
    bench.simulated.serve_on(TcpListener::bind(address).unwrap()).unwrap();
    bench.until_status(PrinterStatus::Ready).await;
    assert_eq!(bench.print(text_slip("A001")).await, Outcome::Printed);
}

#[tokio::test]
async fn a_printer_that_was_switched_off_and_on_prints_the_next_slip() {
    for line in lines() {
        let bench = bench_with(line, impatient());
        for number in ["A001", "A002", "A003"] {
            assert_eq!(bench.print(text_slip(number)).await, Outcome::Printed);
            bench.simulated.restart();
        }
        assert_eq!(bench.cut(), 3);
    }
}

#[tokio::test]
async fn a_printer_that_falls_silent_in_the_middle_of_a_slip_leaves_a_doubt() {
    for line in lines() {
        let bench = bench_with(line, impatient());
        bench.until_status(PrinterStatus::Ready).await;
        bench.simulated.set_status_after(40, PrinterStatus::Down(Silent));
        assert_eq!(bench.print(text_slip("A001")).await, Outcome::Doubtful(Silent));
        bench.simulated.set_status(PrinterStatus::Ready);
        bench.until_status(PrinterStatus::Ready).await;
        assert_eq!(bench.print(text_slip("A002")).await, Outcome::Printed);
        let newest = bench.newest();
        assert!(newest.iter().all(|line| line.starts_with("A002")), "{newest:?}");
    }
}

/// Wherever the line drops, the slip is not printed twice, and the next one is whole.
#[tokio::test]
async fn a_line_that_drops_in_the_middle_of_a_slip_does_not_spoil_the_next() {
    for bytes in [20, 33, 60, 100, 111] {
        let bench = bench();
        bench.until_status(PrinterStatus::Ready).await;
        bench.simulated.drop_line_after(bytes);
        let outcome = bench.print(text_slip("A001")).await;
        assert!(matches!(outcome, Outcome::Doubtful(_)), "after {bytes} bytes: {outcome:?}");
        bench.until_status(PrinterStatus::Ready).await;
        assert_eq!(bench.print(text_slip("A002")).await, Outcome::Printed);
        let pictures = bench.simulated.pictures();
        let whole = lines_of(&pictures[0]);
        assert_eq!((whole.len(), whole[0].as_str()), (9, "A002"), "after {bytes} bytes");
        let others = pictures[1..].iter().flat_map(lines_of);
        assert!(others.filter(|line| line == "A001").count() <= 1);
    }
}

/// The printer is left waiting for the rest of a picture; it gets white, not the next visitor's slip.
#[tokio::test]
async fn a_line_that_drops_in_the_middle_of_a_picture_does_not_spoil_the_next() {
    for bytes in [13, 16, 24, 1_000, 14_000] {
        let bench = bench();
        bench.until_status(PrinterStatus::Ready).await;
        bench.simulated.drop_line_after(bytes);
        let outcome = bench.print(picture_slip(0x11)).await;
        assert!(!matches!(outcome, Outcome::Printed), "after {bytes} bytes: {outcome:?}");
        bench.until_status(PrinterStatus::Ready).await;
        assert_eq!(bench.print(picture_slip(0x22)).await, Outcome::Printed);
        let dots = dots_of(&bench.simulated.pictures()[0]);
        assert!(dots.iter().all(|byte| *byte == 0x22), "after {bytes} bytes");
    }
}

/// A program that ended in the middle of a slip cannot clear up; the next one does.
#[tokio::test]
async fn what_another_program_left_in_the_printer_is_cleared_at_the_start() {
    for line in [over_tcp, over_serial, over_file] {
        let simulated = simulated();
        let address = line(&simulated);
        let first = EscposPrinter::new(address.clone(), impatient());
        assert_eq!(first.print(text_slip("A001")).await, Outcome::Printed);
        simulated.set_status_after(40, PrinterStatus::Down(Silent));
        assert_eq!(first.print(text_slip("A002")).await, Outcome::Doubtful(Silent));
        drop(first);
        // What is in it waits for paper now.
        simulated.set_status(PrinterStatus::Down(PaperOut));
        let bench = Bench { printer: EscposPrinter::new(address, impatient()), simulated };
        assert_eq!(bench.status().await, PrinterStatus::Down(PaperOut));
        bench.simulated.set_status(PrinterStatus::Ready);
        bench.until_status(PrinterStatus::Ready).await;
        assert_eq!(bench.print(text_slip("A003")).await, Outcome::Printed);
        let newest = bench.newest();
        assert_eq!(newest[newest.len() - 9..][0], "A003");
        assert!(!newest.iter().any(|line| line == "A002 line 8"), "{newest:?}");
        assert_eq!(bench.cut(), 2);
    }
}

/// A program that knows that it was cut short says so, and the half slip does not hang on the next one.
#[tokio::test]
async fn what_an_earlier_start_left_on_the_paper_is_cut_off() {
    let simulated = simulated();
    let address = over_tcp(&simulated);
    let first = EscposPrinter::new(address.clone(), impatient());
    assert_eq!(first.status().await, PrinterStatus::Ready);
    simulated.set_status_after(40, PrinterStatus::Down(Silent));
    assert_eq!(first.print(text_slip("A001")).await, Outcome::Doubtful(Silent));
    drop(first);
    simulated.set_status(PrinterStatus::Ready);
    let printer = EscposPrinter::new(address, impatient()).with_slip_begun();
    let bench = Bench { printer, simulated };
    bench.until_status(PrinterStatus::Ready).await;
    assert_eq!(bench.print(text_slip("A002")).await, Outcome::Printed);
    let newest = bench.newest();
    assert_eq!((newest.len(), newest[0].as_str(), bench.cut()), (9, "A002", 2), "{newest:?}");
}

/// It may have ended in the middle of a picture, and the printer waits for the rest of it.
#[tokio::test]
async fn a_printer_that_waits_for_the_rest_of_an_unknown_picture_is_got_going() {
    let simulated = simulated();
    let address = over_tcp(&simulated);
    let Address::Tcp(host) = &address else { panic!("a network address") };
    let mut other = tokio::net::TcpStream::connect(host).await.unwrap();
    other.write_all(&picture_slip(0x11).bytes[..12_500]).await.unwrap();
    drop(other);
    let bench = Bench { printer: EscposPrinter::new(address, impatient()), simulated };
    bench.until_status(PrinterStatus::Ready).await;
    assert_eq!(bench.print(text_slip("A001")).await, Outcome::Printed);
    assert_eq!(bench.newest().len(), 9);
}

#[tokio::test]
async fn dropping_the_printer_closes_its_line() {
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = Address::Tcp(port.local_addr().unwrap().to_string());
    let printer = EscposPrinter::new(address, impatient());
    let (status, call) = tokio::join!(printer.status(), port.accept());
    assert_eq!(status, PrinterStatus::Down(Silent));
    let (mut line, _) = call.unwrap();
    drop(printer);
    let mut rest = Vec::new();
    timeout(LIMIT, line.read_to_end(&mut rest)).await.expect("the line is closed").unwrap();
}
