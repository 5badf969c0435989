//! What kiosks say and ask: numbers in advance, how they are, help for somebody in front of them.

use axum::Json;
use axum::http::StatusCode;
use hall_core::{Command, Event, Refusal};
use protocol::kiosk::{
    DeviceTest, KioskErrands, KioskReport, LeaseGranted, LeaseRequest, LeasedNumber, Test,
};
use protocol::wall::DisplayReport;
use protocol::{DisplayId, KioskId, Label, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::kiosks::AskedTest;
use crate::hall::Hall;
use crate::journal::Receipt;
use crate::web::fault::Fault;
use crate::web::policy::Deed;
use crate::web::{At, Body, Caller, Nothing};

pub(crate) fn api() -> OpenApiRouter<Hall> {
    OpenApiRouter::new()
        .routes(routes!(lease))
        .routes(routes!(heartbeat))
        .routes(routes!(ask_help, help_given))
        .routes(routes!(ask_test))
        .routes(routes!(kiosks))
        .routes(routes!(displays))
}

/// How the kiosks are at a time.
#[derive(Serialize, ToSchema)]
struct KiosksSeen {
    /// The hall's time.
    at: Timestamp,
    /// Every kiosk, in the order of the configuration.
    kiosks: Vec<KioskSeen>,
}

/// A kiosk and all the hall knows of it.
#[derive(Serialize, ToSchema)]
struct KioskSeen {
    /// Which.
    kiosk: KioskId,
    /// Where it stands, for people.
    name: Label,
    /// When it was last heard; `None` if never since the hall started.
    heard_at: Option<Timestamp>,
    /// Whether it has been heard and fallen silent.
    silent: bool,
    /// Since when somebody there asks for help.
    help_since: Option<Timestamp>,
    /// What it said last.
    report: Option<KioskReport>,
    /// Tests that staff asked for, the latest first.
    tests: Vec<AskedTest>,
}

/// A display and all the hall knows of it.
#[derive(Serialize, ToSchema)]
struct DisplaySeen {
    /// Which.
    display: DisplayId,
    /// Where it hangs, for people.
    name: Label,
    /// Whether it is connected, so that calls are shown on it.
    connected: bool,
    /// Since when it is connected, or is not; `None` if it never was since the hall started.
    since: Option<Timestamp>,
    /// When it was last heard.
    heard_at: Option<Timestamp>,
    /// What it said last of itself; a browser that only shows the board says nothing.
    report: Option<DisplayReport>,
    /// Since when none of its pages is open, though there should be one.
    no_page_since: Option<Timestamp>,
    /// The emergency message that is to take it over now.
    emergency: Option<u64>,
    /// Since when it has that message on its screen; `None` while it has not said so.
    emergency_shown_at: Option<Timestamp>,
}

/// A test to be done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskTest {
    /// What to do.
    test: Test,
}

/// Take numbers in advance
///
/// They belong to the kiosk until the day ends; it gives them out while it cannot reach the hall. They come
/// from the far half of the series, so that they do not push the others up.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/leases", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = LeaseRequest, responses((status = 201, body = LeaseGranted))
)]
async fn lease(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(wish): Body<LeaseRequest>,
) -> Result<(StatusCode, Json<LeaseGranted>), Fault> {
    caller.may(Deed::LeaseNumbers(&kiosk))?;
    known(&caller.hall, &kiosk)?;
    let command = Command::LeaseNumbers { kiosk, series: wish.series, count: wish.count };
    let receipt = caller.order(command).await?;
    Ok((StatusCode::CREATED, Json(granted(&caller.hall, &receipt)?)))
}

/// Say how a kiosk is
///
/// To be repeated every 3 seconds; a kiosk that is silent for 30 is shown to the duty manager. The answer is
/// what the hall asks of the kiosk.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/heartbeat", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = KioskReport, responses((status = 200, body = KioskErrands))
)]
async fn heartbeat(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(report): Body<KioskReport>,
) -> Result<Json<KioskErrands>, Fault> {
    caller.may(Deed::ReportKiosk(&kiosk))?;
    known(&caller.hall, &kiosk)?;
    let (presence, now) = (caller.hall.presence(), caller.now());
    presence.kiosk_heard(&kiosk, report, now);
    let slip_template = caller.hall.slip_templates().newest().revision;
    Ok(Json(presence.errands(&kiosk, slip_template, now)))
}

/// Have a device tested
///
/// The kiosk hears of it with its next report; what came of it is among the kiosk's tests. A test of the same
/// kind that is still being done stands for another one.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/tests", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")),
    request_body = AskTest, responses((status = 201, body = DeviceTest))
)]
async fn ask_test(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(wish): Body<AskTest>,
) -> Result<(StatusCode, Json<DeviceTest>), Fault> {
    caller.may(Deed::TestDevices)?;
    known(&caller.hall, &kiosk)?;
    let test = caller.hall.presence().test_asked(&kiosk, wish.test, caller.now());
    Ok((StatusCode::CREATED, Json(test)))
}

/// How the kiosks are
#[utoipa::path(
    get, path = "/kiosks", tag = "devices", responses((status = 200, body = KiosksSeen))
)]
async fn kiosks(caller: Caller) -> Result<Json<KiosksSeen>, Fault> {
    caller.may(Deed::SeeDevices)?;
    let at = caller.now();
    let seen = caller.hall.config().kiosks.iter().map(|kiosk| {
        let id = KioskId::from(kiosk.id.as_str());
        let (state, tests) = caller.hall.presence().kiosk(&id, at);
        KioskSeen {
            kiosk: id,
            name: kiosk.name.clone(),
            heard_at: state.heard_at,
            silent: state.gone_since(at).is_some(),
            help_since: state.help_since,
            report: state.report,
            tests,
        }
    });
    Ok(Json(KiosksSeen { at, kiosks: seen.collect() }))
}

/// How the displays are
///
/// Each with its outputs (voices, strips, lamps) as it last told of them.
#[utoipa::path(
    get, path = "/displays", tag = "devices", responses((status = 200, body = Vec<DisplaySeen>))
)]
async fn displays(caller: Caller) -> Result<Json<Vec<DisplaySeen>>, Fault> {
    caller.may(Deed::SeeDevices)?;
    let emergency = caller.hall.walls().emergency();
    let displays = caller.hall.config().displays.iter().map(|display| {
        let state = caller.hall.presence().display(&display.id);
        let emergency = emergency.filter(|_| state.shows_emergencies());
        DisplaySeen {
            display: display.id.clone(),
            name: display.name.clone(),
            connected: state.is_connected(),
            since: state.since,
            heard_at: state.heard_at,
            report: state.report,
            no_page_since: state.no_page_since,
            emergency,
            emergency_shown_at: caller.hall.walls().emergency_shown_at(&display.id),
        }
    });
    Ok(Json(displays.collect()))
}

/// Ask for help
///
/// Somebody in front of a kiosk wants a person; the duty manager sees it.
#[utoipa::path(
    post, path = "/kiosks/{kiosk}/help", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")), responses((status = 204))
)]
async fn ask_help(
    caller: Caller,
    At(kiosk): At<KioskId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode, Fault> {
    caller.may(Deed::ReportKiosk(&kiosk))?;
    known(&caller.hall, &kiosk)?;
    caller.hall.presence().help_asked(&kiosk, caller.now());
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody is looking after it
#[utoipa::path(
    delete, path = "/kiosks/{kiosk}/help", tag = "devices",
    params(("kiosk" = String, Path, description = "The kiosk")), responses((status = 204))
)]
async fn help_given(caller: Caller, At(kiosk): At<KioskId>) -> Result<StatusCode, Fault> {
    caller.may(Deed::AttendKiosk(&kiosk))?;
    known(&caller.hall, &kiosk)?;
    caller.hall.presence().help_given(&kiosk);
    Ok(StatusCode::NO_CONTENT)
}

/// A kiosk must be one of the hall's.
pub(crate) fn known(hall: &Hall, kiosk: &KioskId) -> Result<(), Fault> {
    let known = hall.config().kiosks.iter().any(|it| it.id == kiosk.as_str());
    if known { Ok(()) } else { Err(Fault::UnknownKiosk) }
}

/// The numbers of a lease with the tickets they will be. A request that is repeated after the day has ended
/// is refused: its numbers are worth nothing any more.
fn granted(hall: &Hall, receipt: &Receipt) -> Result<LeaseGranted, Fault> {
    let leased = receipt.events.iter().find_map(|recorded| match &recorded.event {
        Event::NumbersLeased { series, first_ticket, numbers, .. } => {
            Some((series, *first_ticket, numbers))
        }
        _ => None,
    });
    let (series, first_ticket, numbers) = leased.ok_or(Fault::Internal)?;
    let day = hall.journal().day();
    if !day.leases.contains_key(&first_ticket) && !day.tickets.contains_key(&first_ticket) {
        return Err(Refusal::NotLeased { ticket: first_ticket }.into());
    }
    let mut ticket = first_ticket;
    let mut tickets = Vec::with_capacity(numbers.len());
    for number in numbers {
        let token = hall.tokens().token(ticket);
        let url = crate::queue::ticket_url(hall, &token);
        tickets.push(LeasedNumber { ticket, number: number.clone(), token, url });
        ticket = ticket.next();
    }
    let date = day.date.map(|date| date.to_string()).unwrap_or_default();
    Ok(LeaseGranted { series: series.clone(), date, tickets })
}
