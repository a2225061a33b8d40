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

/// What only the doors may do.
const OUTSIDE: [&str; 9] =
    ["std::fs", "std::io", "std::env", "std::process", "std::time", "std::net", "std::thread", "println!", "eprintln!"];

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

/// The module (of the first level) that a file belongs to; `None` for the crate's own two files.
fn module_of(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(support::root().join("src")).ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!["lib", "main"].contains(&name)).then(|| name.to_owned())
}

impl House {
    fn floor_of(&self, module: &str) -> Option<usize> {
        self.floors.iter().position(|floor| floor.iter().any(|name| name == module))
    }

    /// What is wrong with the uses in one file of a module.
    fn misuses(&self, module: &str, text: &str) -> Vec<String> {
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
            _ => None,
        };
        used(text).iter().filter_map(wrong).collect()
    }
}

/// The modules that a text names with `crate::`, comments and doc links aside.
fn used(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut found = BTreeSet::new();
    for line in code {
        for (at, _) in line.match_indices("crate::") {
            let name: String = line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.insert(name);
        }
        assert!(!line.trim_start().starts_with("use crate::{"), "one `use` for each module: {line}");
    }
    found
}

#[test]
fn nothing_uses_what_stands_above_it() {
    let house = house();
    let mut wrong = Vec::new();
    for path in source_files() {
        if let Some(module) = module_of(&path) {
            let misuses = house.misuses(&module, &support::text_of(&path));
            wrong.extend(misuses.into_iter().map(|misuse| format!("{}: {misuse}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_upward_use_is_seen() {
    let misuses = |module: &str, text: &str| house().misuses(module, text);
    assert_eq!(misuses("bind", "use crate::rules::ALL;").len(), 1);
    assert_eq!(misuses("markdown", "use crate::mermaid::read;").len(), 1);
    assert_eq!(misuses("rules", "use crate::rule::Rule;\n// crate::cli::run\n"), Vec::<String>::new());
    assert_eq!(misuses("attic", "").len(), 1);
}

#[test]
fn no_rule_uses_another() {
    for path in support::files(&support::root().join("src/rules")) {
        let text = support::text_of(&path);
        let uses = text.lines().filter(|line| line.contains("crate::rules::") && !line.trim_start().starts_with("//"));
        assert_eq!(uses.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", path.display());
    }
}

#[test]
fn only_the_doors_touch_the_world() {
    let house = house();
    for path in source_files() {
        let Some(module) = module_of(&path) else { continue };
        if house.floor_of(&module) == Some(house.floors.len() - 1) {
            continue;
        }
        let text = support::text_of(&path);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for word in OUTSIDE {
                assert!(!line.contains(word), "{}: `{word}` belongs behind a door: {line}", path.display());
            }
        }
    }
}

#[test]
fn only_one_place_knows_each_foreign_library() {
    let homes = [("saphyr", "src/yaml"), ("miette", "src/output/pretty"), ("pulldown_cmark", "src/markdown")];
    for path in source_files() {
        let text = support::text_of(&path);
        let inside = path.strip_prefix(support::root()).expect("it is ours").to_string_lossy().replace('\\', "/");
        for (library, home) in homes {
            let used =
                text.lines().any(|line| line.contains(&format!("{library}::")) && !line.trim_start().starts_with("//"));
            assert!(!used || inside.starts_with(home), "{inside} uses {library}, whose place is {home}");
        }
    }
}
