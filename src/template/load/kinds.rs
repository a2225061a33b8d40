//! Kinds of values.

use crate::described::{At, Keyed, Text};
use crate::template::load::compile::Compiler;
use crate::template::load::forms::is_date_form;
use crate::template::model::{Kind, ValueAlias};
use crate::template::raw::RawType;
use crate::text::{did_you_mean_or, list};

/// The keys that make a kind, wherever they stand.
#[derive(Clone, Copy, Default)]
pub(super) struct KindKeys<'r> {
    pub(super) kind: Option<&'r At<RawType>>,
    pub(super) values: Option<&'r Vec<Text>>,
    pub(super) value_aliases: Option<&'r Keyed<Vec<Text>>>,
    pub(super) open: Option<&'r Vec<Text>>,
    pub(super) format: Option<&'r Text>,
    pub(super) pattern: Option<&'r Text>,
}

impl Compiler<'_> {
    /// The kind that the keys say.
    pub(super) fn kind(&mut self, keys: KindKeys<'_>) -> Option<Kind> {
        let is = |wanted: RawType| keys.kind.is_some_and(|kind| kind.value == wanted);
        if let Some(values) = keys.values.filter(|_| !is(RawType::Choice)) {
            self.only_for(values.first(), "values", "choice");
        }
        if let Some(aliases) = keys.value_aliases.filter(|_| !is(RawType::Choice)) {
            self.only_for(aliases.entries.first().map(|(value, _)| value), "value-aliases", "choice");
        }
        if let Some(open) = keys.open.filter(|_| !is(RawType::Choice)) {
            self.only_for(open.first(), "open", "choice");
        }
        if let Some(format) = keys.format.filter(|_| !is(RawType::Date)) {
            self.only_for(Some(format), "format", "date");
        }
        if let Some(pattern) = keys.pattern.filter(|_| !is(RawType::Pattern)) {
            self.only_for(Some(pattern), "pattern", "pattern");
        }
        let kind = keys.kind?;
        match kind.value {
            RawType::Choice => self.choice(kind, keys),
            RawType::Semver => Some(Kind::Semver),
            RawType::Date => self.date(kind, keys.format),
            RawType::Count => Some(Kind::Count),
            RawType::Money => Some(Kind::Money),
            RawType::Percent => Some(Kind::Percent),
            RawType::Duration => Some(Kind::Duration),
            RawType::Url => Some(Kind::Url),
            RawType::Pattern => self.pattern(kind, keys.pattern),
        }
    }

    fn only_for(&mut self, at: Option<&Text>, key: &str, kind: &str) {
        let Some(at) = at else { return };
        let message = format!("`{key}` says nothing here: it belongs to the type `{kind}`");
        self.mistakes.push(at.origin, message, "here", format!("add `type = \"{kind}\"`, or remove `{key}`"));
    }

    fn choice(&mut self, kind: &At<RawType>, keys: KindKeys<'_>) -> Option<Kind> {
        let Some(values) = keys.values.filter(|values| !values.is_empty()) else {
            let help = "add them: `values = [\"Draft\", \"Approved\"]`";
            self.mistakes.push(kind.origin, "a choice needs its values", "here", help);
            return None;
        };
        let names: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
        for (index, value) in values.iter().enumerate() {
            if names[..index].iter().any(|name| name.eq_ignore_ascii_case(&value.value)) {
                self.mistakes.push(value.origin, format!("`{}` stands twice", value.value), "again here", "remove one");
            }
        }
        let mut open = Vec::new();
        for value in keys.open.into_iter().flatten() {
            if names.contains(&value.value.as_str()) {
                open.push(value.value.clone());
            } else {
                let message = format!("`{}` is open, but not among the values", value.value);
                self.mistakes.push(value.origin, message, "here", format!("write {}", list(&names, "or")));
            }
        }
        let aliases = self.value_aliases(&names, keys.value_aliases);
        Some(Kind::Choice { values: names.iter().map(|&name| name.to_owned()).collect(), aliases, open })
    }

    fn value_aliases(&mut self, values: &[&str], raw: Option<&Keyed<Vec<Text>>>) -> Vec<ValueAlias> {
        let mut aliases: Vec<ValueAlias> = Vec::new();
        for (value, words) in raw.into_iter().flat_map(|raw| &raw.entries) {
            let Some(index) = values.iter().position(|known| *known == value.value) else {
                let message = format!("`{}` is not among the values", value.value);
                let help =
                    did_you_mean_or(&value.value, values.iter().copied(), || format!("write {}", list(values, "or")));
                self.mistakes.push(value.origin, message, "here", help);
                continue;
            };
            for word in words {
                let is_it = |known: &str| known.to_lowercase() == word.value.to_lowercase();
                if values.iter().copied().chain(aliases.iter().map(AsRef::as_ref)).any(is_it) {
                    self.mistakes.push(
                        word.origin,
                        format!("`{}` stands twice", word.value),
                        "again here",
                        "remove one",
                    );
                    continue;
                }
                aliases.push(ValueAlias { word: word.value.clone(), value: index });
            }
        }
        aliases
    }

    fn date(&mut self, kind: &At<RawType>, format: Option<&Text>) -> Option<Kind> {
        let Some(format) = format else {
            let help = "add it: `format = \"YYMMDD\"` or `format = \"YYYY-MM-DD\"`";
            self.mistakes.push(kind.origin, "a date needs its format", "here", help);
            return None;
        };
        if !is_date_form(&format.value) {
            let message = format!("`{}` is no form of a date", format.value);
            let help = "write year, month and day each once: `YYMMDD`, `YYYY-MM-DD`, `DD.MM.YYYY`";
            self.mistakes.push(format.origin, message, "here", help);
            return None;
        }
        Some(Kind::Date(format.value.clone()))
    }

    fn pattern(&mut self, kind: &At<RawType>, pattern: Option<&Text>) -> Option<Kind> {
        let Some(pattern) = pattern else {
            let help = "add it: `pattern = '[A-Z]+-\\d+'`";
            self.mistakes.push(kind.origin, "a pattern needs its regular expression", "here", help);
            return None;
        };
        let regex = self.mistakes.regex(pattern, &format!("^(?:{})$", pattern.value))?;
        Some(Kind::Pattern { regex, written: pattern.value.clone() })
    }
}
