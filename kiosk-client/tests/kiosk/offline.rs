//! The hall is away: numbers go on, and every one of them joins the queue once when it is back.

use std::time::Duration;

use protocol::Timestamp;
use protocol::kiosk::Visitor as Person;

use crate::books::{FIRST_LEASED, Mood};
use crate::fake_hall::{FakeHall, TOKEN};
use crate::visitor::{Visitor, wait_until};

/// How long the first visitor at a kiosk that was cut off may wait for the hall: two seconds, and what a busy
/// machine adds to them.
const PATIENCE: Duration = Duration::from_secs(3);

/// A kiosk that has its four numbers.
async fn stocked(hall: &FakeHall) -> Visitor {
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    wait_until("numbers in advance", || hall.books().has_leased(4)).await;
    visitor
}

/// The tickets that joined, in the order they came.
fn joined(hall: &FakeHall) -> Vec<u64> {
    hall.books().joined.iter().map(|asked| asked.take.leased.unwrap().ticket.0).collect()
}

#[tokio::test]
async fn numbers_go_on_and_join_once_in_order_of_time() {
    let hall = FakeHall::start().await;
    let visitor = stocked(&hall).await;
    hall.set_mood(Mood::Away);
    for number in ["A901", "A902", "A903"] {
        assert!(visitor.take_number().await.contains(number));
        visitor.press("end").await;
    }
    wait_until("an order had no answer", || !hall.books().unheard.is_empty()).await;
    // Of three orders one was sent, once: the hall, known to be away, is not asked again.
    assert!(
        matches!(hall.books().unheard[..], [waited] if waited < PATIENCE),
        "{:?}",
        hall.books().unheard
    );
    hall.books().joins_lost = 1;
    hall.set_mood(Mood::Willing);
    wait_until("all joined", || joined(&hall).len() == 3).await;
    wait_until("they are handed in", || {
        hall.books().reports.last().is_some_and(|report| report.unsent == 0)
    })
    .await;
    assert_eq!(joined(&hall), [FIRST_LEASED, FIRST_LEASED + 1, FIRST_LEASED + 2]);
    assert_eq!(hall.books().offered, 4, "one answer was lost, and asked for again");
    let taken: Vec<_> =
        hall.books().joined.iter().map(|it| it.take.leased.unwrap().taken_at).collect();
    assert!(taken.is_sorted());
    assert_eq!(hall.tickets(), 0);
    wait_until("the stock is filled up", || hall.books().has_leased(4)).await;
}

#[tokio::test]
async fn an_order_whose_answer_is_lost_becomes_a_leased_number_and_is_given_up() {
    let hall = FakeHall::start().await;
    let visitor = stocked(&hall).await;
    hall.set_mood(Mood::Forgetful(3));
    let page = visitor.take_number().await;
    assert!(page.contains("A901"));
    wait_until("the order is given up", || !hall.books().given_up.is_empty()).await;
    wait_until("the number joined", || joined(&hall) == [FIRST_LEASED]).await;
    let key = hall.orders()[0].key.clone();
    assert!(hall.books().given_up.contains(&key), "the very order");
}

#[tokio::test]
async fn an_order_that_was_cut_short_by_a_crash_is_given_up_after_the_start() {
    let hall = FakeHall::start().await;
    let mut visitor = stocked(&hall).await;
    visitor.choose("plain").await;
    hall.set_mood(Mood::Away);
    visitor.press("take").await;
    visitor.pull_the_plug().await;
    hall.set_mood(Mood::Willing);
    wait_until("the order is given up", || hall.books().given_up.len() == 1).await;
    visitor.wait_for("value=\"begin\"").await;
}

#[tokio::test]
async fn what_was_given_survives_a_crash_and_joins_once() {
    let hall = FakeHall::start().await;
    let mut visitor = stocked(&hall).await;
    hall.set_mood(Mood::Away);
    assert!(visitor.take_number().await.contains("A901"));
    visitor.pull_the_plug().await;
    // It starts without the hall, from what it had kept.
    assert!(visitor.take_number().await.contains("A902"));
    hall.set_mood(Mood::Willing);
    wait_until("both joined", || joined(&hall) == [FIRST_LEASED, FIRST_LEASED + 1]).await;
}

#[tokio::test]
async fn used_up_numbers_are_explained() {
    let hall = FakeHall::start().await;
    let visitor = stocked(&hall).await;
    hall.set_mood(Mood::Away);
    for _ in 0..4 {
        visitor.take_number().await;
        visitor.press("end").await;
    }
    let page = visitor.wait_for("used-up").await;
    assert!(!page.contains("value=\"begin\""), "nothing can be chosen");
    hall.set_mood(Mood::Willing);
    visitor.wait_for("value=\"begin\"").await;
    wait_until("all four joined", || joined(&hall).len() == 4).await;
}

#[tokio::test]
async fn a_hall_that_gives_fewer_numbers_at_once_is_asked_for_less() {
    let hall = FakeHall::start().await;
    hall.books().largest_lease = 3;
    let _visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    let given = || -> usize { hall.books().leases.values().map(|it| it.tickets.len()).sum() };
    wait_until("some numbers in stock", || given() > 0).await;
}

#[tokio::test]
async fn a_lost_answer_to_a_lease_wastes_no_number() {
    let hall = FakeHall::start().await;
    hall.books().leases_lost = 2;
    let visitor = stocked(&hall).await;
    assert_eq!(hall.books().leases.len(), 1, "one request, however often it was sent");
    drop(visitor);
}

#[tokio::test]
async fn a_new_day_brings_new_numbers() {
    let hall = FakeHall::start().await;
    let visitor = stocked(&hall).await;
    let tomorrow = Timestamp(hall.books().day.1.0 + 24 * 3600 * 1000);
    hall.books().day = ("2026-11-24", tomorrow);
    wait_until("tomorrow's numbers", || hall.books().leases.len() == 2).await;
    wait_until("none of yesterday's", || hall.books().has_leased(4)).await;
    hall.set_mood(Mood::Away);
    assert!(visitor.take_number().await.contains("A905"));
}

#[tokio::test]
async fn a_ticket_that_is_refused_for_good_is_kept_and_reported() {
    let hall = FakeHall::start().await;
    let visitor = stocked(&hall).await;
    hall.books().refuses_leased = true;
    hall.set_mood(Mood::Away);
    visitor.take_number().await;
    hall.set_mood(Mood::Willing);
    wait_until("it is offered", || hall.books().offered == 1).await;
    let reports = hall.books().reports.len();
    wait_until("it is reported", || {
        let books = hall.books();
        books.reports.len() > reports + 1 && books.reports.last().unwrap().unsent == 1
    })
    .await;
    assert_eq!(hall.books().offered, 1, "it is not offered again and again");
}

#[tokio::test]
async fn who_a_visitor_is_never_stands_on_the_disk_in_clear() {
    let hall = FakeHall::start().await;
    let visitor = stocked(&hall).await;
    visitor.choose("card").await;
    visitor.place_card("next", "value=\"take\"").await;
    hall.set_mood(Mood::Away);
    visitor.press("take").await;
    visitor.wait_for("A901").await;
    let kept = visitor.folder.bytes();
    hall.set_mood(Mood::Willing);
    wait_until("it joined", || joined(&hall).len() == 1).await;
    let Some(Person::Card { name, number }) = hall.books().joined[0].take.visitor.clone() else {
        panic!("the hall was not told who it is");
    };
    let holds =
        |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(holds(&kept, "A901"), "the number is there");
    for secret in [&*name, &*number, &number[6..14]] {
        assert!(!holds(&kept, secret) && !holds(&visitor.folder.bytes(), secret));
    }
}
