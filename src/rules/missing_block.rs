//! `missing-block`

use crate::bind::contents::asked;
use crate::bind::contents::relist;
use crate::bind::contents::shape;
use crate::bind::log::rewritten::{lines_to_headings, loose};
use crate::bind::model::Anchor;
use crate::diagnostic::Finding;
use crate::fix::{Fix, Safety};
use crate::markdown::model::{Block, BlockKind};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::blocks::ListKind;
use crate::template::model::log::Log;
use crate::template::model::{Content, ContentId};
use crate::text;

declare_rule! {
    /// A checklist, list, code block, changelog entry or text that a section must hold is not there.
    ///
    /// The finding names what stands in its place: bullets where steps should be numbered, a fence without a language.
    /// A section that needs none says why: `Not applicable — reason`.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Steps
    ///
    /// - Drain the queue
    /// - Restart the relay
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Steps
    ///
    /// 1. Drain the queue
    /// 2. Restart the relay
    /// ```
    MISSING_BLOCK = "missing-block", Content, Error, Document(check), fixes: Unsafe
}

fn check(context: &Context, findings: &mut Findings) {
    for (id, content) in context.template.contents() {
        if matches!(content, Content::Table(_) | Content::Diagram(_)) {
            continue;
        }
        let found = &context.binding.content(id).found;
        if let Some(anchor) = found.missing() {
            findings.push(say(context, id, content, anchor).required_by(content.requirement()));
        }
        if let (Content::List(wanted), Some(at)) = (content, found.at())
            && let BlockKind::List(list) = &context.document().block(at).kind
            && wanted.kind == ListKind::Checklist
        {
            let broken = list.items.iter().filter_map(|item| relist::broken_box(context.text(), item));
            findings
                .list
                .extend(broken.map(|(span, mended)| no_box(context, span, mended).required_by(content.requirement())));
        }
    }
}

/// An item among others with a box whose own is none.
fn no_box(context: &Context, span: Span, mended: &str) -> Finding {
    let written = context.slice(span).trim_end();
    Finding::new(format!("this item has no box: Markdown shows `{written}` as text"), span, "here")
        .help(format!("write `- {mended}`, with a blank behind it"))
        .fix(Fix::replace(Safety::Unsafe, span, mended))
}

fn say(context: &Context, id: ContentId, content: &Content, anchor: Anchor) -> Finding {
    let section = context.template.section(id.section);
    let (called, add) = asked::block(content);
    let none = called.strip_prefix("a ").or_else(|| called.strip_prefix("an ")).unwrap_or(&called);
    let waive = asked::or_waive(section, content);
    let name = &section.name.shown;
    let insert = || context.inserter().block(id, anchor);
    let instead = || context.binding.content(id).instead.iter().map(|&id| context.document().block(id));
    if let Content::Log(log) = content
        && let Some(finding) = loose_entry(context, name, log, &instead().collect::<Vec<_>>())
    {
        return finding;
    }
    let is_text = |block: &&Block| matches!(block.kind, BlockKind::Prose);
    // Text mostly stands beside a list, and in its place only where nothing else does.
    let Some(block) = instead().find(|block| !is_text(block)).or_else(|| instead().next()) else {
        return Finding::new(format!("section `{name}` has no {none}"), anchor.label, "it belongs in this section")
            .help(format!("{add}{waive}"))
            .fix(insert());
    };
    if let (Content::List(wanted), BlockKind::List(list)) = (content, &block.kind)
        && shape::is_list(wanted.kind, list)
    {
        let (items, kind) = (text::count(list.items.len(), "item"), none);
        return Finding::new(
            format!("the {kind} of section `{name}` has {items}, at least {} are needed", wanted.min),
            context.first_line(block.span),
            items,
        )
        .help(format!("add the missing {}{waive}", text::plural(wanted.min - list.items.len(), "item")));
    }
    // An example beside a history that we cannot read would be an invented one.
    let is_log = matches!(content, Content::Log(_));
    let (there, help, fix) = replace(context, content, block);
    Finding::new(
        format!("section `{name}` has no {none}"),
        context.first_line(block.span),
        format!("{there} stands here"),
    )
    .help(format!("{}{waive}", help.unwrap_or(add)))
    .fix(fix.or_else(|| insert().filter(|_| is_text(&block) && !is_log)))
}

/// Lines or items that stand for the headings of entries.
fn loose_entry(context: &Context, name: &str, log: &Log, blocks: &[&Block]) -> Option<Finding> {
    let text = context.text();
    let (block, new) = blocks.iter().find_map(|block| Some((block, loose(log, text, block)?)))?;
    let (kind, below) = match &block.kind {
        BlockKind::List(_) => ("an item", ", and what changed as items below it"),
        _ => ("text", ""),
    };
    let here = context.first_line(block.span);
    let message = format!("the entries of section `{name}` are no headings");
    let finding = Finding::new(message, here, format!("{kind} stands here"));
    Some(finding.help(format!("write it as `{}`{below}", new.heading)).fix(lines_to_headings(log, text, blocks)))
}

/// What stands there instead, and how it becomes what is asked for.
fn replace(context: &Context, content: &Content, block: &Block) -> (String, Option<String>, Option<Fix>) {
    match (&block.kind, content) {
        (BlockKind::List(list), Content::List(wanted)) => {
            let (help, edits) = relist::into_kind(context.text(), wanted.kind, list);
            let fix = Fix::new(Safety::Unsafe, edits).filter(|fix| !fix.edits.is_empty());
            (relist::kind(list).with_article().to_owned(), Some(help.to_owned()), fix)
        }
        (BlockKind::Prose, Content::List(wanted)) => {
            let items = relist::lines_into_kind(context.text(), wanted.kind, block.span);
            let items = items.filter(|(_, edits)| edits.len() >= wanted.min);
            let (help, edits) = items.unzip();
            ("text".to_owned(), help, edits.and_then(|edits| Fix::new(Safety::Unsafe, edits)))
        }
        (BlockKind::Code(code), Content::Code(wanted)) => {
            let language = context.slice(code.language);
            let accepted = wanted.languages.first();
            match (language.is_empty(), accepted, &code.fence) {
                (true, Some(accepted), Some(fence)) => (
                    "a block without a language".to_owned(),
                    Some(format!("write ```` ```{accepted} ````")),
                    Some(Fix::insert(Safety::Unsafe, fence.opening.end(), accepted.as_str())),
                ),
                (true, ..) => ("an indented block".to_owned(), None, None),
                _ => (format!("`{language}` code"), None, None),
            }
        }
        (kind, _) => (kind_name(kind).to_owned(), None, None),
    }
}

fn kind_name(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Table(_) => "a table",
        BlockKind::Code(_) => "a code block",
        BlockKind::List(list) => relist::kind(list).with_article(),
        BlockKind::Prose => "text",
        BlockKind::Quote => "a quote",
        BlockKind::Html | BlockKind::Rule => "something else",
    }
}
