//! The wall does not lie: what a display's outputs say they did is what they did, and what is missing is named.

use std::time::Duration;

use anyhow::{Result, bail};
use protocol::Language;
use protocol::live::{ConsoleCell, GivenOut, Output};
use tests::config::{INTEGRATOR, display_token};
use tests::machines::Machine;
use tests::soak::{OUTPUTS, Soak};
use tests::{Client, Hall, Setup, Watcher, wait_until};

/// The window whose calls the display's strip, lamp and keypad follow, and a service it takes.
const WINDOW: &str = "w01";
const SERVICE: &str = "s2";
/// A display that shows the whole hall.
const DISPLAY: &str = "d01";
/// Longer than a phrase and everything before it may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// Calls of the short soak.
const CALLS: usize = 1_500;

/// What the clerk sees of the present call.
async fn outputs(client: &Client) -> Result<Vec<GivenOut>> {
    let console: ConsoleCell = client.get(&format!("/windows/{WINDOW}/console")).await?.into()?;
    Ok(console.shown.map(|shown| shown.outputs).unwrap_or_default())
}

async fn call(client: &Client) -> Result<()> {
    client.take(&[SERVICE]).await?;
    client.call_next(WINDOW).await.map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_given_out_by_every_output_and_what_is_missing_is_named() -> Result<()> {
    let hall = Hall::start(&Setup::small(4, 1)).await?;
    let token = display_token(DISPLAY);
    let mut display =
        Machine::display_with(&hall.url, DISPLAY, &token, Language::Zh, OUTPUTS).await?;
    let page = Watcher::open_display(&display.url, DISPLAY, &token).await?;
    let client = hall.holder_of(INTEGRATOR);
    client.act(WINDOW, "open", &serde_json::json!({ "clerk": "c01" })).await?;
    // The hall expects an output from when it was first heard of.
    wait_until(PATIENCE, "the display's outputs", async || {
        client.get("/displays").await.is_ok_and(|answer| answer.text.contains("\"lamp\""))
    })
    .await?;

    call(&client).await?;
    let kinds = [Output::Shown, Output::Spoken, Output::Strip, Output::Lamp];
    let all = wait_until(PATIENCE, "every output to give the call out", async || {
        let outputs = outputs(&client).await.unwrap_or_default();
        let given = |kind| outputs.iter().any(|it| it.output == kind && it.at.is_some());
        outputs.len() == kinds.len() && kinds.into_iter().all(given)
    })
    .await;
    if let Err(in_vain) = all {
        bail!("{in_vain}: {:?}\n{}", outputs(&client).await?, display.process().output());
    }
    assert!(outputs(&client).await?.iter().all(|it| it.display.as_str() == DISPLAY && !it.faulty));

    display.process_mut().kill();
    client.act(WINDOW, "finish", &serde_json::json!({})).await?;
    wait_until(PATIENCE, "the display to be missed", async || {
        client.get("/displays").await.is_ok_and(|it| it.text.contains("\"connected\":false"))
    })
    .await?;
    call(&client).await?;
    let missing = outputs(&client).await?;
    assert!(missing.iter().any(|it| it.output == Output::Shown), "{missing:?}");
    assert!(missing.iter().all(|it| it.at.is_none() && it.faulty && it.gone), "{missing:?}");
    drop(page);
    Ok(())
}

/// The long form is `soak-wall`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_display_holds_no_more_after_many_calls_than_after_some() -> Result<()> {
    let soak = Soak::start(OUTPUTS).await?;
    soak.call_until(CALLS / 5, 150).await?;
    let before = soak.sample().await?;
    soak.call_until(CALLS, 150).await?;
    let after = soak.sample().await?;
    soak.end().await?;
    assert_eq!(after.growth_since(&before), None, "\n{before}\n{after}");
    Ok(())
}
