//! The pages of the number itself: what it will be, and what it is.

use askama::Template;
use protocol::kiosk::TicketTaken;
use protocol::{Class, Identity};

use super::screens::{Chosen, CodePicture, Confirm, Farewell};
use super::texts;
use super::view::{View, ahead, wait};
use crate::flow::{Copy, Slip, find};
use crate::slip;

impl View<'_> {
    pub(super) fn confirm(self) -> askama::Result<String> {
        let words = self.words;
        let language = words.language();
        let basket = self.flow.basket();
        let menu = self.flow.menu();
        let chosen: Vec<_> = basket.services().iter().filter_map(|id| find(menu?, id)).collect();
        let services = chosen
            .iter()
            .map(|(department, service)| Chosen {
                id: service.id.to_string(),
                name: service.name.get(language).to_owned(),
                department: department.name.get(language).to_owned(),
            })
            .collect();
        let main = chosen.first().map(|(_, service)| *service);
        // What was last heard of the queue is worth nothing while the hall is away.
        let heard = main.filter(|_| !self.flow.is_offline());
        let identified = match self.flow.identified() {
            Identity::None => None,
            Identity::Phone => Some(words.get("kiosk-identified-phone")),
            Identity::Card => Some(words.get("kiosk-identified-card")),
        };
        Confirm {
            page: self.page,
            words,
            frame: self.frame,
            services,
            ahead: ahead(heard.map(|service| service.waiting), &words),
            wait: wait(heard.and_then(|service| service.wait.as_ref()), &words),
            places: main.map(|service| slip::places(&service.windows, &words)).unwrap_or_default(),
            identified,
            may_add: menu.is_some_and(|menu| basket.has_room(menu)),
        }
        .render()
    }

    pub(super) fn farewell(
        self,
        taken: &TicketTaken,
        slip: Slip,
        copy: Copy,
    ) -> askama::Result<String> {
        let words = self.words;
        let language = words.language();
        let class = (taken.class != Class::Ordinary).then(|| slip::class(taken.class, &words));
        Farewell {
            number: taken.number.to_string(),
            services: taken.services.iter().map(|it| it.get(language).to_owned()).collect(),
            class,
            queue: taken
                .ahead
                .map(|count| (ahead(Some(count), &words), wait(taken.wait.as_ref(), &words))),
            places: slip::places(&taken.windows, &words),
            not_before: taken.not_before.map(|opens| slip::clock(opens, &self.zone)),
            no_slip: texts::slip_missing(slip, &words),
            take_slip: words.get(match copy {
                Copy::First => "kiosk-take-slip",
                Copy::Again => "kiosk-take-slip-again",
            }),
            code: CodePicture::of(&taken.url),
            // Only for whoever tries it on one screen: from a real kiosk a link would lead away.
            address: self.frame.bench.is_some().then(|| taken.url.clone()),
            page: self.page,
            words,
            frame: self.frame,
        }
        .render()
    }
}
