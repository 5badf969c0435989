//! The pages for nobody yet: the welcome, and the slides that are shown while no one comes.

use askama::Template;
use protocol::Language;
use protocol::live::Availability;
use ui::Words;

use super::choosing::waiting_in;
use super::media;
use super::screens::{Attract, Short, Slide, Welcome};
use super::view::View;

/// Services with short waits that one slide names.
const SHORT_WAITS: usize = 5;

impl View<'_> {
    pub(super) fn welcome(self) -> askama::Result<String> {
        let (date, waiting) = (self.date(), self.waiting());
        let offline = self.flow.is_offline();
        Welcome { page: self.page, words: self.words, frame: self.frame, date, waiting, offline }
            .render()
    }

    pub(super) fn attract(self, slide: usize) -> askama::Result<String> {
        let mut slides = self.slides();
        let count = slides.len();
        let now = slide.checked_rem(count).unwrap_or_default();
        let slide = slides.swap_remove(now);
        // Whoever comes may read either language.
        let other = match self.words.language() {
            Language::Zh => Words::of(Language::En),
            Language::En => Words::of(Language::Zh),
        };
        let (page, words, frame) = (self.page, self.words, self.frame);
        Attract { page, words, frame, other, slide, now, count }.render()
    }

    /// The slides there are something to say on; the hall's own comes first and is always there.
    fn slides(&self) -> Vec<Slide> {
        let mut slides = vec![
            Slide::Hall { date: self.date(), waiting: self.waiting() },
            Slide::Steps,
            Slide::Bring,
        ];
        let short = self.short_waits();
        if !short.is_empty() {
            slides.push(Slide::Short(short));
        }
        let pictures = self.flow.pictures().iter().filter(|name| media::is_picture(name));
        slides.extend(pictures.map(|name| Slide::Picture(name.clone())));
        slides
    }

    /// Open services for which nobody waits long, the shortest wait first.
    fn short_waits(&self) -> Vec<Short> {
        let menu = self.flow.menu().filter(|_| !self.flow.is_offline());
        let services = menu.iter().flat_map(|menu| &menu.departments).flat_map(|it| &it.services);
        let mut open: Vec<_> = services
            .filter(|service| service.availability == Availability::Open)
            .filter_map(|service| Some((service.wait.as_ref()?, service)))
            .collect();
        open.sort_by_key(|(wait, _)| (wait.high_s, wait.low_s));
        let short = open.into_iter().take(SHORT_WAITS);
        short
            .map(|(wait, service)| Short {
                name: service.name.get(self.words.language()).to_owned(),
                wait: self.words.wait(wait),
            })
            .collect()
    }

    /// The business day as people write it.
    fn date(&self) -> String {
        let Some(menu) = self.flow.menu() else {
            return String::new();
        };
        let Ok(date) = menu.date.parse::<jiff::civil::Date>() else {
            return menu.date.clone();
        };
        let words = &self.words;
        let month = words.get(&format!("kiosk-month-{}", date.month()));
        let weekday = date.weekday().to_monday_one_offset();
        let weekday = words.get(&format!("kiosk-weekday-{weekday}"));
        let (year, day) = (date.year().to_string(), date.day().to_string());
        let values = [("year", &*year), ("month", &*month), ("day", &*day), ("weekday", &*weekday)];
        words.with("kiosk-date", &values)
    }

    /// How many wait in the whole hall; `None` while nobody here can know.
    fn waiting(&self) -> Option<String> {
        let menu = self.flow.menu().filter(|_| !self.flow.is_offline())?;
        let total: u32 = menu.departments.iter().map(waiting_in).sum();
        Some(self.words.with("kiosk-waiting-now", &[("count", &total.to_string())]))
    }
}
