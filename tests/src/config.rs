//! Configurations of halls: a small made-up one of any size, or the demo hall as it is shipped. In both
//! it is about noon when the test runs, so that no test meets midnight.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::repository;

/// The PIN of every clerk of a small hall, and of the demo hall.
pub const PIN: &str = "2468";
/// The PIN of the demo hall's duty managers.
pub const MANAGER_PIN: &str = "1357";
/// The first demo kiosk's token.
pub const DEMO_KIOSK: &str = "demo-kiosk-1-7f3a9c5e2b8d4610";
/// The demo integrator's token.
pub const DEMO_INTEGRATOR: &str = "demo-integrator-4f1c9e7b3a8d6052";
/// The token of a small hall's kiosk `k1`; the others' differ in the number, see [`kiosk_token`].
pub const KIOSK: &str = "test-kiosk-1-0000000000";
/// The token of a small hall's integrator.
pub const INTEGRATOR: &str = "test-integrator-0000000000";

/// [`PIN`] as `hall-server hash-pin` prints it.
const PIN_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$+/KpCvj0HW7UWBeGVYUmjA$a1J6YqKYkD0OZR7gDXQHEBl00fRciJQgxtEbFEShelo";
/// Services of a small hall; each has a series of its own, A to H.
const SERVICES: usize = 8;
/// Zones of a small hall.
const ZONES: usize = 4;

/// What kind of hall a test wants.
#[derive(Clone, Debug)]
pub struct Setup {
    kind: Kind,
    limits: Table,
    kiosks: usize,
    host: IpAddr,
}

#[derive(Clone, Debug)]
enum Kind {
    Small { windows: usize, displays: usize },
    Demo,
}

impl Setup {
    /// A made-up hall with windows `w01`… (each for three of the services `s1`…`s8`, zones `z1`…`z4`),
    /// displays `d01`… (every second one for one zone only), clerks `c01`…, the manager `m01`, a kiosk
    /// `k1` and an integrator. A call nobody answers closes the ticket.
    #[must_use]
    pub fn small(windows: usize, displays: usize) -> Self {
        Self::of(Kind::Small { windows, displays })
    }

    /// The demo hall as `configs/demo` has it.
    #[must_use]
    pub fn demo() -> Self {
        Self::of(Kind::Demo)
    }

    /// With another bound in `[limits]`.
    #[must_use]
    pub fn limit(mut self, key: &str, value: i64) -> Self {
        self.limits.insert(key.to_owned(), Value::Integer(value));
        self
    }

    /// With so many kiosks, `k1`…; a small hall has one unless told otherwise.
    #[must_use]
    pub fn kiosks(mut self, count: usize) -> Self {
        self.kiosks = count;
        self
    }

    /// To be reached at this address, not at this machine's own.
    #[must_use]
    pub fn at(mut self, host: IpAddr) -> Self {
        self.host = host;
        self
    }

    fn of(kind: Kind) -> Self {
        Self { kind, limits: Table::new(), kiosks: 1, host: Ipv4Addr::LOCALHOST.into() }
    }

    /// Writes the configuration into a directory; its data goes there as well.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, folder: &Path, port: u16) -> Result<PathBuf> {
        let mut hall = match &self.kind {
            Kind::Small { windows, displays } => small(folder, *windows, *displays, self.kiosks)?,
            Kind::Demo => demo()?,
        };
        let mut set = |key: &str, value: String| hall.insert(key.to_owned(), Value::String(value));
        set("listen", format!("{}:{port}", self.host));
        set("public_url", format!("http://{}:{port}", self.host));
        set("data_dir", data_dir(folder).display().to_string());
        set("time_zone", noon_zone()?);
        if !self.limits.is_empty() {
            hall.insert("limits".to_owned(), Value::Table(self.limits.clone()));
        }
        let file = folder.join("hall.toml");
        std::fs::write(&file, toml::to_string(&hall)?)
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(file)
    }
}

/// Where a hall whose configuration was written into `folder` keeps its data.
#[must_use]
pub fn data_dir(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// The token of a small hall's display.
#[must_use]
pub fn display_token(display: &str) -> String {
    format!("test-display-{display}-0000000000")
}

/// The token of a small hall's kiosk `k1`, `k2`….
#[must_use]
pub fn kiosk_token(number: usize) -> String {
    format!("test-kiosk-{number}-0000000000")
}

/// A zone of the world in which it is between noon and one o'clock now.
fn noon_zone() -> Result<String> {
    let now = jiff::Timestamp::now().as_second();
    let hour = now.rem_euclid(24 * 3600) / 3600;
    let east = 12 - hour;
    // POSIX counts the other way: Etc/GMT-8 is eight hours east of Greenwich.
    let name = if east < 0 { format!("Etc/GMT+{}", -east) } else { format!("Etc/GMT-{east}") };
    jiff::tz::TimeZone::get(&name).with_context(|| format!("the zone {name}"))?;
    Ok(name)
}

/// The demo's `hall.toml`, its files named from the root.
fn demo() -> Result<Table> {
    let folder = repository::root().join("configs/demo");
    let text = std::fs::read_to_string(folder.join("hall.toml")).context("the demo hall")?;
    let mut hall: Table = toml::from_str(&text)?;
    let from_root = |value: &mut Value| {
        if let Value::String(path) = value {
            *path = folder.join(path.as_str()).display().to_string();
        }
    };
    for key in ["plan", "staff", "devices"] {
        hall.get_mut(key)
            .map(from_root)
            .with_context(|| format!("the demo hall names its {key}"))?;
    }
    if let Some(Value::Array(files)) = hall.get_mut("calendar") {
        files.iter_mut().for_each(from_root);
    }
    Ok(hall)
}

fn small(folder: &Path, windows: usize, displays: usize, kiosks: usize) -> Result<Table> {
    std::fs::write(folder.join("plan.toml"), plan(windows)?)?;
    std::fs::write(folder.join("staff.toml"), staff(windows)?)?;
    std::fs::write(folder.join("devices.toml"), devices(displays, kiosks)?)?;
    Ok(Table::new())
}

fn plan(windows: usize) -> Result<String> {
    let mut text = String::from(PLAN_HEAD);
    for zone in 1..=ZONES {
        writeln!(
            text,
            "[zones.z{zone}]\nname = {}\nfloor = \"{zone}F\"",
            label("区", "Zone", zone)
        )?;
    }
    for service in 1..=SERVICES {
        let prefix = char::from(b'A' + u8::try_from(service - 1)?);
        let name = label("业务", "Service", service);
        writeln!(text, "[series.s{service}]\nprefix = \"{prefix}\"")?;
        writeln!(
            text,
            "[services.s{service}]\nname = {name}\ndepartment = \"d1\"\nseries = \"s{service}\""
        )?;
    }
    for window in 1..=windows {
        let zone = window % ZONES + 1;
        let services: Vec<String> =
            (0..3).map(|step| format!("\"s{}\"", (window + step * 3) % SERVICES + 1)).collect();
        writeln!(
            text,
            "[windows.w{window:02}]\nname = {{ zh = \"{window}\", en = \"{window}\" }}\n\
             zone = \"z{zone}\"\nprofile = {{ groups = [{{ services = [{}] }}] }}",
            services.join(", ")
        )?;
    }
    Ok(text)
}

fn staff(clerks: usize) -> Result<String> {
    let mut text = String::new();
    let clerks = (1..=clerks).map(|number| (format!("c{number:02}"), "clerk", number));
    for (id, role, number) in clerks.chain([("m01".to_owned(), "manager", 0)]) {
        writeln!(
            text,
            "[[staff]]\nid = \"{id}\"\nname = {}\nrole = \"{role}\"\npin_hash = \"{PIN_HASH}\"",
            label("职员", "Clerk", number)
        )?;
    }
    Ok(text)
}

fn devices(displays: usize, kiosks: usize) -> Result<String> {
    let mut text = format!("[[integrators]]\nid = \"portal\"\ntoken = \"{INTEGRATOR}\"\n");
    for number in 1..=kiosks {
        let (name, token) = (label("取号机", "Kiosk", number), kiosk_token(number));
        writeln!(text, "[[kiosks]]\nid = \"k{number}\"\nname = {name}\ntoken = \"{token}\"")?;
    }
    for number in 1..=displays {
        let id = format!("d{number:02}");
        let token = display_token(&id);
        let name = label("屏", "Screen", number);
        writeln!(text, "[[displays]]\nid = \"{id}\"\nname = {name}\ntoken = \"{token}\"")?;
        if number % 2 == 0 {
            writeln!(text, "zones = [\"z{}\"]", number / 2 % ZONES + 1)?;
        }
    }
    Ok(text)
}

fn label(zh: &str, en: &str, number: usize) -> String {
    format!("{{ zh = \"{zh}{number}\", en = \"{en} {number}\" }}")
}

/// What a small hall's plan begins with.
const PLAN_HEAD: &str = r#"
name = { zh = "测试大厅", en = "Test Hall" }
[hours]
working = [{ from = "00:00", to = "24:00" }]
saturday = [{ from = "00:00", to = "24:00" }]
sunday = [{ from = "00:00", to = "24:00" }]
holiday = [{ from = "00:00", to = "24:00" }]
[credits]
elder = 900
[no_show]
requeue = "none"
[reasons]
pause-short = { zh = "短暂离开", en = "Short break" }
close-end = { zh = "下班", en = "End of shift" }
call-urgent = { zh = "情况紧急", en = "Urgent" }
hold-papers = { zh = "补充材料", en = "Missing papers" }
pin-urgent = { zh = "情况紧急", en = "Urgent" }
class-seen = { zh = "已查验证件", en = "Certificate seen" }
service-full = { zh = "今日受理已满", en = "Fully booked" }
[departments.d1]
name = { zh = "部门", en = "Department" }
"#;
