//! The values of a configuration block, and the row of a table that speaks of the same thing.

use crate::bind::bounds::{Bounds, bounds};
use crate::bind::model::Binding;
use crate::bind::standing;
use crate::excerpt::Excerpt;
use crate::markdown::model::{BlockId, BlockKind, Document};
use crate::span::Span;
use crate::template::model::{Code, ContentId, Template};
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

/// The row of a table that a group speaks of.
pub(crate) struct RowOf {
    /// `row `Web``.
    pub(crate) name: String,
    /// By index of [`Code::values`]: what the row says instead.
    pub(crate) cells: Vec<Option<Bounds>>,
}

/// Reads the values of a block. Nothing where it is no YAML (`invalid-yaml` says so) or another language.
pub(crate) fn groups(document: &Document, text: &str, code: &Code, block: BlockId) -> Vec<Group> {
    let BlockKind::Code(found) = &document.block(block).kind else { return Vec::new() };
    let language = text[found.language.range()].to_ascii_lowercase();
    if !matches!(language.as_str(), "yaml" | "yml" | "json") {
        return Vec::new();
    }
    let excerpt = Excerpt::new(text, &found.body);
    let Ok(documents) = yaml::parse(excerpt.text()) else { return Vec::new() };
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

impl Group {
    /// The row that the group speaks of: the one whose name it holds, else the only one that shares a value with it.
    pub(crate) fn row(
        &self,
        template: &Template,
        binding: &Binding,
        document: &Document,
        text: &str,
        code: &Code,
    ) -> Option<RowOf> {
        let table: ContentId = code.values.iter().find_map(|value| value.equals)?.table;
        let standing = standing::table(template, document, binding, table)?;
        let key = standing.bound.key?;
        let cells = |row: usize| -> Vec<Option<Bounds>> {
            let of = |value: &crate::template::model::CodeValue| {
                let column = value.equals.filter(|column| column.table == table)?;
                bounds(&standing, column.column, row, text, template)
            };
            code.values.iter().map(of).collect()
        };
        let names: Vec<String> = standing
            .table
            .rows
            .iter()
            .map(|row| crate::bind::tables::row_name(standing.table, row, key, text))
            .collect();
        let shares = |row: usize| {
            let both = self.values.iter().zip(cells(row));
            both.filter(|(value, cell)| {
                let number = value.map(|value| value.number as f64);
                number.is_some() && number == cell.and_then(Bounds::exact)
            })
            .count()
        };
        let row = self.named(&names).or_else(|| {
            let most = (0..names.len()).map(shares).max().filter(|&most| most > 0)?;
            let mut best = (0..names.len()).filter(|&row| shares(row) == most);
            best.next().filter(|_| best.next().is_none())
        })?;
        let cells = cells(row);
        // Where the row contradicts itself, `min-exceeds-max` speaks, and nobody knows which value is right.
        let contradicts = |index: usize| {
            let column = &standing.wanted.columns[index];
            let ends = column.at_least.and_then(|least| bounds(&standing, least, row, text, template));
            let own = bounds(&standing, index, row, text, template);
            ends.zip(own).is_some_and(|(least, own)| least.low > own.high)
        };
        let is_sound = (0..standing.wanted.columns.len()).all(|index| !contradicts(index));
        is_sound.then(|| RowOf { name: standing.row_name(row, text), cells })
    }

    /// The only row whose name stands in the group: as a key above the values, else anywhere; with words around it only
    /// among those keys.
    fn named(&self, rows: &[String]) -> Option<usize> {
        let only = |is_named: &dyn Fn(&str) -> bool| {
            let mut found = (0..rows.len()).filter(|&row| !rows[row].is_empty() && is_named(&rows[row]));
            found.next().filter(|_| found.next().is_none())
        };
        let letters = |name: &str| name.replace(' ', "");
        only(&|row| self.above.iter().any(|key| letters(key) == letters(row)))
            .or_else(|| only(&|row| self.says.iter().any(|said| letters(said) == letters(row))))
            .or_else(|| only(&|row| self.above.iter().chain(&self.says).any(|key| holds(key, row))))
    }
}

/// `web hpa` holds `web`: all words of a name next to each other.
fn holds(written: &str, name: &str) -> bool {
    let (written, name): (Vec<&str>, Vec<&str>) = (written.split(' ').collect(), name.split(' ').collect());
    name.concat().len() > 2 && written.windows(name.len()).any(|window| window == name)
}
