//! `--crowd N`: simulated visitors and clerks, so that every screen is alive. They act as everybody
//! does, through orders to the journal; the rules know nothing of them.

mod cast;
mod clerks;
mod dice;
mod pace;
mod people;
mod visitors;

use std::time::Duration;

use hall_core::{Command, Event};
use hall_server::Hall;
use hall_server::accounts::Role;
use hall_server::journal::{Actor, JournalError, Order, Receipt};
use protocol::{Channel, ClerkId, KioskId, Timestamp};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

pub(crate) use cast::Posts;
use cast::{Cast, Move};
use visitors::{Arrival, Step};

/// How often the crowd looks at the hall.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Where the crowd's clerks work in this hall.
pub(crate) fn posts(hall: &Hall) -> Posts {
    let config = hall.config();
    let clerks = config.staff.iter().filter(|member| member.role == Role::Clerk);
    let clerks: Vec<ClerkId> = clerks.map(|member| member.id.clone()).collect();
    Posts::of(&config.plan, &clerks)
}

/// Keeps a crowd of so many visitors an hour until told to stop.
pub(crate) async fn run(
    hall: Hall,
    kiosk: KioskId,
    per_hour: u32,
    mut stop: watch::Receiver<bool>,
) {
    // Without randomness from the system one fixed day is as good as another.
    let seed = getrandom::u64().unwrap_or(1);
    let now = hall.clock().now();
    let cast = Cast::new(f64::from(per_hour), &posts(&hall), seed, &hall.journal().day(), now);
    let desk = hall.config().staff.iter().find(|member| member.role == Role::Manager);
    let desk = desk.map_or_else(|| Actor::Kiosk(kiosk.clone()), |it| Actor::Clerk(it.id.clone()));
    let mut crowd = Crowd { hall, kiosk, desk, cast };
    let mut look = interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = look.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        crowd.step().await;
    }
}

/// The cast in a hall.
struct Crowd {
    hall: Hall,
    kiosk: KioskId,
    /// Who grants a class to visitors with a certificate.
    desk: Actor,
    cast: Cast,
}

impl Crowd {
    async fn step(&mut self) {
        let now = self.hall.clock().now();
        let moves = self.cast.moves(&self.hall.journal().day(), now);
        for one in moves {
            match one {
                Move::Visitor(Step::Arrive(arrival)) => self.arrive(*arrival, now).await,
                Move::Visitor(Step::GiveUp(ticket)) => {
                    self.visitor(Command::Withdraw { ticket }).await;
                }
                Move::Visitor(Step::ComeBack(ticket)) => {
                    self.visitor(Command::Return { ticket }).await;
                }
                Move::Clerk(place, act) => {
                    let (window, clerk) = self.cast.clerk(place);
                    let actor = Actor::Clerk(clerk.clone());
                    let command = Command::AtWindow { window: window.clone(), seen: None, act };
                    self.at_window(place, Order::new(actor, command), now).await;
                }
            }
        }
    }

    async fn arrive(&mut self, arrival: Arrival, now: Timestamp) {
        let Arrival { mut take, visitor } = arrival;
        let actor = if take.channel == Channel::Desk {
            self.desk.clone()
        } else {
            take.kiosk = Some(self.kiosk.clone());
            Actor::Kiosk(self.kiosk.clone())
        };
        let sealed = visitor.and_then(|visitor| self.hall.people().seal(&visitor).ok());
        let order = Order { visitor: sealed, ..Order::new(actor, Command::Take(take)) };
        let Some(receipt) = self.submit(order).await else {
            return;
        };
        for recorded in &receipt.events {
            if let Event::Taken(taken) = &recorded.event {
                self.cast.took(taken.ticket, &self.hall.journal().day(), now);
            }
        }
    }

    /// What a visitor does with their own ticket; too late is no harm.
    async fn visitor(&self, command: Command) {
        self.submit(Order::new(Actor::Visitor, command)).await;
    }

    async fn at_window(&mut self, place: usize, order: Order, now: Timestamp) {
        match self.submit(order).await {
            Some(receipt) => {
                for recorded in &receipt.events {
                    if let Event::Passed { ticket, .. } = recorded.event {
                        self.cast.missed(ticket, now);
                    }
                }
            }
            None => self.cast.refused(place, now),
        }
    }

    /// Submits an order. A person may have been quicker, so a refusal is nothing special.
    async fn submit(&self, order: Order) -> Option<Receipt> {
        match self.hall.journal().submit(order).await {
            Ok(receipt) => Some(receipt),
            Err(JournalError::Refused(refusal)) => {
                tracing::debug!(%refusal, "the crowd was refused something");
                None
            }
            Err(error) => {
                tracing::warn!(%error, "the crowd could not act");
                None
            }
        }
    }
}
