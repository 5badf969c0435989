//! The pages on which a visitor chooses: departments, their services, the search.

use askama::Template;
use protocol::DepartmentId;
use protocol::kiosk::{Menu, MenuDepartment, MenuService};

use super::screens::{DepartmentCard, Departments, Search, ServiceCard, Services};
use super::texts;
use super::view::{View, queue, wait};
use crate::flow::{self, find};
use crate::slip;

/// The letters as a keyboard has them.
const KEYS: [&str; 3] = ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

impl View<'_> {
    pub(super) fn departments(self) -> askama::Result<String> {
        let language = self.words.language();
        let chosen = self.flow.basket().services().iter();
        let chosen = chosen
            .filter_map(|id| find(self.flow.menu()?, id))
            .map(|(_, service)| service.name.get(language).to_owned())
            .collect();
        let departments = self.flow.menu().into_iter().flat_map(|menu| &menu.departments);
        let departments = departments.map(|department| self.department(department)).collect();
        let (page, words, frame) = (self.page, self.words, self.frame);
        Departments { page, words, frame, chosen, departments }.render()
    }

    fn department(&self, department: &MenuDepartment) -> DepartmentCard {
        let words = &self.words;
        let closed = department.services.iter().all(|service| self.gives_none(service));
        let services = department.services.len().to_string();
        let waiting = match waiting_in(department) {
            _ if closed => words.get("kiosk-department-closed"),
            _ if self.flow.is_offline() => String::new(),
            count => queue(count, words),
        };
        DepartmentCard {
            id: department.id.to_string(),
            name: department.name.get(words.language()).to_owned(),
            services: words.with("kiosk-service-count", &[("count", &services)]),
            waiting,
            closed,
        }
    }

    /// Whether a service gives no numbers now, whatever else was chosen.
    fn gives_none(&self, service: &MenuService) -> bool {
        let obstacle = self.flow.menu().and_then(|menu| self.flow.obstacle(menu, service));
        matches!(obstacle, Some(flow::Notice::Unavailable(_) | flow::Notice::NoneLeft(_)))
    }

    pub(super) fn services(self, id: &DepartmentId) -> askama::Result<String> {
        let department = self.flow.menu().and_then(|menu| {
            Some((menu, menu.departments.iter().find(|department| department.id == *id)?))
        });
        let Some((menu, department)) = department else {
            return self.departments();
        };
        let name = department.name.get(self.words.language()).to_owned();
        let services =
            department.services.iter().map(|service| self.service(menu, service, None)).collect();
        Services { page: self.page, words: self.words, frame: self.frame, name, services }.render()
    }

    fn service(
        &self,
        menu: &Menu,
        service: &MenuService,
        department: Option<&MenuDepartment>,
    ) -> ServiceCard {
        let words = &self.words;
        let language = words.language();
        let chosen = self.flow.basket().holds(&service.id);
        let obstacle = match self.flow.obstacle(menu, service).filter(|_| !chosen) {
            Some(flow::Notice::Conflict { .. }) => Some(words.get("kiosk-not-together")),
            Some(flow::Notice::NoneLeft(_)) => Some(words.get("kiosk-none-left")),
            _ => texts::closed(&service.availability, words),
        };
        let lengths = || (queue(service.waiting, words), wait(service.wait.as_ref(), words));
        ServiceCard {
            id: service.id.to_string(),
            name: service.name.get(language).to_owned(),
            department: department.map(|it| it.name.get(language).to_owned()),
            // Among services of many departments the department says enough.
            places: match department {
                Some(_) => Vec::new(),
                None => slip::places(&service.windows, words),
            },
            identity: texts::identity(service.identity, words),
            queue: (!self.flow.is_offline()).then(lengths),
            obstacle: obstacle.filter(|_| !chosen),
            chosen,
        }
    }

    pub(super) fn search(self, query: &str) -> askama::Result<String> {
        let hits = self
            .flow
            .menu()
            .into_iter()
            .flat_map(|menu| flow::search(menu, query).into_iter().map(move |hit| (menu, hit)));
        let services =
            hits.map(|(menu, hit)| self.service(menu, hit.service, Some(hit.department))).collect();
        let query = query.to_owned();
        let (page, words, frame) = (self.page, self.words, self.frame);
        Search { page, words, frame, query, keys: KEYS, services }.render()
    }
}

/// How many wait for any of a department's services.
pub(super) fn waiting_in(department: &MenuDepartment) -> u32 {
    department.services.iter().map(|service| service.waiting).sum()
}
