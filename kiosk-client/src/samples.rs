//! Sample slips: `kiosk-client slip` writes slips of invented tickets as bytes, as pictures and as JSON. An
//! installer tries a printer with them; the tests have them judged.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use jiff::tz::TimeZone;
use protocol::kiosk::TicketTaken;
use protocol::live::{WaitRange, WindowRef};
use protocol::{Class, Label, Language, Number, TicketId, Timestamp, WindowId, ZoneId};
use serde::Serialize;
use slip::{Glyphs, Mode, Paper, Press, SlipFault, Template};
use ui::Words;

use crate::slip::content_of;

/// How many invented names `samples.ftl` has of each kind.
const HALLS: u64 = 6;
const SERVICES: u64 = 12;
const ZONES: u64 = 5;
/// When the invented day began: 23 November 2026, UTC.
const MIDNIGHT: Timestamp = Timestamp(1_795_392_000_000);
/// Most sample slips at once.
const MOST: u32 = 10_000;
/// Letters and digits of a ticket's token.
const TOKEN_LENGTH: usize = 22;
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What `kiosk-client slip` is asked for.
#[derive(Args, Clone, Debug)]
#[command(after_help = "Example:\n  \
    kiosk-client slip --samples 3 --mode text --paper 80 --out slips\n  \
    cat slips/1.bin > /dev/usb/lp0\n\n\
    Each slip K becomes K.bin, the bytes for a printer; K.png, the picture of it, a dot for a pixel; and \
    K.json with its number, service, lines and url.")]
pub struct Samples {
    /// How many slips.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    pub samples: u32,
    /// `text` in the printer's own Chinese font, or `raster`, a picture for any printer.
    #[arg(long, value_name = "text|raster", value_parser = mode)]
    pub mode: Mode,
    /// The paper's width in millimetres.
    #[arg(long, value_name = "58|80", value_parser = paper)]
    pub paper: Paper,
    /// Where to write them; made if it is not there.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The same seed gives the same slips.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The characters in the printer's font; in text mode a slip with others becomes a picture.
    #[arg(long, value_name = "gb2312|gbk|gb18030", default_value = "gb18030", value_parser = glyphs)]
    pub glyphs: Glyphs,
    /// The font of pictures; one of the system's without it.
    #[arg(long, value_name = "FILE")]
    pub font: Option<PathBuf>,
}

fn mode(text: &str) -> Result<Mode, String> {
    match text {
        "text" => Ok(Mode::Text),
        "raster" => Ok(Mode::Raster),
        _ => Err("choose text or raster".to_owned()),
    }
}

fn paper(text: &str) -> Result<Paper, String> {
    text.parse().ok().and_then(Paper::of_mm).ok_or_else(|| "choose 58 or 80".to_owned())
}

fn glyphs(text: &str) -> Result<Glyphs, String> {
    match text {
        "gb2312" => Ok(Glyphs::Gb2312),
        "gbk" => Ok(Glyphs::Gbk),
        "gb18030" => Ok(Glyphs::Gb18030),
        _ => Err("choose gb2312, gbk or gb18030".to_owned()),
    }
}

/// What a slip says, for whoever compares it with what came out.
#[derive(Serialize)]
struct Said<'a> {
    number: &'a str,
    service: &'a str,
    /// Its rows of text from top to bottom.
    lines: &'a [String],
    url: &'a str,
}

impl Samples {
    /// Writes the slips.
    ///
    /// # Errors
    /// If raster slips find no Chinese font, or a file cannot be written.
    pub fn write(&self) -> anyhow::Result<()> {
        let press = Press {
            paper: self.paper,
            mode: self.mode,
            glyphs: self.glyphs,
            font: self.font.clone(),
        };
        std::fs::create_dir_all(&self.out)
            .with_context(|| format!("cannot make {}", self.out.display()))?;
        if let Some(font) = self.font.as_ref().filter(|font| !font.is_file()) {
            bail!("there is no file {}: name a font file, or leave --font out", font.display());
        }
        if press.find_font().is_none() && press.mode == Mode::Text {
            tracing::warn!("no Chinese font was found: the slips are written without pictures");
        }
        let mut dice = Dice(self.seed);
        for place in 1..=self.samples {
            self.write_one(place, &press, &mut dice)?;
        }
        Ok(())
    }

    fn write_one(&self, place: u32, press: &Press, dice: &mut Dice) -> anyhow::Result<()> {
        let language = if dice.one_in(4) { Language::En } else { Language::Zh };
        let taken = ticket(dice);
        let content = content_of(&taken, language, &TimeZone::UTC, dice.one_in(5));
        let template = Template::default();
        let job = press.write(&template, &content)?;
        let said = Said {
            number: &content.number,
            service: content.services.first().map_or("", String::as_str),
            lines: &job.rows,
            url: &content.url,
        };
        self.keep(place, "json", &serde_json::to_vec_pretty(&said)?)?;
        self.keep(place, "bin", &job.bytes)?;
        match press.picture(&template, &content) {
            // Text prints without a font, too.
            Err(SlipFault::NoFont { .. }) if job.mode == Mode::Text => Ok(()),
            picture => self.keep(place, "png", &picture?.to_png()),
        }
    }

    fn keep(&self, place: u32, ending: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.out.join(format!("{place}.{ending}"));
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// An invented ticket.
fn ticket(dice: &mut Dice) -> TicketTaken {
    let token: String = (0..TOKEN_LENGTH).map(|_| char::from(*dice.choice(LETTERS))).collect();
    let minute = |minute: u64| MIDNIGHT.plus_s(minute.cast_signed() * 60);
    let taken = dice.between(8 * 60, 17 * 60);
    let waits = dice.between(0, 3);
    TicketTaken {
        ticket: TicketId(dice.between(1, 9999)),
        number: Number::from(number(dice).as_str()),
        url: format!("http://hall.example:8080/t/{token}"),
        token,
        hall: invented("hall", dice.between(1, HALLS)),
        services: services(dice),
        class: if dice.one_in(3) { *dice.choice(&Class::ALL) } else { Class::Ordinary },
        ahead: (waits > 0).then(|| dice.below(60)),
        wait: (waits > 1).then(|| wait(dice)),
        windows: windows(dice),
        taken_at: minute(taken),
        last_four: dice.one_in(2).then(|| format!("{:04}", dice.between(0, 9999))),
        not_before: dice.one_in(5).then(|| minute(taken + dice.between(5, 90))),
    }
}

/// A letter or two and the count, `A001`.
fn number(dice: &mut Dice) -> String {
    let letters = ["A", "B", "C", "W", "VIP", "SB"];
    format!("{}{:03}", dice.choice(&letters), dice.between(1, 999))
}

/// One to three different services.
fn services(dice: &mut Dice) -> Vec<Label> {
    let first = dice.between(1, SERVICES);
    let count = if dice.one_in(3) { dice.between(2, 3) } else { 1 };
    (0..count).map(|step| invented("service", (first + step * 5 - 1) % SERVICES + 1)).collect()
}

fn wait(dice: &mut Dice) -> WaitRange {
    let low_s = i64::from(dice.below(90)) * 60;
    WaitRange { low_s, high_s: low_s + i64::from(dice.below(30)) * 60 }
}

/// Some windows, in one zone or two.
fn windows(dice: &mut Dice) -> Vec<WindowRef> {
    let zones = if dice.one_in(5) { 2 } else { 1 };
    let first_zone = dice.between(1, ZONES);
    let mut windows = Vec::new();
    for zone in (0..zones).map(|step| (first_zone + step - 1) % ZONES + 1) {
        let first = dice.between(1, 40);
        windows.extend((first..first + dice.between(1, 6)).map(|window| WindowRef {
            window: WindowId::from(format!("w{window:02}").as_str()),
            name: Label::new(&window.to_string(), &window.to_string()),
            zone: ZoneId::from(format!("z{zone}").as_str()),
            zone_name: invented("zone", zone),
            floor: format!("{zone}F"),
        }));
    }
    windows
}

/// The `place`th invented name of a kind.
fn invented(kind: &str, place: u64) -> Label {
    let key = format!("sample-{kind}-{place}");
    let text = |language| Words::of(language).get(&key);
    Label::new(&text(Language::Zh), &text(Language::En))
}

/// Random enough for samples, and the same for the same seed: SplitMix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Both ends included.
    fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.roll() % (high - low + 1)
    }

    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.roll() % u64::from(end)).unwrap_or(0)
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.roll().is_multiple_of(count)
    }

    fn choice<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let count = u64::try_from(from.len()).unwrap_or(1);
        &from[usize::try_from(self.roll() % count).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invented_name_is_there() {
        for (kind, count) in [("hall", HALLS), ("service", SERVICES), ("zone", ZONES)] {
            for place in 1..=count {
                let name = invented(kind, place);
                assert!(!name.zh.starts_with("sample-") && !name.en.starts_with("sample-"));
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_ticket() {
        assert_eq!(ticket(&mut Dice(7)), ticket(&mut Dice(7)));
        assert_ne!(ticket(&mut Dice(7)).url, ticket(&mut Dice(8)).url);
    }
}
