//! What a duty manager should look at: waits that are too long, queues nobody serves, machines that are
//! gone or ask for help, a calendar that ends.

use std::collections::BTreeMap;

use hall_core::Ticket;
use protocol::live::{AlertCell, AlertKind};
use protocol::{DisplayId, KioskId, Label, ServiceId, Timestamp};

use super::parts::line_ticket;
use super::{View, count, service_label};
use crate::devices::{Need, OutputTrouble};

/// How the hall's machines are, as far as a duty manager must know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Machines {
    /// Displays without a connection: which, what people call it, since when.
    pub(crate) gone_displays: Vec<(DisplayId, Label, Timestamp)>,
    /// Outputs of displays that do not work, with what people call the display.
    pub(crate) output_troubles: Vec<(OutputTrouble, Label)>,
    /// What kiosks need somebody for.
    pub(crate) kiosk_needs: Vec<KioskNeed>,
    /// Whether this year's calendar has not been entered.
    pub(crate) calendar_missing: bool,
}

/// Something a kiosk needs somebody for.
#[derive(Clone, Debug)]
pub(crate) struct KioskNeed {
    /// Which kiosk.
    pub(crate) kiosk: KioskId,
    /// What people call it.
    pub(crate) name: Label,
    /// What for.
    pub(crate) need: Need,
    /// Since when.
    pub(crate) since: Timestamp,
}

/// Every alert by its name.
pub(crate) fn alert_cells(view: &View<'_>, machines: &Machines) -> BTreeMap<String, AlertCell> {
    let mut alerts = BTreeMap::new();
    for service in view.day.plan.services.keys() {
        if let Some(alert) = nobody_serves(view, service) {
            alerts.insert(format!("nobody-serves/{service}"), alert);
        }
        if let Some(alert) = waits_too_long(view, service) {
            alerts.insert(format!("waits-too-long/{service}"), alert);
        }
    }
    for (display, name, since) in &machines.gone_displays {
        let alert = about_machine(AlertKind::DisplayGone, name, *since);
        alerts.insert(format!("display-gone/{display}"), alert);
    }
    alerts.extend(machines.output_troubles.iter().map(output_alert));
    alerts.extend(machines.kiosk_needs.iter().map(kiosk_alert));
    if machines.calendar_missing {
        let alert = plain(AlertKind::CalendarMissing, view.day.midnight);
        alerts.insert("calendar-missing".to_owned(), alert);
    }
    alerts
}

/// People wait for a service that no open window takes.
fn nobody_serves(view: &View<'_>, service: &ServiceId) -> Option<AlertCell> {
    let since = view.day.queue(service).map(|ticket| ticket.joined_at).min()?;
    if view.day.open_windows_for(service).next().is_some() {
        return None;
    }
    let waiting = view.day.waiting_count(service);
    Some(about_service(view, AlertKind::NobodyServes, service, (waiting, since)))
}

/// Somebody has waited beyond the limit; the alert names the one who has waited longest.
fn waits_too_long(view: &View<'_>, service: &ServiceId) -> Option<AlertCell> {
    let limit_s = i64::from(view.day.plan.rules.overdue_after_s);
    let joined_before = view.now.minus_s(limit_s);
    let overdue: Vec<&Ticket> =
        view.day.queue(service).filter(|ticket| ticket.joined_at < joined_before).collect();
    let longest = overdue.iter().min_by_key(|ticket| ticket.joined_at)?;
    let since = longest.joined_at.plus_s(limit_s);
    Some(AlertCell {
        ticket: Some(line_ticket(view, longest)),
        ..about_service(view, AlertKind::WaitsTooLong, service, (overdue.len(), since))
    })
}

fn about_service(
    view: &View<'_>,
    kind: AlertKind,
    service: &ServiceId,
    (tickets, since): (usize, Timestamp),
) -> AlertCell {
    AlertCell {
        service: Some(service.clone()),
        name: Some(service_label(view.day, service)),
        count: count(tickets),
        ..plain(kind, since)
    }
}

/// Outputs of one kind that a display cannot use, under a name of their own.
fn output_alert((trouble, name): &(OutputTrouble, Label)) -> (String, AlertCell) {
    let OutputTrouble { display, output, .. } = trouble;
    let alert = AlertCell {
        output: Some(*output),
        count: count(trouble.count),
        ..about_machine(AlertKind::OutputNeedsHelp, name, trouble.since)
    };
    (format!("output-needs-help/{display}/{}", output.word()), alert)
}

/// What a kiosk needs somebody for, under a name of its own.
fn kiosk_alert(it: &KioskNeed) -> (String, AlertCell) {
    let kiosk = &it.kiosk;
    let about = |kind| about_machine(kind, &it.name, it.since);
    match it.need {
        Need::Help => (format!("kiosk-needs-help/{kiosk}"), about(AlertKind::KioskNeedsHelp)),
        Need::Gone => (format!("kiosk-gone/{kiosk}"), about(AlertKind::KioskGone)),
        Need::Device(device, condition) => {
            let alert = AlertCell {
                device: Some(device),
                condition: Some(condition),
                ..about(AlertKind::DeviceNeedsHelp)
            };
            (format!("device-needs-help/{kiosk}/{}", device.word()), alert)
        }
    }
}

fn about_machine(kind: AlertKind, name: &Label, since: Timestamp) -> AlertCell {
    AlertCell { name: Some(name.clone()), ..plain(kind, since) }
}

fn plain(kind: AlertKind, since: Timestamp) -> AlertCell {
    AlertCell {
        kind,
        ticket: None,
        service: None,
        name: None,
        device: None,
        condition: None,
        output: None,
        count: 1,
        since,
    }
}
