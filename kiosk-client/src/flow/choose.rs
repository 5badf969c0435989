//! Choosing: departments, services, the search, and what comes next.

use protocol::{DepartmentId, Identity, ServiceId};

use super::Flow;
use super::basket::find;
use super::screen::{Screen, Step};
use super::status::identity_of;

impl Flow {
    pub(super) fn open_department(&mut self, id: DepartmentId) {
        let known = self.menu.iter().flat_map(|menu| &menu.departments).any(|it| it.id == id);
        if known && self.is_choosing() {
            self.visit.screen = Screen::Services(id);
        }
    }

    pub(super) fn open_search(&mut self) {
        if self.is_choosing() {
            self.visit.screen = Screen::Search { query: String::new() };
        }
    }

    pub(super) fn choose_service(&mut self, id: &ServiceId) {
        if self.is_choosing() {
            self.choose(id);
        }
    }

    /// Chooses a service from wherever the visitor is.
    pub(super) fn choose(&mut self, id: &ServiceId) {
        match self.add_service(id) {
            Ok(()) => self.next_step(),
            Err(notice) => self.visit.notice = Some(notice),
        }
    }

    pub(super) fn remove_service(&mut self, id: &ServiceId) {
        if self.visit.screen == Screen::Confirm {
            self.visit.basket.remove(id);
            self.next_step();
        }
    }

    pub(super) fn add_another(&mut self) {
        if self.visit.screen == Screen::Confirm {
            self.visit.screen = Screen::Departments;
        }
    }

    /// Goes to whatever must be known before the ticket can be taken.
    pub(super) fn next_step(&mut self) {
        let needed =
            self.menu.as_ref().map(|menu| self.visit.basket.identity(menu)).unwrap_or_default();
        self.visit.screen = match needed {
            _ if self.visit.basket.is_empty() => Screen::Departments,
            needed if identity_of(self.visit.visitor.as_ref()) >= needed => Screen::Confirm,
            Identity::Card => Screen::Card { fault: None },
            _ => Screen::Phone { digits: String::new(), wrong: false },
        };
    }

    /// Takes the last choice back.
    pub(super) fn undo_choice(&mut self) {
        let last = self.visit.basket.pop();
        let department = last.and_then(|id| Some(find(self.menu.as_ref()?, &id)?.0.id.clone()));
        self.visit.screen = department.map_or(Screen::Departments, Screen::Services);
    }

    fn is_choosing(&self) -> bool {
        self.visit.screen.step() == Some(Step::Choose)
    }
}
