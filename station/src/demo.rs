//! The demo hall inside this program, for where there is no clone of the project: it is written to the
//! data directory once and read from there, so that it can be looked at and changed.

use std::io;
use std::path::{Path, PathBuf};

use hall_server::config::StaffMember;

const FILES: [(&str, &str); 8] = [
    ("demo/hall.toml", include_str!("../../configs/demo/hall.toml")),
    ("demo/plan.toml", include_str!("../../configs/demo/plan.toml")),
    ("demo/staff.toml", STAFF),
    ("demo/devices.toml", include_str!("../../configs/demo/devices.toml")),
    ("demo/kiosk.toml", include_str!("../../configs/demo/kiosk.toml")),
    ("demo/display.toml", include_str!("../../configs/demo/display.toml")),
    ("calendar/CN-2025.toml", include_str!("../../configs/calendar/CN-2025.toml")),
    ("calendar/CN-2026.toml", include_str!("../../configs/calendar/CN-2026.toml")),
];
const STAFF: &str = include_str!("../../configs/demo/staff.toml");

/// Their PINs, as the demo's staff.toml tells everybody.
pub(crate) const CLERK_PIN: &str = "2468";
/// The same for duty managers.
pub(crate) const MANAGER_PIN: &str = "1357";

/// Writes the demo hall below a data directory, except files that are already there, and says where.
///
/// # Errors
/// If the directory cannot be written to.
pub(crate) fn unpack(data: &Path) -> io::Result<PathBuf> {
    let configs = data.join("configs");
    for (name, text) in FILES {
        let file = configs.join(name);
        if !file.exists() {
            std::fs::create_dir_all(file.parent().unwrap_or(&configs))?;
            std::fs::write(file, text)?;
        }
    }
    Ok(configs.join("demo"))
}

/// Whether this member of staff is one of the demo's people, whose PINs everybody may know.
pub(crate) fn is_demo_person(member: &StaffMember) -> bool {
    STAFF.contains(&member.pin_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_can_be_read_from_where_it_was_written_and_changes_stay() {
        let data = std::env::temp_dir().join(format!("station-demo-{}", std::process::id()));
        let dir = unpack(&data).unwrap();
        let hall = hall_server::config::Config::read(&dir.join("hall.toml")).unwrap();
        assert_eq!((hall.plan.windows.len(), hall.plan.services.len()), (24, 30));
        assert!(hall.staff.iter().all(is_demo_person));
        let display = display_client::Config::read(&dir.join("display.toml")).unwrap();
        let known = hall.displays.iter().find(|it| it.id == display.display).unwrap();
        assert_eq!(known.token, display.token);
        let kiosk = kiosk_client::Config::load(&dir.join("kiosk.toml")).unwrap();
        let known = hall.kiosks.iter().find(|it| it.id == kiosk.kiosk.as_str()).unwrap();
        assert_eq!(known.token, kiosk.token);

        std::fs::write(dir.join("hall.toml"), "changed").unwrap();
        unpack(&data).unwrap();
        assert_eq!(std::fs::read_to_string(dir.join("hall.toml")).unwrap(), "changed");
        std::fs::remove_dir_all(&data).unwrap();
    }
}
