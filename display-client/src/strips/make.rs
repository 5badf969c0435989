//! From a table of the configuration to a driver, a line and a bus.

use std::sync::Arc;
use std::time::Duration;

use hardware::line::Address;
use hardware::strip::simulator::{SimulatedBus, Wire};
use hardware::strip::{
    Bus, Bx5k, Cx, Driver, Escapes, Hall69, NumberBoard, Outlet, Pace, Program, Template,
};

use super::config::{Config, DriverKind, Frame};
use crate::config::Mistake;

/// How long a program of the site is left alone after each text.
const PROGRAM_GAP: Duration = Duration::from_millis(100);
/// Seconds of a minute.
const MINUTE: u64 = 60;

/// Whether a bus can be made of the table.
pub(super) fn check(config: &Config) -> Result<(), Mistake> {
    if config.driver == DriverKind::Program {
        return match config.program.is_empty() {
            true => Err(Mistake::new("program", "is missing", "write the program to run")),
            false => Ok(()),
        };
    }
    let addresses = driver(config)?.addresses();
    if let Some(strip) = config.strips().iter().find(|it| !addresses.contains(&it.address)) {
        let problem = format!("no card of this make has the address {}", strip.address);
        let mend = format!("write {} to {}", addresses.start(), addresses.end());
        return Err(Mistake::new("windows", problem, mend));
    }
    if config.driver != DriverKind::Simulated {
        line(config)?;
    }
    Ok(())
}

/// Where texts of this table go; a simulated bus is started, and must be kept.
pub(super) async fn outlet(
    config: &Config,
) -> Result<(Outlet, Option<SimulatedBus>), std::io::Error> {
    // Tables are checked when they are read.
    let invalid = |_: Mistake| std::io::Error::other("the table makes no sense");
    if config.driver == DriverKind::Program {
        let program = Program { command: config.program.clone(), gap: PROGRAM_GAP };
        return Ok((Outlet::Program(program), None));
    }
    let driver = driver(config).map_err(invalid)?;
    if config.driver != DriverKind::Simulated {
        let address = line(config).map_err(invalid)?;
        return Ok((Outlet::Line { address, driver }, None));
    }
    let wire = match config.simulates {
        DriverKind::Bx5k | DriverKind::Template => Wire::Tcp,
        DriverKind::CxUdp => Wire::Udp,
        _ => Wire::Serial,
    };
    let simulated = SimulatedBus::start(driver.clone(), &config.strips(), wire).await?;
    let address = simulated.address().clone();
    Ok((Outlet::Line { address, driver }, Some(simulated)))
}

/// The bus of this table.
pub(super) fn bus(config: &Config, outlet: Outlet) -> Bus {
    let pace = Pace {
        gap: config.gap_ms.map(Duration::from_millis),
        resend: Duration::from_secs(MINUTE * config.resend_minutes),
    };
    Bus::start(outlet, &config.strips(), pace)
}

/// How the bus is named to people: its line, its program, or that it is none.
pub(super) fn address(config: &Config) -> String {
    match config.driver {
        DriverKind::Program => config.program.first().cloned().unwrap_or_default(),
        DriverKind::Simulated => "simulated".to_owned(),
        _ => config.line.clone().unwrap_or_default(),
    }
}

fn line(config: &Config) -> Result<Address, Mistake> {
    let example = match config.driver {
        DriverKind::CxUdp => "udp:10.0.0.8:8453",
        DriverKind::Bx5k => "tcp:10.0.0.7:5005 or serial:/dev/ttyUSB0@57600",
        _ => "serial:/dev/ttyUSB0@9600",
    };
    let mend = format!("write it as {example}");
    let mistake = |problem: String| Mistake::new("line", problem, mend.clone());
    let text = config.line.as_deref().ok_or_else(|| mistake("is missing".to_owned()))?;
    let address: Address =
        text.parse().map_err(|_| mistake(format!("`{text}` is no address of a device")))?;
    let udp = matches!(address, Address::Udp(_));
    match address {
        // Other devices have a usual speed; strips have not.
        Address::Serial { .. } if !text.contains('@') => {
            Err(mistake(format!("`{text}` does not say how fast")))
        }
        Address::Serial { .. } | Address::Tcp(_) | Address::Udp(_)
            if udp || config.driver != DriverKind::CxUdp =>
        {
            Ok(address)
        }
        _ => Err(mistake(format!("no card of this make is at `{text}`"))),
    }
}

fn driver(config: &Config) -> Result<Arc<dyn Driver>, Mistake> {
    Ok(match config.make() {
        DriverKind::Hall69 => Arc::new(Hall69::default()),
        DriverKind::Bx5k => Arc::new(Bx5k {
            area: config.bx.area,
            place: config.bx.place,
            marks: config.bx.marks.clone(),
            charset: config.charset.into(),
        }),
        DriverKind::CxUdp => Arc::new(Cx::default()),
        DriverKind::Number => Arc::new(NumberBoard),
        DriverKind::Template => {
            let mend = "write what the card's description says";
            let frame = config
                .template
                .as_ref()
                .ok_or_else(|| Mistake::new("template.frame", "is missing", mend))?;
            let mut template = template(frame)?;
            template.charset = config.charset.into();
            Arc::new(template)
        }
        DriverKind::Program | DriverKind::Simulated => {
            let mend = "write hall-69, bx-5k, cx-udp, rs485-number or template";
            return Err(Mistake::new("simulates", "has no bytes to simulate", mend));
        }
    })
}

fn template(frame: &Frame) -> Result<Template, Mistake> {
    let mut escapes = Escapes::new();
    for (from, to) in &frame.escape {
        match bytes("template.escape", from)?.as_slice() {
            [byte] => escapes.push((*byte, bytes("template.escape", to)?)),
            _ => return Err(no_bytes("template.escape", from)),
        }
    }
    let mut template = Template::new(&frame.frame, escapes).map_err(|fault| {
        let mend = "see docs/installer/strips.md for its words";
        Mistake::new("template.frame", fault.to_string(), mend)
    })?;
    template.flash = bytes("template.flash", &frame.flash)?;
    template.steady = bytes("template.steady", &frame.steady)?;
    Ok(template)
}

/// Bytes, as pairs of hexadecimal digits with blanks between them.
fn bytes(key: &str, text: &str) -> Result<Vec<u8>, Mistake> {
    let byte = |word: &str| (word.len() == 2).then(|| u8::from_str_radix(word, 16).ok()).flatten();
    let bytes: Option<Vec<u8>> = text.split_whitespace().map(byte).collect();
    bytes.filter(|it| !it.is_empty()).ok_or_else(|| no_bytes(key, text))
}

fn no_bytes(key: &str, text: &str) -> Mistake {
    let problem = format!("`{text}` is not hexadecimal");
    Mistake::new(key, problem, "write pairs of digits, such as \"A6 02\"")
}
