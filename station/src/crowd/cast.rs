//! Everybody in the simulation and what they do next. Pure: it looks at the day and says what happens;
//! the same seed and the same days give the same moves.

use hall_core::plan::Plan;
use hall_core::{HallDay, WindowAct};
use protocol::{ClerkId, TicketId, Timestamp, WindowId};

use super::clerks::{Clerk, Sight};
use super::dice::Dice;
use super::pace::Pace;
use super::visitors::{Step, Visitors};

/// How many windows, from the first, are left to whoever tries the hall.
const FREE_WINDOWS: usize = 2;

/// Something that somebody does.
#[derive(Debug)]
pub(super) enum Move {
    /// A visitor.
    Visitor(Step),
    /// A clerk, by their place in the cast.
    Clerk(usize, WindowAct),
}

/// The windows left free and the posts of the crowd's clerks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Posts {
    /// For whoever tries the hall.
    pub(crate) free: Vec<WindowId>,
    /// Who works where.
    pub(crate) staffed: Vec<(WindowId, ClerkId)>,
}

impl Posts {
    /// Each clerk at a window of their own; the first ones stay free together with their windows.
    pub(crate) fn of(plan: &Plan, clerks: &[ClerkId]) -> Self {
        let windows: Vec<&WindowId> = plan.windows.keys().collect();
        let free = FREE_WINDOWS.min(windows.len().saturating_sub(1));
        let staffed = windows[free..].iter().copied().zip(clerks.iter().skip(free));
        Self {
            free: windows[..free].iter().copied().cloned().collect(),
            staffed: staffed.map(|(window, clerk)| (window.clone(), clerk.clone())).collect(),
        }
    }
}

/// Everybody.
#[derive(Debug)]
pub(super) struct Cast {
    per_hour: f64,
    windows: Vec<WindowId>,
    visitors: Visitors,
    clerks: Vec<Clerk>,
    dice: Dice,
}

impl Cast {
    /// A cast for so many visitors an hour, beginning now.
    pub(super) fn new(
        per_hour: f64,
        posts: &Posts,
        seed: u64,
        day: &HallDay,
        now: Timestamp,
    ) -> Self {
        let clerk = |(window, id): &(WindowId, ClerkId)| Clerk::new(window.clone(), id.clone());
        Self {
            per_hour,
            windows: posts.staffed.iter().map(|(window, _)| window.clone()).collect(),
            visitors: Visitors::new(per_hour, day, now),
            clerks: posts.staffed.iter().map(clerk).collect(),
            dice: Dice::new(seed),
        }
    }

    /// Everything that happens up to now.
    pub(super) fn moves(&mut self, day: &HallDay, now: Timestamp) -> Vec<Move> {
        if !day.running {
            return Vec::new();
        }
        let pace = self.pace(day, now);
        let sight = Sight { day, pace: &pace, now };
        let steps = self.visitors.steps(day, &pace, &mut self.dice, now);
        let mut moves: Vec<Move> = steps.into_iter().map(Move::Visitor).collect();
        for (place, clerk) in self.clerks.iter_mut().enumerate() {
            moves.extend(clerk.act(&sight, &mut self.dice).map(|act| Move::Clerk(place, act)));
        }
        moves
    }

    /// A clerk of the cast: window and name.
    pub(super) fn clerk(&self, place: usize) -> (&WindowId, &ClerkId) {
        let clerk = &self.clerks[place];
        (&clerk.window, &clerk.id)
    }

    /// A visitor has got a number.
    pub(super) fn took(&mut self, ticket: TicketId, day: &HallDay, now: Timestamp) {
        let pace = self.pace(day, now);
        self.visitors.took(ticket, &pace, &mut self.dice, now);
    }

    /// A visitor has missed a call.
    pub(super) fn missed(&mut self, ticket: TicketId, now: Timestamp) {
        self.visitors.missed(ticket, &mut self.dice, now);
    }

    /// A clerk's act was refused.
    pub(super) fn refused(&mut self, place: usize, now: Timestamp) {
        self.clerks[place].refused(now);
    }

    fn pace(&self, day: &HallDay, now: Timestamp) -> Pace {
        Pace::of(day, &self.windows, self.per_hour, now)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use hall_core::plan::DayKind;
    use hall_core::{Command, Event, Totals, decide};
    use jiff::civil::date;
    use protocol::{Identity, Outcome, PersonId, WindowMode};

    use super::*;

    const MORNING: i64 = 9 * 3_600_000;

    fn plan() -> Plan {
        toml::from_str(include_str!("../../../configs/demo/plan.toml")).unwrap()
    }

    fn demo_posts(plan: &Plan) -> Posts {
        let clerks: Vec<ClerkId> = (1..=26).map(|n| ClerkId::from(&*format!("c{n:02}"))).collect();
        Posts::of(plan, &clerks)
    }

    fn order(day: &mut HallDay, command: &Command, now: Timestamp) -> Option<Vec<Event>> {
        let events = decide(day, command, now).ok()?;
        for event in &events {
            day.apply(event, now);
        }
        Some(events)
    }

    /// The demo hall with a crowd, from nine o'clock, looked at twice a second.
    fn simulate(per_hour: f64, seed: u64, minutes: i64) -> HallDay {
        let plan = Arc::new(plan());
        let posts = demo_posts(&plan);
        let mut day = HallDay::default();
        let start = Command::StartDay {
            date: date(2026, 11, 23),
            midnight: Timestamp(0),
            kind: DayKind::Working,
            plan,
        };
        order(&mut day, &start, Timestamp(0)).expect("the day begins");
        let mut cast = Cast::new(per_hour, &posts, seed, &day, Timestamp(MORNING));
        for half_second in 0..minutes * 120 {
            let now = Timestamp(MORNING + half_second * 500);
            order(&mut day, &Command::SettleDue, now);
            for one in cast.moves(&day, now) {
                act(&mut cast, &mut day, one, now);
            }
            assert!(Totals::of(&day).add_up());
        }
        day
    }

    fn act(cast: &mut Cast, day: &mut HallDay, one: Move, now: Timestamp) {
        match one {
            Move::Visitor(Step::Arrive(arrival)) => {
                let mut take = arrival.take;
                if let Some(visitor) = arrival.visitor {
                    take.person = Some(PersonId(u128::from(day.next_ticket.0)));
                    take.identity = match visitor {
                        protocol::kiosk::Visitor::Card { .. } => Identity::Card,
                        protocol::kiosk::Visitor::Phone { .. } => Identity::Phone,
                    };
                }
                let ticket = day.next_ticket;
                order(day, &Command::Take(take), now).expect("visitors come for what is given");
                cast.took(ticket, day, now);
            }
            Move::Visitor(Step::GiveUp(ticket)) => {
                order(day, &Command::Withdraw { ticket }, now);
            }
            Move::Visitor(Step::ComeBack(ticket)) => {
                order(day, &Command::Return { ticket }, now);
            }
            Move::Clerk(place, act) => {
                let window = cast.clerk(place).0.clone();
                let command = Command::AtWindow { window, seen: None, act };
                match order(day, &command, now) {
                    Some(events) => events.iter().for_each(|event| {
                        if let Event::Passed { ticket, .. } = event {
                            cast.missed(*ticket, now);
                        }
                    }),
                    None => cast.refused(place, now),
                }
            }
        }
    }

    #[test]
    fn a_minute_is_enough_for_screens_to_come_alive() {
        let day = simulate(600.0, 1, 1);
        let totals = Totals::of(&day);
        assert!(totals.called + totals.serving >= 8, "{totals:?}");
        assert!(totals.ended(Outcome::Served) >= 1, "{totals:?}");
    }

    #[test]
    fn the_hall_keeps_up_with_any_crowd_and_everything_happens() {
        for per_hour in [60.0, 600.0] {
            let day = simulate(per_hour, 2, 180);
            let totals = Totals::of(&day);
            let expected = per_hour * 3.0;
            let taken = f64::from(totals.taken);
            assert!((0.8 * expected..1.3 * expected).contains(&taken), "{per_hour}: {totals:?}");
            assert!(f64::from(totals.waiting) < 0.4 * per_hour, "{per_hour}: {totals:?}");
            assert!(f64::from(totals.ended(Outcome::Served)) > 0.6 * taken, "{totals:?}");
            let legs = || day.tickets.values().flat_map(|ticket| &ticket.legs);
            assert!(legs().any(|leg| leg.outcome == Some(Outcome::Transferred)));
            assert!(legs().any(|leg| leg.outcome == Some(Outcome::Withdrawn)), "{totals:?}");
            assert!(legs().any(|leg| leg.served_before_ms > 0), "nobody was set aside");
        }
    }

    #[test]
    fn the_first_windows_stay_free_and_a_seed_repeats() {
        let day = simulate(600.0, 3, 5);
        let posts = demo_posts(&day.plan);
        assert_eq!((posts.free.len(), posts.staffed.len()), (2, 22));
        for window in &posts.free {
            assert_eq!(day.windows[window].work.mode, WindowMode::Closed);
        }
        assert_eq!(day, simulate(600.0, 3, 5));
        assert_ne!(day.tickets, simulate(600.0, 4, 5).tickets);
    }

    #[test]
    fn a_small_hall_keeps_a_window_for_the_crowd() {
        let mut plan = plan();
        plan.windows.retain(|id, _| id.as_str() <= "w02");
        assert_eq!(demo_posts(&plan).staffed.len(), 1);
    }
}
