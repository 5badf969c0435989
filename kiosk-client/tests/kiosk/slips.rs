//! Slips: at most one for each ticket, whatever happens, and always the number.

use reqwest::StatusCode;

use crate::books::Mood;
use crate::fake_hall::{FakeHall, TOKEN};
use crate::visitor::{OVER, Visitor, wait_until};

#[tokio::test]
async fn a_crash_between_the_ticket_and_the_cut_prints_nothing_again_and_shows_the_number() {
    let hall = FakeHall::start().await;
    let mut visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.choose("plain").await;
    visitor.press("take").await;
    wait_until("the hall gave a ticket", || hall.tickets() == 1).await;
    visitor.wait_for("A001").await;
    visitor.pull_the_plug().await;
    let page = visitor.wait_for("A001").await;
    assert!(page.contains("class=\"qr\""), "the code is on the screen");
    visitor.press("end").await;
    visitor.wait_for("value=\"begin\"").await;
    assert!(!visitor.finds("/slips/1.svg").await, "nothing is printed by itself");
    assert!(hall.books().given_up.is_empty(), "the ticket is good");
    // The next visitor gets the next number, and its slip.
    assert!(visitor.take_number().await.contains("A002"));
    assert!(visitor.get("/slips/1.svg").await.contains("A002"));
}

#[tokio::test]
async fn a_slip_that_was_printed_is_not_heard_of_after_a_crash() {
    let hall = FakeHall::start().await;
    let mut visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.take_number().await;
    visitor.pull_the_plug().await;
    let page = visitor.wait_for("value=\"begin\"").await;
    assert!(!page.contains("A001"));
}

#[tokio::test]
async fn paper_that_ends_while_the_hall_is_away_leaves_the_number_on_the_screen() {
    let hall = FakeHall::start().await;
    let visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    wait_until("numbers in advance", || hall.books().has_leased(4)).await;
    hall.set_mood(Mood::Away);
    visitor.choose("plain").await;
    visitor.bench("printer:paper-out").await;
    visitor.press("take").await;
    let page = visitor.wait_for(OVER).await;
    assert!(page.contains("A901") && page.contains("class=\"qr\""));
    visitor.bench("printer:ready").await;
    visitor.press("end").await;
    // What was not printed then is not printed for whoever comes next.
    assert!(visitor.take_number().await.contains("A902"));
    assert!(visitor.get("/slips/1.svg").await.contains("A902"));
    let address = format!("{}/slips/2.svg", visitor.address);
    let none = visitor.http.get(address).send().await.unwrap();
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_halls_layout_is_fetched_and_outlives_the_hall() {
    let hall = FakeHall::start().await;
    let mut visitor = Visitor::at_kiosk_of(hall.addr, TOKEN).await;
    visitor.take_number().await;
    assert!(visitor.get("/slips/1.svg").await.contains("测试政务大厅"));
    {
        let mut books = hall.books();
        let (revision, template) = &mut books.template;
        *revision = 2;
        template.parts.retain(|part| part.what != slip::What::Hall);
    }
    visitor.press("end").await;
    let reports = hall.books().reports.len();
    wait_until("two reports more", || hall.books().reports.len() > reports + 1).await;
    hall.set_mood(Mood::Away);
    visitor.pull_the_plug().await;
    visitor.take_number().await;
    let slip = visitor.get("/slips/1.svg").await;
    assert!(slip.contains("A90") && !slip.contains("测试政务大厅"));
}
