//! How the devices are, as the hall hears it, and what staff want of them.

use protocol::Timestamp;
use protocol::kiosk::{
    Condition, Counted, DeviceKind, DeviceReport, DeviceTest, Finding, KioskReport, Test,
};

use crate::fake_hall::{FakeHall, TOKEN};
use crate::visitor::{Visitor, wait_until};

fn printer(report: &KioskReport) -> Option<&DeviceReport> {
    report.devices.iter().find(|it| it.device == DeviceKind::Printer)
}

fn count(device: &DeviceReport, what: Counted) -> Option<u64> {
    device.counters.iter().find(|it| it.what == what).map(|it| it.count)
}

/// Asks for a test and waits until the hall has heard how it came out.
async fn tried(hall: &FakeHall, id: u64, test: Test) -> Finding {
    hall.books().tests.push(DeviceTest { id, test });
    let result = |hall: &FakeHall| {
        let books = hall.books();
        let results = books.reports.iter().flat_map(|report| &report.tests);
        results.filter(|it| it.id == id).map(|it| it.finding).next()
    };
    wait_until("the test is done", || result(hall).is_some()).await;
    result(hall).unwrap()
}

#[tokio::test]
async fn every_device_is_reported_with_what_it_has_counted() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.take_number().await;
    wait_until("all devices are reported", || {
        hall.books().reports.last().is_some_and(|report| report.devices.len() == 5)
    })
    .await;
    wait_until("the slip is counted", || {
        let books = hall.books();
        let printer = books.reports.last().and_then(printer).cloned();
        printer.is_some_and(|it| {
            count(&it, Counted::Slips) == Some(1)
                && count(&it, Counted::SlipsLeft) == Some(849)
                && it.condition == Condition::Ready
                && it.address == "simulated"
                && it.model.is_some()
        })
    })
    .await;
}

#[tokio::test]
async fn a_fault_is_reported_at_once_with_its_name() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"begin\"").await;
    for (act, condition) in
        [("cover-open", Condition::CoverOpen), ("paper-out", Condition::PaperOut)]
    {
        visitor.bench(&format!("printer:{act}")).await;
        wait_until("the hall hears of it", || {
            let books = hall.books();
            books.reports.last().and_then(printer).is_some_and(|it| it.condition == condition)
        })
        .await;
    }
}

#[tokio::test]
async fn staff_try_the_devices_from_afar() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"begin\"").await;
    assert_eq!(tried(&hall, 1, Test::PrintSlip).await, Finding::Passed);
    assert!(visitor.get("/slips/1.svg").await.contains("打印机测试"));
    assert_eq!(tried(&hall, 2, Test::Speak).await, Finding::Passed);
    assert!(visitor.screen().await.contains("这是取号机的语音测试"));
    assert_eq!(tried(&hall, 3, Test::NewRoll).await, Finding::Passed);
    wait_until("a new roll is counted from nothing", || {
        let books = hall.books();
        let printer = books.reports.last().and_then(printer).cloned();
        printer.is_some_and(|it| count(&it, Counted::SlipsOnRoll) == Some(0))
    })
    .await;
    visitor.bench("printer:paper-out").await;
    assert_eq!(tried(&hall, 4, Test::PrintSlip).await, Finding::Failed);
}

#[tokio::test]
async fn a_card_is_tried_and_nothing_of_it_is_told() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"begin\"").await;
    let cards = async {
        while hall.books().reports.iter().all(|report| report.tests.is_empty()) {
            visitor.bench("card:next").await;
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    let (finding, ()) = tokio::join!(tried(&hall, 7, Test::ReadCard), cards);
    assert_eq!(finding, Finding::Passed);
    assert!(hall.orders().is_empty());
}

#[tokio::test]
async fn a_visitor_comes_before_any_test() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.choose("plain").await;
    assert_eq!(tried(&hall, 1, Test::PrintSlip).await, Finding::Busy);
    assert!(!visitor.finds("/slips/1.svg").await);
}

#[tokio::test]
async fn a_hall_that_was_started_anew_is_called_for_help_again() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"help\"").await;
    visitor.press("help").await;
    visitor.wait_for("已通知工作人员").await;
    wait_until("the hall to answer a report", || !hall.books().reports.is_empty()).await;
    {
        let mut books = hall.books();
        (books.help_open, books.running_since) = (false, Timestamp(2));
    }
    wait_until("the second call", || hall.books().help == [true, true]).await;
    assert!(visitor.screen().await.contains("已通知工作人员"));
}

#[tokio::test]
async fn staff_who_came_clear_the_call_for_help() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.wait_for("value=\"help\"").await;
    visitor.press("help").await;
    visitor.wait_for("已通知工作人员").await;
    hall.books().help_open = false;
    visitor.wait_for("lamp steady").await;
    assert!(!visitor.screen().await.contains("已通知工作人员"));
}
