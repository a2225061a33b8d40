//! The floors of the house: nothing uses what stands above it or beside it, and only the doors touch the world.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The floors of the house: their modules, and who may use a neighbour on the same floor.
struct House {
    floors: Vec<Vec<String>>,
    may_use: Vec<(String, String)>,
}

/// Reads the table in the docs of the crate.
fn house() -> House {
    let text = support::text_of(&support::root().join("src/lib.rs"));
    let rows =
        text.lines().filter_map(|line| line.strip_prefix("//! | ")).filter(|line| line.starts_with(char::is_numeric));
    let mut house = House { floors: Vec::new(), may_use: Vec::new() };
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        house.floors.push(cells[1].split_whitespace().map(|name| name.trim_matches('`').to_owned()).collect());
        let pairs = cells[2].split(',').filter_map(|pair| pair.split_once("->"));
        house.may_use.extend(pairs.map(|(from, to)| (from.trim().to_owned(), to.trim().to_owned())));
    }
    assert_eq!(house.floors.len(), 9, "the table of floors in src/lib.rs");
    house
}

/// What only the doors may do; a `use` of several modules of `std` would hide it.
const OUTSIDE: [&str; 13] = [
    "std::fs",
    "std::io",
    "std::env",
    "std::process",
    "std::time",
    "std::net",
    "std::thread",
    "std::{",
    "println!",
    "print!(",
    "Zoned::now",
    "Timestamp::now",
    "TimeZone::system",
];

/// Where each foreign library may be named.
const HOMES: [(&str, &[&str]); 14] = [
    ("saphyr_parser", &["src/yaml"]),
    ("pulldown_cmark", &["src/markdown"]),
    ("miette", &["src/output/pretty"]),
    ("mimalloc", &["src/main.rs"]),
    ("strsim", &["src/text", "src/mermaid"]),
    ("clap", &["src/cli"]),
    ("globset", &["src/cli"]),
    ("ignore", &["src/cli"]),
    ("indicatif", &["src/cli"]),
    ("notify", &["src/cli"]),
    ("rayon", &["src/cli"]),
    ("similar", &["src/cli"]),
    ("tempfile", &["src/cli"]),
    ("walkdir", &["src/cli"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in support::files(folder) {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn source_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&support::root().join("src"), &mut found);
    found
}

/// The path of a file from the root of the project, with `/` between its parts.
fn inside(path: &Path) -> String {
    path.strip_prefix(support::root()).expect("it is ours").to_string_lossy().replace('\\', "/")
}

/// The modules that a file stands in, from the first level on; none for the crate's own two files.
fn modules_of(path: &str) -> Vec<&str> {
    let stem = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    stem.split('/').filter(|name| !["lib", "main"].contains(name)).collect()
}

/// The lines of a file without comments, doc links, and what is compiled for tests only. An item ends where its
/// indentation comes again: rustfmt sees to that.
fn code(text: &str) -> Vec<&str> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut kept = Vec::new();
    let mut lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let ends = |own: &&str| indent(own) == indent(line) && own.ends_with(['}', ';']);
            lines.by_ref().find(ends);
        } else {
            kept.push(line);
        }
    }
    kept
}

impl House {
    fn floor_of(&self, module: &str) -> Option<usize> {
        self.floors.iter().position(|floor| floor.iter().any(|name| name == module))
    }

    /// What is wrong with the uses in one file.
    fn misuses(&self, path: &str, text: &str) -> Vec<String> {
        let modules = modules_of(path);
        let Some(&module) = modules.first() else { return Vec::new() };
        let Some(floor) = self.floor_of(module) else {
            return vec![format!("`{module}` stands on no floor")];
        };
        let may = |other: &str| self.may_use.iter().any(|(from, to)| from == module && to == other);
        let wrong = |other: &String| match self.floor_of(other) {
            Some(theirs) if theirs > floor => {
                Some(format!("`{module}` (floor {floor}) looks up to `{other}` (floor {theirs})"))
            }
            Some(theirs) if theirs == floor && other != module && !may(other) => {
                Some(format!("`{module}` uses its neighbour `{other}`"))
            }
            Some(_) => None,
            None => Some(format!("`{module}` uses `{other}`, which stands on no floor")),
        };
        let code = code(text);
        let leaves = code.iter().filter(|line| climb(line) >= modules.len());
        let leaves = leaves.map(|line| format!("write `crate::` to leave `{module}`: {line}"));
        used(&code).iter().filter_map(wrong).chain(leaves).collect()
    }
}

/// How many modules up a line of code leads at most: `super::super::text` leads two.
fn climb(line: &str) -> usize {
    (1..9).take_while(|&up| line.contains(&"super::".repeat(up))).count()
}

/// What lines of code name with `crate::`.
fn used(code: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in code {
        for (at, _) in line.match_indices("crate::") {
            let name: String = line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.insert(name);
        }
    }
    found
}

#[test]
fn nothing_uses_what_stands_above_it() {
    let house = house();
    let mut wrong = Vec::new();
    for path in source_files() {
        let inside = inside(&path);
        let misuses = house.misuses(&inside, &support::text_of(&path));
        wrong.extend(misuses.into_iter().map(|misuse| format!("{inside}: {misuse}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_upward_use_is_seen() {
    let misuses = |path: &str, text: &str| house().misuses(path, text);
    for (path, text) in [
        ("src/bind/mod.rs", "use crate::rules::ALL;"),
        ("src/markdown/parse.rs", "use crate::mermaid::read;"),
        ("src/bind/mod.rs", "crate::check(reading)"),
        ("src/bind/mod.rs", "use crate::{check};"),
        ("src/text", "use super::rules;"),
        ("src/bind/mod.rs", "use super::rules;"),
        ("src/bind/topology/zones.rs", "use super::super::super::rules;"),
        ("src/text", "#[cfg(test)]\nuse crate::span::Span;\n\nuse crate::rules::ALL;"),
        ("src/attic.rs", ""),
    ] {
        assert_eq!(misuses(path, text).len(), 1, "{path}: {text}");
    }
    for (path, text) in [
        ("src/rules/broken_link.rs", "use crate::rule::Rule;\n// crate::cli::run\n"),
        ("src/bind/topology/zones.rs", "use super::super::lines;"),
        ("src/text", "#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::rules::ALL;\n}\n"),
        ("src/lib.rs", "pub use lint::check;"),
    ] {
        assert_eq!(misuses(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn no_rule_uses_another() {
    for path in source_files() {
        let (inside, text) = (inside(&path), support::text_of(&path));
        if inside.starts_with("src/rules/") {
            let uses = code(&text).into_iter().filter(|line| line.contains("crate::rules::") || climb(line) > 0);
            assert_eq!(uses.collect::<Vec<_>>(), Vec::<&str>::new(), "{inside}");
        }
    }
}

#[test]
fn only_the_doors_touch_the_world() {
    let house = house();
    for path in source_files() {
        let (inside, text) = (inside(&path), support::text_of(&path));
        let Some(&module) = modules_of(&inside).first() else { continue };
        if house.floor_of(module) == Some(house.floors.len() - 1) {
            continue;
        }
        for line in code(&text) {
            for word in OUTSIDE {
                assert!(!line.contains(word), "{inside}: `{word}` belongs behind a door: {line}");
            }
        }
    }
}

#[test]
fn only_one_place_knows_each_foreign_library() {
    let files: Vec<(String, String)> =
        source_files().iter().map(|path| (inside(path), support::text_of(path))).collect();
    for (library, homes) in HOMES {
        let name = format!("{library}::");
        let used = files.iter().filter(|(_, text)| text.lines().any(|line| names(line, &name)));
        let used: Vec<&String> = used.map(|(inside, _)| inside).collect();
        assert!(!used.is_empty(), "{library} is used by nobody: is this its name?");
        let strays: Vec<_> = used.iter().filter(|inside| !homes.iter().any(|home| inside.starts_with(home))).collect();
        assert!(strays.is_empty(), "{strays:?} use {library}, whose place is {homes:?}");
    }
}

/// Whether a line of code holds a path that begins with a name.
fn names(line: &str, name: &str) -> bool {
    let mut before = line.match_indices(name).map(|(at, _)| line[..at].chars().next_back());
    !line.trim_start().starts_with("//") && before.any(|c| c.is_none_or(|c| !c.is_alphanumeric() && !"_:".contains(c)))
}
