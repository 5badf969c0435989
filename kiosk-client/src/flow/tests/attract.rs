//! The slides while nobody is here.

use protocol::Language;

use super::super::{Act, Event, Screen};
use super::support::Kiosk;

#[test]
fn slides_come_when_nobody_does_and_go_with_the_first_touch() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Language(Language::En));
    kiosk.wait(39);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
    kiosk.wait(1);
    assert_eq!(*kiosk.screen(), Screen::Attract { slide: 0 });
    assert_eq!(kiosk.flow.language(), Language::Zh, "who chose English has gone");
    kiosk.wait(8);
    assert_eq!(*kiosk.screen(), Screen::Attract { slide: 0 });
    kiosk.wait(1);
    assert_eq!(*kiosk.screen(), Screen::Attract { slide: 1 });
    kiosk.act(Act::Stay);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
}

#[test]
fn one_touch_on_a_slide_may_already_choose() {
    let mut kiosk = Kiosk::new();
    kiosk.wait(40);
    kiosk.begin();
    assert_eq!(*kiosk.screen(), Screen::Departments);
}

#[test]
fn a_kiosk_that_gives_no_numbers_shows_why_and_no_slides() {
    let mut kiosk = Kiosk::new();
    kiosk.lose_the_hall();
    kiosk.act(Act::Language(Language::En));
    kiosk.wait(600);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
    assert_eq!(kiosk.flow.language(), Language::Zh, "who chose English has gone");
    assert!(!kiosk.flow.is_in_service());
}

#[test]
fn pictures_are_kept_by_name() {
    let mut kiosk = Kiosk::new();
    kiosk.step(Event::Pictures(vec!["hall.jpg".to_owned()]));
    assert_eq!(kiosk.flow.pictures(), ["hall.jpg"]);
}
