//! The bench beside the screen: the simulated devices for whoever tries the kiosk. A kiosk with real
//! devices has none.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use hardware::card::SyntheticCard;
use hardware::lamp::Light;
use hardware::printer::{Picture, PrinterFault, PrinterStatus, Row, SimulatedPrinter};
use protocol::kiosk::Menu;
use protocol::live::Availability;
use serde::Deserialize;

use crate::devices::Bench;
use crate::flow::Flow;
use crate::kiosk::Kiosk;

/// The conditions a simulated printer can be put in, as the page names them.
const CONDITIONS: [(&str, PrinterStatus); 7] = [
    ("ready", PrinterStatus::Ready),
    ("paper-low", PrinterStatus::PaperLow),
    ("paper-out", PrinterStatus::Down(PrinterFault::PaperOut)),
    ("cover-open", PrinterStatus::Down(PrinterFault::CoverOpen)),
    ("cutter-jam", PrinterStatus::Down(PrinterFault::CutterJam)),
    ("offline", PrinterStatus::Down(PrinterFault::Offline)),
    ("silent", PrinterStatus::Down(PrinterFault::Silent)),
];

/// The cards that can be placed, as the page names them.
const CARDS: [(&str, SyntheticCard); 8] = [
    ("next", SyntheticCard::Next),
    ("same", SyntheticCard::Same),
    ("elder", SyntheticCard::Elder),
    ("expired", SyntheticCard::Expired),
    ("hmt", SyntheticCard::HmtResident),
    ("foreigner-2017", SyntheticCard::Foreigner2017),
    ("foreigner-2023", SyntheticCard::Foreigner2023),
    ("unreadable", SyntheticCard::Unreadable),
];

/// What the page shows of the bench.
pub(super) struct BenchView {
    /// The newest slip, if one was printed and lies there.
    pub(super) slip: Option<u64>,
    /// How the printer is, as its buttons are named; `None` without a simulated one.
    pub(super) printer: Option<&'static str>,
    /// Whether it can print.
    pub(super) prints: bool,
    /// Whether there is a simulated card reader.
    pub(super) card_reader: bool,
    /// Whether it waits for a card; otherwise one laid on it is not read.
    pub(super) card_wanted: bool,
    /// Whether there is a simulated scanner.
    pub(super) scanner: bool,
    /// Whether a slip with a code lies there to be shown.
    pub(super) has_code: bool,
    /// What the speaker says; `None` without a simulated one, nothing while it is silent.
    pub(super) speaker: Option<String>,
    /// What the lamp shows, as the wording names it.
    pub(super) light: Option<&'static str>,
}

impl BenchView {
    /// The bench as it stands; `None` if there is nothing on it.
    pub(super) fn of(bench: &Bench, flow: &Flow) -> Option<Self> {
        if bench.is_empty() {
            return None;
        }
        let printer = bench.printer.as_ref();
        let prints = printer.is_none_or(|it| it.condition().fault().is_none());
        let said = |it: &hardware::speaker::SimulatedSpeaker| it.saying().borrow().clone();
        Some(Self {
            slip: printer.map(|it| *it.slips_cut().borrow()).filter(|serial| prints && *serial > 0),
            printer: printer.map(|it| name_of(it.condition())),
            prints,
            card_reader: bench.card_reader.is_some(),
            card_wanted: flow.screen().wants_card(),
            scanner: bench.scanner.is_some(),
            has_code: printer.is_some_and(|it| last_code(it).is_some()),
            speaker: (bench.speaker.as_ref())
                .map(|it| said(it).map(|said| said.text).unwrap_or_default()),
            light: bench.lamp.as_ref().map(|lamp| match lamp.light() {
                Light::Off => "off",
                Light::Steady => "steady",
                Light::Blinking => "blinking",
            }),
        })
    }

    /// Whether the printer is in a condition.
    pub(super) fn printer_is(&self, condition: &str) -> bool {
        self.printer == Some(condition)
    }

    /// The conditions the printer can be put in.
    pub(super) fn conditions(&self) -> [&'static str; CONDITIONS.len()] {
        CONDITIONS.map(|(name, _)| name)
    }

    /// The cards that can be placed.
    pub(super) fn cards(&self) -> [&'static str; CARDS.len()] {
        CARDS.map(|(name, _)| name)
    }
}

#[derive(Deserialize)]
pub(super) struct BenchForm {
    act: String,
    text: Option<String>,
}

/// Places a card, shows a code or switches the printer.
pub(super) async fn act(State(kiosk): State<Kiosk>, Form(form): Form<BenchForm>) -> Response {
    let text = form.text.unwrap_or_default();
    let done = match form.act.split_once(':') {
        Some(("card", which)) => place(&kiosk, which),
        Some(("show", which)) => show(&kiosk, which, text),
        Some(("printer", which)) => switch(&kiosk, which).await,
        _ => None,
    };
    match done {
        Some(()) => Redirect::to("/").into_response(),
        None => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

fn place(kiosk: &Kiosk, which: &str) -> Option<()> {
    let (_, card) = CARDS.into_iter().find(|(name, _)| *name == which)?;
    kiosk.bench().card_reader.as_ref()?.place(card);
    Some(())
}

fn show(kiosk: &Kiosk, which: &str, typed: String) -> Option<()> {
    let code = match which {
        "typed" => typed,
        "slip" => last_code(kiosk.bench().printer.as_ref()?)?,
        "form" => form_code(kiosk.flow().menu()?)?,
        _ => return None,
    };
    kiosk.bench().scanner.as_ref()?.show(&code);
    Some(())
}

/// The code on the newest slip, if the printer drew it as one.
fn last_code(printer: &SimulatedPrinter) -> Option<String> {
    let Picture { rows, .. } = printer.pictures().into_iter().next()?;
    rows.into_iter().find_map(|row| match row {
        Row::Qr { data, .. } => Some(data),
        _ => None,
    })
}

/// The code of a paper form for a service that gives numbers now.
fn form_code(menu: &Menu) -> Option<String> {
    let mut services = menu.departments.iter().flat_map(|it| &it.services);
    let open = services.find(|it| it.availability == Availability::Open)?;
    Some(format!("form:{}", open.id))
}

async fn switch(kiosk: &Kiosk, which: &str) -> Option<()> {
    let (_, status) = CONDITIONS.into_iter().find(|(name, _)| *name == which)?;
    kiosk.bench().printer.as_ref()?.set_status(status);
    kiosk.ask_printer().await;
    Some(())
}

fn name_of(status: PrinterStatus) -> &'static str {
    let known = CONDITIONS.into_iter().find(|(_, known)| *known == status);
    known.map_or("offline", |(name, _)| name)
}

/// `GET /slips/3.svg`: a slip as the printer drew it.
pub(super) async fn slip(State(kiosk): State<Kiosk>, Path(name): Path<String>) -> Response {
    let serial = name.strip_suffix(".svg").and_then(|serial| serial.parse().ok());
    let printer = kiosk.bench().printer.as_ref();
    match serial.and_then(|serial| printer?.picture(serial)) {
        Some(picture) => {
            // Numbers of slips begin anew with the kiosk, so a kept picture may be another slip's.
            let headers = [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-store")];
            (headers, picture.svg).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
