//! The files in `configs/kiosk` that no compiler reads: systemd, sway, a shell and a real browser read them
//! here. What is not installed on this machine is not tried, and says so.

#[path = "configs/policy.rs"]
mod policy;
#[path = "configs/screen.rs"]
mod screen;
#[path = "configs/site.rs"]
mod site;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};
use tests::Folder;
use tests::repository::root;

fn kiosk(name: &str) -> PathBuf {
    root().join("configs/kiosk").join(name)
}

/// Whether a program is installed; says so if it is not.
fn installed(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    if !there {
        eprintln!("{program} is not installed: not tried");
    }
    there
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// systemd finds nothing wrong with the units. Their programs need not be on this machine.
#[test]
fn systemd_understands_the_units() -> Result<()> {
    if !installed("systemd-analyze") {
        return Ok(());
    }
    let folder = Folder::new("units")?;
    let mut units = Vec::new();
    for name in ["openhall-kiosk.service", "openhall-kiosk-screen.service"] {
        units.push(copied(name, &folder, name)?);
    }
    fs::create_dir(folder.file("openhall-kiosk-screen.service.d"))?;
    let labwc = "openhall-kiosk-screen.service.d/labwc.conf";
    copied("openhall-kiosk-screen-labwc.conf", &folder, labwc)?;
    let verified = Command::new("systemd-analyze").arg("verify").args(units).output()?;
    ensure!(verified.status.success(), "{}", said(&verified));
    // An unknown key is only worth a line to systemd.
    assert_eq!(said(&verified), "");
    Ok(())
}

/// Copies a unit, with a program in it that every machine has.
fn copied(unit: &str, folder: &Folder, name: &str) -> Result<PathBuf> {
    let text = fs::read_to_string(kiosk("systemd").join(unit))?;
    let line = |line: &str| match line.split_once('=') {
        Some((key, value)) if key.starts_with("Exec") && !value.is_empty() => {
            format!("{key}=/bin/true\n")
        }
        _ => format!("{line}\n"),
    };
    folder.write(name, &text.lines().map(line).collect::<String>())
}

/// These would close the kiosk's devices to it, and only a kiosk with real ones would notice.
#[test]
fn the_kiosk_may_reach_its_devices() -> Result<()> {
    let unit = fs::read_to_string(kiosk("systemd/openhall-kiosk.service"))?;
    for key in
        ["PrivateDevices=", "ProtectClock=", "DevicePolicy=", "DeviceAllow=", "PrivateNetwork="]
    {
        assert!(!unit.lines().any(|line| line.starts_with(key)), "{key}");
    }
    for group in ["lp", "dialout", "gpio", "audio", "input"] {
        let groups = unit.lines().find_map(|line| line.strip_prefix("SupplementaryGroups="));
        assert!(groups.is_some_and(|it| it.split(' ').any(|it| it == group)), "{group}");
        let users = fs::read_to_string(kiosk("openhall-kiosk.sysusers"))?;
        let made = users.lines().any(|line| line.starts_with("g ") && line.contains(group));
        assert!(made, "a unit with the group {group} does not start where there is none");
    }
    Ok(())
}

#[test]
fn a_shell_understands_the_scripts() -> Result<()> {
    for script in ["install.sh", "openhall-kiosk-screen", "raspberry-pi-os-labwc/autostart"] {
        let checked = Command::new("sh").arg("-n").arg(kiosk(script)).output()?;
        ensure!(checked.status.success(), "{script}: {}", said(&checked));
    }
    Ok(())
}

/// The installer puts every file somewhere, and says first what is wrong with what it was asked.
#[test]
fn the_installer_installs_everything() -> Result<()> {
    let folder = Folder::new("install")?;
    let program = folder.write("kiosk-client", "a program")?;
    let mut places = String::new();
    for screen in ["sway", "labwc"] {
        let target = folder.file(screen);
        let installed = install(&program, screen, &target)?;
        ensure!(installed.status.success(), "{}", said(&installed));
        for place in String::from_utf8(installed.stdout)?.lines() {
            assert!(target.join(place.trim_start_matches('/')).is_file(), "{place}");
            places.push_str(place);
        }
        let token = fs::metadata(target.join("etc/openhall/kiosk.toml"))?.permissions();
        assert_eq!(token.mode() & 0o777, 0o600, "nobody else reads the token");
    }
    let script = fs::read_to_string(kiosk("install.sh"))?;
    for file in files_below(&kiosk(""))? {
        let name = file.file_name().context("a name")?.to_string_lossy().into_owned();
        let known = ["README.md", "install.sh"].contains(&name.as_str()) || script.contains(&name);
        assert!(known, "{name} is never installed");
    }
    assert!(places.contains("/etc/openhall/sway.config") && places.contains("labwc.conf"));

    let mistake = install(&program, "gnome", &folder.file("x"))?;
    assert_eq!(mistake.status.code(), Some(2));
    assert!(said(&mistake).contains("sway or labwc"), "{}", said(&mistake));
    Ok(())
}

/// A site's own configuration survives an update.
#[test]
fn the_installer_never_touches_a_configuration_that_is_there() -> Result<()> {
    let folder = Folder::new("update")?;
    let program = folder.write("kiosk-client", "a program")?;
    let config = folder.file("etc/openhall/kiosk.toml");
    fs::create_dir_all(config.parent().context("a directory")?)?;
    fs::write(&config, "the site's own")?;
    let installed = install(&program, "sway", folder.path())?;
    ensure!(installed.status.success(), "{}", said(&installed));
    assert_eq!(fs::read_to_string(config)?, "the site's own");
    Ok(())
}

fn install(program: &Path, screen: &str, target: &Path) -> Result<Output> {
    let mut command = Command::new("sh");
    command.arg(kiosk("install.sh")).arg("--program").arg(program);
    command.args(["--screen", screen, "--destdir"]).arg(target);
    Ok(command.output()?)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
