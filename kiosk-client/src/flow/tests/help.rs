//! Calling somebody, and the lamp above.

use hardware::lamp::Light;

use super::super::{Act, Effect, Event, Help};
use super::support::{Kiosk, menu};

#[test]
fn help_is_called_once_and_outlives_the_visit_until_it_came() {
    let mut kiosk = Kiosk::new();
    kiosk.begin();
    assert_eq!(kiosk.act(Act::Help), [Effect::CallHelp, Effect::Show(Light::Blinking)]);
    assert!(kiosk.act(Act::Help).is_empty());
    kiosk.step(Event::HelpAnswered(true));
    assert_eq!(kiosk.flow.help(), Help::Coming);
    kiosk.wait(60);
    assert_eq!(kiosk.flow.help(), Help::Coming);
    assert_eq!(kiosk.act(Act::HelpDone), [Effect::CancelHelp, Effect::Show(Light::Steady)]);
    assert_eq!(kiosk.flow.help(), Help::None);
}

#[test]
fn help_can_be_called_while_the_machine_is_at_work() {
    let mut kiosk = Kiosk::new();
    kiosk.order("plain");
    assert!(kiosk.screen().is_busy());
    assert_eq!(kiosk.act(Act::Help), [Effect::CallHelp, Effect::Show(Light::Blinking)]);
    assert!(kiosk.screen().is_busy(), "the order goes on");
}

#[test]
fn staff_who_came_end_it_from_their_own_page() {
    let mut kiosk = Kiosk::new();
    kiosk.act(Act::Help);
    kiosk.step(Event::HelpAnswered(true));
    assert_eq!(kiosk.step(Event::HelpCleared), [Effect::Show(Light::Steady)]);
    assert_eq!(kiosk.flow.help(), Help::None);
}

#[test]
fn help_that_could_not_be_called_says_so_and_ends_with_the_visit() {
    let mut kiosk = Kiosk::new();
    kiosk.begin();
    kiosk.act(Act::Help);
    kiosk.step(Event::HelpAnswered(false));
    assert_eq!(kiosk.flow.help(), Help::Failed);
    assert_eq!(kiosk.act(Act::End), [Effect::Show(Light::Steady)]);
    assert_eq!(kiosk.flow.help(), Help::None);
}

#[test]
fn the_lamp_shines_while_numbers_are_given_and_blinks_for_help_even_if_none_are() {
    let mut kiosk = Kiosk::unheard();
    assert_eq!(kiosk.step(Event::Menu(menu())), [Effect::Show(Light::Steady)]);
    assert!(kiosk.step(Event::Menu(menu())).is_empty());
    assert_eq!(kiosk.lose_the_hall(), [Effect::Show(Light::Off)]);
    kiosk.act(Act::Help);
    assert_eq!(kiosk.act(Act::HelpDone), [Effect::CancelHelp, Effect::Show(Light::Off)]);
}
