//! The browser's policy, in a real browser: the kiosk's own page opens, and no other address does.

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{Folder, Process, wait_until};

use super::kiosk;
use super::site::Site;

/// How long a browser may take to start and to open a page.
const PATIENCE: Duration = Duration::from_secs(40);

/// Starts a browser that finds the policy where Debian's looks for it. What is mounted for it is seen by it
/// alone and gone with it.
const BROWSER_WITH_POLICY: &str = "mount -t tmpfs tmpfs /etc/chromium \
    && mkdir -p /etc/chromium/policies/managed \
    && cat \"$1\" > /etc/chromium/policies/managed/openhall-kiosk.json \
    && exec chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
        --disable-background-networking --user-data-dir=\"$2\" \"$3\"";

#[test]
fn the_policy_allows_the_kiosks_own_pages_and_nothing_else() -> Result<()> {
    let policy: Value = serde_json::from_str(&fs::read_to_string(kiosk("chromium-policy.json"))?)?;
    let config: toml::Table = fs::read_to_string(kiosk("kiosk.toml"))?.parse()?;
    assert_eq!(policy["URLBlocklist"], json!(["*"]));
    assert_eq!(policy["URLAllowlist"], json!([config["listen"].as_str()]));
    assert_eq!(policy["DeveloperToolsAvailability"], 2, "no developer tools");
    Ok(())
}

/// The kiosk's page is allowed and tries to open another one within it. The same browser without the policy
/// does open it, so that this cannot pass for another reason.
#[tokio::test(flavor = "multi_thread")]
async fn a_real_browser_opens_the_kiosks_page_and_no_other() -> Result<()> {
    let may = Command::new("unshare").args(["--mount", "test", "-d", "/etc/chromium"]).output();
    if !may.is_ok_and(|it| it.status.success()) {
        eprintln!("a file system of its own, or chromium, cannot be had here: not tried");
        return Ok(());
    }
    let policy = fs::read_to_string(kiosk("chromium-policy.json"))?;
    assert!(opens_another_page("{}").await?, "without a policy");
    assert!(!opens_another_page(&policy).await?, "with the policy");
    Ok(())
}

/// Whether a browser with this policy opens another page than the kiosk's.
async fn opens_another_page(policy: &str) -> Result<bool> {
    let other = Site::serve("another page".to_owned()).await?;
    let frame = format!("<iframe src='http://127.0.0.1:{}/other' ", other.port);
    // The frame is loaded when it was opened, and when it was refused.
    let page = format!("{frame} onload=\"fetch('/loaded')\"></iframe>");
    let own = Site::serve(page).await?;

    let folder = Folder::new("policy")?;
    let policy = folder.write("policy.json", &policy.replace("8081", &own.port.to_string()))?;
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", BROWSER_WITH_POLICY, "browser"]);
    command.arg(policy).arg(folder.file("profile")).arg(format!("http://127.0.0.1:{}/", own.port));
    let browser = Process::spawn(command)?;
    let loaded = async || own.asked("/loaded") > 0;
    wait_until(PATIENCE, "the kiosk's page", loaded)
        .await
        .with_context(|| browser.stderr().join("\n"))?;
    Ok(other.asked("/other") > 0)
}
