//! Reads the statements of a flowchart, one after the other, and goes on behind what it cannot read.
//!
//! The official grammar is LALR(1); so is this: one token is looked at before it is taken, and the token at which a
//! statement turns wrong is the one that the official parser names. Groups are kept on a list, not on the stack.

mod builder;
mod chain;
mod group;
pub(super) mod label;
mod link;
pub(super) mod metadata;
mod scalar;
mod statements;
mod symbols;

use crate::excerpt::Excerpt;
use crate::mermaid::Diagram;
use crate::mermaid::diagnose;
use crate::mermaid::diagnose::quote::Change;
use crate::mermaid::diagnose::surprise::{self, Noticed};
use crate::mermaid::kind::{self, Kind as Diagrams};
use crate::mermaid::lexer::Lexer;
use crate::mermaid::lexer::lookahead::is_space;
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::model::Direction;
use crate::mermaid::parser::builder::Builder;
use crate::mermaid::parser::chain::Chain;
use crate::mermaid::prepare::Prepared;
use crate::mermaid::problem::{LabelOf, Problem, ProblemKind};
use crate::span::Span;

/// After so many errors a text is no diagram, and reading stops.
pub(super) const MOST_ERRORS: usize = 64;

/// Where in the grammar a token does not fit. Some of these begin with the [opener](Parser::opener).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before `graph`.
    Header,
    /// Behind `graph`.
    HeaderDirection,
    /// Behind the direction of `graph`.
    HeaderEnd,
    /// Where a statement should begin.
    Statement,
    /// Behind a link, where a node should be.
    Target,
    /// Behind the label between pipes, where a node should be.
    TargetBehindLabel,
    /// Behind `&`.
    Ampersand,
    /// Behind a node.
    AfterNode,
    /// In a label, behind its opening bracket.
    Label(LabelOf),
    /// In the text of `-- text -->`, behind its start.
    EdgeText,
    /// Behind an edge id.
    LinkId,
    /// Behind `:::`.
    ClassName,
    /// In `[|name:value|label]`.
    Properties,
    /// In `@{ ... }`.
    Data,
    /// In the line of a `subgraph`.
    GroupTitle,
    /// In `classDef`, `class`, `style`, `linkStyle`, `click` or `subgraph`; holds which.
    Rest(Kind),
}

/// What the parser works with.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) prepared: &'t Prepared<'t>,
    lexer: Lexer<'t>,
    /// The token that is looked at.
    pub(super) token: Token,
    /// The one before it.
    pub(super) last: Token,
    /// What began the part of a statement that is being read: its link, bracket or `subgraph`.
    pub(super) opener: Token,
    pub(super) builder: Builder<'t>,
    pub(super) problems: Vec<Problem>,
    /// First byte of the statement that is being read.
    pub(super) statement: u32,
    /// Blanks that only mermaid 12 takes for one.
    pub(super) only_newer: Option<(usize, usize)>,
    /// The group whose `end` is probably the missing one, for it is indented like an outer one's; and that `end`.
    pub(super) suspect: Option<(Span, Change)>,
    pub(super) chain: Chain,
    /// Texts of several pieces that do not stand side by side.
    joined: Vec<String>,
    /// An `end` that is the beginning of an id (`end-user`), but ended a group.
    pub(super) swallowed_end: Option<Token>,
    /// Whether the first line is behind us.
    pub(super) has_header: bool,
    /// Whether this only tries out a change: what is wrong does not matter then, only whether anything is.
    pub(super) is_probe: bool,
    pub(super) noticed: Noticed,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, prepared: &'t Prepared<'t>) -> Self {
        let begin = Token { kind: Kind::Newline, start: 0, end: 0 };
        let mut parser = Self {
            text,
            prepared,
            lexer: Lexer::new(text),
            token: begin,
            last: begin,
            opener: begin,
            builder: Builder::new(text, prepared),
            problems: Vec::new(),
            statement: 0,
            only_newer: None,
            suspect: None,
            chain: Chain::new(),
            joined: Vec::new(),
            swallowed_end: None,
            has_header: false,
            is_probe: false,
            noticed: Noticed::default(),
        };
        parser.advance();
        parser
    }

    /// Whether a text reads as a flowchart; groups in it may be open at its end.
    pub(super) fn reads(excerpt: &Excerpt) -> bool {
        let prepared = Prepared::new(excerpt);
        let mut parser = Parser::new(prepared.text.as_ref(), &prepared);
        parser.is_probe = true;
        parser.statements();
        !parser.problems.iter().any(|problem| problem.kind.is_error())
    }

    /// The whole text as a flowchart.
    pub(super) fn flowchart(&mut self, excerpt: &Excerpt) -> Diagram {
        self.statements();
        self.end_of_text();
        self.builder.chart.comments.clone_from(&self.prepared.comments);
        let surprises = self.surprises(excerpt);
        let mut problems = std::mem::take(&mut self.problems);
        let (flowchart, lost) = self.builder.finish();
        if !problems.iter().any(|problem| problem.kind.is_error()) {
            problems.extend(surprises);
            surprise::add(&flowchart, &lost, &mut problems);
        }
        Diagram { kind: Diagrams::Flowchart, flowchart: Some(flowchart), problems }
    }

    /// What surprises in the text itself.
    fn surprises(&self, excerpt: &Excerpt) -> Vec<Problem> {
        let mut problems = self.noticed.problems(self);
        let mut add = |kind, span, fix| problems.push(Problem { kind, span, opener: None, fix });
        if let Some((start, end)) = self.only_newer.or(self.lexer.only_newer()) {
            let is_blank = self.text[start..end].chars().all(|c| c == ' ' || c == '\t');
            if is_blank {
                let span = self.prepared.span(start, end);
                add(ProblemKind::FailsBefore12, span, vec![(span, " ".to_owned())]);
            } else {
                let at = if self.text[..end].ends_with('@') { end - 1 } else { start };
                add(ProblemKind::FailsBefore12, self.prepared.span(at, end), self.quote_around(start, at));
            }
        }
        if surprise::is_too_long(excerpt.text()) {
            add(ProblemKind::TooLongToDraw, excerpt.span(0, kind::first_word(excerpt.text()).len()), Vec::new());
        }
        problems
    }

    fn statements(&mut self) {
        if let Err(place) = self.header() {
            self.fail(place);
        }
        self.has_header = true;
        while !self.has_enough_problems() {
            match self.token.kind {
                Kind::End | Kind::Cut => break,
                Kind::Newline | Kind::Space => self.advance(),
                Kind::Semicolon => {
                    self.advance();
                    self.list(self.last);
                }
                _ => {
                    self.statement = self.token.start;
                    if let Err(place) = self.statement() {
                        self.fail(place);
                    }
                }
            }
        }
    }

    /// Whether it is no use to read on.
    pub(super) fn has_enough_problems(&self) -> bool {
        self.problems.len() >= MOST_ERRORS || (self.is_probe && self.problems.iter().any(|one| one.kind.is_error()))
    }

    #[inline(never)]
    fn header(&mut self) -> Result<(), Place> {
        while matches!(self.token.kind, Kind::Space | Kind::Newline) {
            self.advance();
        }
        self.expect(Kind::Graph, Place::Header)?;
        match self.token.kind {
            Kind::NoDirection => self.advance(),
            Kind::HeaderDirection => {
                self.advance();
                let direction = self.last.slice(self.text).trim();
                self.builder.chart.direction = match direction {
                    "LR" | ">" => Direction::Right,
                    "RL" | "<" => Direction::Left,
                    "BT" | "^" => Direction::Up,
                    _ => Direction::Down,
                };
                if self.token.kind == Kind::Semicolon {
                    self.advance();
                } else {
                    self.skip_space();
                    self.expect(Kind::Newline, Place::HeaderEnd)?;
                }
            }
            _ => return Err(Place::HeaderDirection),
        }
        Ok(())
    }

    fn statement(&mut self) -> Result<(), Place> {
        match self.token.kind {
            kind if kind.makes_ids() => self.chain(),
            Kind::Subgraph => self.group(),
            Kind::EndWord if !self.builder.open.is_empty() => {
                self.end_group();
                Ok(())
            }
            Kind::Direction => {
                self.direction();
                Ok(())
            }
            Kind::AccTitle | Kind::AccDescr => {
                self.advance();
                self.expect(Kind::AccValue, Place::Statement)?;
                self.list(self.last);
                Ok(())
            }
            Kind::AccDescrBlock => {
                self.advance();
                self.list(self.last);
                Ok(())
            }
            Kind::Style => self.style(),
            Kind::LinkStyle => self.link_style(),
            Kind::ClassDef => self.class_definition(),
            Kind::Class => self.class(),
            Kind::Click => self.click(),
            _ => Err(Place::Statement),
        }
    }

    /// Lists a token among the members of the group that is open, as mermaid does with a `;` on its own and with the
    /// text of `accTitle`. It matters where a node is called so.
    fn list(&mut self, token: Token) {
        if !self.builder.open.is_empty() {
            let symbol = self.builder.symbol(token.slice(self.text).trim_matches(is_space));
            self.builder.list(symbol);
        }
    }

    /// Skips blanks, any number of which may stand here.
    pub(super) fn skip_space(&mut self) {
        while self.token.kind == Kind::Space {
            self.advance();
        }
    }

    /// Takes the one blank that belongs here. Mermaid 12 takes a run of blanks for one.
    pub(super) fn one_space(&mut self, place: Place) -> Result<(), Place> {
        self.expect(Kind::Space, place)?;
        self.notice_blanks(self.last);
        Ok(())
    }

    /// Remembers blanks of which mermaid 11 takes only one here.
    pub(super) fn notice_blanks(&mut self, space: Token) {
        let is_long = space.end - space.start > 1 && space.slice(self.text).chars().count() > 1;
        if is_long && self.only_newer.is_none() {
            self.only_newer = Some(space.range());
        }
    }

    /// Takes the token that is looked at: it is the last one now.
    #[inline(never)]
    pub(super) fn advance(&mut self) {
        self.last = self.token;
        self.token = self.lexer.next();
    }

    /// Takes all up to a token that begins at byte `start`, and that: it is the last one now, and ends where the lexer is.
    fn advance_to(&mut self, kind: Kind, start: u32) {
        self.token = Token { kind, start, end: self.lexer.at as u32 };
        self.advance();
    }

    #[inline]
    pub(super) fn expect(&mut self, kind: Kind, place: Place) -> Result<(), Place> {
        if self.token.kind != kind {
            return Err(place);
        }
        self.advance();
        Ok(())
    }

    /// Whether a statement may end here.
    pub(super) fn at_separator(&self) -> bool {
        matches!(self.token.kind, Kind::Newline | Kind::Semicolon | Kind::End)
    }

    /// The end of a statement.
    pub(super) fn separator(&mut self, place: Place) -> Result<(), Place> {
        if !self.at_separator() {
            return Err(place);
        }
        self.advance();
        Ok(())
    }

    pub(super) fn span_of(&self, token: Token) -> Span {
        self.prepared.span(token.start as usize, token.end as usize)
    }

    pub(super) fn report(&mut self, kind: ProblemKind, span: Span, opener: Option<Span>) {
        self.problems.push(Problem { kind, span, opener, fix: Vec::new() });
    }

    /// Says what is wrong with the token that is looked at, and goes on in the next line.
    #[inline(never)]
    fn fail(&mut self, place: Place) {
        if self.is_probe {
            let span = self.span_of(self.token);
            return self.report(ProblemKind::UnexpectedEnd, span, None);
        }
        let problem = diagnose::problem(self, place);
        let here = self.token.start;
        if self.token.kind == Kind::EndWord && matches!(problem.kind, ProblemKind::NotOnItsOwnLine(_)) {
            self.end_group();
        }
        if let ProblemKind::MisspeltKeyword(_, "subgraph") = problem.kind {
            // Its `end` is not to blame.
            self.begin_unnamed(self.statement);
        } else if place == Place::GroupTitle {
            self.begin_unnamed(self.opener.start);
        }
        self.problems.push(problem);
        // What began in an earlier line and ran into this one is to blame, so this line is read again.
        let from = match place {
            Place::Label(_) | Place::EdgeText | Place::Properties | Place::Data => self.opener.start,
            Place::Target => self.text[..self.opener.end as usize].trim_end().len() as u32,
            Place::TargetBehindLabel | Place::HeaderEnd => self.last.end,
            _ => here,
        };
        let from = from.max(self.statement) as usize;
        let next = self.text[from..].find('\n').map_or(self.text.len(), |newline| from + newline + 1);
        self.restart(next);
        self.last = Token { kind: Kind::Newline, start: next as u32, end: next as u32 };
    }

    /// Goes on reading at byte `at`, outside of every label.
    pub(super) fn restart(&mut self, at: usize) {
        self.lexer.restart(at);
        self.advance();
    }
}
