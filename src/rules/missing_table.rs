//! `missing-table`

use crate::bind::contents::asked;
use crate::bind::contents::shape;
use crate::bind::lines::line_start;
use crate::bind::model::{Anchor, BoundContent, Place};
use crate::bind::tables::standing::column_names;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::model::{Block, BlockKind};
use crate::rule::{Context, Findings, declare_rule};
use crate::source::line_end;
use crate::span::Span;
use crate::template::model::table::Table;
use crate::template::model::{Content, ContentId};
use crate::text;

declare_rule! {
    /// A table that a section must hold is not there.
    ///
    /// A table of the section counts as the one that is asked for if it has at least half of its columns, by any of
    /// their names. Where a list, another table or one that is not Markdown's stands in its place, or the table stands
    /// in another section, the finding says so.
    ///
    /// A section that needs no table says why: `Not applicable — reason`.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// Ask Ada, she knows everybody.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Contacts
    ///
    /// Ask Ada, she knows everybody.
    ///
    /// | Name | Role | Phone |
    /// |------|------|-------|
    /// | Ada | On call | 555-0100 |
    /// ```
    MISSING_TABLE = "missing-table", Tables, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for (id, table) in context.template.tables() {
        let BoundContent { found, instead, .. } = context.binding.content(id);
        let mut tables = instead.iter().filter_map(|&id| context.document().block(id).table());
        if tables.any(|table| shape::dashes_above(table, context.text()).is_some()) {
            // It is there, and broken.
            continue;
        }
        let finding = match (found.missing(), found.answer()) {
            (Some(anchor), _) => missing(context, id, table, anchor),
            (_, Some(answer)) if answer.place == Place::WrongParent => {
                context.elsewhere(id, answer.at, &format!("the table `{}`", table.title), "this table")
            }
            _ => continue,
        };
        findings.push(finding.required_by(&table.requirement));
    }
}

fn missing(context: &Context, id: ContentId, table: &Table, anchor: Anchor) -> Finding {
    let instead = &context.binding.content(id).instead;
    let (title, header) = (&table.title, &table.header);
    let blocks = || instead.iter().map(|&id| context.document().block(id));
    let other = blocks().filter_map(Block::table).find(|table| table.broken.is_none());
    if let Some(other) = other {
        let there = text::list(&column_names(other, context.text()), "and");
        return Finding::new(
            format!("the table `{title}` is missing: this one has other columns"),
            other.header.span,
            format!("columns here: {there}"),
        )
        .help(format!("add the table `{header}`, or give this one its columns{}", waive(context, id)));
    }
    if let Some(line) = blocks().find_map(|block| in_list(context, block)) {
        return Finding::new(
            format!("the table `{title}` is missing: Markdown shows it as a part of the list above it"),
            line,
            "this table",
        )
        .help("put a blank line above the table")
        .fix(Fix::insert(Safety::Unsafe, line_start(context.text(), line.start()), line_end(context.text())));
    }
    let unread = blocks().find_map(|block| match shape::foreign_table(block, context.text()) {
        None => matches!(block.kind, BlockKind::List(_)).then_some((block, "a list", "this list")),
        Some(called) => Some((block, called, "this table")),
    });
    if let Some((block, called, label)) = unread {
        return Finding::new(
            format!("the table `{title}` is missing: {called} stands in its place"),
            context.first_line(block.span),
            label,
        )
        .help(format!("write it as a table with the header `{header}`{}", waive(context, id)));
    }
    Finding::new(format!("the table `{title}` is missing"), anchor.label, "it belongs in this section")
        .help(format!("add the table `{header}`{}", waive(context, id)))
        .fix(context.inserter().block(id, anchor))
}

/// The header of a table that stands right below the text of an item: without a blank line it goes on with that text.
fn in_list(context: &Context, block: &Block) -> Option<Span> {
    let BlockKind::List(list) = &block.kind else { return None };
    let item = list.items.last()?;
    let mut lines = context.slice(item.text).split_inclusive('\n');
    let mut at = item.text.start() + lines.next()?.len();
    let mut above: Option<Span> = None;
    for line in lines {
        let span = Span::new(at, at + line.len()).trim(context.text());
        at += line.len();
        let is_delimiter = line.contains("--") && line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        if is_delimiter && let Some(header) = above.filter(|header| context.slice(*header).starts_with('|')) {
            return Some(header);
        }
        above = Some(span);
    }
    None
}

/// How to say that there is none.
fn waive(context: &Context, id: ContentId) -> String {
    match context.template.content(id) {
        Content::Table(table) if table.min_rows == 0 => ", or `None.` where there is nothing to list".to_owned(),
        content => asked::or_waive(context.template.section(id.section), content),
    }
}
