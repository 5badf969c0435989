//! A ticket's page: how it stands, everything that happened to it and why, and what can be done with it.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use hall_core::{Refusal, Ticket};
use protocol::live::TicketCell;
use protocol::{Phase, TicketId};
use serde::Deserialize;
use ui::{Look, Page, Words};

use super::story::{Line, Teller, tag};
use crate::journal::Recorded;
use crate::live::views;
use crate::queue::of_number;
use crate::web::fault::Fault;
use crate::web::policy::{self, Deed};
use crate::web::who::Who;
use crate::web::{At, Caller, Query, assets, html};
use crate::windows::Setup;

#[derive(Template)]
#[template(path = "manager/templates/ticket.html")]
struct TicketPage {
    page: Page,
    words: Words,
    /// What was looked for.
    wanted: String,
    ticket: Option<TicketFacts>,
    setup: String,
    script_words: String,
}

impl TicketPage {
    fn asset(&self, path: &str) -> String {
        assets::url(path)
    }
}

/// A ticket as its page shows it.
struct TicketFacts {
    id: TicketId,
    cell: TicketCell,
    /// How it is, for people.
    phase: String,
    /// The same as the name of a chip.
    phase_name: String,
    is_waiting: bool,
    service: String,
    pending: Vec<String>,
    class: String,
    holder: Option<String>,
    /// The window it is called to, as people say it.
    window: Option<String>,
    wait: Option<String>,
    taken_at: String,
    acts: Vec<Act>,
    story: Vec<Line>,
}

/// Something that can be done with a ticket, by its name in scripts.
struct Act(&'static str);

impl Act {
    /// The key of its wording.
    fn word(&self) -> String {
        format!("manager-act-{}", self.0)
    }
}

/// What is typed into the search form.
#[derive(Deserialize)]
pub(super) struct Search {
    number: String,
}

/// The search form leads to the ticket's own address.
pub(super) async fn search(Query(search): Query<Search>) -> Redirect {
    let typed = search.number.trim().to_uppercase();
    let number: String = typed.chars().filter(|it| it.is_ascii_alphanumeric()).collect();
    if number.is_empty() {
        Redirect::to("/manager")
    } else {
        Redirect::to(&format!("/manager/tickets/{number}"))
    }
}

pub(super) async fn ticket(
    caller: Caller,
    look: Look,
    At(number): At<String>,
) -> Result<Response, Fault> {
    if caller.who == Who::Visitor {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    caller.may(Deed::SeeTicket)?;
    let words = Words::of(look.language);
    let id = of_number(&caller.hall.journal().day(), &number);
    let events = match id {
        Some(id) => caller.hall.journal().events_of(id).await?,
        None => Vec::new(),
    };
    let facts = match id {
        Some(id) => Some(facts(&caller, words, id, &events)?),
        None => None,
    };
    let title = words.with("manager-ticket-title", &[("number", &number)]);
    let page = TicketPage {
        page: Page::new(look, title, &format!("/manager/tickets/{number}")),
        wanted: number,
        ticket: facts,
        setup: Setup::new(&caller, look.language, None).script(),
        script_words: words.script(&["manager-", "staff-", "common-"]),
        words,
    };
    html(&page)
}

fn facts(
    caller: &Caller,
    words: Words,
    id: TicketId,
    events: &[Recorded],
) -> Result<TicketFacts, Fault> {
    let facts = caller.see(|view| {
        let ticket = view.day.ticket(id)?;
        let cell = views::ticket_cell(view, ticket);
        let language = words.language();
        let teller = Teller { hall: &caller.hall, day: view.day, words };
        Ok::<_, Refusal>(TicketFacts {
            id,
            phase: phase(&words, &cell),
            phase_name: tag(&cell.phase),
            is_waiting: cell.phase == Phase::Waiting,
            service: cell.service.get(language).to_owned(),
            pending: cell.pending.iter().map(|it| it.get(language).to_owned()).collect(),
            class: words.get(&format!("common-class-{}", tag(&cell.class))),
            holder: ticket.person.and_then(|person| view.names.masked(person)),
            window: cell
                .window
                .as_ref()
                .map(|it| words.with("console-window", &[("window", it.name.get(language))])),
            wait: cell.wait.as_ref().map(|range| words.wait(range)),
            taken_at: teller.time(cell.taken_at),
            acts: acts(caller, ticket, &cell),
            story: teller.tell(id, events),
            cell,
        })
    })?;
    Ok(facts)
}

/// How it is, or how it ended.
fn phase(words: &Words, cell: &TicketCell) -> String {
    match &cell.outcome {
        Some(outcome) => words.get(&format!("common-outcome-{}", tag(outcome))),
        None => words.get(&format!("common-phase-{}", tag(&cell.phase))),
    }
}

/// What the reader may do with the ticket now.
fn acts(caller: &Caller, ticket: &Ticket, cell: &TicketCell) -> Vec<Act> {
    let mut acts = Vec::new();
    let may_pin = policy::may(&caller.who, Deed::Pin).is_ok();
    let may_care = policy::may(&caller.who, Deed::CareForTickets).is_ok();
    if may_pin && cell.phase == Phase::Waiting {
        acts.push(Act(if ticket.key.is_pinned() { "unpin" } else { "pin" }));
    }
    if may_care && ticket.is_live() {
        acts.push(Act("class"));
    }
    if may_care && matches!(cell.phase, Phase::Waiting | Phase::Held) {
        acts.extend([Act("leave"), Act("merge")]);
    }
    if may_care && cell.may_return {
        acts.push(Act("return"));
    }
    acts
}
