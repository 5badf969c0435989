//! Whether the hall is there. While it is, its menu is looked at now and then; while it is away, it is
//! looked for twice a second; when it is back, it gets what was given meanwhile.

use std::time::Duration;

use protocol::Timestamp;
use protocol::kiosk::Menu;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use crate::book::store::keep_document;
use crate::flow::Event;
use crate::hall::HallFault;
use crate::kiosk::{Kiosk, MENU};

/// How often a hall that is away is looked for. A look may take longer; the next does not wait for it.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Looks at the hall for ever.
pub(crate) async fn watch(kiosk: Kiosk, every: Duration) {
    let mut absence = kiosk.hall().absence();
    let mut known: Option<Menu> = None;
    loop {
        let menu = look(&kiosk).await;
        kiosk.hall_says_time(menu.at).await;
        kiosk.happen(Event::Menu(menu.clone()));
        let day_is_new = known.as_ref().is_none_or(|known| known.date != menu.date);
        // Before the first business day there is none.
        if day_is_new && !menu.date.is_empty() {
            kiosk.begin_day(&menu.date).await;
        }
        kiosk.hand_in().await;
        kiosk.restock(&menu).await;
        keep(&kiosk, &mut known, menu).await;
        tokio::time::sleep(LOOK_EVERY).await;
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            _ = absence.wait_for(|away| *away) => {}
            () = kiosk.nudged() => {}
        }
    }
}

/// Asks for the menu until it comes.
async fn look(kiosk: &Kiosk) -> Menu {
    let mut looks = JoinSet::new();
    let mut strange = false;
    let mut ticks = interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                let (hall, language) = (kiosk.hall().clone(), kiosk.language());
                looks.spawn(async move { hall.menu(language).await });
            }
            Some(Ok(seen)) = looks.join_next() => match seen {
                Ok(menu) => return menu,
                Err(fault) => {
                    if fault == HallFault::NotAdmitted && !std::mem::replace(&mut strange, true) {
                        tracing::error!(
                            "the hall does not know this kiosk; `kiosk` and `token` must be those of \
                             its devices.toml"
                        );
                    }
                    kiosk.happen(Event::NoMenu(fault));
                }
            },
        }
    }
}

/// Keeps the menu for a start while the hall is away. How many wait is not worth keeping.
async fn keep(kiosk: &Kiosk, known: &mut Option<Menu>, mut menu: Menu) {
    menu.at = Timestamp::default();
    for service in menu.departments.iter_mut().flat_map(|it| &mut it.services) {
        (service.waiting, service.wait) = (0, None);
    }
    if known.as_ref() == Some(&menu) {
        return;
    }
    let body = serde_json::to_string(&menu).expect("a menu has a JSON form");
    if let Err(fault) = kiosk.book().write(move |tx| keep_document(tx, MENU, &body)).await {
        tracing::error!(%fault, "the menu cannot be kept");
    }
    *known = Some(menu);
}
