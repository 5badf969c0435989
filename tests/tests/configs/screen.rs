//! The kiosk's screen on Debian 12: the real sway, without a monitor, and in it the real browser, started by
//! the real script.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::{Folder, Process, wait_until};

use super::site::Site;
use super::{installed, kiosk, said};

/// The user and group `nobody`: sway does not run as root.
const NOBODY: u32 = 65_534;
/// How long a browser may take to start and to fill the screen.
const PATIENCE: Duration = Duration::from_secs(60);

/// A place where `nobody` runs sway. `None` where that cannot be had.
struct Seat {
    folder: Folder,
}

impl Seat {
    fn new() -> Result<Option<Self>> {
        if !["sway", "swaymsg", "setpriv"].into_iter().all(installed) {
            return Ok(None);
        }
        let folder = Folder::new("screen")?;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        fs::create_dir(folder.file("run"))?;
        fs::set_permissions(folder.file("run"), fs::Permissions::from_mode(0o700))?;
        if chown(folder.file("run"), Some(NOBODY), Some(NOBODY)).is_err() {
            eprintln!("only root can run a program as somebody else: not tried");
            return Ok(None);
        }
        fs::copy(kiosk("openhall-kiosk-screen"), folder.file("openhall-kiosk-screen"))?;
        Ok(Some(Self { folder }))
    }

    /// The real configuration; the script is given the address.
    fn config(&self, address: &str) -> Result<PathBuf> {
        let config = fs::read_to_string(kiosk("debian-12-sway/sway.config"))?;
        let exec = "exec openhall-kiosk-screen";
        ensure!(config.contains(exec), "sway starts the script");
        self.folder.write("sway.config", &config.replace(exec, &format!("{exec} {address}")))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new("setpriv");
        command.args([format!("--reuid={NOBODY}"), format!("--regid={NOBODY}")]);
        command.args(["--clear-groups", program]);
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", self.folder.path().display()));
        command
            .env("HOME", self.folder.file("run"))
            .env("XDG_RUNTIME_DIR", self.folder.file("run"));
        command.env("WLR_BACKENDS", "headless").env("WLR_RENDERER", "pixman");
        command.env("WLR_LIBINPUT_NO_DEVICES", "1").env("LIBSEAT_BACKEND", "noop");
        // Debian's chromium adds these to its own; in a container there is nothing to build a sandbox of.
        command.env("CHROMIUM_FLAGS", "--no-sandbox --disable-dev-shm-usage");
        command
    }

    /// The browser's window over the whole screen: its process, once it is there.
    fn browser_over_the_screen(&self) -> Option<u64> {
        let socket = fs::read_dir(self.folder.file("run")).ok()?.flatten().find_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with("sway-ipc").then(|| entry.path())
        })?;
        let asked =
            self.command("swaymsg").arg("--socket").arg(socket).args(["-t", "get_tree"]).output();
        let tree: Value = serde_json::from_slice(&asked.ok()?.stdout).ok()?;
        let window = window_of(&tree, "chromium")?;
        let whole = tree["nodes"]
            .as_array()?
            .iter()
            .any(|screen| screen["name"] != "__i3" && screen["rect"] == window["rect"]);
        (whole && window["fullscreen_mode"] == 1).then(|| window["pid"].as_u64())?
    }
}

/// Ends whatever was started here; the compositor's children do not all end with it, as systemd makes them.
impl Drop for Seat {
    fn drop(&mut self) {
        let here = self.folder.path().to_string_lossy().into_owned();
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
            let process = entry.file_name().to_string_lossy().parse();
            if let Ok(process) = process
                && String::from_utf8_lossy(&environment).contains(&here)
            {
                // It may have ended meanwhile.
                let _ = kill(process);
            }
        }
    }
}

/// The window of a program, anywhere below a node of sway's tree.
fn window_of<'a>(node: &'a Value, program: &str) -> Option<&'a Value> {
    if node["app_id"].as_str().is_some_and(|it| it.contains(program)) {
        return Some(node);
    }
    node["nodes"].as_array()?.iter().find_map(|below| window_of(below, program))
}

#[test]
fn sway_understands_its_configuration() -> Result<()> {
    let Some(seat) = Seat::new()? else { return Ok(()) };
    let config = seat.config("")?;
    let checked = seat.command("sway").arg("--validate").arg("--config").arg(config).output()?;
    ensure!(checked.status.success(), "{}", said(&checked));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_fills_the_screen_and_comes_back_after_the_browser_crashed() -> Result<()> {
    let Some(seat) = Seat::new()? else { return Ok(()) };
    // The page counts how often its profile has seen it.
    let count =
        "localStorage.n = Number(localStorage.n || 0) + 1; fetch('/seen/' + localStorage.n)";
    let site = Site::serve(format!("<title>kiosk</title><script>{count}</script>")).await?;
    let config = seat.config(&format!("http://127.0.0.1:{}/", site.port))?;
    let mut command = seat.command("sway");
    command.arg("--config").arg(config);
    let sway = Process::spawn(command)?;
    let comes_up = async |times: usize| {
        let seen =
            async || site.asked("/seen/1") == times && seat.browser_over_the_screen().is_some();
        wait_until(PATIENCE, "the page over the screen", seen).await.with_context(|| sway.output())
    };

    comes_up(1).await?;
    let browser = seat.browser_over_the_screen().context("the browser")?;
    kill(browser)?;
    comes_up(2).await?;
    assert_ne!(seat.browser_over_the_screen(), Some(browser));
    assert_eq!(site.asked("/seen/2"), 0, "a new browser knows nothing of the one before");
    Ok(())
}

fn kill(process: u64) -> Result<()> {
    let killed = Command::new("kill").args(["-KILL", &process.to_string()]).status()?;
    ensure!(killed.success(), "process {process} is gone");
    Ok(())
}
