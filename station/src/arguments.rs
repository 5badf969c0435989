//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, ValueEnum, value_parser};
use protocol::Language;

/// More visitors an hour than any hall has.
const MOST_VISITORS: i64 = 20_000;

/// A whole hall on one PC: hall, kiosk and display in one process, on simulated devices.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Examples:\n  station\n      the demo hall; open the addresses it prints\n  \
                  station --crowd 600\n      with 600 simulated visitors an hour\n  \
                  station --config /etc/openhall --data /var/lib/openhall --listen 0.0.0.0:8080\n      \
                  a hall of your own, for other machines too"
)]
pub(crate) struct Arguments {
    /// Directory with hall.toml, kiosk.toml and display.toml [default: configs/demo, else the demo hall
    /// inside this program, written to the data directory]
    #[arg(long, value_name = "DIR")]
    pub(crate) config: Option<PathBuf>,

    /// Directory that keeps everything, made at the first start [default: data_dir in hall.toml, else
    /// ./hall-data]
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// Address of the hall [default: listen in hall.toml]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,

    /// Address of the kiosk [default: listen in kiosk.toml]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) kiosk_listen: Option<SocketAddr>,

    /// Address of the display [default: listen in display.toml]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) display_listen: Option<SocketAddr>,

    /// Simulated visitors an hour, with clerks to serve them; the first two windows stay free
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = value_parser!(u32).range(0..=MOST_VISITORS))]
    pub(crate) crowd: u32,

    /// The first language of the display and of what is printed here [default: language in
    /// display.toml]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<Tongue>,
}

/// A language as it is written on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Tongue {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Zh => Self::Zh,
            Tongue::En => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound_and_shows_an_example() {
        Arguments::command().debug_assert();
        let help = Arguments::command().render_long_help().to_string();
        assert!(help.contains("station --crowd 600"), "{help}");
        assert!(Arguments::try_parse_from(["station", "--crowd", "20001"]).is_err());
    }
}
