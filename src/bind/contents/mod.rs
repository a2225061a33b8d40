//! Which blocks of a section are what the template asks of it.

pub(crate) mod asked;
pub(crate) mod relist;
pub(crate) mod shape;
pub(crate) mod wrong_diagrams;

use crate::bind::log;
use crate::bind::model::contents::Contents;
use crate::bind::model::{Answer, BoundContent, BoundTable, Match, Named, Place, Target, Waiver};
use crate::bind::sections::Sections;
use crate::bind::sections::anchors::{self, Lost};
use crate::bind::tables::{self, Fit};
use crate::directive::read_not_applicable;
use crate::markdown::model::{Block, BlockId, BlockKind, CodeBlock, Document, SectionId, Table, Within};
use crate::template::model::{Content, ContentId, SpecId, Template, table};
use crate::words::negation;

/// Binds the contents of all sections.
pub(super) fn bind(
    template: &Template,
    document: &Document,
    text: &str,
    sections: &Sections,
    waivers: &[Waiver],
    lost: &Lost,
) -> Contents {
    let owner = |id: &SectionId| sections.owners[id.index()];
    let mut owned: Vec<SectionId> = Vec::with_capacity(document.sections.len());
    owned.extend(document.sections().map(|(id, _)| id).filter(|id| owner(id).is_some()));
    owned.sort_by_key(owner);
    let binder = Binder { template, document, text, sections, waivers, lost };
    let mut bound = Contents::of(template);
    let mut rest = owned.as_slice();
    let (mut blocks, mut tables) = (Vec::new(), Vec::new());
    for (spec, _) in template.sections() {
        let (own, others) = rest.split_at(rest.iter().take_while(|id| owner(id) == Some(spec)).count());
        rest = others;
        blocks.clear();
        blocks.extend(own.iter().flat_map(|&id| document.blocks(id)).map(|(id, _)| id));
        binder.choose_tables(spec, &blocks, &mut tables);
        binder.section(spec, own, &blocks, &tables, &mut bound);
    }
    binder.find_elsewhere(&mut bound);
    excuse_columns(template, &mut bound);
    bound
}

/// A column that is named after a row of another table is asked for only where that row stands there, or must.
fn excuse_columns(template: &Template, bound: &mut Contents) {
    for (id, wanted) in template.tables() {
        let Some(other) = wanted.columns_refer_to else { continue };
        if bound[id].table.as_ref().is_none_or(BoundTable::in_order) {
            continue;
        }
        let unused = tables::unused_columns(template, wanted, bound[other].table.as_ref());
        let Some(table) = &mut bound[id].table else { continue };
        for column in unused {
            if matches!(table.columns[column], Match::Missing(_)) {
                table.columns.to_mut()[column] = Match::Silent;
            }
        }
    }
}

/// A table of the document that answers one of the template.
struct Chosen {
    wanted: ContentId,
    at: BlockId,
    fit: Fit,
}

struct Binder<'a> {
    template: &'a Template,
    document: &'a Document,
    text: &'a str,
    sections: &'a Sections,
    waivers: &'a [Waiver],
    lost: &'a Lost,
}

impl Binder<'_> {
    /// What a section holds: `owned` are the sections that belong to it, `blocks` theirs, and `tables` those of them
    /// that answer.
    fn section(&self, spec: SpecId, owned: &[SectionId], blocks: &[BlockId], tables: &[Chosen], bound: &mut Contents) {
        let section = self.template.section(spec);
        let Some(at) = self.sections.matches[spec.index()].at() else {
            let waiver = match self.sections.matches[spec.index()] {
                Match::NotApplicable(waiver) => Match::NotApplicable(waiver),
                _ => Match::Silent,
            };
            bound.add(section.contents.iter().map(|_| nothing(waiver)));
            return;
        };
        let is_hidden = || {
            self.sections.is_unwritten(self.document, self.text, spec, at)
                || owned.iter().any(|id| self.lost.fenced.contains(id))
        };
        let contents = self.template.contents_of(spec).map(|(id, content)| {
            let table = tables.iter().find(|table| table.wanted == id);
            let mut found = self.content(id, content, owned, blocks, table);
            if found.found == Match::Silent {
                let waived = self.waived(Target::Section(spec)).or_else(|| self.waived(Target::Content(id)));
                found.found = match waived {
                    Some(waiver) => Match::NotApplicable(waiver),
                    None if !content.is_required() || is_hidden() || self.says_none(content, blocks) => Match::Silent,
                    None => Match::Missing(anchors::inside(self.document, at)),
                };
            }
            found
        });
        let contents = bound.add(contents);
        // What answers one thing does not stand in the place of another.
        if contents.iter().any(|content| !content.instead.is_empty()) {
            let found = contents.iter().flat_map(|content| content.blocks.iter().copied().chain(content.found.at()));
            let mut answers: Vec<BlockId> = found.collect();
            answers.sort_unstable();
            for content in contents {
                content.instead.retain(|id| answers.binary_search(id).is_err());
            }
        }
    }

    fn waived(&self, target: Target) -> Option<usize> {
        self.waivers.iter().position(|waiver| waiver.waives(target))
    }

    fn content(
        &self,
        id: ContentId,
        content: &Content,
        owned: &[SectionId],
        blocks: &[BlockId],
        table: Option<&Chosen>,
    ) -> BoundContent {
        match content {
            Content::Table(wanted) => match table {
                Some(Chosen { at, fit, .. }) => self.bound_table(id, wanted, *at, fit, Place::Here),
                None => instead(self.kind(blocks, |block| {
                    matches!(block.kind, BlockKind::Table(_) | BlockKind::List(_))
                        || shape::foreign_table(block, self.text).is_some()
                })),
            },
            Content::Diagram(wanted) => {
                let is_it = |code: &CodeBlock| shape::is_diagram(wanted, code, self.text);
                let all = self.kind(blocks, |block| block.code().is_some_and(is_it));
                match all.first() {
                    Some(&first) => BoundContent { blocks: all, ..found(first) },
                    None => {
                        instead(self.kind(blocks, |block| matches!(block.kind, BlockKind::Code(_) | BlockKind::Prose)))
                    }
                }
            }
            Content::Code(wanted) => self.first(
                blocks,
                |block| block.code().is_some_and(|code| shape::is_code(wanted, code, self.text)),
                |block| matches!(block.kind, BlockKind::Code(_) | BlockKind::Table(_) | BlockKind::List(_)),
            ),
            Content::List(wanted) => self.first(
                blocks,
                |block| {
                    let BlockKind::List(list) = &block.kind else { return false };
                    let is_one = shape::is_list(wanted.kind, list) && list.items.len() >= wanted.min;
                    is_one && block.within != Within::Item
                },
                |block| {
                    let is_near = matches!(
                        block.kind,
                        BlockKind::List(_) | BlockKind::Table(_) | BlockKind::Code(_) | BlockKind::Prose
                    );
                    is_near && !self.is_waiver(block)
                },
            ),
            Content::Prose(_) => self.first(
                blocks,
                |block| {
                    let is_text = matches!(block.kind, BlockKind::Prose) && block.within != Within::Item;
                    is_text && !self.is_waiver(block)
                },
                |block| !matches!(block.kind, BlockKind::Rule | BlockKind::Html),
            ),
            Content::Log(wanted) => {
                let log = log::bind(wanted, self.document, self.text, owned);
                let first = log.table.filter(|_| !log.entries.is_empty()).or_else(|| blocks.first().copied());
                match first.filter(|_| log.entries.len() >= wanted.min) {
                    Some(first) => BoundContent { log: Some(log), ..found(first) },
                    None => BoundContent { log: Some(log), ..instead(blocks.to_vec()) },
                }
            }
        }
    }

    /// Whether a section says that there is nothing to list, where its table may have no rows.
    fn says_none(&self, content: &Content, blocks: &[BlockId]) -> bool {
        let Content::Table(wanted) = content else { return false };
        let mut said =
            blocks.iter().map(|&id| self.document.block(id)).filter(|block| !matches!(block.kind, BlockKind::Rule));
        wanted.min_rows == 0
            && match (said.next(), said.next()) {
                (Some(block), None) if matches!(block.kind, BlockKind::Prose) => {
                    negation::says_none(&self.text[block.span.range()])
                }
                _ => false,
            }
    }

    fn is_waiver(&self, block: &Block) -> bool {
        read_not_applicable(self.text, block.span).is_some()
    }

    fn kind(&self, blocks: &[BlockId], is_it: impl Fn(&Block) -> bool) -> Vec<BlockId> {
        blocks.iter().copied().filter(|&id| is_it(self.document.block(id))).collect()
    }

    fn first(
        &self,
        blocks: &[BlockId],
        is_it: impl Fn(&Block) -> bool,
        is_near: impl Fn(&Block) -> bool,
    ) -> BoundContent {
        match blocks.iter().find(|&&id| is_it(self.document.block(id))) {
            Some(&first) => found(first),
            None => instead(self.kind(blocks, is_near)),
        }
    }

    /// Each table of the template takes the one with most of its columns: at least half of them, or the only one.
    fn choose_tables(&self, spec: SpecId, blocks: &[BlockId], fits: &mut Vec<Chosen>) {
        let asked = || {
            self.template.contents_of(spec).filter_map(|(id, content)| match content {
                Content::Table(table) => Some((id, table)),
                _ => None,
            })
        };
        let there = || blocks.iter().filter_map(|&id| self.table(id).map(|table| (id, table)));
        let is_only = || asked().nth(1).is_none() && there().nth(1).is_none();
        fits.clear();
        for (wanted, asked) in asked() {
            for (at, table) in there() {
                let fit = tables::fit(asked, table, self.text);
                if fit.found > 0 && (fit.found * 2 >= fit.of || is_only()) {
                    fits.push(Chosen { wanted, at, fit });
                }
            }
        }
        if fits.len() < 2 {
            return;
        }
        let share = |Chosen { fit, .. }: &Chosen| fit.found as f64 / fit.of.max(1) as f64;
        // Those of equal shares stay in the order of the template, and of the document.
        fits.sort_by(|one, other| share(other).total_cmp(&share(one)));
        let mut taken: Vec<(ContentId, BlockId)> = Vec::new();
        fits.retain(|fit| {
            let is_free = taken.iter().all(|&(wanted, at)| wanted != fit.wanted && at != fit.at);
            taken.extend(is_free.then_some((fit.wanted, fit.at)));
            is_free
        });
    }

    fn table(&self, id: BlockId) -> Option<&Table> {
        self.document.block(id).table()
    }

    fn bound_table(&self, id: ContentId, wanted: &table::Table, at: BlockId, fit: &Fit, place: Place) -> BoundContent {
        let Some(table) = self.table(at) else { return nothing(Match::Silent) };
        let bound = tables::bind(wanted, id, table, self.template, self.text, fit, self.waivers);
        let answer = Answer { at, name: Named::Exact, place };
        BoundContent { table: Some(bound), ..nothing(Match::Found(answer)) }
    }

    /// A missing table counts as misplaced where a table that answers nothing has all of its columns.
    fn find_elsewhere(&self, bound: &mut Contents) {
        let is_missing = |id: &ContentId| matches!(bound[*id].found, Match::Missing(_));
        let missing: Vec<ContentId> = self.template.tables().map(|(id, _)| id).filter(is_missing).collect();
        if missing.is_empty() {
            return;
        }
        let mut taken: Vec<BlockId> = bound.all().iter().filter_map(|content| content.found.at()).collect();
        for id in missing {
            let content = self.template.content(id);
            let elsewhere = self
                .document
                .sections()
                .flat_map(|(section, _)| self.document.blocks(section))
                .map(|(block, _)| block)
                .find(|&block| {
                    !taken.contains(&block) && shape::has_all_columns(content, &[block], self.document, self.text)
                });
            if let (Some(block), Content::Table(wanted)) = (elsewhere, content)
                && let Some(table) = self.table(block)
            {
                let fit = tables::fit(wanted, table, self.text);
                bound[id] = self.bound_table(id, wanted, block, &fit, Place::WrongParent);
                taken.push(block);
            }
        }
    }
}

fn nothing(found: Match<BlockId>) -> BoundContent {
    BoundContent { found, blocks: Vec::new(), instead: Vec::new(), table: None, log: None }
}

fn found(at: BlockId) -> BoundContent {
    nothing(Match::Found(Answer::here(at)))
}

fn instead(blocks: Vec<BlockId>) -> BoundContent {
    BoundContent { instead: blocks, ..nothing(Match::Silent) }
}
