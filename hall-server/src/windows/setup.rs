//! What a staff page's scripts are told when the page is made: names in its language, reasons, classes,
//! limits. Everything that changes while the page is open comes over the live connection instead.

use hall_core::plan::Plan;
use protocol::{Class, ClerkId, Language, ServiceId, WindowId, ZoneId};
use serde::Serialize;

use crate::accounts::Role;
use crate::live::views;
use crate::web::Caller;

/// The data of a staff page.
#[derive(Serialize)]
pub(crate) struct Setup {
    /// The clerk's own window, on a console.
    window: Option<WindowId>,
    time_zone: String,
    services: Vec<ServiceName>,
    windows: Vec<WindowName>,
    zones: Vec<ZoneName>,
    reasons: Vec<ReasonName>,
    classes: [Class; 9],
    staff: Vec<StaffName>,
    max_recalls: u8,
}

#[derive(Serialize)]
struct ServiceName {
    id: ServiceId,
    name: String,
    department: String,
    /// Pinyin initials, to find it by typing.
    initials: String,
}

#[derive(Serialize)]
struct WindowName {
    id: WindowId,
    name: String,
    zone: String,
}

#[derive(Serialize)]
struct ZoneName {
    id: ZoneId,
    name: String,
    floor: String,
}

#[derive(Serialize)]
struct ReasonName {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct StaffName {
    id: ClerkId,
    name: String,
}

impl Setup {
    /// The data of a page in this language; `window` for a console.
    pub(crate) fn new(caller: &Caller, language: Language, window: Option<WindowId>) -> Self {
        let plan = caller.hall.journal().day().plan.clone();
        let menu = caller.see(views::menu);
        let department_of = |it: protocol::kiosk::MenuDepartment| {
            let department = it.name.get(language).to_owned();
            it.services.into_iter().map(move |service| ServiceName {
                id: service.id,
                name: service.name.get(language).to_owned(),
                department: department.clone(),
                initials: service.initials,
            })
        };
        Self {
            window,
            time_zone: menu.time_zone,
            services: menu.departments.into_iter().flat_map(department_of).collect(),
            windows: windows(&plan, language),
            zones: zones(&plan, language),
            reasons: reasons(&plan, language),
            classes: Class::ALL,
            staff: clerks(caller, language),
            max_recalls: plan.rules.max_recalls,
        }
    }

    /// The data as JSON that can stand inside a script element.
    pub(crate) fn script(&self) -> String {
        let json = serde_json::to_string(self).expect("names and numbers are always JSON");
        json.replace('<', "\\u003c")
    }
}

fn windows(plan: &Plan, language: Language) -> Vec<WindowName> {
    let zone = |id: &ZoneId| plan.zones.get(id).map_or("", |zone| zone.name.get(language));
    let windows = plan.windows.iter().map(|(id, window)| WindowName {
        id: id.clone(),
        name: window.name.get(language).to_owned(),
        zone: zone(&window.zone).to_owned(),
    });
    windows.collect()
}

fn zones(plan: &Plan, language: Language) -> Vec<ZoneName> {
    let zones = plan.zones.iter().map(|(id, zone)| ZoneName {
        id: id.clone(),
        name: zone.name.get(language).to_owned(),
        floor: zone.floor.clone(),
    });
    zones.collect()
}

fn reasons(plan: &Plan, language: Language) -> Vec<ReasonName> {
    let reasons = plan.reasons.iter();
    reasons
        .map(|(id, name)| ReasonName { id: id.clone(), name: name.get(language).to_owned() })
        .collect()
}

/// Those who can work at a window.
fn clerks(caller: &Caller, language: Language) -> Vec<StaffName> {
    let staff = caller.hall.config().staff.iter();
    staff
        .filter(|member| matches!(member.role, Role::Clerk | Role::Manager))
        .map(|it| StaffName { id: it.id.clone(), name: it.name.get(language).to_owned() })
        .collect()
}
