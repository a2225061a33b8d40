//! Phrases by their letters: which of them begin at a place.

/// A set of keys, to be walked from the beginning of a word: the walk ends with the first letter that no key goes on
/// with, which is early for most words.
///
/// *Invariant:* a node is a number, none like another, and its branch for a byte stands in the slot of their sum, if
/// that slot says that it is for this byte: a step is one look, however many branches a node has.
#[derive(Debug, Clone)]
pub(super) struct Trie {
    slots: Vec<Branch>,
    /// The letters that only one key holds, all in one, with a zero behind those of each.
    tails: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Branch {
    /// The key that ends there, or that alone goes on.
    key: u32,
    /// A node where keys part; of a single key, where the letters behind this one begin in `tails`.
    to: u32,
    is_tail: bool,
    /// 0 in a slot that is free: no key holds such a byte.
    byte: u8,
}

/// No key.
const NONE: u32 = u32::MAX;

impl Branch {
    const FREE: Self = Self { key: NONE, to: 0, is_tail: false, byte: 0 };

    fn is_free(&self) -> bool {
        self.byte == 0
    }
}

impl Trie {
    /// The trie of keys that are all different, none of them empty.
    pub(super) fn new(keys: &[String]) -> Self {
        let mut sorted: Vec<(&[u8], u32)> = keys.iter().map(String::as_bytes).zip(0..).collect();
        sorted.sort_unstable();
        let mut trie = Self { slots: Vec::new(), tails: Vec::new() };
        let mut rooms = Rooms::default();
        // Nodes still to be made: the slot that leads to one, the keys that reach it, and how many bytes in. Depth first,
        // so that those that a key leads through stand side by side, and a walk stays in a few lines of memory.
        let mut open = vec![(None, sorted.as_slice(), 0)];
        while let Some((from, keys, depth)) = open.pop() {
            let (key, longer) = match keys.split_first() {
                Some((&(first, key), longer)) if first.len() == depth => (key, longer),
                _ => (NONE, keys),
            };
            let branches = || longer.chunk_by(|(one, _), (other, _)| one[depth] == other[depth]);
            let bytes: Vec<usize> = branches().map(|alike| usize::from(alike[0].0[depth])).collect();
            let node = rooms.find(&mut trie.slots, &bytes);
            if let Some(from) = from {
                let from: &mut Branch = &mut trie.slots[from];
                (from.key, from.to) = (key, node as u32);
            }
            for (alike, byte) in branches().zip(bytes) {
                let (is_tail, key, to) = if let &[(letters, key)] = alike {
                    (true, key, trie.tail(&letters[depth + 1..]))
                } else {
                    open.push((Some(node + byte), alike, depth + 1));
                    (false, NONE, 0)
                };
                trie.slots[node + byte] = Branch { key, to, is_tail, byte: byte as u8 };
            }
        }
        trie
    }

    fn tail(&mut self, letters: &[u8]) -> u32 {
        let from = self.tails.len() as u32;
        self.tails.extend_from_slice(letters);
        self.tails.push(0);
        from
    }

    /// The keys that these letters begin with, and the length of each in bytes, the shortest first.
    pub(super) fn prefixes<'t>(&'t self, letters: &'t [u8]) -> Prefixes<'t> {
        Prefixes { trie: self, letters, node: 0, depth: 0 }
    }

    /// The end of the tail that begins at byte `tail` of all, if its letters stand in a text from byte `at` on.
    fn tail_end(&self, mut tail: usize, letters: &[u8], mut at: usize) -> Option<usize> {
        while self.tails[tail] != 0 {
            if letters.get(at) != Some(&self.tails[tail]) {
                return None;
            }
            (tail, at) = (tail + 1, at + 1);
        }
        Some(at)
    }
}

/// A walk through a trie, along the letters of a text.
pub(super) struct Prefixes<'t> {
    trie: &'t Trie,
    /// None any more behind a tail.
    letters: &'t [u8],
    /// Where it stands.
    node: usize,
    depth: usize,
}

impl Iterator for Prefixes<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let letters = self.letters;
        let (mut node, mut depth) = (self.node, self.depth);
        loop {
            let &byte = letters.get(depth)?;
            let branch = self.trie.slots.get(node + usize::from(byte))?;
            if branch.byte != byte {
                return None;
            }
            depth += 1;
            if branch.key == NONE {
                node = branch.to as usize;
                continue;
            }
            let to = branch.to as usize;
            (self.node, self.depth) = (to, depth);
            if branch.is_tail {
                self.letters = &[];
                depth = self.trie.tail_end(to, letters, depth)?;
            }
            return Some((branch.key as usize, depth));
        }
    }
}

/// Which nodes there are, while a trie is made. The first is 0.
#[derive(Default)]
struct Rooms {
    /// By node.
    taken: Vec<bool>,
    /// Below it, no room is sought any more.
    from: usize,
}

/// So many rooms are looked at before those are given up: making a trie stays linear.
const TRIES: usize = 64;

impl Rooms {
    /// A node whose branches find their slots free.
    fn find(&mut self, slots: &mut Vec<Branch>, bytes: &[usize]) -> usize {
        let mut node = self.from;
        let is_free = |node: usize| bytes.iter().all(|byte| slots.get(node + byte).is_none_or(Branch::is_free));
        while self.taken.get(node).is_some_and(|&taken| taken) || !is_free(node) {
            node += 1;
        }
        if node - self.from > TRIES {
            self.from = node;
        }
        let end = node + bytes.last().map_or(0, |last| last + 1);
        slots.resize(slots.len().max(end), Branch::FREE);
        self.taken.resize(self.taken.len().max(node + 1), false);
        self.taken[node] = true;
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefixes(keys: &[&str], letters: &str) -> Vec<(usize, usize)> {
        let keys: Vec<String> = keys.iter().map(|&key| key.to_owned()).collect();
        Trie::new(&keys).prefixes(letters.as_bytes()).collect()
    }

    #[test]
    fn every_key_that_the_letters_begin_with_is_found() {
        let keys = ["cache", "cachecluster", "cdn", "c", "キャッシュ"];
        for (letters, expected) in [
            ("cacheclusters", vec![(3, 1), (0, 5), (1, 12)]),
            ("cacheclub", vec![(3, 1), (0, 5)]),
            ("cdn", vec![(3, 1), (2, 3)]),
            ("cd", vec![(3, 1)]),
            ("xc", vec![]),
            ("", vec![]),
            ("キャッシュ1", vec![(4, 15)]),
            ("キャ", vec![]),
        ] {
            assert_eq!(prefixes(&keys, letters), expected, "{letters}");
        }
    }

    #[test]
    fn without_keys_nothing_is_found() {
        assert_eq!(prefixes(&[], "cache"), []);
    }
}
