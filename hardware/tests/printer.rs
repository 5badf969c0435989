//! The driver on a simulated printer over real lines: what it says of the printer, and what becomes of slips.

#[path = "printer/bench.rs"]
mod bench;

use std::time::Duration;

use bench::{
    Bench, DOTS, PICTURE_ROWS, bench, bench_with, dots_of, impatient, lines, lines_of, over_tcp,
    picture_slip, text_slip,
};
use hardware::printer::{Confirm, Outcome, Printer, PrinterFault, PrinterStatus, Profile};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use PrinterFault::{Broken, CoverOpen, CutterJam, Offline, PaperOut, Silent};

/// Faults that a printer tells of itself.
const FAULTS: [PrinterFault; 5] = [PaperOut, CoverOpen, CutterJam, Broken, Offline];

#[tokio::test]
async fn a_slip_is_printed_on_every_kind_of_line() {
    for line in lines() {
        let bench = bench_with(line, impatient());
        assert_eq!(bench.status().await, PrinterStatus::Ready);
        assert_eq!(bench.print(text_slip("A001")).await, Outcome::Printed);
        assert_eq!(bench.newest()[..2], ["A001", "A001 line 1"]);
        assert_eq!(bench.print(picture_slip(0xa5)).await, Outcome::Printed);
        let pictures = bench.simulated.pictures();
        assert_eq!(dots_of(&pictures[0]), vec![0xa5; DOTS as usize / 8 * PICTURE_ROWS]);
        assert_eq!(pictures.iter().map(|it| it.unknown).sum::<usize>(), 0);
        assert_eq!(bench.cut(), 2);
    }
}

#[tokio::test]
async fn a_printer_says_what_it_is() {
    let bench = bench();
    bench.until_status(PrinterStatus::Ready).await;
    let about = bench.printer.about();
    assert!(about.address.starts_with("tcp:127.0.0.1:"), "{}", about.address);
    assert_eq!(about.model.as_deref(), Some("OpenHall Simulated"));
    assert_eq!(about.firmware.as_deref(), Some(env!("CARGO_PKG_VERSION")));
}

#[tokio::test]
async fn a_printer_that_cannot_print_says_why_and_is_sent_nothing() {
    for line in lines() {
        let bench = bench_with(line, impatient());
        for fault in FAULTS {
            bench.simulated.set_status(PrinterStatus::Down(fault));
            assert_eq!(bench.status().await, PrinterStatus::Down(fault));
            assert_eq!(bench.print(text_slip("A001")).await, Outcome::NotPrinted(fault));
        }
        bench.simulated.set_status(PrinterStatus::Ready);
        bench.until_status(PrinterStatus::Ready).await;
        assert_eq!(bench.print(text_slip("A002")).await, Outcome::Printed);
        assert_eq!((bench.cut(), bench.newest()[0].as_str()), (1, "A002"));
    }
}

#[tokio::test]
async fn a_roll_that_is_nearly_used_up_still_prints() {
    let bench = bench();
    bench.simulated.set_status(PrinterStatus::PaperLow);
    assert_eq!(bench.status().await, PrinterStatus::PaperLow);
    assert_eq!(bench.print(text_slip("A001")).await, Outcome::Printed);
}

/// The printer stops in the middle of a slip; when it can print again, the rest of it never comes.
async fn stop_in_the_middle(bench: &Bench, fault: PrinterFault) {
    bench.until_status(PrinterStatus::Ready).await;
    bench.simulated.set_status_after(40, PrinterStatus::Down(fault));
    assert_eq!(bench.print(text_slip("A001")).await, Outcome::Doubtful(fault));
    assert_eq!(bench.status().await, PrinterStatus::Down(fault));
    assert_eq!(bench.cut(), 0);
    bench.simulated.set_status(PrinterStatus::Ready);
    bench.until_status(PrinterStatus::Ready).await;
    assert_eq!(bench.print(text_slip("A002")).await, Outcome::Printed);
    assert_clean(bench);
}

/// The half slip was cut off by itself, and the next visitor's is whole and alone.
fn assert_clean(bench: &Bench) {
    let pictures = bench.simulated.pictures();
    let [next, half] = &pictures[..] else { panic!("{} slips", pictures.len()) };
    let (next, half) = (lines_of(next), lines_of(half));
    assert_eq!(next.len(), 9);
    assert!(next.iter().all(|line| line.starts_with("A002")), "{next:?}");
    assert!(half.len() < 9 && half.iter().all(|line| line.starts_with("A001")), "{half:?}");
}

#[tokio::test]
async fn a_slip_cut_short_is_not_finished_for_the_next_visitor() {
    let mut together = JoinSet::new();
    for line in lines() {
        for fault in [PaperOut, CoverOpen, CutterJam, Broken] {
            let bench = bench_with(line, impatient());
            together.spawn(async move { stop_in_the_middle(&bench, fault).await });
        }
    }
    together.join_all().await;
}

#[tokio::test]
async fn a_picture_cut_short_is_not_finished_for_the_next_visitor() {
    let bench = bench();
    bench.until_status(PrinterStatus::Ready).await;
    // The picture is on the paper, the cut is not made.
    bench.simulated.set_status_after(PICTURE_ROWS * 72, PrinterStatus::Down(CutterJam));
    assert_eq!(bench.print(picture_slip(0x11)).await, Outcome::Doubtful(CutterJam));
    bench.simulated.set_status(PrinterStatus::Ready);
    bench.until_cut(1).await;
    assert_eq!(bench.print(picture_slip(0x22)).await, Outcome::Printed);
    let dots = dots_of(&bench.simulated.pictures()[0]);
    assert!(dots.iter().all(|byte| *byte == 0x22), "the two slips hang together");
}

#[tokio::test]
async fn a_change_is_noticed_without_asking() {
    let profile = Profile { poll_every: Duration::from_secs(3_600), ..impatient() };
    let bench = bench_with(over_tcp, profile);
    bench.until_status(PrinterStatus::Ready).await;
    bench.simulated.set_status_after(40, PrinterStatus::Down(PaperOut));
    let sent = Instant::now();
    assert_eq!(bench.print(text_slip("A001")).await, Outcome::Doubtful(PaperOut));
    assert!(sent.elapsed() < impatient().confirm_within, "the visitor waits for nothing");
    bench.simulated.set_status(PrinterStatus::Ready);
    // The half slip is cut off although nobody asked for anything.
    bench.until_cut(1).await;
}

#[tokio::test]
async fn off_line_for_a_moment_is_waited_for() {
    let bench = bench();
    bench.until_status(PrinterStatus::Ready).await;
    bench.simulated.set_status_after(40, PrinterStatus::Down(Offline));
    let online = async {
        bench.until_simulated(PrinterStatus::Down(Offline)).await;
        // Long enough to be asked, and to say so.
        sleep(Duration::from_millis(700)).await;
        bench.simulated.set_status(PrinterStatus::Ready);
    };
    let (outcome, ()) = tokio::join!(bench.print(text_slip("A001")), online);
    assert_eq!((outcome, bench.cut()), (Outcome::Printed, 1));
}

#[tokio::test]
async fn off_line_for_good_is_not() {
    let bench = bench();
    bench.until_status(PrinterStatus::Ready).await;
    bench.simulated.set_status_after(40, PrinterStatus::Down(Offline));
    assert_eq!(bench.print(text_slip("A001")).await, Outcome::Doubtful(Offline));
    bench.simulated.set_status(PrinterStatus::Ready);
    bench.until_status(PrinterStatus::Ready).await;
    assert_eq!(bench.print(text_slip("A002")).await, Outcome::Printed);
    assert_clean(&bench);
}

#[tokio::test]
async fn a_hot_head_is_no_fault_and_the_slip_comes_when_it_has_cooled() {
    let bench = bench();
    bench.simulated.set_hot(true);
    assert_eq!(bench.status().await, PrinterStatus::Ready);
    let cool = async {
        sleep(impatient().confirm_within + Duration::from_millis(500)).await;
        bench.simulated.set_hot(false);
    };
    let (outcome, ()) = tokio::join!(bench.print(text_slip("A001")), cool);
    assert_eq!((outcome, bench.cut()), (Outcome::Printed, 1));
}

#[tokio::test]
async fn a_slow_printer_is_waited_for() {
    let bench = bench();
    bench.until_status(PrinterStatus::Ready).await;
    bench.simulated.set_speed(Some(200));
    assert_eq!(bench.print(text_slip("A001")).await, Outcome::Printed);
    assert_eq!((bench.cut(), bench.newest().len()), (1, 9));
}

#[tokio::test]
async fn a_status_asked_for_during_a_slip_comes_at_once() {
    let bench = bench();
    bench.until_status(PrinterStatus::Ready).await;
    bench.simulated.set_speed(Some(200));
    bench.simulated.set_status_after(20, PrinterStatus::PaperLow);
    let ask = async {
        bench.until_simulated(PrinterStatus::PaperLow).await;
        let asked = Instant::now();
        assert_eq!(bench.status().await.fault(), None);
        assert!(asked.elapsed() < Duration::from_millis(100));
        assert_eq!(bench.cut(), 0, "the slip is still printing");
    };
    let (outcome, ()) = tokio::join!(bench.print(text_slip("A001")), ask);
    assert_eq!(outcome, Outcome::Printed);
}

/// A question that landed in the middle of a picture would be drawn.
#[tokio::test]
async fn questions_during_a_picture_leave_no_mark_on_it() {
    for line in lines() {
        let bench = bench_with(line, impatient());
        bench.until_status(PrinterStatus::Ready).await;
        bench.simulated.set_speed(Some(30_000));
        let ask = async {
            while bench.cut() == 0 {
                assert_eq!(bench.status().await, PrinterStatus::Ready);
                tokio::task::yield_now().await;
            }
        };
        let (outcome, ()) = tokio::join!(bench.print(picture_slip(0xa5)), ask);
        assert_eq!(outcome, Outcome::Printed);
        let picture = &bench.simulated.pictures()[0];
        assert_eq!(dots_of(picture), vec![0xa5; DOTS as usize / 8 * PICTURE_ROWS]);
        assert_eq!(picture.unknown, 0);
    }
}

#[tokio::test]
async fn a_printer_that_sends_back_the_slips_number_is_believed() {
    let bench = bench_with(over_tcp, Profile { confirm: Confirm::Process, ..impatient() });
    for number in ["A001", "A002", "A003"] {
        assert_eq!(bench.print(text_slip(number)).await, Outcome::Printed);
        assert_eq!(bench.newest()[0], number);
    }
    bench.simulated.set_status_after(40, PrinterStatus::Down(Silent));
    assert_eq!(bench.print(text_slip("A004")).await, Outcome::Doubtful(Silent));
}

/// A printer that says how it is and no more, as cheap ones do.
fn terse(confirm: Confirm) -> Bench {
    let watch = Duration::from_millis(1_200);
    let bench = bench_with(over_tcp, Profile { confirm, watch, ..impatient() });
    bench.simulated.set_terse(true);
    bench
}

#[tokio::test]
async fn a_printer_that_never_says_that_a_slip_is_done_is_watched_instead() {
    let bench = terse(Confirm::None);
    for number in ["A001", "A002"] {
        assert_eq!(bench.print(text_slip(number)).await, Outcome::Printed);
        assert_eq!(bench.newest()[0], number);
    }
    assert_eq!(bench.cut(), 2);
    for fault in [PaperOut, Silent] {
        bench.simulated.set_status_after(40, PrinterStatus::Down(fault));
        assert_eq!(bench.print(text_slip("A003")).await, Outcome::Doubtful(fault));
        bench.simulated.set_status(PrinterStatus::Ready);
        bench.until_status(PrinterStatus::Ready).await;
        assert_eq!(bench.print(text_slip("A004")).await, Outcome::Printed);
        let newest = bench.newest();
        assert!(newest.iter().all(|line| line.starts_with("A004")), "{newest:?}");
    }
}

#[tokio::test]
async fn a_printer_that_should_say_that_a_slip_is_done_and_does_not_leaves_a_doubt() {
    let bench = terse(Confirm::Paper);
    assert_eq!(bench.print(text_slip("A001")).await, Outcome::Doubtful(Silent));
}

#[tokio::test]
async fn two_hundred_slips_come_out_once_each_and_in_order() {
    let mut together = JoinSet::new();
    for line in lines() {
        together.spawn(async move {
            let bench = bench_with(line, impatient());
            for number in 1..=200 {
                let number = format!("A{number:03}");
                assert_eq!(bench.print(text_slip(&number)).await, Outcome::Printed);
                assert_eq!(bench.newest()[0], number);
            }
            assert_eq!(bench.cut(), 200);
        });
    }
    together.join_all().await;
}
