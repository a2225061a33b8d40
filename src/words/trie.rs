//! Phrases by their letters: which of them begin at a place.

/// A set of keys, to be walked from the beginning of a word: the walk ends with the first letter that no key goes on
/// with, which is early for most words.
#[derive(Debug, Clone)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    branches: Vec<Branch>,
    /// The letters that only one key holds, all in one.
    tails: Vec<u8>,
    /// By first byte: the branch of the root.
    first: Box<[Option<u32>; 256]>,
}

/// Where keys part.
#[derive(Debug, Clone)]
struct Node {
    /// The key that ends here.
    key: Option<u32>,
    /// Its branches, ordered by byte.
    branches: (u32, u32),
}

#[derive(Debug, Clone, Copy)]
struct Branch {
    byte: u8,
    to: To,
}

#[derive(Debug, Clone, Copy)]
enum To {
    Node(u32),
    /// A single key, with its letters behind this one: a place in `tails`.
    Key {
        key: u32,
        tail: (u32, u32),
    },
}

impl Trie {
    /// The trie of keys that are all different, none of them empty.
    pub(super) fn new(keys: &[String]) -> Self {
        let mut sorted: Vec<(&[u8], u32)> = keys.iter().map(String::as_bytes).zip(0..).collect();
        sorted.sort_unstable();
        let mut trie =
            Self { nodes: Vec::new(), branches: Vec::new(), tails: Vec::new(), first: Box::new([None; 256]) };
        // Nodes still to be made: the keys that reach one, and how many bytes in. Breadth first, so no stack is needed.
        let mut open = vec![(sorted.as_slice(), 0)];
        let mut next = 0;
        while let Some(&(keys, depth)) = open.get(next) {
            next += 1;
            let (key, longer) = match keys.split_first() {
                Some((&(first, key), longer)) if first.len() == depth => (Some(key), longer),
                _ => (None, keys),
            };
            let from = trie.branches.len() as u32;
            for alike in longer.chunk_by(|(one, _), (other, _)| one[depth] == other[depth]) {
                let to = if let &[(letters, key)] = alike {
                    To::Key { key, tail: trie.tail(&letters[depth + 1..]) }
                } else {
                    open.push((alike, depth + 1));
                    To::Node(open.len() as u32 - 1)
                };
                trie.branches.push(Branch { byte: alike[0].0[depth], to });
            }
            trie.nodes.push(Node { key, branches: (from, trie.branches.len() as u32) });
        }
        let root = trie.nodes[0].branches;
        for at in root.0..root.1 {
            trie.first[usize::from(trie.branches[at as usize].byte)] = Some(at);
        }
        trie
    }

    fn tail(&mut self, letters: &[u8]) -> (u32, u32) {
        let from = self.tails.len() as u32;
        self.tails.extend_from_slice(letters);
        (from, self.tails.len() as u32)
    }

    /// Calls back with each key that these letters begin with, and its length in bytes, the shortest first.
    pub(super) fn each_prefix(&self, letters: &[u8], mut found: impl FnMut(usize, usize)) {
        let Some(&first) = letters.first() else { return };
        let mut branch = self.first[usize::from(first)].map(|at| self.branches[at as usize]);
        let mut depth = 1;
        while let Some(Branch { to, .. }) = branch {
            let node = match to {
                To::Node(node) => &self.nodes[node as usize],
                To::Key { key, tail } => {
                    let tail = &self.tails[tail.0 as usize..tail.1 as usize];
                    if letters[depth..].starts_with(tail) {
                        found(key as usize, depth + tail.len());
                    }
                    return;
                }
            };
            if let Some(key) = node.key {
                found(key as usize, depth);
            }
            let Some(&next) = letters.get(depth) else { return };
            let branches = &self.branches[node.branches.0 as usize..node.branches.1 as usize];
            branch = branches.iter().find(|branch| branch.byte == next).copied();
            depth += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefixes(keys: &[&str], letters: &str) -> Vec<(usize, usize)> {
        let keys: Vec<String> = keys.iter().map(|&key| key.to_owned()).collect();
        let mut found = Vec::new();
        Trie::new(&keys).each_prefix(letters.as_bytes(), |key, length| found.push((key, length)));
        found
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
