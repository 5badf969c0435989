//! The kiosk's printer driver against a printer that is not ours: emupos loses its paper, opens its cover,
//! goes off-line and comes back, and the driver says so, prints what it says it prints, and prints it once.

use std::time::Duration;

use anyhow::Result;
use hardware::line::Address;
use hardware::printer::{
    EscposPrinter, Outcome, PrintJob, Printer, PrinterFault, PrinterStatus, Profile,
};
use tests::emupos::Emupos;
use tests::wait_until;

/// Dots of 80 mm paper.
const DOTS: u32 = 576;
/// How long it may take to be seen; both are on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);
/// What keeps it from printing, as both sides call it.
const STOPS: [(&str, PrinterFault); 3] = [
    ("paper-out", PrinterFault::PaperOut),
    ("cover-open", PrinterFault::CoverOpen),
    ("offline", PrinterFault::Offline),
];

#[tokio::test]
async fn its_faults_are_told_and_no_slip_is_lost_or_doubled() -> Result<()> {
    let (emulator, printer) = start().await?;
    until(&printer, PrinterStatus::Ready).await?;
    for (place, (fault, known)) in STOPS.into_iter().enumerate() {
        let number = format!("A{place:03}");
        assert_eq!(printer.print(slip(&number)).await, Outcome::Printed);
        emulator.set_fault(fault, true).await?;
        until(&printer, PrinterStatus::Down(known)).await?;
        assert_eq!(printer.print(slip("B999")).await, Outcome::NotPrinted(known));
        emulator.set_fault(fault, false).await?;
        until(&printer, PrinterStatus::Ready).await?;
    }
    assert_eq!(printer.print(slip("C001")).await, Outcome::Printed);
    assert_eq!(printed(&emulator, 4).await?, ["A000", "A001", "A002", "C001"]);
    Ok(())
}

#[tokio::test]
async fn a_roll_that_is_nearly_used_up_is_told_and_still_prints() -> Result<()> {
    let (emulator, printer) = start().await?;
    emulator.set_fault("paper-near-end", true).await?;
    until(&printer, PrinterStatus::PaperLow).await?;
    assert_eq!(printer.print(slip("A001")).await, Outcome::Printed);
    emulator.set_fault("paper-out", true).await?;
    until(&printer, PrinterStatus::Down(PrinterFault::PaperOut)).await?;
    emulator.set_fault("paper-out", false).await?;
    until(&printer, PrinterStatus::PaperLow).await?;
    emulator.set_fault("paper-near-end", false).await?;
    until(&printer, PrinterStatus::Ready).await?;
    assert_eq!(printed(&emulator, 1).await?, ["A001"]);
    Ok(())
}

/// A cover over an empty roll: the one who opens it must close it first.
#[tokio::test]
async fn of_two_faults_the_one_to_mend_first_is_told() -> Result<()> {
    let (emulator, printer) = start().await?;
    emulator.set_fault("paper-out", true).await?;
    emulator.set_fault("cover-open", true).await?;
    until(&printer, PrinterStatus::Down(PrinterFault::CoverOpen)).await?;
    emulator.set_fault("cover-open", false).await?;
    until(&printer, PrinterStatus::Down(PrinterFault::PaperOut)).await?;
    emulator.set_fault("paper-out", false).await?;
    until(&printer, PrinterStatus::Ready).await?;
    assert_eq!(printer.print(slip("A001")).await, Outcome::Printed);
    assert_eq!(printed(&emulator, 1).await?, ["A001"]);
    Ok(())
}

#[tokio::test]
async fn two_hundred_slips_come_out_once_each_and_in_order() -> Result<()> {
    let (emulator, printer) = start().await?;
    let numbers: Vec<String> = (1..=200).map(|number| format!("A{number:03}")).collect();
    for number in &numbers {
        assert_eq!(printer.print(slip(number)).await, Outcome::Printed);
    }
    assert_eq!(printed(&emulator, numbers.len()).await?, numbers);
    Ok(())
}

async fn start() -> Result<(Emupos, EscposPrinter)> {
    let emulator = Emupos::start(DOTS).await?;
    let address = Address::Tcp(emulator.printer.to_string());
    Ok((emulator, EscposPrinter::new(address, Profile::default())))
}

async fn until(printer: &EscposPrinter, wanted: PrinterStatus) -> Result<()> {
    wait_until(LIMIT, &format!("{wanted:?}"), async || printer.status().await == wanted).await
}

/// The numbers on the slips that came out, in the order they did. Each slip must hold one number alone.
async fn printed(emulator: &Emupos, count: usize) -> Result<Vec<String>> {
    let slips = || emulator.printed().unwrap_or_default();
    wait_until(LIMIT, "the slips", async || slips().len() >= count).await?;
    Ok(slips().into_iter().map(|slip| slip.text.trim().to_owned()).collect())
}

/// A slip that says its number and nothing else.
fn slip(number: &str) -> PrintJob {
    let bytes = [b"\x1b@", number.as_bytes(), b"\n\x1dV\x42\x00"].concat();
    PrintJob { name: number.to_owned(), bytes }
}
