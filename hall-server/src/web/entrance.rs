//! `/`: the hall's front door. A visitor sees what can be done here and how long it takes now; whoever
//! works here finds the way to their own page.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use protocol::kiosk::{Menu, MenuService};
use protocol::live::Availability;
use ui::{Look, Page, Words};

use super::fault::Fault;
use super::policy::Deed;
use super::{Caller, assets, html};
use crate::hall::Hall;
use crate::live::views;

pub(crate) fn pages() -> Router<Hall> {
    Router::new().route("/", get(entrance))
}

#[derive(Template)]
#[template(path = "web/templates/entrance.html")]
struct EntrancePage {
    page: Page,
    words: Words,
    departments: Vec<Department>,
    displays: Vec<Display>,
    /// The address of a kiosk that can be used from here.
    kiosk: Option<String>,
}

impl EntrancePage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

struct Department {
    name: String,
    services: Vec<Service>,
}

struct Service {
    name: String,
    waiting: u32,
    wait: Option<String>,
    /// Why it gives no numbers now, if it gives none.
    shut: Option<String>,
}

struct Display {
    id: String,
    name: String,
}

async fn entrance(caller: Caller, look: Look) -> Result<Response, Fault> {
    caller.may(Deed::SeeMenu)?;
    let words = Words::of(look.language);
    let menu = caller.see(views::menu);
    let displays = &caller.hall.config().displays;
    let page = EntrancePage {
        page: Page::new(look, menu.hall.get(look.language).to_owned(), "/"),
        departments: departments(&menu, &words),
        displays: displays
            .iter()
            .map(|it| Display {
                id: it.id.to_string(),
                name: it.name.get(look.language).to_owned(),
            })
            .collect(),
        kiosk: caller.hall.config().kiosk_url.clone(),
        words,
    };
    html(&page)
}

fn departments(menu: &Menu, words: &Words) -> Vec<Department> {
    let departments = menu.departments.iter().map(|department| Department {
        name: department.name.get(words.language()).to_owned(),
        services: department.services.iter().map(|it| service(it, words)).collect(),
    });
    departments.collect()
}

fn service(service: &MenuService, words: &Words) -> Service {
    Service {
        name: service.name.get(words.language()).to_owned(),
        waiting: service.waiting,
        wait: service.wait.as_ref().filter(|_| service.waiting > 0).map(|it| words.wait(it)),
        shut: shut(&service.availability, words),
    }
}

/// Why a service gives no numbers now.
fn shut(availability: &Availability, words: &Words) -> Option<String> {
    let at = |key: &str, time: &str| words.with(key, &[("time", time)]);
    Some(match availability {
        Availability::Open => return None,
        Availability::OutsideHours { opens: Some(time) } => at("common-availability-opens", time),
        Availability::OutsideHours { opens: None } => {
            words.get("common-availability-outside-hours")
        }
        Availability::UsedUp { opens: Some(time) } => at("common-availability-used-up-opens", time),
        Availability::UsedUp { opens: None } => words.get("common-availability-used-up"),
        Availability::Closed { reason } => {
            let reason = reason.get(words.language());
            words.with("common-availability-closed", &[("reason", reason)])
        }
        Availability::NoWindow => words.get("common-availability-no-window"),
    })
}
