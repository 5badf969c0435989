//! Waiting for something to become true, never for a time to pass.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long between two looks.
const EVERY: Duration = Duration::from_millis(20);

/// Waits until `done` says yes.
///
/// # Errors
/// If it still says no after `limit`; the error names `what` was waited for.
pub async fn wait_until(
    limit: Duration,
    what: &str,
    mut done: impl AsyncFnMut() -> bool,
) -> Result<()> {
    let end = Instant::now() + limit;
    while !done().await {
        if Instant::now() > end {
            bail!("waited {} s in vain for: {what}", limit.as_secs_f32());
        }
        tokio::time::sleep(EVERY).await;
    }
    Ok(())
}
