//! A hall at rest is small: the release `hall-server` on the demo hall.

use anyhow::Result;
use tests::repository::{keep_figure, release_program};
use tests::{Hall, Setup};

/// Kilobytes of memory at rest.
const LIMIT_KB: u64 = 30_000;

#[tokio::test]
async fn an_idle_hall_is_small() -> Result<()> {
    let Some(server) = release_program("hall-server")? else {
        return keep_figure("memory", "not measured: build with --release first, as ./check does");
    };
    let hall = Hall::start_program(&server, &Setup::demo(), "info").await?;
    // What every hall has been asked before it comes to rest.
    for page in ["/", "/sign-in", "/display/lobby", "/openapi.json"] {
        assert_eq!(hall.visitor().page(page).await?.status, 200, "{page}");
    }
    let used = hall.process().memory_kb()?;
    keep_figure("memory", &format!("an idle hall uses {:.1} MB", used as f64 / 1000.0))?;
    assert!(used < LIMIT_KB, "{used} kB");
    Ok(())
}
