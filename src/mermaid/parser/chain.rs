//! Chains of nodes and links: `A[label] & B -->|label| C`.

use crate::mermaid::diagnose::slips;
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::parser::builder::Mention;
use crate::mermaid::parser::metadata::Data;
use crate::mermaid::parser::{Parser, Place};
use crate::mermaid::problem::{LabelOf, ProblemKind};
use crate::mermaid::shape::Shape;
use crate::span::Span;

/// The nodes of the chain that is being read. Kept between statements for its memory.
pub(in crate::mermaid) struct Chain {
    mentions: Vec<Mention>,
    /// Where in `mentions` each list of nodes joined by `&` begins. Not kept outside of groups.
    lists: Vec<usize>,
}

impl Chain {
    pub(super) fn new() -> Self {
        Self { mentions: Vec::with_capacity(16), lists: Vec::with_capacity(8) }
    }
}

impl Parser<'_> {
    /// A chain, or a node alone, up to the end of the statement.
    pub(super) fn chain(&mut self) -> Result<(), Place> {
        let first = self.token;
        self.chain.mentions.clear();
        self.chain.lists.clear();
        let result = self.links();
        // Also what was read before an error belongs to its group.
        let mut end = self.chain.mentions.len();
        for &list in self.chain.lists.iter().rev() {
            self.builder.list(self.chain.mentions[list..end].iter().map(|mention| mention.symbol));
            end = list;
        }
        if let [only] = self.chain.mentions[..] {
            self.notice_lone(first, only.span);
        }
        if self.text.as_bytes()[first.start as usize] == b'%' {
            self.notice_percent(first);
        }
        result
    }

    fn links(&mut self) -> Result<(), Place> {
        let mut from = 0;
        self.begin_list(from);
        self.nodes(Place::Statement)?;
        while matches!(self.token.kind, Kind::Link | Kind::LinkStart | Kind::LinkId) {
            let (link, place) = self.link()?;
            self.notice_eaten(place);
            let to = self.chain.mentions.len();
            self.begin_list(to);
            self.nodes(place)?;
            let mentions = &self.chain.mentions;
            if let Err(most) = self.builder.link(&mentions[from..to], &mentions[to..], &link)
                && !self.problems.iter().any(|problem| matches!(problem.kind, ProblemKind::TooManyEdges(_)))
            {
                self.report(ProblemKind::TooManyEdges(most), link.span, None);
            }
            from = to;
        }
        self.separator(Place::AfterNode)
    }

    fn begin_list(&mut self, at: usize) {
        if !self.builder.open.is_empty() {
            self.chain.lists.push(at);
        }
    }

    /// Notices a node that stands alone, and was meant to be something else.
    fn notice_lone(&mut self, first: Token, span: Span) {
        let word = || first.slice(self.text);
        if span.len() == 2 && word() == "%%" {
            self.noticed.bare_comments.push(span);
        } else if span.len() == 3 && word().eq_ignore_ascii_case("end") && !self.builder.open.is_empty() {
            self.noticed.lone_end = Some(span);
            word().clone_into(&mut self.noticed.lone_end_word);
        }
    }

    /// Notices a line that begins with a single `%`, as a comment does with two.
    fn notice_percent(&mut self, first: Token) {
        let word = first.slice(self.text);
        if !word.starts_with("%%") && slips::begins_line(self.text, first.start as usize) {
            self.noticed.percents.push((self.span_of(first), word.to_owned()));
        }
    }

    /// Notices a link that took the first letter of the id behind it for its head.
    fn notice_eaten(&mut self, place: Place) {
        let Place::Target(link) = place else { return };
        let end = link.end as usize;
        if matches!(self.text.as_bytes()[end - 1], b'o' | b'x')
            && self.token.kind == Kind::Word
            && self.token.start == link.end
        {
            self.noticed.eaten.push((end - 1, self.token.end as usize));
        }
    }

    /// Nodes joined by `&`, with the blanks behind them.
    fn nodes(&mut self, place: Place) -> Result<(), Place> {
        let mut place = place;
        let mut waiting: Option<Box<(Mention, Data)>> = None;
        loop {
            let mention = self.styled_node(place)?;
            self.chain.mentions.push(mention);
            if let Some(waiting) = waiting.take() {
                self.apply_data(waiting.0, &waiting.1);
            }
            let has_data = self.token.kind == Kind::ShapeData;
            if has_data {
                waiting = self.shape_data()?.map(|data| Box::new((mention, data)));
            }
            let has_space = self.token.kind == Kind::Space;
            if has_space {
                self.advance();
            }
            if !has_space || self.token.kind != Kind::Ampersand {
                // Mermaid 11 takes no blank between `@{ ... }` and what follows, unless a line break comes first.
                if has_space && has_data && self.token.kind != Kind::Newline {
                    self.only_newer = self.only_newer.or(Some(self.last.range()));
                }
                if let Some(waiting) = waiting {
                    self.apply_data(waiting.0, &waiting.1);
                }
                return Ok(());
            }
            // The node behind the `&` is declared before the data of the one before it count.
            self.advance();
            self.expect(Kind::Space, Place::Ampersand)?;
            place = Place::Ampersand;
        }
    }

    /// A node with its brackets and its `:::class`.
    fn styled_node(&mut self, place: Place) -> Result<Mention, Place> {
        let (start, end) = self.id(place)?;
        let mention = self.builder.mention(start, end);
        let opener = self.token;
        if let Err(place) = self.brackets(mention) {
            let Place::Label(_, of) = place else { return Err(place) };
            let pieces = self.mend_label(opener, of, start).ok_or(place)?;
            let label = self.pieces_text(pieces);
            self.builder.declare(mention, Some(label), None);
        }
        if self.token.kind == Kind::ClassSeparator {
            self.advance();
            self.id(Place::ClassName)?;
        }
        Ok(mention)
    }

    /// The bytes of an id.
    pub(super) fn id(&mut self, place: Place) -> Result<(usize, usize), Place> {
        if !self.token.kind.makes_ids() {
            return Err(place);
        }
        let start = self.token.start as usize;
        while self.token.kind.makes_ids() {
            self.advance();
        }
        Ok((start, self.last.end as usize))
    }

    /// The brackets behind an id, if any.
    fn brackets(&mut self, mention: Mention) -> Result<(), Place> {
        let opener = self.token;
        let (name, close) = match opener.kind {
            Kind::Square => (&"square", Kind::SquareEnd),
            Kind::Round => (&"round", Kind::RoundEnd),
            Kind::Curly => (&"diamond", Kind::CurlyEnd),
            Kind::Stadium => (&"stadium", Kind::StadiumEnd),
            Kind::Subroutine => (&"subroutine", Kind::SubroutineEnd),
            Kind::Cylinder => (&"cylinder", Kind::CylinderEnd),
            Kind::DoubleCircle => (&"doublecircle", Kind::DoubleCircleEnd),
            Kind::Ellipse => (&"ellipse", Kind::EllipseEnd),
            Kind::Greater => (&"odd", Kind::SquareEnd),
            Kind::Slash => (&"trapezoid", Kind::BackslashEnd),
            Kind::Backslash => (&"inv_trapezoid", Kind::SlashEnd),
            Kind::Properties => (&"rect", Kind::SquareEnd),
            _ => return Ok(()),
        };
        self.advance();
        let place = Place::Label(opener, LabelOf::Node);
        if opener.kind == Kind::Properties {
            let place = Place::Properties(opener);
            for kind in [Kind::Word, Kind::Colon, Kind::Word, Kind::Pipe] {
                self.expect(kind, place)?;
            }
        }
        let twice = opener.kind == self.token.kind && matches!(opener.kind, Kind::Round | Kind::Curly);
        if twice {
            self.advance();
        }
        let pieces = self.label_pieces(place)?;
        let name = match (opener.kind, self.token.kind) {
            (Kind::Slash, Kind::SlashEnd) => &"lean_right",
            (Kind::Backslash, Kind::BackslashEnd) => &"lean_left",
            (Kind::Round, _) if twice => &"circle",
            (Kind::Curly, _) if twice => &"hexagon",
            _ => name,
        };
        let slanted = matches!(opener.kind, Kind::Slash | Kind::Backslash)
            && matches!(self.token.kind, Kind::SlashEnd | Kind::BackslashEnd);
        if !slanted && self.token.kind != close {
            return Err(place);
        }
        self.advance();
        if twice {
            self.expect(close, place)?;
        }
        let label = self.pieces_text(pieces);
        self.builder.declare(mention, Some(label), Some(Shape::of_brackets(name)));
        Ok(())
    }
}
