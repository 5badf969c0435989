//! Who works here, as `staff.toml` says it.

use std::path::Path;

use protocol::{ClerkId, Label};
use serde::Deserialize;
use settings::Fault;

use crate::accounts::Role;

/// One member of staff.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffMember {
    /// What they sign in with; shown in the journal.
    pub id: ClerkId,
    /// Their name.
    pub name: Label,
    /// What they may do: `clerk`, `manager`, `administrator` or `auditor`.
    pub role: Role,
    /// Their PIN, as `hall-server hash-pin` prints it.
    pub pin_hash: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffFile {
    /// One table each: `[[staff]]`.
    #[serde(default)]
    staff: Vec<StaffMember>,
}

pub(super) fn read(file: &Path) -> Result<Vec<StaffMember>, Fault> {
    let staff = settings::read::<StaffFile>(file)?.staff;
    for (place, member) in staff.iter().enumerate() {
        if staff[..place].iter().any(|other| other.id == member.id) {
            return Err(Fault::new(
                file,
                &format!("staff[{place}].id"),
                format!("`{}` is used twice", member.id),
                "give every member of staff an id of their own",
            ));
        }
        if !member.pin_hash.starts_with("$argon2id$") {
            return Err(Fault::new(
                file,
                &format!("staff[{place}].pin_hash"),
                "is no argon2id hash",
                "make one with `hall-server hash-pin`",
            ));
        }
    }
    Ok(staff)
}
