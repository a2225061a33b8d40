//! Writes what stands in a section: text, diagrams, tables, code, lists, logs.

use std::fmt::Write;

use crate::derive::guess::{self, Guess};
use crate::derive::shape::{Content, Demand, Kind, Section, Table};
use crate::derive::table::{bare, cells};
use crate::derive::toml::{aligned, block, list};
use crate::derive::write::{LOG, Lines, Pen, kind, line};
use crate::template::model::blocks::ListKind;
use crate::template::quoted::{key, text};
use crate::text::normal;

/// Names of rows that sum the others.
const TOTALS: [&str; 5] = ["total", "sum", "grand total", "summe", "合計"];

impl Pen<'_> {
    /// A content of a section.
    pub(super) fn content(&self, out: &mut String, index: usize, section: &Section, content: &Content) {
        let mut lines = Lines::new();
        if content.seen < section.seen {
            line(&mut lines, "required", "false");
        }
        match &content.kind {
            Kind::Prose { sentences, example } => {
                title(out, section, "prose", |kind| matches!(kind, Kind::Prose { .. }));
                if let Some((from, to)) = sentences {
                    line(&mut lines, "sentences", format!("[{from}, {to}]"));
                }
                if let Some(example) = example {
                    line(&mut lines, "example", written(example));
                }
                aligned(out, &lines);
            }
            Kind::Diagram { .. } => self.diagram(out, index, section, content, lines),
            Kind::Table(table) => self.table(out, table, lines),
            Kind::Code { language, example } => {
                title(out, section, "code", |kind| matches!(kind, Kind::Code { .. }));
                line(&mut lines, "languages", list(&[language]));
                if let Some(example) = example {
                    line(&mut lines, "example", block(example));
                }
                aligned(out, &lines);
            }
            Kind::List { kind, items, example } => {
                let name = match kind {
                    ListKind::Checklist => "checklist",
                    ListKind::Ordered => "ordered-list",
                    ListKind::Bullet => "bullet-list",
                };
                let _ = writeln!(out, "\n[section.{name}]");
                line(&mut lines, "min", if *kind == ListKind::Ordered { (*items).min(2) } else { 1 }.to_string());
                if let Some(example) = example {
                    line(&mut lines, "example", block(example));
                }
                aligned(out, &lines);
            }
            Kind::Log { .. } => self.entries(out, index, section, content, lines),
        }
    }

    fn diagram(&self, out: &mut String, index: usize, section: &Section, content: &Content, mut lines: Lines) {
        let Kind::Diagram { kind, example } = &content.kind else { return };
        title(out, section, "diagram", |kind| matches!(kind, Kind::Diagram { .. }));
        line(&mut lines, "language", text("mermaid"));
        let kinds: &[&str] = if kind == "flowchart" { &["flowchart", "graph"] } else { &[kind] };
        line(&mut lines, "kinds", list(kinds));
        if section.essential {
            line(&mut lines, "essential", "true");
        }
        aligned(out, &lines);
        let first = section
            .contents
            .iter()
            .find(|other| matches!(&other.kind, Kind::Diagram { kind, .. } if kind == "flowchart"));
        if first.is_some_and(|first| std::ptr::eq(first, content)) {
            for demand in self.shape.demands.iter().filter(|demand| demand.section == Some(index)) {
                self.demand(out, demand);
            }
        }
        if let Some(example) = example {
            let _ = writeln!(out, "example = {}", block(example));
        }
    }

    fn entries(&self, out: &mut String, index: usize, section: &Section, content: &Content, mut lines: Lines) {
        let Kind::Log { entry, table, newest_first, example, .. } = &content.kind else { return };
        out.push_str("\n[section.log]\n");
        // The header speaks of the first one.
        let has_log = |section: &Section| section.contents.iter().any(|c| matches!(c.kind, Kind::Log { .. }));
        if self.shape.sections.iter().position(has_log) == Some(index) {
            line(&mut lines, "id", text(LOG));
        }
        line(&mut lines, "entry", text(&format!("{} {entry}", "#".repeat(usize::from(section.level + 1)))));
        if let Some(table) = table {
            line(&mut lines, "table", text(table));
        }
        line(&mut lines, "order", text(if *newest_first { "newest-first" } else { "any" }));
        if entry.contains("YY") {
            line(&mut lines, "not-after", text("today"));
        }
        if let Some(example) = example {
            line(&mut lines, "example", block(example));
        }
        aligned(out, &lines);
    }

    fn table(&self, out: &mut String, table: &Table, more: Lines) {
        out.push_str("\n[[section.table]]\n");
        let mut lines = Lines::new();
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        line(&mut lines, "header", text(&format!("| {} |", names.join(" | "))));
        let guesses: Vec<Option<Guess>> =
            names.iter().enumerate().map(|(index, name)| guess::of_column(name, &cells(table, index))).collect();
        let keys: Vec<String> = cells(table, 0).iter().map(|cell| normal(&bare(cell))).collect();
        let mut single = keys.clone();
        single.sort();
        single.dedup();
        let keyed = single.len() == keys.len();
        if keyed {
            line(&mut lines, "key", text(names[0]));
            if matches!(guesses[0], Some(Guess::Pattern(_))) {
                line(&mut lines, "unique", "true");
            }
        }
        let has_money = guesses.contains(&Some(Guess::Money));
        let first_names = || cells(table, 0).into_iter().map(bare);
        let total = first_names().find(|name| keyed && has_money && TOTALS.contains(&normal(name).as_str()));
        if let Some(total) = &total {
            line(&mut lines, "total", text(total));
        }
        lines.extend(more);
        if table.example && !table.rows.is_empty() {
            let rows: Vec<String> = table.rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
            line(&mut lines, "example", block(&rows.join("\n")));
        } else if table.example {
            line(&mut lines, "min-rows", "0");
        }
        aligned(out, &lines);
        let mut parts = Lines::new();
        let seen = table.columns.iter().map(|column| column.seen).max().unwrap_or(1);
        for (column, guess) in table.columns.iter().zip(&guesses) {
            let mut keys = Lines::new();
            if let Some(guess) = guess {
                kind(&mut keys, guess);
            }
            if column.seen < seen {
                line(&mut keys, "required", "false");
            }
            if !keys.is_empty() {
                let keys: Vec<String> = keys.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
                line(&mut parts, &format!("columns.{}", key(&column.name)), format!("{{ {} }}", keys.join(", ")));
            }
        }
        let shared = table.shared.iter().filter(|_| keyed && self.shape.documents > 1 && seen > 1);
        let mut rows: Vec<&String> = shared.filter(|name| is_row_name(name)).chain(&total).collect();
        rows.dedup();
        for name in rows {
            line(&mut parts, &format!("rows.{}", key(name)), "{}");
        }
        aligned(out, &parts);
    }

    fn demand(&self, out: &mut String, demand: &Demand) {
        out.push_str("layers = [\n");
        for layer in &demand.layers {
            let zones = match &self.vocabulary.zones {
                Some((word, or)) if layer.zones => {
                    let or = or.as_ref().map(|or| format!(", or = {}", text(or))).unwrap_or_default();
                    format!(", zones = {{ min = 2, words = {}{or} }}", text(word))
                }
                _ => String::new(),
            };
            let _ = writeln!(out, "  {{ name = {}, elements = {}{zones} }},", text(&layer.name), list(&layer.elements));
        }
        out.push_str("]\n");
        let arrows: Vec<String> = demand
            .flow
            .iter()
            .flatten()
            .map(|&(from, to)| format!("{} --> {}", demand.layers[from].name, demand.layers[to].name))
            .collect();
        if !arrows.is_empty() {
            let _ = writeln!(out, "flow = {}", list(&arrows));
        }
    }
}

/// An example in one line or several.
fn written(example: &str) -> String {
    if example.contains('\n') { block(example) } else { text(example) }
}

/// A row that has a name, not a number or a placeholder.
fn is_row_name(name: &str) -> bool {
    name.contains(char::is_alphabetic)
        && !guess::is_bracket(name)
        && guess::id_prefix(name).is_none()
        && !normal(name).is_empty()
}

/// The name of a content; several of a kind are a list of tables.
fn title(out: &mut String, section: &Section, name: &str, same: fn(&Kind) -> bool) {
    let several = section.contents.iter().filter(|other| same(&other.kind)).count() > 1;
    let _ = if several { writeln!(out, "\n[[section.{name}]]") } else { writeln!(out, "\n[section.{name}]") };
}
