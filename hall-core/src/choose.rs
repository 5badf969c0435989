//! Who is next at a window, and why. Pure looking: nothing here changes the day.

use protocol::{Rule, ServiceId, TicketId, Timestamp, WindowId};

use crate::day::HallDay;
use crate::event::{RunnerUp, Why};
use crate::order::QueueKey;
use crate::plan::ProfileMode;
use crate::ticket::Ticket;
use crate::window::Window;

/// How many of those who were not chosen are recorded with a call.
const RUNNERS_UP: usize = 3;

/// The ticket that is next, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which.
    pub ticket: TicketId,
    /// Why.
    pub why: Why,
}

/// The head of one line that a window may call from.
#[derive(Clone, Copy)]
struct Head {
    key: QueueKey,
    ticket: TicketId,
    /// The group of the profile, or `None` for those sent to this very window.
    group: Option<usize>,
}

/// The ticket a window would call now, or `None` if nobody waits for it.
#[must_use]
pub fn next_for(day: &HallDay, window: &Window, now: Timestamp) -> Option<Choice> {
    let heads = heads(day, window);
    let (head, rule) = pick(day, window, &heads, now)?;
    Some(Choice {
        ticket: head.ticket,
        why: Why {
            rule,
            key: head.key,
            group: head.group,
            reason: None,
            runners_up: runners_up(day, window, head.ticket),
        },
    })
}

/// The tickets that could have been called instead, best first.
#[must_use]
pub fn runners_up(day: &HallDay, window: &Window, chosen: TicketId) -> Vec<RunnerUp> {
    let mut others: Vec<RunnerUp> = lines(day, window)
        .flat_map(|(_, line)| line.take(RUNNERS_UP + 1))
        .filter(|other| other.id != chosen)
        .map(|other| RunnerUp { ticket: other.id, key: other.key })
        .collect();
    others.sort_by_key(|other| other.key);
    others.truncate(RUNNERS_UP);
    others
}

/// Everybody who waits for a window, in the one order. At most `limit`.
#[must_use]
pub fn line_for<'a>(day: &'a HallDay, window: &'a Window, limit: usize) -> Vec<&'a Ticket> {
    let mut line: Vec<&Ticket> =
        lines(day, window).flat_map(|(_, line)| line.take(limit)).collect();
    line.sort_by_key(|ticket| ticket.key);
    line.truncate(limit);
    line
}

/// How many wait for a window.
#[must_use]
pub fn count_for(day: &HallDay, window: &Window) -> usize {
    let bound = day.index.bound.get(&window.id).map_or(0, std::collections::BTreeSet::len);
    bound + window.profile.services().map(|service| day.waiting_count(service)).sum::<usize>()
}

type TicketLine<'a> = Box<dyn Iterator<Item = &'a Ticket> + 'a>;

/// Every line a window may call from, with its group.
fn lines<'a>(
    day: &'a HallDay,
    window: &'a Window,
) -> impl Iterator<Item = (Option<usize>, TicketLine<'a>)> {
    let bound: TicketLine<'a> = Box::new(day.bound_to(&window.id));
    let of_groups = window.profile.groups.iter().enumerate().flat_map(move |(group, it)| {
        it.services.iter().map(move |service: &ServiceId| {
            let line: TicketLine<'a> = Box::new(day.queue(service));
            (Some(group), line)
        })
    });
    std::iter::once((None, bound)).chain(of_groups)
}

fn heads(day: &HallDay, window: &Window) -> Vec<Head> {
    lines(day, window)
        .filter_map(|(group, mut line)| {
            line.next().map(|ticket| Head { key: ticket.key, ticket: ticket.id, group })
        })
        .collect()
}

/// Chooses among the heads: pins, then those too long overdue, then the window's own way.
fn pick(day: &HallDay, window: &Window, heads: &[Head], now: Timestamp) -> Option<(Head, Rule)> {
    let first = *heads.iter().min_by_key(|head| head.key)?;
    if first.key.is_pinned() {
        return Some((first, Rule::Pinned));
    }
    if window.profile.mode == ProfileMode::LongestWait {
        let rule = if first.group.is_none() { Rule::Bound } else { Rule::Order };
        return Some((first, rule));
    }
    let overdue_before = now.minus_s(i64::from(day.plan.rules.overdue_after_s));
    if first.key.at <= overdue_before {
        return Some((first, Rule::Overdue));
    }
    if let Some(bound) = heads.iter().find(|head| head.group.is_none()) {
        return Some((*bound, Rule::Bound));
    }
    let (group, rule) = match window.profile.mode {
        ProfileMode::Ratio => (group_by_ratio(window, heads)?, Rule::Ratio),
        _ => (heads.iter().filter_map(|head| head.group).min()?, Rule::Priority),
    };
    let head = heads.iter().filter(|it| it.group == Some(group)).min_by_key(|it| it.key)?;
    Some((*head, rule))
}

/// The group that is furthest behind its share, among those with somebody waiting.
fn group_by_ratio(window: &Window, heads: &[Head]) -> Option<usize> {
    let load = |group: usize| {
        let turns = u64::from(window.work.turns.get(group).copied().unwrap_or(0));
        let weight = u64::from(window.profile.groups[group].weight.max(1));
        // Compared as fractions turns/weight, without rounding.
        (turns, weight)
    };
    heads.iter().filter_map(|head| head.group).min_by(|&a, &b| {
        let ((turns_a, weight_a), (turns_b, weight_b)) = (load(a), load(b));
        (turns_a * weight_b).cmp(&(turns_b * weight_a)).then(a.cmp(&b))
    })
}

/// The turns of a window's ratio after a call from a group: a full round begins anew.
#[must_use]
pub(crate) fn turns_after(window: &Window, group: Option<usize>) -> Vec<u32> {
    let mut turns = window.work.turns.clone();
    turns.resize(window.profile.groups.len(), 0);
    if let Some(turn) = group.and_then(|group| turns.get_mut(group)) {
        *turn += 1;
    }
    let round: u32 = window.profile.groups.iter().map(|group| group.weight).sum();
    if turns.iter().sum::<u32>() >= round {
        turns.fill(0);
    }
    turns
}

/// Whether a window may call a ticket that waits: it serves the service, or the ticket was sent to it.
#[must_use]
pub fn may_call(window: &Window, ticket: &Ticket) -> bool {
    match &ticket.leg().bound_to {
        Some(bound) => bound == &window.id,
        None => window.profile.serves(ticket.service()),
    }
}

/// The group of a window's profile that a ticket counts for; none if it was sent to a window.
pub(crate) fn group_of(window: &Window, ticket: &Ticket) -> Option<usize> {
    match ticket.leg().bound_to {
        Some(_) => None,
        None => window.profile.group_of(ticket.service()),
    }
}

/// The windows a waiting ticket may be called to, the open ones only.
pub fn windows_for<'a>(day: &'a HallDay, ticket: &'a Ticket) -> impl Iterator<Item = &'a WindowId> {
    day.windows.values().filter(|it| it.is_open() && may_call(it, ticket)).map(|it| &it.id)
}
