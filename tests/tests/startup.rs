//! History grows, the day does not: a hall starts as fast with a long past as with none.

use std::time::Duration;

use anyhow::{Context, Result};
use tests::history::{hall_with, server_to_time, time_to_ready};
use tests::repository::keep_figure;

/// Old tickets if nobody says otherwise; `OPENHALL_OLD_TICKETS=2000000` for the real thing.
const USUAL_TICKETS: u64 = 100_000;
/// Starts of which the best counts.
const STARTS: u32 = 3;
/// What a start may take, however long the past.
const LIMIT: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_long_past_does_not_slow_the_start() -> Result<()> {
    let tickets = match std::env::var("OPENHALL_OLD_TICKETS") {
        Ok(text) => text.parse().context("OPENHALL_OLD_TICKETS is a number")?,
        Err(_) => USUAL_TICKETS,
    };
    let server = server_to_time()?;
    let young = hall_with(0, &server).await?;
    let young = time_to_ready(&young, &server, STARTS).await?;
    let old = hall_with(tickets, &server).await?;
    let ready = time_to_ready(&old, &server, STARTS).await?;

    let figures = format!(
        "ready after {} ms with {tickets} old tickets, after {} ms with none",
        ready.as_millis(),
        young.as_millis()
    );
    keep_figure("startup", &figures)?;
    assert!(ready < LIMIT, "{figures}");

    let kept: i64 =
        old.database()?.query_row("SELECT count(*) FROM ticket", [], |row| row.get(0))?;
    assert_eq!(kept, tickets.cast_signed(), "the past is still there");
    Ok(())
}
