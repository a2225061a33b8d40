//! Reads a TOML text into described values and collects every mistake on the way.

use std::collections::HashSet;

use semver::{Version, VersionReq};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::described::{At, Described, Need};
use crate::diagnostic::{Mistake, Origin};
use crate::source::text_start;
use crate::span::Span;
use crate::text::{did_you_mean, list};

/// A value of the file on its way to being read.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    /// Its key; that of its list for an item.
    pub(crate) key: &'a str,
    /// Where it stands.
    pub(crate) origin: Origin,
    /// What stands there.
    pub(crate) value: &'a DeValue<'a>,
}

/// Collects mistakes.
#[derive(Debug, Default)]
pub(crate) struct Mistakes {
    list: Vec<Mistake>,
    unresolved: Vec<Mistake>,
    /// Something is not as its author meant it: what refers to something that is not there may be a consequence.
    shaky: bool,
}

/// Reads one file of a chain.
pub(crate) struct Reader<'m> {
    /// Index of the file in its chain.
    pub(crate) source: u16,
    /// What is wrong so far.
    pub(crate) mistakes: &'m mut Mistakes,
    /// Whether the file changes another one, and need not say everything.
    changes: bool,
}

/// The entries of a table, each marked once somebody has asked for it.
pub(crate) struct Entries<'a> {
    list: Vec<Entry<'a>>,
    origin: Origin,
}

/// A key of a table, whether it must be there, and its docs.
pub(crate) type Key<'a> = (&'a str, Need, &'a str);

struct Entry<'a> {
    key: &'a str,
    origin: Origin,
    value: &'a Spanned<DeValue<'a>>,
    taken: bool,
}

impl Mistakes {
    /// Says where a file (`what` it is) asks for a version of infralint that this is not.
    pub(crate) fn require_version(&mut self, wanted: &At<String>, what: &str) {
        let own = env!("CARGO_PKG_VERSION");
        match (VersionReq::parse(&wanted.value), Version::parse(own)) {
            (Err(_), _) => {
                let message = format!("`{}` is no range of versions", wanted.value);
                self.push(wanted.origin, message, "here", "write it as `>=0.2`");
            }
            (Ok(range), Ok(own)) if !range.matches(&own) => {
                let message = format!("this {what} needs infralint {}, this is {own}", wanted.value);
                self.push(wanted.origin, message, "asked for here", "install a version that it accepts");
            }
            _ => {}
        }
    }

    /// Adds a mistake.
    pub(crate) fn push(&mut self, origin: Origin, message: impl Into<String>, label: &str, help: impl Into<String>) {
        self.list.push(mistake(origin, message, label, help));
    }

    /// Adds a mistake after which other things may be missing only in consequence.
    pub(crate) fn push_shaky(
        &mut self,
        origin: Origin,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.shaky = true;
        self.push(origin, message, label, help);
    }

    /// Adds that something does not exist; told only where that cannot be the consequence of another mistake.
    pub(crate) fn push_unresolved(
        &mut self,
        origin: Origin,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.unresolved.push(mistake(origin, message, label, help));
    }

    /// Adds that a key is missing.
    pub(crate) fn needs(&mut self, origin: Origin, noun: &str, key: &str, about: &str) {
        let help = format!("add `{key}`: {}", aside(about));
        self.push_shaky(origin, format!("{noun} needs `{key}`"), "it is missing here", help);
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.unresolved.is_empty()
    }

    /// All that are to be told, in the order of the files.
    pub(crate) fn into_list(mut self) -> Vec<Mistake> {
        if !self.shaky {
            self.list.append(&mut self.unresolved);
        }
        self.list.sort_by_key(|mistake| (mistake.origin.source, mistake.origin.span));
        self.list.dedup();
        self.list
    }
}

fn mistake(origin: Origin, message: impl Into<String>, label: &str, help: impl Into<String>) -> Mistake {
    let help = help.into();
    Mistake {
        origin,
        message: message.into(),
        label: label.to_owned(),
        help: Some(help).filter(|help| !help.is_empty()),
    }
}

impl<'m> Reader<'m> {
    /// Reads a whole file; `None` where it is no TOML.
    pub(crate) fn read<T: Described>(source: u16, text: &str, mistakes: &'m mut Mistakes) -> Option<T> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let changes = table.get_ref().get("extends").is_some();
        let mut reader = Self { source, mistakes, changes };
        if !errors.is_empty() {
            let mut lines = HashSet::new();
            for error in errors {
                let span = error.span().unwrap_or(0..0);
                let span = character(text, span.start.min(text.len()), span.end.min(text.len()));
                let origin = reader.origin(span.range());
                if !lines.insert(text[..span.start()].matches('\n').count()) {
                    continue;
                }
                let message = format!("this is no TOML: {}", error.message().trim().replace('\n', ", "));
                let help = toml_help(error.message());
                reader.mistakes.push_shaky(origin, message, "breaks here", help);
                if swallows_the_rest(error.message()) {
                    break;
                }
            }
            return None;
        }
        let start = text_start(text);
        let origin = reader.origin(start..start);
        let value = DeValue::Table(table.into_inner());
        T::read(Node { key: "", origin, value: &value }, &mut reader)
    }

    /// The entries of a table in the order of the file.
    pub(crate) fn table<'a>(&mut self, node: Node<'a>, noun: &str) -> Option<Entries<'a>> {
        let Some(table) = node.value.as_table() else {
            let help = format!("write it as a table: `[{}]`, or `{} = {{ ... }}`", node.key, node.key);
            self.wrong_kind(node, noun, &help);
            return None;
        };
        let mut list: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry { key: key.get_ref(), origin: self.origin(key.span()), value, taken: false })
            .collect();
        list.sort_by_key(|entry| entry.origin.span);
        Some(Entries { list, origin: node.origin })
    }

    /// Tells of keys that are not known and of those that are missing.
    pub(crate) fn finish(&mut self, entries: &Entries<'_>, noun: &str, keys: &[Key<'_>]) {
        let names = || keys.iter().map(|(key, ..)| *key);
        let given = |key: &str| entries.list.iter().any(|entry| entry.key == key);
        let mut meant = Vec::new();
        for entry in entries.list.iter().filter(|entry| !entry.taken) {
            let near = did_you_mean(entry.key, names().filter(|key| !given(key)));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys of {noun} are {}", list(&names().collect::<Vec<_>>(), "and")),
            };
            meant.extend(near);
            let message = format!("`{}` is no key of {noun}", entry.key);
            if near.is_some() {
                self.mistakes.push_shaky(entry.origin, message, "here", help);
            } else {
                self.mistakes.push(entry.origin, message, "here", help);
            }
        }
        let changes = self.changes;
        for (key, _, about) in
            keys.iter().filter(|(key, need, _)| is_needed(*need, changes) && !given(key) && !meant.contains(key))
        {
            self.mistakes.needs(entries.origin, noun, key, about);
        }
    }

    /// One of a list of words.
    pub(crate) fn word<T: Copy>(&mut self, node: Node<'_>, all: &[(&str, T)]) -> Option<T> {
        let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
        let Some(written) = node.value.as_str() else {
            self.wrong_kind(node, "a word", &format!("write {}", list(&words, "or")));
            return None;
        };
        let found = all.iter().find(|(word, _)| *word == written).map(|&(_, value)| value);
        if found.is_none() {
            let message = format!("`{}` cannot be `{written}`", node.key);
            self.mistakes.push_shaky(node.origin, message, "here", accepted(written, &words));
        }
        found
    }

    /// Tells that a value is not of the kind it must be.
    pub(crate) fn wrong_kind(&mut self, node: Node<'_>, wanted: &str, help: &str) {
        let found = match node.value {
            DeValue::String(_) => "this is a text",
            DeValue::Integer(_) | DeValue::Float(_) => "this is a number",
            DeValue::Boolean(_) => "this is true or false",
            DeValue::Datetime(_) => "this is a date",
            DeValue::Array(_) => "this is a list",
            DeValue::Table(_) => "this is a table",
        };
        let subject = if node.key.is_empty() { "the file".to_owned() } else { format!("`{}`", node.key) };
        self.mistakes.push_shaky(node.origin, format!("{subject} must be {wanted}"), found, help);
    }

    /// A place in this file.
    pub(crate) fn origin(&self, range: std::ops::Range<usize>) -> Origin {
        Origin { source: self.source, span: Span::new(range.start, range.end) }
    }

    /// A value inside another one.
    pub(crate) fn node<'a>(&self, key: &'a str, value: &'a Spanned<DeValue<'a>>) -> Node<'a> {
        Node { key, origin: self.origin(value.span()), value: value.get_ref() }
    }
}

impl<'a> Entries<'a> {
    /// The value of a key, read; `None` where it is not there or cannot be read.
    pub(crate) fn take<T: Described>(&mut self, key: &str, reader: &mut Reader<'_>) -> Option<T> {
        let entry = self.list.iter_mut().find(|entry| entry.key == key)?;
        entry.taken = true;
        let node = reader.node(entry.key, entry.value);
        T::read(node, reader)
    }

    /// All entries: key, place of the key, value.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'a str, Origin, &'a Spanned<DeValue<'a>>)> {
        self.list.iter().map(|entry| (entry.key, entry.origin, entry.value))
    }
}

/// Whether a key must be there in a file that does, or does not, change another.
fn is_needed(need: Need, changes: bool) -> bool {
    match need {
        Need::Must => true,
        Need::Whole => !changes,
        Need::May => false,
    }
}

/// So many names are a list that somebody reads.
const READABLE: usize = 9;

/// The accepted words and the nearest of them; of many only the nearest, where one is near.
pub(crate) fn accepted<S: AsRef<str>>(written: &str, words: &[S]) -> String {
    let mut names: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(*name));
    let all = list(&names, "or");
    match did_you_mean(written, names.iter().copied()) {
        Some(near) if names.len() > READABLE => format!("did you mean `{near}`?"),
        Some(near) if names.len() > 1 => format!("write {all}; did you mean `{near}`?"),
        _ if names.is_empty() => String::new(),
        _ => format!("write {all}"),
    }
}

/// A line of docs as the end of another sentence.
fn aside(docs: &str) -> String {
    let line = docs.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// What to write where a text is no TOML.
fn toml_help(message: &str) -> &'static str {
    if message.contains("duplicate key") {
        "keep one of the two"
    } else if message.contains("must be quoted") {
        "write a text in double quotes: `key = \"text\"`"
    } else {
        "write one `key = value` a line, texts in double quotes, lists in `[ ]`; a table begins with `[name]`"
    }
}

/// Whether everything behind an error is read as something else: what was opened there swallows it.
fn swallows_the_rest(message: &str) -> bool {
    !message.contains("array table") && ["array", "inline table", "string"].iter().any(|what| message.contains(what))
}

/// A span widened to whole characters.
fn character(text: &str, mut start: usize, mut end: usize) -> Span {
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    end = end.max(start);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}
