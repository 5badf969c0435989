//! What happens when. Within one second services end first, then callers join, then windows call, and
//! only then does anybody give up.

use std::collections::BTreeSet;

use protocol::WindowId;

use super::figures::Figures;
use super::hall::{ReplayHall, Stopped};
use super::presence::Presence;
use super::record::Record;
use super::roster::{RecordedCall, Roster};

/// What is to happen, in the order it happens within a second. Visits are named by their place in the
/// record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    /// A window is done with its visitor.
    Finish(WindowId),
    /// A caller joins.
    Join(usize),
    /// A call as recorded.
    Call(RecordedCall),
    /// A window becomes staffed.
    Begin(WindowId),
    /// A caller's patience ends.
    GiveUp(usize),
}

/// A day to come.
pub(super) struct Agenda<'a> {
    record: &'a Record,
    roster: &'a Roster,
    /// Who was there when, where the hall's own order decides whom they call.
    presence: Option<Presence>,
    ahead: BTreeSet<(i64, Happening)>,
}

impl<'a> Agenda<'a> {
    /// The day as recorded: its callers, and either its calls or only its servers.
    pub(super) fn new(record: &'a Record, roster: &'a Roster, policy: bool) -> Self {
        let mut ahead = BTreeSet::new();
        for (place, visit) in record.visits.iter().enumerate() {
            ahead.insert((visit.joined_s, Happening::Join(place)));
            if visit.served.is_none() {
                ahead.insert((visit.waited_until_s(), Happening::GiveUp(place)));
            }
        }
        let presence = policy.then(|| Presence::of(record, roster));
        match &presence {
            Some(presence) => ahead.extend(
                presence.beginnings().map(|(at, window)| (at, Happening::Begin(window.clone()))),
            ),
            None => ahead
                .extend(roster.calls.iter().map(|it| (it.called_s, Happening::Call(it.clone())))),
        }
        Self { record, roster, presence, ahead }
    }

    /// Lives through the day.
    pub(super) fn run(mut self) -> Result<Figures, Stopped> {
        let mut hall = ReplayHall::open(self.roster)?;
        while let Some(second) = self.ahead.first().map(|(second, _)| *second) {
            hall.at(second);
            self.live_through(second, &mut hall)?;
        }
        hall.close()
    }

    fn live_through(&mut self, second: i64, hall: &mut ReplayHall) -> Result<(), Stopped> {
        loop {
            while let Some(happening) = self.pop(second, |it| !matches!(it, Happening::GiveUp(_))) {
                self.let_happen(happening, hall)?;
            }
            // A service of no length frees its window within the second.
            if !self.call_freely(second, hall)? {
                break;
            }
        }
        while let Some(Happening::GiveUp(place)) = self.pop(second, |_| true) {
            hall.leave(place)?;
        }
        Ok(())
    }

    fn let_happen(&mut self, happening: Happening, hall: &mut ReplayHall) -> Result<(), Stopped> {
        match happening {
            Happening::Finish(window) => hall.finish(&window),
            Happening::Join(place) => hall.join(place, &self.record.visits[place]),
            Happening::Call(call) => {
                hall.call_recorded(&call.window, call.place)?;
                self.ahead.insert((call.ended_s, Happening::Finish(call.window)));
                Ok(())
            }
            Happening::Begin(_) => Ok(()),
            Happening::GiveUp(place) => hall.leave(place),
        }
    }

    /// Where the hall's own order decides, lets every window that is staffed and free call whoever is
    /// next; whether any did. Once nothing else is to come all are staffed, until nobody waits: those
    /// who came were served that day.
    fn call_freely(&mut self, second: i64, hall: &mut ReplayHall) -> Result<bool, Stopped> {
        let Some(presence) = &self.presence else { return Ok(false) };
        let late = self.ahead.is_empty();
        let mut any = false;
        for window in self.roster.plan.windows.keys() {
            if !(late || presence.is_there(window, second)) {
                continue;
            }
            if let Some(place) = hall.call_next(window)? {
                let done_s = second + self.record.service_s(place);
                self.ahead.insert((done_s, Happening::Finish(window.clone())));
                any = true;
            }
        }
        Ok(any)
    }

    /// The first of what happens in a second, if it is of the kind wanted.
    fn pop(&mut self, second: i64, wanted: impl Fn(&Happening) -> bool) -> Option<Happening> {
        let (at, first) = self.ahead.first()?;
        if *at != second || !wanted(first) {
            return None;
        }
        self.ahead.pop_first().map(|(_, happening)| happening)
    }
}
