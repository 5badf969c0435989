//! A mistake within one table of `display.toml`. An output checks its own table and knows neither the file nor
//! which of several tables it is; both are added here.

use std::path::Path;

use settings::Fault;

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Which key of the table.
    key: String,
    /// What is wrong.
    problem: String,
    /// What to do about it.
    mend: String,
}

impl Mistake {
    /// A mistake with one key of a table.
    pub(crate) fn new(
        key: impl Into<String>,
        problem: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self { key: key.into(), problem: problem.into(), mend: mend.into() }
    }

    /// The same, as whoever reads the file must hear it: the tables of a name are counted from 0, as TOML's own
    /// mistakes count them.
    pub(super) fn in_table(self, file: &Path, table: &str, place: usize) -> Fault {
        Fault::new(file, &format!("{table}[{place}].{}", self.key), self.problem, self.mend)
    }
}
