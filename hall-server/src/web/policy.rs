//! The one table of who may do what. Every route and every message of the live connection names its
//! [`Deed`] and asks [`may`]; nothing else in the hall decides it.

use protocol::{ClerkId, DisplayId, KioskId, WindowId};

use crate::accounts::Role;
use crate::web::who::Who;

/// Something that somebody wants to do or see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed<'a> {
    /// See what the hall offers, whether it lives, how its API works.
    SeeMenu,
    /// Sign in.
    SignIn,
    /// See or end one's own session.
    UseSession,
    /// See a ticket, or do with it what its visitor may, by its secret.
    UseOwnTicket,
    /// See the wall's board.
    SeeBoard,
    /// Say how a display is, that it has given a call out, that it shows the emergency message.
    Acknowledge(&'a DisplayId),
    /// Take a number for a visitor.
    TakeTicket,
    /// See any ticket.
    SeeTicket,
    /// Withdraw, mark as left, bring back or merge tickets, grant a class.
    CareForTickets,
    /// Put a ticket first, or take that back.
    Pin,
    /// See the windows and today's figures.
    SeeWindows,
    /// See all of the hall live, as the duty manager does.
    WatchHall,
    /// See what the clerk of a window sees.
    SeeConsole(&'a WindowId),
    /// Act at a window.
    WorkAt(&'a WindowId),
    /// Begin work at a window in a clerk's name.
    OpenAs(&'a WindowId, &'a ClerkId),
    /// Change which services a window takes.
    SetProfile,
    /// Close a service for today, or reopen it.
    CloseService,
    /// Take numbers in advance for a kiosk.
    LeaseNumbers(&'a KioskId),
    /// Say how a kiosk is, or that somebody needs help there.
    ReportKiosk(&'a KioskId),
    /// Say that somebody is looking after a kiosk.
    AttendKiosk(&'a KioskId),
    /// Serve a visitor at a kiosk who was here before: what they have, another slip, an appointment, an order
    /// whose answer was lost.
    ServeAtKiosk(&'a KioskId),
    /// Press the keys, or hear the visitors, of windows whose keypads are connected to a display.
    UseKeypad(&'a DisplayId),
    /// Make, change, cancel and list appointments.
    KeepAppointments,
    /// See how the kiosks and their devices are.
    SeeDevices,
    /// Have a kiosk's device tested.
    TestDevices,
    /// Fetch the slip's layout, to print with it.
    SeeSlipTemplate,
    /// See how slips look, and earlier layouts.
    StudySlips,
    /// Change the slip's layout.
    EditSlipTemplate,
    /// See what the displays are to be, and what they were.
    SeeWalls,
    /// Change a display's layout.
    EditLayout,
    /// Put notices on the displays, and end them.
    PostNotices,
    /// Put the emergency message on every screen, and end it.
    RaiseEmergency,
    /// Let a display flash its name or start again.
    AttendDisplays,
    /// End the business day or begin the next.
    RunDay,
    /// Read the journal.
    ReadJournal,
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// Nobody knows who they are.
    #[error("sign in first")]
    SignInFirst,
    /// It is not for their role.
    #[error("not for this role")]
    NotYourRole,
    /// It is for their role, at their own window.
    #[error("only at your own window")]
    NotYourWindow,
    /// It is for their kind of device, in its own name.
    #[error("only in the device's own name")]
    NotYourDevice,
}

/// The kinds of people and machines that speak to a hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Visitor,
    Clerk,
    Manager,
    Administrator,
    Auditor,
    Kiosk,
    Display,
    Integrator,
}

/// The table: who may do what. Whoever adds a deed has to say here whose it is.
///
/// A clerk serves visitors; a duty manager does so at any window and runs the day; an administrator sets
/// the hall up and serves nobody; an auditor sees everything and changes nothing; an integrator may do
/// what clerks and kiosks can.
fn parts(deed: Deed<'_>) -> &'static [Part] {
    use Part::{Administrator, Auditor, Clerk, Display, Integrator, Kiosk, Manager, Visitor};
    match deed {
        Deed::SeeMenu | Deed::SignIn | Deed::UseOwnTicket | Deed::SeeBoard => {
            &[Visitor, Clerk, Manager, Administrator, Auditor, Kiosk, Display, Integrator]
        }
        Deed::UseSession => &[Clerk, Manager, Administrator, Auditor],
        Deed::Acknowledge(_) | Deed::UseKeypad(_) => &[Display],
        Deed::TakeTicket => &[Clerk, Manager, Kiosk, Integrator],
        Deed::SeeTicket | Deed::SeeWindows | Deed::SeeConsole(_) => {
            &[Clerk, Manager, Administrator, Auditor, Integrator]
        }
        Deed::CareForTickets | Deed::WorkAt(_) | Deed::OpenAs(..) => &[Clerk, Manager, Integrator],
        Deed::WatchHall | Deed::ReadJournal => &[Manager, Administrator, Auditor, Integrator],
        Deed::Pin => &[Manager],
        Deed::SetProfile | Deed::CloseService | Deed::RunDay => &[Manager, Administrator],
        Deed::SeeDevices => &[Manager, Administrator, Auditor, Integrator],
        Deed::TestDevices => &[Manager, Administrator],
        Deed::SeeSlipTemplate => &[Manager, Administrator, Auditor, Kiosk, Integrator],
        Deed::StudySlips => &[Manager, Administrator, Auditor],
        Deed::EditSlipTemplate => &[Administrator],
        Deed::SeeWalls => &[Manager, Administrator, Auditor, Integrator],
        Deed::EditLayout => &[Administrator],
        Deed::PostNotices | Deed::RaiseEmergency | Deed::AttendDisplays => {
            &[Manager, Administrator]
        }
        Deed::KeepAppointments => &[Manager, Integrator],
        Deed::LeaseNumbers(_) | Deed::ReportKiosk(_) | Deed::ServeAtKiosk(_) => {
            &[Kiosk, Integrator]
        }
        Deed::AttendKiosk(_) => &[Clerk, Manager, Kiosk, Integrator],
    }
}

/// Decides whether somebody may do something.
///
/// # Errors
/// [`Forbidden`] says why not.
pub fn may(who: &Who, deed: Deed<'_>) -> Result<(), Forbidden> {
    let part = part_of(who);
    if parts(deed).contains(&part) {
        return within_own(who, deed);
    }
    Err(if part == Part::Visitor { Forbidden::SignInFirst } else { Forbidden::NotYourRole })
}

fn part_of(who: &Who) -> Part {
    match who {
        Who::Visitor => Part::Visitor,
        Who::Staff { role: Role::Clerk, .. } => Part::Clerk,
        Who::Staff { role: Role::Manager, .. } => Part::Manager,
        Who::Staff { role: Role::Administrator, .. } => Part::Administrator,
        Who::Staff { role: Role::Auditor, .. } => Part::Auditor,
        Who::Kiosk(_) => Part::Kiosk,
        Who::Display(_) => Part::Display,
        Who::Integrator(_) => Part::Integrator,
    }
}

/// A clerk keeps to the window they signed in to and to their own name, a machine to its own name.
fn within_own(who: &Who, deed: Deed<'_>) -> Result<(), Forbidden> {
    let only = |allowed: bool, otherwise| if allowed { Ok(()) } else { Err(otherwise) };
    match (who, deed) {
        (
            Who::Staff { role: Role::Clerk, window: own, .. },
            Deed::SeeConsole(window) | Deed::WorkAt(window),
        ) => only(own.as_ref() == Some(window), Forbidden::NotYourWindow),
        (Who::Staff { role: Role::Clerk, window: own, clerk }, Deed::OpenAs(window, name)) => {
            only(own.as_ref() == Some(window), Forbidden::NotYourWindow)?;
            only(clerk == name, Forbidden::NotYourRole)
        }
        (
            Who::Kiosk(own),
            Deed::LeaseNumbers(kiosk)
            | Deed::ReportKiosk(kiosk)
            | Deed::ServeAtKiosk(kiosk)
            | Deed::AttendKiosk(kiosk),
        ) => only(own == kiosk, Forbidden::NotYourDevice),
        (Who::Display(own), Deed::Acknowledge(display) | Deed::UseKeypad(display)) => {
            only(own == display, Forbidden::NotYourDevice)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff(role: Role, window: Option<&str>) -> Who {
        Who::Staff { clerk: ClerkId::from("c1"), role, window: window.map(WindowId::from) }
    }

    #[test]
    fn a_clerk_works_only_at_their_own_window() {
        let (own, other) = (WindowId::from("w01"), WindowId::from("w02"));
        let clerk = staff(Role::Clerk, Some("w01"));
        assert_eq!(may(&clerk, Deed::WorkAt(&own)), Ok(()));
        assert_eq!(may(&clerk, Deed::WorkAt(&other)), Err(Forbidden::NotYourWindow));
        assert_eq!(may(&clerk, Deed::SeeConsole(&other)), Err(Forbidden::NotYourWindow));
        let unseated = staff(Role::Clerk, None);
        assert_eq!(may(&unseated, Deed::WorkAt(&own)), Err(Forbidden::NotYourWindow));
        assert_eq!(may(&staff(Role::Manager, None), Deed::WorkAt(&other)), Ok(()));
    }

    #[test]
    fn a_clerk_opens_in_their_own_name() {
        let own = WindowId::from("w01");
        let (me, colleague) = (ClerkId::from("c1"), ClerkId::from("c2"));
        let clerk = staff(Role::Clerk, Some("w01"));
        assert_eq!(may(&clerk, Deed::OpenAs(&own, &me)), Ok(()));
        assert_eq!(may(&clerk, Deed::OpenAs(&own, &colleague)), Err(Forbidden::NotYourRole));
        assert_eq!(may(&staff(Role::Manager, None), Deed::OpenAs(&own, &colleague)), Ok(()));
    }

    #[test]
    fn devices_speak_in_their_own_name() {
        let (own, other) = (KioskId::from("k1"), KioskId::from("k2"));
        let kiosk = Who::Kiosk(own.clone());
        assert_eq!(may(&kiosk, Deed::TakeTicket), Ok(()));
        assert_eq!(may(&kiosk, Deed::LeaseNumbers(&own)), Ok(()));
        assert_eq!(may(&kiosk, Deed::LeaseNumbers(&other)), Err(Forbidden::NotYourDevice));
        assert_eq!(may(&kiosk, Deed::CareForTickets), Err(Forbidden::NotYourRole));
        let display = Who::Display(DisplayId::from("d1"));
        assert_eq!(may(&display, Deed::Acknowledge(&DisplayId::from("d1"))), Ok(()));
        assert_eq!(
            may(&display, Deed::Acknowledge(&DisplayId::from("d2"))),
            Err(Forbidden::NotYourDevice)
        );
    }

    #[test]
    fn a_visitor_is_asked_to_sign_in() {
        assert_eq!(may(&Who::Visitor, Deed::SeeBoard), Ok(()));
        assert_eq!(may(&Who::Visitor, Deed::TakeTicket), Err(Forbidden::SignInFirst));
        assert_eq!(may(&Who::Visitor, Deed::ReadJournal), Err(Forbidden::SignInFirst));
    }

    #[test]
    fn an_auditor_changes_nothing() {
        let auditor = staff(Role::Auditor, None);
        assert_eq!(may(&auditor, Deed::ReadJournal), Ok(()));
        for deed in [Deed::TakeTicket, Deed::Pin, Deed::RunDay, Deed::CareForTickets] {
            assert_eq!(may(&auditor, deed), Err(Forbidden::NotYourRole), "{deed:?}");
        }
    }
}
