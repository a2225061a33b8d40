//! The ids of a flowchart, each known by a number. Nodes, edges and groups share their names.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hasher};
use std::ops::{Index, IndexMut};

use foldhash::fast::RandomState;

/// What one id stands for.
#[derive(Debug)]
pub(super) struct Symbol<'t> {
    pub(super) name: Cow<'t, [u8]>,
    hash: u32,
    /// The one before it in its bucket.
    next: u32,
    pub(super) node: Option<u32>,
    pub(super) edge: Option<u32>,
    pub(super) group: Option<u32>,
    /// The first group to end that mentions it.
    pub(super) owner: Option<u32>,
}

/// The symbols by number and by name. A map of the standard library would know them by name only, and take longer:
/// almost every word of a flowchart is looked up here.
pub(super) struct Symbols<'t> {
    all: Vec<Symbol<'t>>,
    /// The last symbol of each bucket. Their number is a power of two, and no less than that of the symbols.
    buckets: Vec<u32>,
    hashing: RandomState,
}

/// The symbol of an empty bucket.
const NONE: u32 = u32::MAX;

impl<'t> Symbols<'t> {
    pub(super) fn with_capacity(likely: usize) -> Self {
        Self {
            all: Vec::with_capacity(likely),
            buckets: vec![NONE; likely.next_power_of_two()],
            hashing: RandomState::default(),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Symbol<'t>> {
        self.all.iter()
    }

    /// The symbol of a name, where it has one.
    pub(super) fn get(&self, name: &[u8]) -> Option<&Symbol<'t>> {
        self.find(name, self.hash(name)).map(|number| &self[number])
    }

    /// The number of a name that is written in the text: a new one, where it has none.
    pub(super) fn number(&mut self, name: &'t [u8]) -> u32 {
        let hash = self.hash(name);
        match self.find(name, hash) {
            Some(known) => known,
            None => self.add_written(name, hash),
        }
    }

    /// The same for a name that is not written anywhere.
    pub(super) fn number_of_own(&mut self, name: String) -> u32 {
        let (hash, name) = (self.hash(name.as_bytes()), name.into_bytes());
        self.find(&name, hash).unwrap_or_else(|| self.add(Cow::Owned(name), hash))
    }

    #[inline(never)]
    fn add_written(&mut self, name: &'t [u8], hash: u32) -> u32 {
        self.add(Cow::Borrowed(name), hash)
    }

    fn add(&mut self, name: Cow<'t, [u8]>, hash: u32) -> u32 {
        if self.all.len() == self.buckets.len() {
            self.grow();
        }
        let number = self.all.len() as u32;
        let bucket = self.bucket(hash);
        let next = std::mem::replace(&mut self.buckets[bucket], number);
        self.all.push(Symbol { name, hash, next, node: None, edge: None, group: None, owner: None });
        number
    }

    fn hash(&self, name: &[u8]) -> u32 {
        let mut hasher = self.hashing.build_hasher();
        hasher.write(name);
        hasher.finish() as u32
    }

    fn bucket(&self, hash: u32) -> usize {
        hash as usize & (self.buckets.len() - 1)
    }

    fn find(&self, name: &[u8], hash: u32) -> Option<u32> {
        let mut number = self.buckets[self.bucket(hash)];
        while let Some(symbol) = self.all.get(number as usize) {
            if symbol.hash == hash && *symbol.name == *name {
                return Some(number);
            }
            number = symbol.next;
        }
        None
    }

    fn grow(&mut self) {
        self.buckets = vec![NONE; 2 * self.buckets.len()];
        for number in 0..self.all.len() as u32 {
            let bucket = self.bucket(self[number].hash);
            self[number].next = std::mem::replace(&mut self.buckets[bucket], number);
        }
    }
}

impl<'t> Index<u32> for Symbols<'t> {
    type Output = Symbol<'t>;

    fn index(&self, number: u32) -> &Symbol<'t> {
        &self.all[number as usize]
    }
}

impl<'t> IndexMut<u32> for Symbols<'t> {
    fn index_mut(&mut self, number: u32) -> &mut Symbol<'t> {
        &mut self.all[number as usize]
    }
}
