//! Everything a visitor can choose from.

use hall_core::plan::Service;
use pinyin::ToPinyin;
use protocol::kiosk::{Menu, MenuDepartment, MenuService};
use protocol::{DepartmentId, ServiceId};

use super::{View, availability, count, wait_range, window_ref};

/// The menu as it is now. Departments without services are left out.
pub(crate) fn menu(view: &View<'_>) -> Menu {
    let plan = &view.day.plan;
    let departments = plan.departments.iter().map(|(id, department)| MenuDepartment {
        id: id.clone(),
        name: department.name.clone(),
        services: services_of(view, id),
    });
    Menu {
        hall: plan.name.clone(),
        date: view.day.date.map(|date| date.to_string()).unwrap_or_default(),
        time_zone: view.names.time_zone().to_owned(),
        at: view.now,
        max_services: plan.rules.max_services_per_ticket,
        departments: departments.filter(|it| !it.services.is_empty()).collect(),
    }
}

fn services_of(view: &View<'_>, department: &DepartmentId) -> Vec<MenuService> {
    let services = view.day.plan.services.iter();
    services
        .filter(|(_, service)| service.department == *department)
        .map(|(id, service)| menu_service(view, id, service))
        .collect()
}

fn menu_service(view: &View<'_>, id: &ServiceId, service: &Service) -> MenuService {
    let day = view.day;
    let waiting = day.waiting_count(id);
    let windows = day.windows.values().filter(|window| window.profile.serves(id));
    MenuService {
        id: id.clone(),
        name: service.name.clone(),
        initials: all_initials(service),
        series: service.series.clone(),
        identity: service.identity,
        availability: availability(view, id),
        waiting: count(waiting),
        wait: wait_range(day, id, waiting),
        bundle: service.bundle.clone(),
        windows: windows.map(|window| window_ref(day, &window.id)).collect(),
    }
}

/// The initials of everything people call a service, its name first.
fn all_initials(service: &Service) -> String {
    let names = std::iter::once(&service.name.zh).chain(&service.aliases);
    names.map(|name| initials(name)).collect::<Vec<_>>().join(" ")
}

/// The first letter of each character's sound; letters and digits stand for themselves.
fn initials(name: &str) -> String {
    name.chars()
        .filter_map(|character| match character.to_pinyin() {
            Some(sound) => sound.first_letter().chars().next(),
            None => character.is_ascii_alphanumeric().then(|| character.to_ascii_lowercase()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_what_a_visitor_types() {
        assert_eq!(initials("社保卡"), "sbk");
        assert_eq!(initials("居民身份证（首次申领）"), "jmsfzscsl");
        assert_eq!(initials("A类 驾照 2"), "aljz2");
    }
}
