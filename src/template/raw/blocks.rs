//! Prose, lists and code that a section must hold.

use crate::described::{At, Keyed, Text, described};
use crate::template::raw::RawType;

described! {
    /// Text that a section must hold.
    struct RawProse = "prose" {
        /// From how many to how many sentences: `[2, 3]`.
        may sentences: At<Vec<u32>> = "sentences",
        /// What `infralint new` and fixes write, in brackets until somebody fills it in.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A list that a section must hold.
    struct RawList = "a list" {
        /// At least so many items.
        may min: u32 = "min",
        /// What `infralint new` and fixes write, in brackets until somebody fills it in.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A code block that a section must hold.
    struct RawCode = "a code block" {
        /// Accepted languages, the first is the one to write.
        may languages: Vec<Text> = "languages",
        /// Values that are read from it, by key; a key counts wherever it stands in the tree.
        may values: Keyed<RawValue> = "values",
        /// What `infralint new` writes, without fences.
        may example: Text = "example",
        /// `false`: it may be absent.
        may required: bool = "required",
    }

    /// A value that is read from a code block.
    struct RawValue = "a value of a code block" {
        /// Other keys that mean the same.
        may aliases: Vec<Text> = "aliases",
        /// `false`: it may be absent.
        may required: bool = "required",
        /// What it must be.
        may kind: At<RawType> = "type",
        /// The values of a `choice`.
        may values: Vec<Text> = "values",
        /// The form of a `date`.
        may format: Text = "format",
        /// The regular expression of a `pattern`.
        may pattern: Text = "pattern",
        /// Equal to a column of a table, in the row that the block speaks of: `scaling.Min`.
        may equals: Text = "equals",
        /// Not less than another value of the block.
        may at_least: Text = "at-least",
        /// Not more than another value of the block.
        may at_most: Text = "at-most",
    }
}
