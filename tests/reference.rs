//! The reference of all rules, `rules/README.md`, is written from their docs: `INFRALINT_UPDATE=1 cargo test` brings it
//! up to date, and a plain `cargo test` fails where it is not.

mod support;

use std::fmt::Write as _;
use std::fs;

use infralint::fix::Safety;
use infralint::rule::{Group, Rule};
use infralint::rules;

const HEAD: &str = "\
# Templates and rules

This folder holds the **templates**: what a document must hold, as data. [`infrastructure.toml`](infrastructure.toml) is
the one for infrastructure specs, [`any.toml`](any.toml) asks for nothing and runs the rules that need no template.
Copy one, change it, and name it in `infralint.toml`; `infralint templates check FILE` says whether it is sound.

The **rules**, each one way to complain, are code: one file each in [`src/rules/`](../src/rules/). What follows is
written from their docs. `infralint explain RULE` shows the same in a terminal.

";

fn reference() -> String {
    let mut out = HEAD.to_owned();
    out.push_str("| rule | says | default | fix |\n|---|---|---|---|\n");
    for group in Group::ALL {
        let mut of_group = rules::ALL.iter().filter(|rule| rule.group == group).peekable();
        if of_group.peek().is_some() {
            let _ = writeln!(out, "| **{}** | | | |", group.name());
        }
        for rule in of_group {
            let summary = rule.summary.trim_end_matches('.').replace('|', "\\|");
            let _ = writeln!(out, "| [`{0}`](#{0}) | {summary} | {1} | {2} |", rule.name, rule.default, fix(rule));
        }
    }
    for rule in rules::ALL {
        let _ = write!(out, "\n## {}\n\n{}", rule.name, docs(rule));
    }
    out
}

fn fix(rule: &Rule) -> &'static str {
    match rule.fixes {
        Some(Safety::Safe) => "safe",
        Some(Safety::Unsafe) => "unsafe",
        Some(Safety::Suggest) => "shown",
        None => "",
    }
}

/// The docs of a rule, its headings one level deeper.
fn docs(rule: &Rule) -> String {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    for line in rule.docs.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let ticks = &line[..line.bytes().take_while(|&byte| byte == b'`').count()];
        match fence {
            None if ticks.len() >= 3 => fence = Some(ticks),
            Some(open) if line == open => fence = None,
            None if line.starts_with("## ") => out.push('#'),
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[test]
fn the_reference_is_up_to_date() {
    let path = support::root().join("rules/README.md");
    let wanted = reference();
    if std::env::var_os("INFRALINT_UPDATE").is_some() {
        fs::write(&path, &wanted).expect("the reference is written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "rules/README.md is out of date: INFRALINT_UPDATE=1 cargo test --test reference");
}
