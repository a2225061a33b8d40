//! The values of a configuration block, and the row of a table that speaks of the same thing.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::bind::bounds::{Bounds, bounds};
use crate::bind::model::Binding;
use crate::bind::standing;
use crate::bind::tables::row_name;
use crate::excerpt::Excerpt;
use crate::markdown::model::{BlockId, BlockKind, Document};
use crate::reading::Reading;
use crate::span::Span;
use crate::template::model::{Code, CodeValue, Template};
use crate::text::normal;
use crate::values::count;
use crate::yaml::{self, Node, Value};

/// A number in a configuration block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) key: Span,
    pub(crate) place: Span,
    pub(crate) number: u64,
}

/// Values that belong together: of one document, or of one service where a document holds several.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// By index of [`Code::values`].
    pub(crate) values: Vec<Option<Entry>>,
    /// Normal names of the keys above the values, the innermost last.
    above: Vec<String>,
    /// Normal names of all else that stands there.
    says: Vec<String>,
}

/// Reads the values of a block. Nothing where it is no YAML (`invalid-yaml` says so) or another language.
pub(crate) fn groups(reading: &Reading, code: &Code, block: BlockId) -> Vec<Group> {
    let BlockKind::Code(found) = &reading.document.block(block).kind else { return Vec::new() };
    let language = reading.source.slice(found.language);
    if !["yaml", "yml", "json"].iter().any(|known| known.eq_ignore_ascii_case(language)) {
        return Vec::new();
    }
    let excerpt = Excerpt::new(reading.source.text(), &found.body);
    let parsed = match reading.yaml().iter().find(|yaml| yaml.block == block) {
        Some(yaml) => Cow::Borrowed(&yaml.parsed),
        None => Cow::Owned(yaml::parse(excerpt.text())),
    };
    let Ok(documents) = parsed.as_ref() else { return Vec::new() };
    let reader = Reader { code, excerpt: &excerpt };
    documents.iter().flat_map(|document| reader.groups(document)).collect()
}

struct Reader<'a> {
    code: &'a Code,
    excerpt: &'a Excerpt<'a>,
}

impl Reader<'_> {
    /// A document is one group, unless a key stands in it more than once: then each mapping is one.
    fn groups(&self, document: &Node) -> Vec<Group> {
        let entries = document.entries();
        let keys: Vec<usize> =
            entries.iter().filter_map(|(key, value)| self.value(key, value)).map(|(index, _)| index).collect();
        let is_one = (0..self.code.values.len()).all(|index| keys.iter().filter(|&&key| key == index).count() < 2);
        let mut found = Vec::new();
        if is_one {
            let mut group = Group { values: vec![None; self.code.values.len()], ..Group::default() };
            self.path(document, &mut Vec::new(), &mut group.above);
            for (key, value) in &entries {
                if let Some((index, entry)) = self.value(key, value) {
                    group.values[index] = Some(entry);
                }
                group.says.extend([key, value].into_iter().filter_map(|node| node.text()).map(normal));
            }
            found.push(group);
        } else {
            self.split(document, &[], &mut found);
        }
        found.retain(|group| group.values.iter().any(Option::is_some));
        found
    }

    fn split(&self, node: &Node, above: &[String], found: &mut Vec<Group>) {
        match &node.value {
            Value::Mapping(entries) => {
                let mut group =
                    Group { values: vec![None; self.code.values.len()], above: above.to_vec(), says: Vec::new() };
                for (key, value) in entries {
                    if let Some((index, entry)) = self.value(key, value) {
                        group.values[index] = Some(entry);
                    }
                    group.says.extend(value.text().map(normal));
                }
                found.push(group);
                for (key, value) in entries {
                    let mut below = above.to_vec();
                    below.extend(key.text().map(normal));
                    self.split(value, &below, found);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| self.split(item, above, found)),
            Value::Scalar { .. } | Value::Alias(_) => {}
        }
    }

    /// The keys above the first value that counts.
    fn path(&self, node: &Node, above: &mut Vec<String>, path: &mut Vec<String>) -> bool {
        match &node.value {
            Value::Mapping(entries) => entries.iter().any(|(key, value)| {
                if self.value(key, value).is_some() {
                    path.clone_from(above);
                    return true;
                }
                above.push(key.text().map(normal).unwrap_or_default());
                let found = self.path(value, above, path);
                above.pop();
                found
            }),
            Value::Sequence(items) => items.iter().any(|item| self.path(item, above, path)),
            Value::Scalar { .. } | Value::Alias(_) => false,
        }
    }

    /// Which value of the template an entry is, and its number.
    fn value(&self, key: &Node, value: &Node) -> Option<(usize, Entry)> {
        let name = key.text()?;
        let is_it = |asked: &String| asked.eq_ignore_ascii_case(name);
        let index = self.code.values.iter().position(|asked| asked.keys.iter().any(is_it))?;
        let number = count::read(value.text()?).value()?.exact()?;
        let place = |node: &Node| self.excerpt.span(node.span.start(), node.span.end());
        Some((index, Entry { key: place(key), place: place(value), number }))
    }
}

/// The rows of the table that the values of a block are compared with.
pub(crate) struct Rows {
    /// How messages call each row.
    names: Vec<String>,
    /// By the letters of their names: rows; `None` for a name that stands there twice.
    by_name: HashMap<String, Option<usize>>,
    /// By row and value: what the row says instead.
    cells: Vec<Vec<Option<Bounds>>>,
    /// By value and number: the rows that say the same.
    by_number: HashMap<(usize, u64), Vec<usize>>,
    /// By row: whether it does not contradict itself.
    sound: Vec<bool>,
}

/// Words of a key that are compared with the name of a row.
const WORDS: usize = 6;

impl Rows {
    /// The table of the first value that is to equal a column of one.
    pub(crate) fn new(
        (template, document, binding): (&Template, &Document, &Binding),
        text: &str,
        code: &Code,
    ) -> Option<Self> {
        let id = code.values.iter().find_map(|value| value.equals)?.table;
        let standing = standing::table(template, document, binding, id)?;
        let key = standing.bound.key?;
        let mut rows = Self {
            names: Vec::new(),
            by_name: HashMap::new(),
            cells: Vec::new(),
            by_number: HashMap::new(),
            sound: Vec::new(),
        };
        for (at, row) in standing.table.rows.iter().enumerate() {
            let letters = letters(&row_name(standing.table, row, key, text));
            rows.by_name.entry(letters).and_modify(|row| *row = None).or_insert(Some(at));
            rows.names.push(standing.row_name(at, text));
            let of = |column: usize| bounds(&standing, column, at, text, template);
            let equal = |value: &CodeValue| of(value.equals.filter(|column| column.table == id)?.column);
            let cells: Vec<Option<Bounds>> = code.values.iter().map(equal).collect();
            for (index, cell) in cells.iter().enumerate() {
                if let Some(number) = cell.and_then(Bounds::number) {
                    rows.by_number.entry((index, number)).or_default().push(at);
                }
            }
            rows.cells.push(cells);
            // Where the row contradicts itself, `min-exceeds-max` speaks, and nobody knows which value is right.
            let columns = standing.wanted.columns.iter().enumerate();
            let mut least = columns.filter_map(|(index, column)| Some((of(column.at_least?)?, of(index)?)));
            rows.sound.push(least.all(|(least, own)| least.low <= own.high));
        }
        Some(rows)
    }

    /// What the row that a group speaks of is called, and what it says.
    pub(crate) fn of(&self, group: &Group) -> Option<(&str, &[Option<Bounds>])> {
        let row = self.named(group).or_else(|| self.alike(group)).filter(|&row| self.sound[row])?;
        Some((&self.names[row], &self.cells[row]))
    }

    /// The only row whose name stands in the group: as a key above the values, else anywhere, else with words around it.
    fn named(&self, group: &Group) -> Option<usize> {
        let exact = |names: &[String]| self.only(names.iter().map(|name| letters(name)));
        let all = || group.above.iter().chain(&group.says);
        exact(&group.above).or_else(|| exact(&group.says)).or_else(|| self.only(all().flat_map(|name| parts(name))))
    }

    fn only(&self, names: impl Iterator<Item = String>) -> Option<usize> {
        let mut found = names.filter(|name| !name.is_empty()).filter_map(|name| self.by_name.get(&name).copied());
        let first = found.next()??;
        found.all(|other| other == Some(first)).then_some(first)
    }

    /// The only row that shares most values with the group.
    fn alike(&self, group: &Group) -> Option<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for (index, value) in group.values.iter().enumerate() {
            let rows = value.and_then(|value| self.by_number.get(&(index, value.number)));
            for &row in rows.into_iter().flatten() {
                *shared.entry(row).or_default() += 1;
            }
        }
        let most = shared.values().copied().max()?;
        let mut best = shared.into_iter().filter(|&(_, count)| count == most);
        best.next().filter(|_| best.next().is_none()).map(|(row, _)| row)
    }
}

/// `webhpa` of `web hpa`.
fn letters(name: &str) -> String {
    name.replace(' ', "")
}

/// The letters of all runs of words in a name: `web hpa` holds `web` and `hpa`.
fn parts(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let runs = (0..words.len()).flat_map(|from| (from + 1..=words.len().min(from + WORDS)).map(move |to| (from, to)));
    runs.map(|(from, to)| words[from..to].concat()).filter(|run| run.len() > 2).collect()
}
