//! The services a visitor has chosen for one ticket, and which others go with them.

use protocol::kiosk::{Menu, MenuDepartment, MenuService};
use protocol::live::Availability;
use protocol::{Identity, ServiceId};

use super::screen::Notice;

/// Finds a service in the menu, with its department.
#[must_use]
pub fn find<'a>(menu: &'a Menu, id: &ServiceId) -> Option<(&'a MenuDepartment, &'a MenuService)> {
    menu.departments.iter().find_map(|department| {
        let service = department.services.iter().find(|service| service.id == *id)?;
        Some((department, service))
    })
}

/// The chosen services, the main matter first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basket {
    chosen: Vec<ServiceId>,
}

impl Basket {
    /// The services, in the order they were chosen.
    #[must_use]
    pub fn services(&self) -> &[ServiceId] {
        &self.chosen
    }

    /// Whether nothing was chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Whether a service was chosen.
    #[must_use]
    pub fn holds(&self, id: &ServiceId) -> bool {
        self.chosen.contains(id)
    }

    /// Whether one more may be chosen.
    #[must_use]
    pub fn has_room(&self, menu: &Menu) -> bool {
        self.chosen.len() < usize::from(menu.max_services)
    }

    /// Why the hall does not let a service be chosen now, if it does not.
    #[must_use]
    pub fn obstacle(&self, menu: &Menu, service: &MenuService) -> Option<Notice> {
        if service.availability != Availability::Open {
            return Some(Notice::Unavailable(service.id.clone()));
        }
        let first = self.chosen.first().and_then(|id| find(menu, id));
        if let Some((_, first)) = first.filter(|(_, first)| first.bundle != service.bundle) {
            return Some(Notice::Conflict { first: first.id.clone(), second: service.id.clone() });
        }
        (!self.has_room(menu)).then_some(Notice::TooMany)
    }

    /// Chooses a service that nothing stands against.
    pub(super) fn add(&mut self, id: ServiceId) {
        self.chosen.push(id);
    }

    /// Takes one away.
    pub(super) fn remove(&mut self, id: &ServiceId) {
        self.chosen.retain(|chosen| chosen != id);
    }

    /// Takes the last one away and says which it was.
    pub(super) fn pop(&mut self) -> Option<ServiceId> {
        self.chosen.pop()
    }

    /// Forgets what the hall no longer offers.
    pub(super) fn keep_only(&mut self, menu: &Menu) {
        self.chosen.retain(|id| find(menu, id).is_some());
    }

    /// How a visitor must make themselves known for all of them.
    #[must_use]
    pub fn identity(&self, menu: &Menu) -> Identity {
        let needed = |id| find(menu, id).map(|(_, service)| service.identity);
        self.chosen.iter().filter_map(needed).max().unwrap_or_default()
    }
}
