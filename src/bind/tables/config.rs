//! The values of a configuration block, and the row of a table that speaks of the same thing.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ptr;

use foldhash::fast::RandomState;

use crate::bind::tables::bounds::{Bounds, bounds};
use crate::bind::tables::row_name;
use crate::bind::tables::standing::Standing;
use crate::excerpt::Excerpt;
use crate::markdown::model::BlockId;
use crate::reading::Reading;
use crate::span::Span;
use crate::template::model::blocks::{Code, CodeValue};
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
#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// By index of [`Code::values`].
    pub(crate) values: Vec<Option<Entry>>,
    /// Normal names of the keys above the values, the innermost last.
    above: Vec<String>,
    /// All else that stands there.
    says: Says<'a>,
}

/// What stands beside the values of a group: asked for only where no key above them names a row.
#[derive(Debug, Clone, Copy)]
enum Says<'a> {
    /// All keys and values of a document.
    All(&'a Node),
    /// The values of one mapping.
    Values(&'a [(Node, Node)]),
}

impl<'a> Says<'a> {
    /// As written.
    fn texts(self) -> Vec<&'a str> {
        match self {
            Self::All(node) => {
                node.entries().into_iter().flat_map(|(key, value)| [key, value]).filter_map(Node::text).collect()
            }
            Self::Values(entries) => entries.iter().filter_map(|(_, value)| value.text()).collect(),
        }
    }
}

/// The documents of a block. Nothing where it is no YAML (`invalid-yaml` says so) or another language.
pub(crate) fn documents(reading: &Reading, block: BlockId) -> Option<Cow<'_, [Node]>> {
    if let Some(yaml) = reading.yaml().iter().find(|yaml| yaml.block == block) {
        let documents = yaml.parsed.as_deref().ok();
        // Of a key that stands twice nobody knows which value counts: `invalid-yaml` says that, too.
        let is_sure = |documents: &&[Node]| documents.iter().all(|document| document.repeated_key().is_none());
        return documents.filter(is_sure).map(Cow::Borrowed);
    }
    let code = reading.document.block(block).code()?;
    let language = reading.source.slice(code.language);
    let is_read = ["yaml", "yml", "json"].iter().any(|known| known.eq_ignore_ascii_case(language));
    let parse = || yaml::parse(Excerpt::new(reading.source.text(), &code.body).text()).ok();
    is_read.then(parse).flatten().map(Cow::Owned)
}

/// Reads the values of a block in its documents.
pub(crate) fn groups<'a>(reading: &Reading, code: &Code, block: BlockId, documents: &'a [Node]) -> Vec<Group<'a>> {
    let Some(found) = reading.document.block(block).code() else { return Vec::new() };
    let reader = Reader { code, excerpt: &Excerpt::new(reading.source.text(), &found.body) };
    documents.iter().flat_map(|document| reader.groups(document)).collect()
}

struct Reader<'a> {
    code: &'a Code,
    excerpt: &'a Excerpt<'a>,
}

impl Reader<'_> {
    /// A document is one group, unless a key stands in it more than once: then each mapping is one.
    fn groups<'n>(&self, document: &'n Node) -> Vec<Group<'n>> {
        let mut values = vec![None; self.code.values.len()];
        let (mut first, mut is_one) = (None, true);
        document.each_entry(&mut |key, value| {
            if let Some((index, entry)) = self.value(key, value) {
                first = first.or(Some(key));
                is_one &= values[index].replace(entry).is_none();
            }
        });
        let mut found = Vec::new();
        if is_one {
            let above = first.map(|key| above(document, key)).unwrap_or_default();
            found.push(Group { values, above, says: Says::All(document) });
        } else {
            self.split(document, &[], &mut found);
        }
        found.retain(|group| group.values.iter().any(Option::is_some));
        found
    }

    fn split<'n>(&self, node: &'n Node, above: &[String], found: &mut Vec<Group<'n>>) {
        match &node.value {
            Value::Mapping(entries) => {
                let mut values = vec![None; self.code.values.len()];
                for (index, entry) in entries.iter().filter_map(|(key, value)| self.value(key, value)) {
                    values[index] = Some(entry);
                }
                found.push(Group { values, above: above.to_vec(), says: Says::Values(entries) });
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

/// The normal names of the keys above a key, the innermost last.
fn above(document: &Node, key: &Node) -> Vec<String> {
    fn climb(node: &Node, key: &Node, path: &mut Vec<String>) -> bool {
        match &node.value {
            Value::Mapping(entries) => entries.iter().any(|(own, value)| {
                let is_below = climb(value, key, path);
                path.extend(is_below.then(|| own.text().map(normal).unwrap_or_default()));
                is_below || ptr::eq(own, key)
            }),
            Value::Sequence(items) => items.iter().any(|item| climb(item, key, path)),
            Value::Scalar { .. } | Value::Alias(_) => false,
        }
    }
    let mut path = Vec::new();
    climb(document, key, &mut path);
    path.reverse();
    path
}

/// The rows of the table that the values of a block are compared with. Cells are read of the row alone that a group
/// speaks of.
pub(crate) struct Rows<'a> {
    code: &'a Code,
    standing: &'a Standing<'a>,
    /// By the letters of their names: rows; `None` for a name that stands there twice.
    by_name: HashMap<String, Option<usize>, RandomState>,
    /// By value and number: the rows that say the same.
    by_number: OnceCell<HashMap<(usize, u64), Vec<usize>>>,
}

/// Words of a key that are compared with the name of a row.
const WORDS: usize = 6;

impl<'a> Rows<'a> {
    /// Those of a table whose rows have names.
    pub(crate) fn new(standing: &'a Standing<'a>, code: &'a Code) -> Option<Self> {
        let key = standing.bound.key?;
        let mut by_name = HashMap::default();
        for (at, row) in standing.table.rows.iter().enumerate() {
            let letters = letters(row_name(standing.table, row, key, standing.text));
            by_name.entry(letters).and_modify(|row| *row = None).or_insert(Some(at));
        }
        Some(Self { code, standing, by_name, by_number: OnceCell::new() })
    }

    /// The row that a group speaks of, unless it contradicts itself.
    pub(crate) fn of(&self, group: &Group) -> Option<usize> {
        self.named(group).or_else(|| self.alike(group)).filter(|&row| self.is_sound(row))
    }

    /// How messages call a row.
    pub(crate) fn name(&self, row: usize) -> String {
        self.standing.row_name(row)
    }

    /// What a row says, by value.
    pub(crate) fn cells(&self, row: usize) -> impl Iterator<Item = Option<Bounds>> {
        self.code.values.iter().map(move |value: &CodeValue| {
            let column = value.equals.filter(|column| column.table == self.standing.id)?.column;
            bounds(self.standing, column, row)
        })
    }

    /// Where a row contradicts itself, `min-exceeds-max` speaks, and nobody knows which value is right.
    fn is_sound(&self, row: usize) -> bool {
        let bounds = |column| bounds(self.standing, column, row);
        let mut pairs = self.standing.wanted.pairs().filter_map(|(least, most)| Some((bounds(least)?, bounds(most)?)));
        pairs.all(|(least, most)| least.low <= most.high)
    }

    fn by_number(&self) -> HashMap<(usize, u64), Vec<usize>> {
        let mut by_number: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
        for row in 0..self.standing.table.rows.len() {
            for (index, cell) in self.cells(row).enumerate() {
                if let Some(number) = cell.and_then(Bounds::number) {
                    by_number.entry((index, number)).or_default().push(row);
                }
            }
        }
        by_number
    }

    /// The only row whose name stands in the group: as a key above the values, else anywhere, else with words around
    /// it.
    fn named(&self, group: &Group) -> Option<usize> {
        let says = || group.says.texts().into_iter().map(normal);
        let all = || group.above.iter().cloned().chain(says());
        let above = self.only(group.above.iter().cloned().map(letters));
        above.or_else(|| self.only(says().map(letters))).or_else(|| self.only(all().flat_map(|name| parts(&name))))
    }

    fn only(&self, names: impl Iterator<Item = String>) -> Option<usize> {
        let mut found = names.filter(|name| !name.is_empty()).filter_map(|name| self.by_name.get(&name).copied());
        let first = found.next()??;
        found.all(|other| other == Some(first)).then_some(first)
    }

    /// The only row that shares most values with the group.
    fn alike(&self, group: &Group) -> Option<usize> {
        let by_number = self.by_number.get_or_init(|| self.by_number());
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for (index, value) in group.values.iter().enumerate() {
            let rows = value.and_then(|value| by_number.get(&(index, value.number)));
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
fn letters(mut name: String) -> String {
    name.retain(|c| c != ' ');
    name
}

/// The letters of all runs of words in a name: `web hpa` holds `web` and `hpa`.
fn parts(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let runs = (0..words.len()).flat_map(|from| (from + 1..=words.len().min(from + WORDS)).map(move |to| (from, to)));
    runs.map(|(from, to)| words[from..to].concat()).filter(|run| run.len() > 2).collect()
}
