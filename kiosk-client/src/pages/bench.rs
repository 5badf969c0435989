//! The bench beside the screen: the simulated devices for whoever tries the kiosk. A kiosk with real
//! devices has none.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use hardware::card::SyntheticCard;
use hardware::lamp::Light;
use hardware::printer::{PrinterFault, PrinterStatus};
use serde::Deserialize;

use crate::devices::Bench;
use crate::kiosk::Kiosk;

/// What the page shows of the bench.
pub(super) struct BenchView {
    /// The newest slip, if one was printed.
    pub(super) slip: Option<u64>,
    /// How the printer is, as its buttons are named; `None` without a simulated one.
    pub(super) printer: Option<&'static str>,
    /// Whether there is a simulated card reader.
    pub(super) card_reader: bool,
    /// Whether it waits for a card; otherwise one laid on it is not read.
    pub(super) card_wanted: bool,
    /// What the lamp shows, as the wording names it.
    pub(super) light: Option<&'static str>,
}

impl BenchView {
    /// The bench as it stands; `None` if there is nothing on it.
    pub(super) fn of(bench: &Bench, card_wanted: bool) -> Option<Self> {
        if bench.is_empty() {
            return None;
        }
        let printer = bench.printer.as_ref();
        Some(Self {
            slip: printer.map(|it| *it.slips_cut().borrow()).filter(|serial| *serial > 0),
            printer: printer.map(|it| name_of(it.condition())),
            card_reader: bench.card_reader.is_some(),
            card_wanted,
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
    pub(super) fn conditions(&self) -> [&'static str; 4] {
        ["ready", "paper-low", "paper-out", "offline"]
    }

    /// The cards that can be placed.
    pub(super) fn cards(&self) -> [&'static str; 4] {
        ["next", "elder", "same", "unreadable"]
    }
}

#[derive(Deserialize)]
pub(super) struct BenchForm {
    act: String,
}

/// Places a card or switches the printer.
pub(super) async fn act(State(kiosk): State<Kiosk>, Form(form): Form<BenchForm>) -> Response {
    let done = match form.act.split_once(':') {
        Some(("card", which)) => place(&kiosk, which),
        Some(("printer", which)) => switch(&kiosk, which).await,
        _ => None,
    };
    match done {
        Some(()) => Redirect::to("/").into_response(),
        None => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

fn place(kiosk: &Kiosk, which: &str) -> Option<()> {
    let card = match which {
        "next" => SyntheticCard::Next,
        "elder" => SyntheticCard::Elder,
        "same" => SyntheticCard::Same,
        "unreadable" => SyntheticCard::Unreadable,
        _ => return None,
    };
    kiosk.bench().card_reader.as_ref()?.place(card);
    Some(())
}

async fn switch(kiosk: &Kiosk, which: &str) -> Option<()> {
    let status = match which {
        "ready" => PrinterStatus::Ready,
        "paper-low" => PrinterStatus::PaperLow,
        "paper-out" => PrinterStatus::Down(PrinterFault::PaperOut),
        "offline" => PrinterStatus::Down(PrinterFault::Offline),
        _ => return None,
    };
    kiosk.bench().printer.as_ref()?.set_status(status);
    kiosk.ask_printer().await;
    Some(())
}

fn name_of(status: PrinterStatus) -> &'static str {
    match status {
        PrinterStatus::Ready => "ready",
        PrinterStatus::PaperLow => "paper-low",
        PrinterStatus::Down(PrinterFault::PaperOut) => "paper-out",
        PrinterStatus::Down(_) => "offline",
    }
}

/// `GET /slips/3.svg`: a slip as the printer drew it.
pub(super) async fn slip(State(kiosk): State<Kiosk>, Path(name): Path<String>) -> Response {
    let serial = name.strip_suffix(".svg").and_then(|serial| serial.parse().ok());
    let printer = kiosk.bench().printer.as_ref();
    match serial.and_then(|serial| printer?.picture(serial)) {
        Some(picture) => {
            let headers =
                [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "private, max-age=600")];
            (headers, picture.svg).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
