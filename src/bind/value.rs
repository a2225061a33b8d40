//! Cells and header values, read as the kind that the template gives them.

use jiff::civil::Date;
use semver::Version;

use crate::markdown::plain::plain;
use crate::template::model::Kind;
use crate::text::list;
use crate::values::choice::Chosen;
use crate::values::count::{self, Count};
use crate::values::currency;
use crate::values::date::{self, NotADate};
use crate::values::duration::{self, Duration};
use crate::values::money::{self, Money};
use crate::values::number::digits;
use crate::values::percent::{self, HasUnit};
use crate::values::{Parsed, is_nothing, url, version};

/// A value that was understood.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// One of a list.
    Choice(Chosen),
    /// A version.
    Version(Version),
    /// A day.
    Date(Date),
    /// A number of things.
    Count(Count),
    /// An amount of money.
    Money(Money),
    /// A share, 0 to 100.
    Percent(f64),
    /// A length of time.
    Duration(Duration),
    /// An address, or a text of a pattern: there is nothing to compare.
    Text,
}

/// What a text says that is no more than a value of a kind, as most are: `2`, `$310`, `< 4 hours`, `**99.9%**`.
pub(crate) fn bare(kind: &Kind, text: &str) -> Option<Value> {
    let text = text.strip_prefix("**").and_then(|text| text.strip_suffix("**")).unwrap_or(text);
    match kind {
        Kind::Count => digits(text).map(|number| Value::Count(Count { from: number, to: Some(number) })),
        Kind::Money => money::dollars(text).map(Value::Money),
        Kind::Percent => percent::bare(text).map(Value::Percent),
        Kind::Duration => duration::bare(text).map(Value::Duration),
        Kind::Choice { .. } | Kind::Semver | Kind::Date(_) | Kind::Url | Kind::Pattern { .. } => None,
    }
}

/// Reads a cell (plain text), where `-` stands for nothing of every kind. `names` are those of its column and its row,
/// as written: they may say the unit (`RTO (hours)`).
pub(crate) fn read(kind: &Kind, text: &str, names: &[&str]) -> Parsed<Value> {
    match kind {
        // Numbers see to that themselves.
        Kind::Count | Kind::Money | Kind::Percent | Kind::Duration => understand(kind, text, names),
        _ if is_nothing(text) => Parsed::Nothing,
        _ => understand(kind, text, names),
    }
}

/// Reads a value of the header, where no `-` stands for a version or a day.
pub(crate) fn understand(kind: &Kind, text: &str, names: &[&str]) -> Parsed<Value> {
    match kind {
        Kind::Count => count::read(text).map(Value::Count),
        Kind::Money => {
            money::read(text, || names.iter().find_map(|name| currency::in_name(&plain(name)))).map(Value::Money)
        }
        Kind::Percent => {
            let units = || names.iter().map(|name| percent::unit_in(&plain(name)));
            percent::read(text, || units().reduce(HasUnit::or).unwrap_or(HasUnit::No)).map(Value::Percent)
        }
        Kind::Duration => duration::read(text, || names.iter().find_map(|name| duration::units::unit_in(&plain(name))))
            .map(Value::Duration),
        Kind::Choice { .. } => understood(kind.chosen(text).map(Value::Choice)),
        Kind::Semver => understood(version::parse(text).map(Value::Version)),
        Kind::Date(pattern) => match date::parse(text, pattern) {
            Ok(day) => Parsed::Value(Value::Date(day)),
            Err(NotADate::Unreal) => Parsed::Impossible,
            Err(NotADate::Form) => Parsed::NotOne,
        },
        Kind::Url => understood(url::is_in(text).then_some(Value::Text)),
        Kind::Pattern { regex, .. } => understood(regex.is_match(text.trim()).then_some(Value::Text)),
    }
}

/// What a value of a kind looks like.
pub(crate) fn example(kind: &Kind) -> String {
    match kind {
        Kind::Choice { values, .. } => list(values, "or"),
        Kind::Semver => "`1.2.0`".to_owned(),
        Kind::Date(pattern) => format!("a day as `{pattern}`"),
        Kind::Count => "`2`".to_owned(),
        Kind::Money => "`$120`".to_owned(),
        Kind::Percent => "`99.9%`".to_owned(),
        Kind::Duration => "`4 hours` or `500 ms`".to_owned(),
        Kind::Url => "`https://example.com`".to_owned(),
        Kind::Pattern { written, .. } => format!("a value that matches `{written}`"),
    }
}

fn understood(value: Option<Value>) -> Parsed<Value> {
    value.map_or(Parsed::NotOne, Parsed::Value)
}

impl Value {
    /// Its smallest and its greatest reading, where it can be compared with others of its kind.
    pub(crate) fn ends(&self) -> Option<(f64, f64)> {
        match self {
            Self::Count(count) => Some((count.from as f64, count.to.map_or(f64::INFINITY, |to| to as f64))),
            Self::Percent(share) => Some((*share, *share)),
            Self::Duration(length) => (length.count == 1).then_some((length.shortest, length.longest)),
            Self::Money(money) => money.likely_ends(),
            Self::Choice(_) | Self::Version(_) | Self::Date(_) | Self::Text => None,
        }
    }
}
