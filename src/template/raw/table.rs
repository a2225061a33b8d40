//! Tables that a section must hold.

use crate::described::{At, Keyed, Text, described};
use crate::template::raw::RawType;

described! {
    /// A table that a section must hold.
    struct RawTable = "a table" {
        /// Names it for relations.
        may id: Text = "id",
        /// Its header row as it looks in the document: `| Component | Min | Max |`.
        whole header: Text = "header",
        /// The column that names a row.
        may key: Text = "key",
        /// The column that types and relations of rows judge; by default the only one beside the key.
        may value: Text = "value",
        /// Two rows may not have the same key.
        may unique: bool = "unique",
        /// The rows may stand as columns: `| Component | RTO | RPO |`.
        may transposed: bool = "transposed",
        /// At least so many rows.
        may min_rows: u32 = "min-rows",
        /// The row that sums the money columns.
        may total: Text = "total",
        /// The layer of a diagram whose elements the key column names.
        may draws: Text = "draws",
        /// The table whose rows name the other columns.
        may columns_refer_to: Text = "columns-refer-to",
        /// The rows that `infralint new` and fixes write, in brackets until somebody fills them in.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What else is to be said of a column, by its name in the header.
        may columns: Keyed<RawColumn> = "columns",
        /// Rows that must be there, by the name in the key column.
        may rows: Keyed<RawRow> = "rows",
    }

    /// A column of a table.
    struct RawColumn = "a column" {
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
        /// Names that usually mean this one: reported, "did you mean".
        may lookalikes: Vec<Text> = "lookalikes",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What each of its cells must hold.
        may kind: At<RawType> = "type",
        /// What is read from its cells where it is there; other text is fine, and not compared.
        may reads: At<RawType> = "reads",
        /// The values of a `choice`.
        may values: Vec<Text> = "values",
        /// Other words for a value of the choice, by that value: accepted.
        may value_aliases: Keyed<Vec<Text>> = "value-aliases",
        /// Those of the values that are still open.
        may open: Vec<Text> = "open",
        /// The form of a `date`.
        may format: Text = "format",
        /// The regular expression of a `pattern`.
        may pattern: Text = "pattern",
        /// Not less than another column of the row.
        may at_least: Text = "at-least",
        /// The table whose rows its cells name.
        may refers_to: Text = "refers-to",
    }

    /// A row that a table must hold.
    struct RawRow = "a row" {
        /// Other names that are accepted.
        may aliases: Vec<Text> = "aliases",
        /// Names that usually mean this one: reported, "did you mean".
        may lookalikes: Vec<Text> = "lookalikes",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What its value must be.
        may kind: At<RawType> = "type",
        /// The values of a `choice`.
        may values: Vec<Text> = "values",
        /// The form of a `date`.
        may format: Text = "format",
        /// The regular expression of a `pattern`.
        may pattern: Text = "pattern",
        /// Not shorter than what a column elsewhere says: `backups.Frequency`.
        may at_least: Text = "at-least",
        /// Only the rows there that speak of this element, a key of `[words]`.
        may of: Text = "of",
        /// Words that suspend the comparison, a key of `[words]`.
        may unless: Text = "unless",
    }
}
