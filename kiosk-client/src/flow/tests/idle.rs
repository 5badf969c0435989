//! Somebody who does nothing.

use protocol::Language;

use super::super::{Act, Effect, Screen};
use super::support::{Kiosk, PATIENCE};

#[test]
fn somebody_who_does_nothing_is_asked_and_can_stay() {
    let mut kiosk = Kiosk::new();
    kiosk.choose("card");
    kiosk.wait(44);
    assert!(!kiosk.flow.is_asking());
    let before = kiosk.flow.revision();
    kiosk.wait(1);
    assert!(kiosk.flow.is_asking());
    assert!(kiosk.flow.revision() > before, "the page looks again");
    kiosk.act(Act::Stay);
    assert!(!kiosk.flow.is_asking());
    assert_eq!(kiosk.flow.remaining(kiosk.now), Some(PATIENCE.idle));
    assert_eq!(kiosk.wait(60), [Effect::ForgetCard]);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
}

#[test]
fn the_large_version_gives_twice_the_time_and_goes_with_its_visitor() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Begin { language: Some(Language::En), elder: true });
    assert!(kiosk.flow.elder());
    assert_eq!(kiosk.flow.language(), Language::En);
    kiosk.wait(119);
    assert_eq!(*kiosk.screen(), Screen::Departments);
    kiosk.wait(1);
    assert_eq!(*kiosk.screen(), Screen::Welcome);
    assert!(!kiosk.flow.elder());
    assert_eq!(kiosk.flow.language(), Language::Zh);
}
