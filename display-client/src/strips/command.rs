//! `display-client strip`: shows a text on one strip, to try wiring and addresses.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use hardware::strip::{Colour, Face, Health};
use tokio::time::timeout;

use super::make;
use crate::config::Config;

/// How long a strip may take: the line is tried several times.
const PATIENCE: Duration = Duration::from_secs(15);

/// What can be asked of strips.
#[derive(Debug, Subcommand)]
pub enum StripCommand {
    /// Shows a text on the strips of a window; stop the display first, for a bus has one master.
    #[command(
        after_help = "Example:\n  display-client strip say east w01 A001 --config /etc/openhall/display.toml"
    )]
    Say(Say),
}

/// A text to be shown.
#[derive(Debug, Args)]
pub struct Say {
    /// The bus, as its table is named.
    bus: String,
    /// The window.
    window: String,
    /// What is shown; blanks make the strip dark.
    text: String,
    /// The configuration of the display.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// Flashes for as long as a call would.
    #[arg(long)]
    flash: bool,
}

impl StripCommand {
    /// Does it, and returns what is to be shown.
    ///
    /// # Errors
    /// What is wrong, in one sentence.
    pub async fn run(self) -> anyhow::Result<String> {
        let Self::Say(say) = self;
        say.run().await
    }
}

impl Say {
    async fn run(self) -> anyhow::Result<String> {
        let config = Config::read(&self.config)?;
        let table = config.strips.iter().find(|it| it.name == self.bus);
        let table = table.with_context(|| {
            let known: Vec<_> = config.strips.iter().map(|it| it.name.as_str()).collect();
            format!("no bus is called `{}`; there are: {}", self.bus, known.join(", "))
        })?;
        let places = table.windows.iter().filter(|it| it.window.as_str() == self.window);
        let addresses: Vec<u16> = places.map(|it| it.address).collect();
        if addresses.is_empty() {
            bail!("no strip of this bus is for the window `{}`", self.window);
        }
        let (outlet, _simulated) = make::outlet(table).await?;
        let bus = make::bus(table, outlet);
        let flash = Duration::from_secs(if self.flash { table.flash_seconds } else { 0 });
        for address in &addresses {
            let face = Face::steady(&self.text, Colour::from(table.colours.call));
            let shown = timeout(PATIENCE, bus.show(*address, face, flash)).await;
            if !matches!(shown, Ok(Ok(_))) {
                match &*bus.health().borrow() {
                    Health::Faulty(fault) => bail!("{fault}"),
                    _ => bail!("the line takes too long"),
                }
            }
        }
        // The turns of a flash, and the steady text after them.
        tokio::time::sleep(flash + flash.min(Duration::from_millis(500))).await;
        let addresses: Vec<String> = addresses.iter().map(u16::to_string).collect();
        Ok(format!("sent to {}, address {}\n", make::address(table), addresses.join(", ")))
    }
}
