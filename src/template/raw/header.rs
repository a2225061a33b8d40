//! The version block.

use crate::described::{At, Keyed, Many, Text, described, words};
use crate::template::raw::{RawDay, RawType};

described! {
    /// The version block.
    struct RawHeader = "the header" {
        /// How a line looks: `> **Name:** value`.
        whole form: Text = "form",
        /// It cannot be declared not applicable.
        may essential: bool = "essential",
        /// Its fields in order.
        may field: Many<RawField> = "field",
    }

    /// A field of the header.
    struct RawField = "a header field" {
        /// Its name.
        must name: Text = "name",
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
        /// Names that usually mean this one: reported, "did you mean".
        may lookalikes: Vec<Text> = "lookalikes",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What rules know it as.
        may role: RawRole = "role",
        /// What its value must be.
        may kind: At<RawType> = "type",
        /// The values of a `choice`.
        may values: Vec<Text> = "values",
        /// Other words for a value of the choice, by that value: accepted.
        may value_aliases: Keyed<Vec<Text>> = "value-aliases",
        /// The form of a `date`: `YYMMDD`.
        may format: Text = "format",
        /// The regular expression of a `pattern`; it must match all of the value.
        may pattern: Text = "pattern",
        /// What `infralint new` writes.
        may example: Text = "example",
        /// `today`: its value may not lie after today.
        may not_after: RawDay = "not-after",
        /// Equal to the newest entry of a log: `changelog.version`.
        may equals: Text = "equals",
        /// Not before the newest entry of a log: `changelog.date`.
        may at_least: Text = "at-least",
    }
}

words! {
    /// What a header field is for.
    pub(crate) enum RawRole {
        /// the version of the document.
        Version = "version",
        /// where it stands in its life; decides which severities apply.
        Status = "status",
        /// when it was last changed.
        Updated = "updated",
    }
}
