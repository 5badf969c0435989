//! What became of the slip: the number stands on the screen whatever it was.

use hardware::printer::{Outcome, PrinterFault, PrinterStatus};
use protocol::Language;

use super::super::{Copy, Event, Screen, Slip};
use super::support::{AWAY, Kiosk, ticket};

fn shown(slip: Slip) -> Screen {
    Screen::Farewell { taken: Box::new(ticket()), slip, copy: Copy::First }
}

#[test]
fn without_a_slip_the_number_stays_longer_on_the_screen() {
    let fault = PrinterFault::PaperOut;
    let outcomes = [
        (Outcome::NotPrinted(fault), Slip::NotPrinted(fault)),
        (Outcome::Doubtful(fault), Slip::Doubtful(fault)),
    ];
    for (outcome, slip) in outcomes {
        let mut kiosk = Kiosk::new();
        let order = kiosk.order("plain");
        kiosk.answer(&order, Ok(ticket()));
        kiosk.step(Event::Printed(outcome));
        assert_eq!(*kiosk.screen(), shown(slip));
        kiosk.wait(59);
        assert_eq!(*kiosk.screen(), shown(slip));
        kiosk.wait(1);
        assert_eq!(*kiosk.screen(), Screen::Welcome);
    }
}

#[test]
fn a_number_whose_slip_was_cut_short_is_shown_at_the_next_start() {
    let interrupted =
        || Event::Interrupted { taken: Box::new(ticket()), begun: true, language: Language::En };
    let mut kiosk = Kiosk::unheard();
    kiosk.step(interrupted());
    assert!(kiosk.flow.is_in_service(), "also before the hall was heard");
    assert_eq!(*kiosk.screen(), shown(Slip::Interrupted { begun: true }));
    assert_eq!(kiosk.flow.language(), Language::En);

    let mut kiosk = Kiosk::new();
    kiosk.choose("plain");
    kiosk.step(interrupted());
    assert_eq!(*kiosk.screen(), Screen::Confirm, "somebody else stands there now");
}

#[test]
fn a_number_on_the_screen_stays_there_when_the_hall_goes_away() {
    let mut kiosk = Kiosk::new();
    let order = kiosk.order("plain");
    kiosk.answer(&order, Ok(ticket()));
    for _ in 0..3 {
        kiosk.step(Event::NoMenu(AWAY));
    }
    assert_eq!(kiosk.flow.out_of_service(), None);
    kiosk.step(Event::Printed(Outcome::Printed));
    assert!(matches!(kiosk.screen(), Screen::Farewell { .. }));
}

#[test]
fn the_printers_state_is_remembered_for_the_pages() {
    let mut kiosk = Kiosk::new();
    kiosk.step(Event::Printer(PrinterStatus::Down(PrinterFault::PaperOut)));
    assert_eq!(kiosk.flow.printer().fault(), Some(PrinterFault::PaperOut));
    let before = kiosk.flow.revision();
    kiosk.step(Event::Printer(PrinterStatus::Down(PrinterFault::PaperOut)));
    assert_eq!(kiosk.flow.revision(), before, "the same again is no news");
}
