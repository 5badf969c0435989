//! Whether the hall can be reached, and what that means: with leased numbers left the kiosk goes on without
//! it, with none it is out of service.

use std::collections::BTreeMap;

use protocol::kiosk::{Menu, MenuService};
use protocol::live::Availability;
use protocol::{SeriesId, ServiceId};

use super::Flow;
use super::basket::find;
use super::screen::{Notice, Screen};
use crate::hall::HallFault;

/// Menus that may fail to come before the kiosk says that the hall is away: one lost answer is nothing.
const MISSES_FORGIVEN: u32 = 1;

impl Flow {
    pub(super) fn menu_came(&mut self, menu: Menu) {
        self.misses = 0;
        self.away = None;
        self.visit.basket.keep_only(&menu);
        if self.visit.screen == Screen::Confirm && self.visit.basket.is_empty() {
            self.visit.screen = Screen::Departments;
        }
        self.menu = Some(menu);
    }

    pub(super) fn menu_failed(&mut self, fault: HallFault) {
        self.misses += 1;
        let forgiven = matches!(fault, HallFault::Away(_))
            && self.menu.is_some()
            && self.misses <= MISSES_FORGIVEN;
        if !forgiven {
            self.away = Some(fault);
        }
    }

    /// Whether numbers are given now, by the hall or from a lease.
    pub(super) fn gives_numbers(&self) -> bool {
        self.menu.is_some() && self.closed().is_none()
    }

    pub(super) fn leases_are(&mut self, left: BTreeMap<SeriesId, u32>) {
        self.leases = left;
        self.had_leases |= self.has_leases();
    }

    /// Whether a number is left for somebody. Those of services that are closed help nobody while others are
    /// open.
    fn has_leases(&self) -> bool {
        let services =
            self.menu.iter().flat_map(|menu| &menu.departments).flat_map(|it| &it.services);
        let mut open = services.filter(|it| it.availability == Availability::Open).peekable();
        match open.peek() {
            Some(_) => open.any(|service| self.has_lease(service)),
            None => self.leases.values().any(|left| *left > 0),
        }
    }

    fn has_lease(&self, service: &MenuService) -> bool {
        self.leases.get(&service.series).is_some_and(|left| *left > 0)
    }

    /// Why no numbers are given at all.
    fn closed(&self) -> Option<&HallFault> {
        match self.away.as_ref()? {
            HallFault::Away(_) if self.has_leases() => None,
            HallFault::Away(_) if self.had_leases => Some(&HallFault::UsedUp),
            fault => Some(fault),
        }
    }

    /// Whether the kiosk goes on without the hall, from its leased numbers.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(self.away, Some(HallFault::Away(_))) && self.has_leases()
    }

    /// Why nothing can be chosen now, while that is so and the page needs it.
    #[must_use]
    pub fn out_of_service(&self) -> Option<&HallFault> {
        self.closed().filter(|_| self.menu.is_none() || self.visit.screen.needs_menu())
    }

    /// Whether the page there is can be shown; otherwise the kiosk says that it is out of service.
    #[must_use]
    pub fn is_in_service(&self) -> bool {
        self.out_of_service().is_none() && (self.menu.is_some() || !self.visit.screen.needs_menu())
    }

    /// Why a service cannot be chosen now, if it cannot.
    #[must_use]
    pub fn obstacle(&self, menu: &Menu, service: &MenuService) -> Option<Notice> {
        let none_left = || Notice::NoneLeft(service.id.clone());
        self.visit
            .basket
            .obstacle(menu, service)
            .or_else(|| self.is_none_left(service).then(none_left))
    }

    /// A ticket's number is of its main service's series, so only the first one chosen needs a lease.
    fn is_none_left(&self, service: &MenuService) -> bool {
        self.is_offline() && self.visit.basket.is_empty() && !self.has_lease(service)
    }

    /// Chooses a service, or says why not.
    pub(super) fn add_service(&mut self, id: &ServiceId) -> Result<(), Notice> {
        let unknown = || Notice::Unavailable(id.clone());
        let menu = self.menu.as_ref().ok_or_else(unknown)?;
        if self.visit.basket.holds(id) {
            return Ok(());
        }
        let (_, service) = find(menu, id).ok_or_else(unknown)?;
        match self.obstacle(menu, service) {
            Some(notice) => Err(notice),
            None => {
                self.visit.basket.add(id.clone());
                Ok(())
            }
        }
    }
}
