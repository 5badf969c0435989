//! The machines and systems that may speak to the hall, as `devices.toml` says it.

use std::collections::BTreeSet;
use std::path::Path;

use hall_core::plan::Plan;
use protocol::{DisplayId, Label, WindowId, ZoneId};
use serde::Deserialize;
use settings::Fault;

/// Shortest token that is accepted.
const TOKEN_CHARS: usize = 16;

/// A kiosk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Its id.
    pub id: String,
    /// Where it stands, for people.
    pub name: Label,
    /// Its secret, at least 16 characters.
    pub token: String,
}

/// A display.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisplayDevice {
    /// Its id.
    pub id: DisplayId,
    /// Where it hangs, for people.
    pub name: Label,
    /// Its secret, at least 16 characters.
    pub token: String,
    /// The zones it shows; empty for the whole hall.
    #[serde(default)]
    pub zones: Vec<ZoneId>,
    /// The windows whose caller keypads, buttons and raters are connected to it.
    #[serde(default)]
    pub keypads: Vec<WindowId>,
}

/// Another system.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Integrator {
    /// Its id.
    pub id: String,
    /// Its secret, at least 16 characters.
    pub token: String,
}

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DevicesFile {
    /// One table each: `[[kiosks]]`.
    #[serde(default)]
    pub(super) kiosks: Vec<Device>,
    /// One table each: `[[displays]]`.
    #[serde(default)]
    pub(super) displays: Vec<DisplayDevice>,
    /// One table each: `[[integrators]]`.
    #[serde(default)]
    pub(super) integrators: Vec<Integrator>,
}

pub(super) fn read(file: &Path, plan: &Plan) -> Result<DevicesFile, Fault> {
    let devices: DevicesFile = settings::read(file)?;
    check_ids(file, &devices)?;
    check_tokens(file, &devices)?;
    for (place, display) in devices.displays.iter().enumerate() {
        if let Some(zone) = display.zones.iter().find(|zone| !plan.zones.contains_key(*zone)) {
            return Err(Fault::new(
                file,
                &format!("displays[{place}].zones"),
                format!("`{zone}` is not a zone of the plan"),
                "use a zone's id from the plan",
            ));
        }
        if let Some(window) = display.keypads.iter().find(|it| !plan.windows.contains_key(*it)) {
            return Err(Fault::new(
                file,
                &format!("displays[{place}].keypads"),
                format!("`{window}` is not a window of the plan"),
                "use a window's id from the plan",
            ));
        }
    }
    Ok(devices)
}

/// Two machines of one name would speak in each other's.
fn check_ids(file: &Path, devices: &DevicesFile) -> Result<(), Fault> {
    let kiosks = devices.kiosks.iter().map(|it| ("kiosks", it.id.as_str()));
    let displays = devices.displays.iter().map(|it| ("displays", it.id.as_str()));
    let others = devices.integrators.iter().map(|it| ("integrators", it.id.as_str()));
    let mut seen = BTreeSet::new();
    for (list, id) in kiosks.chain(displays).chain(others) {
        if !seen.insert((list, id)) {
            let mend = "give every device an id of its own";
            return Err(Fault::new(file, &format!("{list}.{id}.id"), "is used twice", mend));
        }
    }
    Ok(())
}

fn check_tokens(file: &Path, devices: &DevicesFile) -> Result<(), Fault> {
    let kiosks = devices.kiosks.iter().map(|it| ("kiosks", it.id.as_str(), &it.token));
    let displays = devices.displays.iter().map(|it| ("displays", it.id.as_str(), &it.token));
    let others = devices.integrators.iter().map(|it| ("integrators", it.id.as_str(), &it.token));
    let mut seen: Vec<&String> = Vec::new();
    for (list, id, token) in kiosks.chain(displays).chain(others) {
        let key = format!("{list}.{id}.token");
        if token.chars().count() < TOKEN_CHARS {
            let mend = "use at least 16 random characters";
            return Err(Fault::new(file, &key, "is too short", mend));
        }
        if seen.contains(&token) {
            let mend = "give every device a token of its own";
            return Err(Fault::new(file, &key, "is used twice", mend));
        }
        seen.push(token);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_device_has_an_id_of_its_own() {
        let device = |list: &str, id: &str| {
            format!(
                "[[{list}]]\nid = \"{id}\"\nname = {{ zh = \"East\", en = \"East\" }}\ntoken = \"t\"\n"
            )
        };
        let checked = |text: String| {
            check_ids(Path::new("devices.toml"), &toml::from_str(&text).expect("it is read"))
        };
        assert!(checked(device("kiosks", "east") + &device("displays", "east")).is_ok());
        let twice = checked(device("displays", "east") + &device("displays", "east"));
        assert!(twice.expect_err("a fault").to_string().contains("displays.east.id"));
    }
}
