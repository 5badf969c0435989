//! What is to be started: the configuration, from a directory or from the demo hall inside this program,
//! with what the command line changes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::Context;
use protocol::Language;

use crate::arguments::Arguments;
use crate::demo;

/// Where the demo hall lies in a clone of the project.
const DEMO_DIR: &str = "configs/demo";
/// Where everything is kept if nobody says otherwise.
const DATA_DIR: &str = "hall-data";

/// The configuration of all three.
#[derive(Debug)]
pub(crate) struct Setup {
    /// The directory it comes from.
    pub(crate) dir: PathBuf,
    /// The hall.
    pub(crate) hall: hall_server::config::Config,
    /// The kiosk.
    pub(crate) kiosk: kiosk_client::Config,
    /// The display.
    pub(crate) display: display_client::Config,
    /// The first language of what is printed.
    pub(crate) language: Language,
}

impl Setup {
    /// Reads the configuration.
    ///
    /// # Errors
    /// One sentence that names file, key and mend.
    pub(crate) fn read(arguments: &Arguments) -> anyhow::Result<Self> {
        let dir = config_dir(arguments)?;
        let mut hall = hall_server::config::Config::read(&dir.join("hall.toml"))?;
        let mut kiosk = kiosk_client::Config::load(&dir.join("kiosk.toml"))?;
        let mut display = display_client::Config::read(&dir.join("display.toml"))?;
        if let Some(data) = &arguments.data {
            // Where nobody named another folder, pictures lie in the data directory.
            if hall.media_dir == hall.data_dir.join("media") {
                hall.media_dir = data.join("media");
            }
            hall.data_dir.clone_from(data);
        }
        display.data_dir = hall.data_dir.join("display");
        kiosk.data_dir = hall.data_dir.join("kiosk");
        if let Some(listen) = arguments.listen {
            hall.listen = with_port(listen)?;
            // Slips must lead where the hall is now, not where the file has it.
            hall.public_url = format!("http://{}", reachable(hall.listen));
        }
        kiosk.listen = arguments.kiosk_listen.unwrap_or(kiosk.listen);
        // A port that is only found when the kiosk starts cannot be linked to before.
        if kiosk.listen.port() != 0 {
            hall.kiosk_url = Some(format!("http://{}/", reachable(kiosk.listen)));
        }
        display.listen = arguments.display_listen.unwrap_or(display.listen);
        display.language = arguments.language.map_or(display.language, Language::from);
        let language = display.language;
        Ok(Self { dir, hall, kiosk, display, language })
    }
}

/// The address at which this machine reaches what listens there.
pub(crate) fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn config_dir(arguments: &Arguments) -> anyhow::Result<PathBuf> {
    if let Some(dir) = &arguments.config {
        return Ok(dir.clone());
    }
    let demo_dir = Path::new(DEMO_DIR);
    if demo_dir.join("hall.toml").is_file() {
        return Ok(demo_dir.to_owned());
    }
    let data = arguments.data.as_deref().unwrap_or(Path::new(DATA_DIR));
    demo::unpack(data).with_context(|| {
        format!(
            "the demo hall cannot be written to {}; name another directory with --data",
            data.display()
        )
    })
}

/// Port 0 asks for any free port; the address is needed before the hall listens on it.
fn with_port(listen: SocketAddr) -> anyhow::Result<SocketAddr> {
    if listen.port() != 0 {
        return Ok(listen);
    }
    let free = TcpListener::bind(listen).with_context(|| {
        format!("--listen {listen}: no port is free there; choose another address")
    })?;
    Ok(free.local_addr()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_everybody_is_reached_on_this_machine() {
        let everywhere: SocketAddr = "0.0.0.0:8080".parse().unwrap();
        assert_eq!(reachable(everywhere).to_string(), "127.0.0.1:8080");
        let one: SocketAddr = "10.0.0.5:8080".parse().unwrap();
        assert_eq!(reachable(one), one);
        assert_ne!(with_port("127.0.0.1:0".parse().unwrap()).unwrap().port(), 0);
    }
}
