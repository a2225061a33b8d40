//! TOML files whose keys are described once. The description reads a file (all mistakes at once, each with its place
//! and a "did you mean") and writes its JSON Schema, so the two cannot part.
//!
//! serde stops at the first mistake, which is one round of "run it again" for each; hence a reader of our own.

pub(crate) mod phrases;
pub(crate) mod reader;
pub(crate) mod schema;
mod values;

use crate::described::reader::{Node, Reader};
use crate::described::schema::Definitions;
use crate::diagnostic::Origin;

/// A kind of value that a file may hold.
pub(crate) trait Described: Sized {
    /// Reads it. `None`: it cannot be, and the mistake has been said.
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Its JSON Schema.
    fn schema(definitions: &mut Definitions) -> serde_json::Value;

    /// What results where a file that extends another says it again: what is given there counts.
    #[must_use]
    fn overlay(self, over: Self) -> Self {
        let _ = self;
        over
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub origin: Origin,
}

/// A text and where it stands.
pub(crate) type Text = At<String>;

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// It must.
    Must,
    /// It must, but for a file that changes another: what is not said there is said here already.
    Whole,
    /// It may be absent.
    May,
}

/// A table whose keys are the author's own, in the order of the file.
#[derive(Debug, Clone)]
pub(crate) struct Keyed<T> {
    /// Key and value.
    pub(crate) entries: Vec<(At<String>, T)>,
}

/// One table (`[section.code]`), or several (`[[section.code]]`).
#[derive(Debug, Clone)]
pub(crate) struct Many<T> {
    /// In the order of the file.
    pub(crate) list: Vec<T>,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T> Keyed<T> {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        self.entries.iter().find(|(known, _)| known.value == key).map(|(_, value)| value)
    }
}

/// Describes a table with fixed keys: its noun in messages, and each key with its docs, whether it `must` or `may` be
/// there (`whole`: must, but in a file that changes another), the field it is read into and its kind. Makes the struct
/// and its [`Described`].
macro_rules! described {
    ($(
        $(#[doc = $doc:literal])*
        struct $name:ident = $noun:literal {
            $( $(#[doc = $about:literal])* $need:ident $field:ident: $kind:ty = $key:literal, )*
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            /// Where it stands.
            pub(crate) origin: $crate::diagnostic::Origin,
            $( $(#[doc = $about])* pub(crate) $field: Option<$kind>, )*
        }

        impl $crate::described::Described for $name {
            fn read(
                node: $crate::described::reader::Node<'_>,
                reader: &mut $crate::described::reader::Reader<'_>,
            ) -> Option<Self> {
                let mut table = reader.table(node, $noun)?;
                let read = Self { origin: node.origin, $( $field: table.take($key, reader), )* };
                let keys = [$( ($key, described!(@need $need), concat!($($about, "\n",)*)), )*];
                reader.finish(&table, $noun, &keys);
                Some(read)
            }

            fn schema(definitions: &mut $crate::described::schema::Definitions) -> serde_json::Value {
                definitions.object(
                    stringify!($name),
                    concat!($($doc, "\n",)*),
                    &[$( (
                        $key,
                        concat!($($about, "\n",)*),
                        described!(@need $need),
                        <$kind as $crate::described::Described>::schema,
                    ), )*],
                )
            }

            fn overlay(self, over: Self) -> Self {
                Self {
                    origin: self.origin,
                    $( $field: match (self.$field, over.$field) {
                        (Some(base), Some(over)) => {
                            Some($crate::described::Described::overlay(base, over))
                        }
                        (base, over) => over.or(base),
                    }, )*
                }
            }
        }
    )*};
    (@need must) => { $crate::described::Need::Must };
    (@need whole) => { $crate::described::Need::Whole };
    (@need may) => { $crate::described::Need::May };
}
pub(crate) use described;

/// Describes a choice of words: each with its docs and the variant it is read as.
macro_rules! words {
    ($(
        $(#[doc = $doc:literal])*
        $visible:vis enum $name:ident { $( $(#[doc = $about:literal])* $variant:ident = $word:literal, )* }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $visible enum $name { $( $(#[doc = $about])* $variant, )* }

        impl $crate::described::Described for $name {
            fn read(
                node: $crate::described::reader::Node<'_>,
                reader: &mut $crate::described::reader::Reader<'_>,
            ) -> Option<Self> {
                let all = [$( ($word, Self::$variant), )*];
                reader.word(node, &all)
            }

            fn schema(_: &mut $crate::described::schema::Definitions) -> serde_json::Value {
                $crate::described::schema::choice(&[$( ($word, concat!($($about,)*)), )*])
            }
        }
    )*};
}
pub(crate) use words;
