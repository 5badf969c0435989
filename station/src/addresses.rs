//! The addresses of every page, as a table in both languages for whoever has just started the hall.

use std::net::SocketAddr;

use hall_server::accounts::Role;
use hall_server::config::Config;
use protocol::{DisplayId, Language};
use ui::Words;

use crate::demo;
use crate::setup::reachable;

/// Everything the table tells.
pub(crate) struct Addresses<'a> {
    /// The hall's configuration.
    pub(crate) config: &'a Config,
    /// Where the hall is.
    pub(crate) hall: SocketAddr,
    /// Where the kiosk is.
    pub(crate) kiosk: SocketAddr,
    /// Where the display is.
    pub(crate) display: SocketAddr,
    /// Which display it is.
    pub(crate) shown: &'a DisplayId,
    /// Simulated visitors an hour.
    pub(crate) crowd: u32,
    /// Names of the windows that the crowd leaves free.
    pub(crate) free: Vec<String>,
}

/// One line: what it is in both languages, where it is, and what to know.
struct Row {
    names: [String; 2],
    address: String,
    hint: String,
}

impl Addresses<'_> {
    /// The table, the first language's words first.
    pub(crate) fn table(&self, first: Language) -> String {
        let second = match first {
            Language::Zh => Language::En,
            Language::En => Language::Zh,
        };
        let words = [Words::of(first), Words::of(second)];
        let rows = self.rows(&words);
        let widths = [0, 1]
            .map(|place| rows.iter().map(|row| width(&row.names[place])).max().unwrap_or_default());
        let address_width = rows.iter().map(|row| width(&row.address)).max().unwrap_or_default();
        let mut table = String::from("\n");
        for words in &words {
            let hall = self.config.plan.name.get(words.language());
            table += &format!("  {}\n", words.with("station-title", &[("hall", hall)]));
        }
        table.push('\n');
        for row in &rows {
            let [name, other] = [0, 1].map(|place| padded(&row.names[place], widths[place]));
            let address = padded(&row.address, address_width);
            table += format!("  {name}  {other}  {address}  {}", row.hint).trim_end();
            table.push('\n');
        }
        table.push('\n');
        let closing = words.each_ref().map(|words| self.closing(words));
        for (sentence, other) in closing[0].iter().zip(&closing[1]) {
            table += &format!("  {sentence}  {other}\n");
        }
        table
    }

    fn rows(&self, words: &[Words; 2]) -> Vec<Row> {
        let hall = format!("http://{}", reachable(self.hall));
        let other = |addr| format!("http://{}/", reachable(addr));
        let row = |key: &str, address: String, hint: String| Row {
            names: words.each_ref().map(|words| words.get(key)),
            address,
            hint,
        };
        let display = format!("{hall}/display/{}", self.shown);
        vec![
            row("station-entrance", format!("{hall}/"), String::new()),
            row("station-kiosk", other(self.kiosk), String::new()),
            row("station-display", other(self.display), String::new()),
            row("station-bench", format!("{}bench", other(self.display)), String::new()),
            row("station-sign-in", format!("{hall}/sign-in"), self.sign_in(words, Role::Clerk)),
            row("station-console", format!("{hall}/console"), String::new()),
            row("station-manager", format!("{hall}/manager"), self.sign_in(words, Role::Manager)),
            row("station-browser-display", display, String::new()),
            row("station-api", format!("{hall}/openapi.json"), String::new()),
        ]
    }

    /// How to sign in to the demo; a real hall's PINs are known to nobody here.
    fn sign_in(&self, words: &[Words; 2], role: Role) -> String {
        let member = self.config.staff.iter().find(|it| it.role == role);
        let Some(member) = member.filter(|it| demo::is_demo_person(it)) else {
            return String::new();
        };
        let pin = if role == Role::Manager { demo::MANAGER_PIN } else { demo::CLERK_PIN };
        let values = [("id", member.id.as_str()), ("pin", pin)];
        words.each_ref().map(|words| words.with("station-demo-sign-in", &values)).join(" / ")
    }

    /// Where the data is, who else is here, how to stop.
    fn closing(&self, words: &Words) -> Vec<String> {
        let dir = self.config.data_dir.display().to_string();
        let (count, free) = (self.crowd.to_string(), self.free.join(&words.get("station-comma")));
        let crowd = || words.with("station-crowd", &[("count", &count), ("windows", &free)]);
        let data = words.with("station-data", &[("dir", &dir)]);
        let crowd = (self.crowd > 0).then(crowd);
        [Some(data), crowd, Some(words.get("station-stop"))].into_iter().flatten().collect()
    }
}

/// How many columns of a terminal a text takes: a Chinese character takes two. They begin at U+2E80.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn table(first: Language) -> String {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../configs/demo/hall.toml");
        let config = Config::read(&file).unwrap();
        let at = |port| SocketAddr::from(([0, 0, 0, 0], port));
        let addresses = Addresses {
            config: &config,
            hall: at(8080),
            kiosk: at(8081),
            display: at(8082),
            shown: &"lobby".into(),
            crowd: 600,
            free: vec!["1".to_owned(), "2".to_owned()],
        };
        addresses.table(first)
    }

    #[test]
    fn every_page_is_named_in_both_languages() {
        for first in [Language::Zh, Language::En] {
            let table = table(first);
            for path in
                ["8080/", "/sign-in", "/console", "/manager", "/display/lobby", "/openapi.json"]
            {
                assert!(table.contains(&format!(
                    "http://127.0.0.1:8080{}",
                    path.trim_start_matches("8080")
                )));
            }
            assert!(
                table.contains("http://127.0.0.1:8081/")
                    && table.contains("http://127.0.0.1:8082/")
            );
            assert!(table.contains("c01") && table.contains("2468") && table.contains("1357"));
            assert!(table.contains("大东区政务服务中心") && table.contains("Dadong District"));
            assert!(!table.contains("station-"), "a text is missing: {table}");
        }
    }

    #[test]
    fn addresses_stand_in_one_column() {
        let table = table(Language::Zh);
        let columns: Vec<usize> = table
            .lines()
            .filter_map(|line| line.split_once("http://"))
            .map(|(before, _)| width(before))
            .collect();
        assert_eq!(columns.len(), 9);
        assert!(columns.iter().all(|column| *column == columns[0]), "{table}");
    }
}
