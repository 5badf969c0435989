//! Keeps the business day: begins it at the hall's midnight, ends the old one, and lets time have its
//! effect on timed holds and appointments.

use std::time::Duration;

use anyhow::Context;
use hall_core::{Command, Refusal};
use jiff::tz::TimeZone;
use protocol::Timestamp;
use tokio::sync::watch;

use crate::hall::Hall;
use crate::journal::{Actor, JournalError, Order};

const EVERY: Duration = Duration::from_secs(1);

/// Brings the day to what the clock and the configuration say.
///
/// # Errors
/// If the journal cannot be written.
pub(crate) async fn begin(hall: &Hall) -> anyhow::Result<()> {
    if !hall.config().calendar.knows(today(hall).date) {
        tracing::warn!(
            "the calendar of this year has not been entered: only weekends are known; \
             add a file to `calendar` in hall.toml"
        );
    }
    turn_over(hall).await.context("the business day could not begin")?;
    adopt_plan(hall).await
}

/// Keeps the day until told to stop.
pub(crate) async fn keep(hall: Hall, mut stopping: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
        if let Err(error) = step(&hall).await {
            tracing::error!(%error, "the day could not be kept; trying again");
        }
    }
}

async fn step(hall: &Hall) -> Result<(), JournalError> {
    turn_over(hall).await?;
    let due = hall.journal().day().next_due();
    if due.is_some_and(|due| due <= hall.clock().now()) {
        order(hall, Command::SettleDue).await?;
    }
    Ok(())
}

/// Ends yesterday and begins today, if the date has changed. A day that was ended by hand stays ended.
async fn turn_over(hall: &Hall) -> Result<(), JournalError> {
    let today = today(hall);
    let (date, running) = {
        let day = hall.journal().day();
        (day.date, day.running)
    };
    // A clock that steps back must not begin a day again.
    if date.is_some_and(|date| date >= today.date) {
        return Ok(());
    }
    if running {
        order(hall, Command::EndDay).await?;
        hall.people().forget();
    }
    order(hall, start_of_day(hall)).await
}

/// The command that begins the business day that the clock says.
pub(crate) fn start_of_day(hall: &Hall) -> Command {
    let today = today(hall);
    let config = hall.config();
    Command::StartDay {
        date: today.date,
        midnight: today.midnight,
        kind: config.calendar.kind(today.date),
        plan: config.plan.clone(),
    }
}

/// If the plan was changed while the hall was down, the running day takes the new one.
async fn adopt_plan(hall: &Hall) -> anyhow::Result<()> {
    let plan = hall.config().plan.clone();
    let unchanged = {
        let day = hall.journal().day();
        !day.running || day.plan == plan
    };
    if unchanged {
        return Ok(());
    }
    match order(hall, Command::ChangePlan { plan }).await {
        Err(JournalError::Refused(Refusal::BadPlan { fault })) => {
            tracing::warn!("the day goes on with its old plan: {fault}");
            Ok(())
        }
        other => other.context("the new plan could not be taken"),
    }
}

async fn order(hall: &Hall, command: Command) -> Result<(), JournalError> {
    hall.journal().submit(Order::new(Actor::Hall, command)).await.map(drop)
}

/// The business day by the hall's clock and zone.
struct Today {
    date: jiff::civil::Date,
    midnight: Timestamp,
}

fn today(hall: &Hall) -> Today {
    let zone = &hall.config().time_zone;
    let now = zoned(hall.clock().now(), zone);
    let midnight = now.start_of_day().map_or(0, |start| start.timestamp().as_millisecond());
    Today { date: now.date(), midnight: Timestamp(midnight) }
}

/// A time as the hall's wall clock shows it.
pub(crate) fn zoned(time: Timestamp, zone: &TimeZone) -> jiff::ZonedDateTime {
    let time = jiff::Timestamp::from_millisecond(time.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.to_zoned_datetime(zone.clone())
}
