//! Chains of nodes and links: `A[label] & B -->|label| C`.

use crate::mermaid::diagnose::slips;
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::model::{Heads, Stroke};
use crate::mermaid::parser::builder::LinkSpec;
use crate::mermaid::parser::label::Pieces;
use crate::mermaid::parser::metadata::Data;
use crate::mermaid::parser::{Parser, Place};
use crate::mermaid::problem::{LabelOf, ProblemKind};
use crate::mermaid::shape::Shape;
use crate::span::Span;

/// The chain that is being read: the last of the builder's mentions. Kept between statements for its memory.
pub(in crate::mermaid) struct Chain {
    /// Behind the last mention whose node is read with all that belongs to it.
    end: usize,
    /// Where each list of nodes joined by `&` begins. Not kept outside of groups.
    lists: Vec<usize>,
    /// Its last link.
    pub(super) link: LinkSpec,
}

impl Chain {
    pub(super) fn new() -> Self {
        let (stroke, heads) = (Stroke::Normal, Heads::None);
        let link = LinkSpec { span: Span::default(), label: None, stroke, heads, length: 0, id: None };
        Self { end: 0, lists: Vec::new(), link }
    }
}

impl Parser<'_> {
    /// A chain, or a node alone, up to the end of the statement.
    pub(super) fn chain(&mut self) -> Result<(), Place> {
        let first = self.token;
        let start = self.builder.mentions.len();
        self.chain.end = start;
        let result = self.links();
        // Also what was read before an error belongs to its group.
        let mut end = self.chain.end;
        if let [only] = self.builder.mentions[start..end] {
            self.notice_lone(first, only.span);
        }
        while let Some(list) = self.chain.lists.pop() {
            self.builder.list_mentions(list..end);
            end = list;
        }
        if self.text.as_bytes()[first.start as usize] == b'%' {
            self.notice_percent(first);
        }
        result
    }

    fn links(&mut self) -> Result<(), Place> {
        let mut from = self.chain.end;
        self.begin_list(from);
        self.nodes(Place::Statement)?;
        while matches!(self.token.kind, Kind::Link | Kind::LinkStart | Kind::LinkId) {
            let place = self.link()?;
            self.notice_eaten(place);
            let to = self.chain.end;
            self.begin_list(to);
            self.nodes(place)?;
            if let Err(most) = self.builder.link(from..to, to..self.chain.end, &self.chain.link)
                && !self.problems.iter().any(|problem| matches!(problem.kind, ProblemKind::TooManyEdges(_)))
            {
                self.report(ProblemKind::TooManyEdges(most), self.chain.link.span, None);
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
        let end = self.opener.end as usize;
        if place == Place::Target
            && matches!(self.text.as_bytes()[end - 1], b'o' | b'x')
            && self.token.kind == Kind::Word
            && self.token.start as usize == end
        {
            self.noticed.eaten.push((end - 1, self.token.end as usize));
        }
    }

    /// Nodes joined by `&`, with the blanks behind them.
    fn nodes(&mut self, place: Place) -> Result<(), Place> {
        let mut place = place;
        loop {
            self.styled_node(place)?;
            if self.token.kind == Kind::ShapeData {
                return self.nodes_with_data();
            }
            if !self.begins_next_node()? {
                return Ok(());
            }
            place = Place::Ampersand;
        }
    }

    /// The rest of such nodes, from the `@{ ... }` of the last one on.
    #[inline(never)]
    fn nodes_with_data(&mut self) -> Result<(), Place> {
        let mut waiting: Option<(usize, Data)> = None;
        loop {
            let has_data = self.token.kind == Kind::ShapeData;
            if has_data {
                let mention = self.chain.end - 1;
                waiting = self.shape_data()?.map(|data| (mention, data));
            }
            let is_last = !self.begins_next_node()?;
            if !is_last {
                // The node behind the `&` is declared before the data of the one before it count.
                self.styled_node(Place::Ampersand)?;
            } else if has_data && self.last.kind == Kind::Space && self.token.kind != Kind::Newline {
                // Mermaid 11 takes no blank between `@{ ... }` and what follows, unless a line break comes first.
                self.only_newer = self.only_newer.or(Some(self.last.range()));
            }
            if let Some((mention, data)) = waiting.take() {
                self.apply_data(mention, &data);
            }
            if is_last {
                return Ok(());
            }
        }
    }

    /// Takes the blank behind a node and, where a `&` follows, that with its blank.
    fn begins_next_node(&mut self) -> Result<bool, Place> {
        if self.token.kind != Kind::Space {
            return Ok(false);
        }
        self.advance();
        if self.token.kind != Kind::Ampersand {
            return Ok(false);
        }
        self.advance();
        self.expect(Kind::Space, Place::Ampersand)?;
        Ok(true)
    }

    /// A node with its brackets and its `:::class`.
    fn styled_node(&mut self, place: Place) -> Result<(), Place> {
        let (start, end) = self.id(place)?;
        let mention = self.builder.mentions.len();
        self.builder.mention(start, end);
        if let Err(place) = self.brackets(mention) {
            self.mend_brackets(mention, start, place)?;
        }
        if self.token.kind == Kind::ClassSeparator {
            self.advance();
            self.id(Place::ClassName)?;
        }
        self.chain.end = mention + 1;
        Ok(())
    }

    /// The brackets behind an id, whose label cannot be read as it is.
    #[cold]
    fn mend_brackets(&mut self, mention: usize, start: usize, place: Place) -> Result<(), Place> {
        let Place::Label(of) = place else { return Err(place) };
        let pieces = self.mend_label(self.opener, of, start).ok_or(place)?;
        let label = self.pieces_text(pieces);
        self.builder.declare(mention, Some(label), None);
        Ok(())
    }

    /// The bytes of an id.
    pub(super) fn id(&mut self, place: Place) -> Result<(usize, usize), Place> {
        if !self.token.kind.makes_ids() {
            return Err(place);
        }
        let start = self.token.start as usize;
        loop {
            self.advance();
            if !self.token.kind.makes_ids() {
                return Ok((start, self.last.end as usize));
            }
        }
    }

    /// The brackets behind an id, if any.
    fn brackets(&mut self, mention: usize) -> Result<(), Place> {
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
        self.opener = opener;
        let (pieces, name) = match self.simple_label(close) {
            Some(pieces) => (pieces, name),
            None => self.other_label(name, close)?,
        };
        let label = self.pieces_text(pieces);
        self.builder.declare(mention, Some(label), Some(Shape::of_brackets(name)));
        Ok(())
    }

    /// A label that is not simple, or stands between brackets whose shape is not known before their end.
    #[inline(never)]
    fn other_label(
        &mut self,
        name: &'static &'static str,
        close: Kind,
    ) -> Result<(Pieces, &'static &'static str), Place> {
        let opener = self.token;
        let place = Place::Label(LabelOf::Node);
        self.advance();
        if opener.kind == Kind::Properties {
            let place = Place::Properties;
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
        Ok((pieces, name))
    }
}
