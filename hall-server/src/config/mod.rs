//! The hall's configuration: `hall.toml` and the files it names. Every key is described where it is
//! defined; an unknown key, a bad value or a reference to nothing is one sentence naming file, key and
//! mend.

mod devices;
mod limits;
mod staff;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hall_core::plan::{Calendar, CalendarYear, Plan};
use jiff::tz::TimeZone;
use serde::Deserialize;
use settings::Fault;

pub use devices::{Device, DisplayDevice, Integrator};
pub use limits::Limits;
pub use staff::StaffMember;

/// Everything a hall needs to know before it starts.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where it keeps its data.
    pub data_dir: PathBuf,
    /// Where the pictures and videos for the displays are.
    pub media_dir: PathBuf,
    /// How visitors' phones reach it; the slip's QR code begins with this. No slash at the end.
    pub public_url: String,
    /// Where the entrance page leads whoever wants a number.
    pub kiosk_url: Option<String>,
    /// The zone of the business day.
    pub time_zone: TimeZone,
    /// Bounds on what it accepts.
    pub limits: Limits,
    /// The rules.
    pub plan: Arc<Plan>,
    /// Working days and holidays.
    pub calendar: Calendar,
    /// Who works here.
    pub staff: Vec<StaffMember>,
    /// Machines that issue tickets.
    pub kiosks: Vec<Device>,
    /// Screens.
    pub displays: Vec<DisplayDevice>,
    /// Other systems.
    pub integrators: Vec<Integrator>,
}

/// `hall.toml` as it is written. Paths are relative to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HallFile {
    /// Address and port, such as `127.0.0.1:8080`; `0.0.0.0:8080` to be reached from other machines.
    listen: SocketAddr,
    /// Directory of the journal and its key; made at the first start. Relative to where the hall starts.
    data_dir: PathBuf,
    /// Directory of the pictures and videos for the displays, made at the first start. Relative to where the
    /// hall starts; `media` in the data directory if it is not said.
    #[serde(default)]
    media_dir: Option<PathBuf>,
    /// Address that visitors' phones can open, such as `http://hall.example:8080`.
    public_url: String,
    /// Address of a kiosk's page, if the entrance page should lead there; for demos and one-PC halls.
    #[serde(default)]
    kiosk_url: Option<String>,
    /// Zone of the business day, such as `Asia/Shanghai`.
    time_zone: String,
    /// File of the plan.
    #[serde(default = "plan_file")]
    plan: PathBuf,
    /// File of the staff.
    #[serde(default = "staff_file")]
    staff: PathBuf,
    /// File of the devices.
    #[serde(default = "devices_file")]
    devices: PathBuf,
    /// Files of the working-day calendar, one a year.
    #[serde(default)]
    calendar: Vec<PathBuf>,
    /// Bounds on what the hall accepts.
    #[serde(default)]
    limits: Limits,
}

fn plan_file() -> PathBuf {
    "plan.toml".into()
}
fn staff_file() -> PathBuf {
    "staff.toml".into()
}
fn devices_file() -> PathBuf {
    "devices.toml".into()
}

impl Config {
    /// Reads `hall.toml` and every file it names.
    ///
    /// # Errors
    /// The first [`Fault`] found.
    pub fn read(file: &Path) -> Result<Self, Fault> {
        let hall: HallFile = settings::read(file)?;
        let beside = |path: &Path| file.parent().unwrap_or(Path::new("")).join(path);
        let plan = read_plan(&beside(&hall.plan))?;
        let staff = staff::read(&beside(&hall.staff))?;
        let devices = devices::read(&beside(&hall.devices), &plan)?;
        let calendar = hall
            .calendar
            .iter()
            .map(|path| settings::read::<CalendarYear>(&beside(path)))
            .collect::<Result<Vec<_>, _>>()?;
        let time_zone = TimeZone::get(&hall.time_zone).map_err(|error| {
            Fault::new(file, "time_zone", error.to_string(), "use a name such as Asia/Shanghai")
        })?;
        if !hall.public_url.starts_with("http://") && !hall.public_url.starts_with("https://") {
            return Err(Fault::new(
                file,
                "public_url",
                format!("`{}` is no web address", hall.public_url),
                "begin it with http:// or https://",
            ));
        }
        Ok(Self {
            listen: hall.listen,
            media_dir: hall.media_dir.unwrap_or_else(|| hall.data_dir.join("media")),
            data_dir: hall.data_dir,
            public_url: hall.public_url.trim_end_matches('/').to_owned(),
            kiosk_url: hall.kiosk_url,
            time_zone,
            limits: hall.limits,
            plan: Arc::new(plan),
            calendar: Calendar::new(calendar),
            staff,
            kiosks: devices.kiosks,
            displays: devices.displays,
            integrators: devices.integrators,
        })
    }
}

/// Reads a plan and asks it for its faults.
fn read_plan(file: &Path) -> Result<Plan, Fault> {
    let plan: Plan = settings::read(file)?;
    match plan.faults().into_iter().next() {
        Some(fault) => Err(Fault::new(file, &fault.key, fault.problem, fault.mend)),
        None => Ok(plan),
    }
}
