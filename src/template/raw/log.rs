//! The changelog that a section must hold.

use crate::described::{Keyed, Text, described, words};
use crate::template::raw::RawDay;

described! {
    /// A changelog.
    struct RawLog = "a log" {
        /// Names it for relations.
        may id: Text = "id",
        /// The heading of an entry as it looks: `### YYMMDD - vX.Y.Z - Title`.
        whole entry: Text = "entry",
        /// The header of a table that says the same: `| Date | Version | Changes |`.
        may table: Text = "table",
        /// Other names of the columns of that table.
        may columns: Keyed<RawLogColumn> = "columns",
        /// Which entry stands first.
        may order: RawLogOrder = "order",
        /// At least so many entries.
        may min: u32 = "min",
        /// `today`: no entry may lie after today.
        may not_after: RawDay = "not-after",
        /// What `infralint new` writes.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A column of a log that is a table.
    struct RawLogColumn = "a column of a log" {
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
    }
}

words! {
    /// The order of a log.
    pub(crate) enum RawLogOrder {
        /// the newest entry stands first.
        NewestFirst = "newest-first",
        /// any.
        Any = "any",
    }
}
