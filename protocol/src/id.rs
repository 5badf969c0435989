//! Ids. What an administrator names (a window, a service) has a short text id; what the hall counts
//! (a ticket, an event) has a number; a person has 128 random bits that mean nothing elsewhere.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Declares ids that an administrator writes in the configuration, cheap to clone.
macro_rules! named_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = String))]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

/// Declares ids that the hall counts upwards.
macro_rules! counted_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = u64))]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The one after this.
            #[must_use]
            pub fn next(self) -> Self {
                Self(self.0 + 1)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

named_ids! {
    /// A part of the hall (区域): a floor, a wing, a row of windows.
    ZoneId,
    /// A department (部门) whose services are handled here.
    DepartmentId,
    /// What a visitor comes for (业务).
    ServiceId,
    /// A numbered counter where one clerk works (窗口).
    WindowId,
    /// A run of ticket numbers such as A001, A002, …
    SeriesId,
    /// A clerk (窗口人员) or another member of staff.
    ClerkId,
    /// A machine that issues tickets.
    KioskId,
    /// A screen on the wall.
    DisplayId,
    /// A ticket's number as people read it: `A001`.
    Number,
}

counted_ids! {
    /// One visitor's visit; never reused, also not on another day.
    TicketId,
    /// The journal's sequence number: the one cursor of the whole house.
    Seq,
    /// A remark kept outside the journal, so that it can be erased.
    NoteId,
    /// An appointment. Its code is its visitor's secret; this is not.
    AppointmentId,
}

/// A person as the journal knows them: 128 random bits, written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct PersonId(pub u128);

impl From<PersonId> for String {
    fn from(id: PersonId) -> Self {
        format!("{:032x}", id.0)
    }
}

impl TryFrom<String> for PersonId {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        u128::from_str_radix(&text, 16).map(Self)
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_written_as_32_digits_and_read_back() {
        let person = PersonId(0xab);
        let text = "000000000000000000000000000000ab";
        assert_eq!(person.to_string(), text);
        assert_eq!(serde_json::to_string(&person).expect("writes"), format!("\"{text}\""));
        assert_eq!(PersonId::try_from(text.to_owned()), Ok(person));
        assert!(serde_json::from_str::<PersonId>("\"a name\"").is_err());
    }

    #[test]
    fn ids_are_plain_on_the_wire() {
        let ids = (WindowId::from("w01"), TicketId(7).next());
        assert_eq!(serde_json::to_string(&ids).expect("writes"), r#"["w01",8]"#);
    }
}
