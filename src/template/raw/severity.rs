//! How bad findings are.

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::described::reader::{Node, Reader};
use crate::described::schema::Definitions;
use crate::described::{Described, Keyed};
use crate::severity::Severity;

/// The table `[severity]`.
pub(crate) type RawSeverities = Keyed<RawSeverity>;

/// An entry of `[severity]`: a level for a rule or a requirement, or the table of a status.
#[derive(Debug, Clone)]
pub(crate) enum RawSeverity {
    /// `missing-block = "warning"`
    Level(Severity),
    /// `[severity.Draft]`
    Status(Keyed<Severity>),
}

impl Described for RawSeverity {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            DeValue::Table(_) => Keyed::read(node, reader).map(Self::Status),
            _ => Severity::read(node, reader).map(Self::Level),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({ "anyOf": [Severity::schema(definitions), Keyed::<Severity>::schema(definitions)] })
    }

    fn overlay(self, over: Self) -> Self {
        match (self, over) {
            (Self::Status(base), Self::Status(over)) => Self::Status(base.overlay(over)),
            (_, over) => over,
        }
    }
}
