//! One command starts a hall: `station` prints where every page is within two seconds, goes on where it
//! was after a power cut, and says in one sentence what is wrong when it cannot start.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tests::address::free_port;
use tests::config::DEMO_INTEGRATOR;
use tests::process::Ended;
use tests::repository::{keep_figure, program, root};
use tests::{Client, Folder, Process, wait_until};

/// Until the addresses are printed, on an idle machine.
const PRINTED_WITHIN: Duration = Duration::from_secs(2);
const START: Duration = Duration::from_secs(20);

/// A station on the demo hall, on free ports.
struct Station {
    process: Process,
    url: String,
    kiosk: String,
    display: String,
}

impl Station {
    async fn start(data: &Path, more: &[&str]) -> Result<(Self, Duration)> {
        let ports = [free_port()?, free_port()?, free_port()?];
        let [hall, kiosk, display] = ports.map(|port| format!("127.0.0.1:{port}"));
        let mut command = Command::new(program("station")?);
        command
            .current_dir(root())
            .arg("--data")
            .arg(data)
            .args(["--listen", &hall, "--kiosk-listen", &kiosk, "--display-listen", &display])
            .args(more);
        let before = Instant::now();
        let mut process = Process::spawn(command)?;
        let last_row = |line: &str| line.contains("/openapi.json").then_some(());
        process.line(START, last_row).await?;
        let [url, kiosk, display] = [hall, kiosk, display].map(|addr| format!("http://{addr}"));
        Ok((Self { process, url, kiosk, display }, before.elapsed()))
    }

    fn portal(&self) -> Client {
        Client::new(&self.url, Some(DEMO_INTEGRATOR.to_owned()))
    }
}

#[tokio::test]
async fn it_starts_prints_its_pages_and_goes_on_after_a_power_cut() -> Result<()> {
    let data = Folder::new("station")?;
    let (mut station, took) = Station::start(data.path(), &[]).await?;
    keep_figure("station", &format!("addresses printed after {} ms", took.as_millis()))?;
    assert!(took < PRINTED_WITHIN, "printed after {took:?}");

    let printed = station.process.stdout().join("\n");
    for path in ["/", "/sign-in", "/display/lobby", "/openapi.json"] {
        let url = format!("{}{path}", station.url);
        assert!(printed.contains(&url), "{url} is printed:\n{printed}");
        assert_eq!(Client::new(&station.url, None).page(path).await?.status, 200, "{url}");
    }
    for url in [&station.kiosk, &station.display] {
        assert!(printed.contains(&format!("{url}/")), "{url} is printed:\n{printed}");
        assert_eq!(Client::new(url, None).page("/").await?.status, 200, "{url}");
    }

    let slip = station.portal().take(&["consultation"]).await?;
    station.process.kill();
    let (again, _) = Station::start(data.path(), &[]).await?;
    assert_eq!(again.portal().ticket(slip.ticket).await?.number, slip.number);
    let next = again.portal().take(&["consultation"]).await?;
    assert_ne!(next.number, slip.number, "numbers go on");
    Ok(())
}

#[tokio::test]
async fn a_crowd_comes_and_is_served() -> Result<()> {
    let data = Folder::new("crowd")?;
    let (station, _) = Station::start(data.path(), &["--crowd", "20000"]).await?;
    let portal = station.portal();
    let mut last = None;
    wait_until(Duration::from_secs(60), "visitors of the crowd being called", async || {
        last = portal.totals().await.ok();
        last.as_ref().is_some_and(|it| it.taken > 10 && it.called + it.serving > 0)
    })
    .await
    .with_context(|| format!("{last:?}\n{}", station.process.output()))
}

#[tokio::test]
async fn a_mistake_is_one_sentence_that_names_file_key_and_mend() -> Result<()> {
    let cases = [
        ("hall.toml", "listen =", "lisen =", "lisen"),
        ("hall.toml", "time_zone = \"Asia/Shanghai\"", "time_zone = \"Moon/Sea\"", "time_zone"),
        ("plan.toml", "department = \"general\"", "department = \"nowhere\"", "department"),
        ("kiosk.toml", "listen =", "lisen =", "lisen"),
        ("display.toml", "token =", "tokem =", "tokem"),
    ];
    for (file, before, after, key) in cases {
        let folder = Folder::new("mistake")?;
        let configs = copy_demo(&folder)?;
        let path = configs.join(file);
        let text = std::fs::read_to_string(&path)?;
        let changed = text.replacen(before, after, 1);
        assert_ne!(text, changed, "{file} has `{before}`");
        std::fs::write(&path, changed)?;
        let ended = fail_to_start(&configs, &folder.file("data"), &[]).await?;
        one_sentence(&ended, &[file, key]);
    }
    Ok(())
}

#[tokio::test]
async fn a_taken_port_is_one_sentence() -> Result<()> {
    let folder = Folder::new("port")?;
    let configs = copy_demo(&folder)?;
    let taken = std::net::TcpListener::bind("127.0.0.1:0")?;
    let addr = taken.local_addr()?.to_string();
    for option in ["--listen", "--kiosk-listen", "--display-listen"] {
        let data = folder.file(option);
        let ended = fail_to_start(&configs, &data, &[option, &addr]).await?;
        one_sentence(&ended, &[&addr]);
    }
    Ok(())
}

/// Starts a station on free ports that must end by itself.
async fn fail_to_start(configs: &Path, data: &Path, more: &[&str]) -> Result<Ended> {
    let mut command = Command::new(program("station")?);
    command.current_dir(root()).arg("--config").arg(configs).arg("--data").arg(data);
    for option in ["--listen", "--kiosk-listen", "--display-listen"] {
        if !more.contains(&option) {
            command.args([option, &format!("127.0.0.1:{}", free_port()?)]);
        }
    }
    command.args(more);
    Process::spawn(command)?.end(START).await
}

fn one_sentence(ended: &Ended, names: &[&str]) {
    let said = ended.stderr.trim();
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "one sentence: {said}");
    for name in names {
        assert!(said.contains(name), "names {name}: {said}");
    }
}

/// A copy of the demo's configuration with its calendars where they are.
fn copy_demo(folder: &Folder) -> Result<std::path::PathBuf> {
    for part in ["demo", "calendar"] {
        let copy = folder.file(part);
        std::fs::create_dir(&copy)?;
        for entry in std::fs::read_dir(root().join("configs").join(part))? {
            let entry = entry?;
            std::fs::copy(entry.path(), copy.join(entry.file_name()))?;
        }
    }
    Ok(folder.file("demo"))
}
