//! Chains of nodes and links: `A[label] & B -->|label| C`.

use std::borrow::Cow;

use super::builder::{LinkSpec, Mention};
use super::lookahead::is_space;
use super::metadata::Data;
use super::model::{Head, Heads, Stroke, Text};
use super::parser::{Parser, Place};
use super::problem::{LabelOf, ProblemKind};
use super::shape::Shape;
use super::token::{Kind, Token};
use crate::span::Span;

/// The nodes of the chain that is being read. Kept between statements for its memory.
#[derive(Default)]
pub(super) struct Chain {
    mentions: Vec<Mention>,
    /// Where in `mentions` each list of nodes joined by `&` begins.
    lists: Vec<usize>,
}

/// The tokens of a text. They mostly stand side by side, and then the text is a slice.
#[derive(Clone, Default)]
pub(super) struct Pieces {
    pub(super) start: u32,
    pub(super) end: u32,
    joined: Option<String>,
    count: u32,
}

impl Pieces {
    /// The text of bytes `start..end`.
    pub(super) fn of(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32, joined: None, count: 1 }
    }

    pub(super) fn add(&mut self, token: Token, text: &str) {
        if self.count == 0 {
            self.start = token.start;
        } else if token.start != self.end && self.joined.is_none() {
            self.joined = Some(text[self.start as usize..self.end as usize].to_owned());
        }
        if let Some(joined) = &mut self.joined {
            joined.push_str(token.slice(text));
        }
        self.end = token.end;
        self.count += 1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn joined<'a>(&'a self, text: &'a str) -> Cow<'a, str> {
        match &self.joined {
            Some(joined) => Cow::Owned(joined.clone()),
            None => Cow::Borrowed(&text[self.start as usize..self.end as usize]),
        }
    }
}

impl Parser<'_> {
    /// A chain, or a node alone, up to the end of the statement.
    pub(super) fn chain(&mut self) -> Result<(), Place> {
        let first = self.token;
        let mut chain = std::mem::take(&mut self.chain);
        chain.mentions.clear();
        chain.lists.clear();
        let result = self.chain_into(&mut chain);
        // Also what was read before an error belongs to its group.
        if let Some(group) = self.builder.open.last_mut() {
            let mut end = chain.mentions.len();
            for &list in chain.lists.iter().rev() {
                group.items.extend(chain.mentions[list..end].iter().map(|mention| mention.symbol));
                end = list;
            }
        }
        if let [only] = chain.mentions[..] {
            self.notice_lone(first.slice(self.text), only.span);
        }
        self.chain = chain;
        result
    }

    fn chain_into(&mut self, chain: &mut Chain) -> Result<(), Place> {
        chain.lists.push(0);
        self.nodes(chain, Place::Statement)?;
        while matches!(self.token.kind, Kind::Link | Kind::LinkStart | Kind::LinkId) {
            let (link, place) = self.link()?;
            self.notice_eaten(place);
            chain.lists.push(chain.mentions.len());
            self.nodes(chain, place)?;
            if let [.., from, to] = chain.lists[..] {
                let (from, to) = (&chain.mentions[from..to], &chain.mentions[to..]);
                if let Err(most) = self.builder.link(from, to, &link)
                    && !self.problems.iter().any(|problem| matches!(problem.kind, ProblemKind::TooManyEdges(_)))
                {
                    self.report(ProblemKind::TooManyEdges(most), link.span, None);
                }
            }
        }
        self.separator(Place::AfterNode)
    }

    /// Notices a node that stands alone, and was meant to be something else.
    fn notice_lone(&mut self, word: &str, span: Span) {
        if word == "%%" && span.len() == 2 {
            self.noticed.bare_comments.push(span);
        } else if span.len() == 3 && word.eq_ignore_ascii_case("end") && !self.builder.open.is_empty() {
            self.noticed.lone_end = Some(span);
            word.clone_into(&mut self.noticed.lone_end_word);
        }
    }

    /// Notices a link that took the first letter of the id behind it for its head.
    fn notice_eaten(&mut self, place: Place) {
        let Place::Target(link) = place else { return };
        let end = link.end as usize;
        if self.text[..end].ends_with(['o', 'x']) && self.token.kind == Kind::Word && self.token.start == link.end {
            self.noticed.eaten.push((end - 1, self.token.end as usize));
        }
    }

    /// Nodes joined by `&`, with the blanks behind them.
    fn nodes(&mut self, chain: &mut Chain, place: Place) -> Result<(), Place> {
        let mut place = place;
        let mut waiting: Option<(Mention, Data)> = None;
        loop {
            let mention = self.styled_node(place)?;
            chain.mentions.push(mention);
            if let Some((mention, data)) = waiting.take() {
                self.apply_data(mention, &data);
            }
            let has_data = self.token.kind == Kind::ShapeData;
            if has_data {
                waiting = self.shape_data()?.map(|data| (mention, data));
            }
            let space = if self.token.kind == Kind::Space { Some(self.advance()) } else { None };
            if space.is_none() || self.token.kind != Kind::Ampersand {
                // Mermaid 11 takes no blank between `@{ ... }` and what follows, unless a line break comes first.
                if let Some(space) = space.filter(|_| has_data && self.token.kind != Kind::Newline) {
                    self.only_newer = self.only_newer.or(Some((space.start as usize, space.end as usize)));
                }
                if let Some((mention, data)) = waiting {
                    self.apply_data(mention, &data);
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
            let label = self.pieces_text(&pieces);
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
            Kind::Square => ("square", Kind::SquareEnd),
            Kind::Round => ("round", Kind::RoundEnd),
            Kind::Curly => ("diamond", Kind::CurlyEnd),
            Kind::Stadium => ("stadium", Kind::StadiumEnd),
            Kind::Subroutine => ("subroutine", Kind::SubroutineEnd),
            Kind::Cylinder => ("cylinder", Kind::CylinderEnd),
            Kind::DoubleCircle => ("doublecircle", Kind::DoubleCircleEnd),
            Kind::Ellipse => ("ellipse", Kind::EllipseEnd),
            Kind::Greater => ("odd", Kind::SquareEnd),
            Kind::Slash => ("trapezoid", Kind::BackslashEnd),
            Kind::Backslash => ("inv_trapezoid", Kind::SlashEnd),
            Kind::Properties => ("rect", Kind::SquareEnd),
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
            (Kind::Slash, Kind::SlashEnd) => "lean_right",
            (Kind::Backslash, Kind::BackslashEnd) => "lean_left",
            (Kind::Round, _) if twice => "circle",
            (Kind::Curly, _) if twice => "hexagon",
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
        let label = self.pieces_text(&pieces);
        self.builder.declare(mention, Some(label), Some(Shape::of_brackets(name)));
        Ok(())
    }

    /// `[title]` of a group, brackets included.
    pub(super) fn label(&mut self, of: LabelOf) -> Result<Pieces, Place> {
        let place = Place::Label(self.token, of);
        self.advance();
        let pieces = self.label_pieces(place)?;
        self.expect(Kind::SquareEnd, place)?;
        Ok(pieces)
    }

    /// The text of a label: a string with plain text behind it, or plain text.
    fn label_pieces(&mut self, place: Place) -> Result<Pieces, Place> {
        let mut pieces = Pieces::default();
        if matches!(self.token.kind, Kind::String | Kind::MarkdownString) {
            let token = self.advance();
            pieces.add(token, self.text);
        }
        while matches!(self.token.kind, Kind::Text) {
            let token = self.advance();
            pieces.add(token, self.text);
        }
        if pieces.is_empty() { Err(place) } else { Ok(pieces) }
    }

    /// A link with its label, and what to expect behind it.
    fn link(&mut self) -> Result<(LinkSpec, Place), Place> {
        let mut id = None;
        if self.token.kind == Kind::LinkId {
            let token = self.advance();
            let name = token.slice(self.text).replacen('@', "", 1);
            let text = self.builder.written(token.start as usize, token.end as usize - 1);
            id = Some((self.builder.symbol(name), text));
        }
        let first = self.token;
        match first.kind {
            Kind::Link => {
                self.advance();
                let (stroke, heads, length) = drawn(first.slice(self.text), None);
                let mut label = None;
                let mut place = Place::Target(first);
                if self.token.kind == Kind::Pipe {
                    let pipe = self.token;
                    let pieces = match self.piped_label(pipe) {
                        Ok(pieces) => pieces,
                        Err(place) => self.mend_label(pipe, LabelOf::Edge, pipe.start as usize).ok_or(place)?,
                    };
                    label = Some(self.pieces_text(&pieces));
                    place = Place::TargetBehindLabel(self.last);
                    if self.token.kind == Kind::Space {
                        self.one_space(place)?;
                    }
                }
                let span = self.trimmed(first.start, first.end);
                Ok((LinkSpec { span, label, stroke, heads, length, id }, place))
            }
            Kind::LinkStart => {
                self.advance();
                let place = Place::EdgeText(first);
                let pieces = match self.edge_text() {
                    Some(pieces) => pieces,
                    None => self.mend_edge_text(first).ok_or(place)?,
                };
                let last = self.expect(Kind::Link, place)?;
                let (stroke, heads, length) = drawn(last.slice(self.text), Some(first.slice(self.text)));
                let label = Some(self.pieces_text(&pieces));
                let span = self.trimmed(first.start, last.end);
                Ok((LinkSpec { span, label, stroke, heads, length, id }, Place::Target(last)))
            }
            _ => Err(Place::LinkId),
        }
    }

    /// `|text|` behind a link.
    fn piped_label(&mut self, pipe: Token) -> Result<Pieces, Place> {
        let place = Place::Label(pipe, LabelOf::Edge);
        self.advance();
        let pieces = self.label_pieces(place)?;
        self.expect(Kind::Pipe, place)?;
        Ok(pieces)
    }

    /// The text of `-- text -->`, up to the link that ends it. `None` where no such link comes next.
    fn edge_text(&mut self) -> Option<Pieces> {
        let mut pieces = Pieces::default();
        if matches!(self.token.kind, Kind::String | Kind::MarkdownString) {
            let token = self.advance();
            pieces.add(token, self.text);
        }
        while self.token.kind == Kind::EdgeText {
            let token = self.advance();
            pieces.add(token, self.text);
        }
        (!pieces.is_empty() && self.token.kind == Kind::Link).then_some(pieces)
    }

    fn trimmed(&self, start: u32, end: u32) -> Span {
        let slice = &self.text[start as usize..end as usize];
        let start = start as usize + slice.len() - slice.trim_start_matches(is_space).len();
        self.prepared.span(start, start + slice.trim_matches(is_space).len())
    }

    /// The text of a label as mermaid keeps it: without blanks around it, and without quotes that are left.
    pub(super) fn pieces_text(&self, pieces: &Pieces) -> Text {
        let (start, end) = (pieces.start as usize, pieces.end as usize);
        let whole = pieces.joined(self.text);
        let mut label = whole.trim_matches(is_space);
        if label.len() > 1 && label.starts_with('"') && label.ends_with('"') {
            label = &label[1..label.len() - 1];
        }
        if let Cow::Borrowed(whole) = whole {
            let start = start + (label.as_ptr() as usize - whole.as_ptr() as usize);
            let plain = !(label.contains('#') || label.contains('}') && label.contains('\n'));
            if plain {
                return self.builder.written(start, start + label.len());
            }
            return Text { span: self.prepared.span(start, start + label.len()), own: Some(decode(label)) };
        }
        Text { span: self.prepared.span(start, end), own: Some(decode(label)) }
    }
}

/// Entity codes as what they stand for (those that a label is likely to hold), and no blanks between a `}` and the
/// end of its line.
pub(super) fn decode(label: &str) -> Box<str> {
    let mut out = String::with_capacity(label.len());
    let mut rest = label;
    while let Some(at) = rest.find(['#', '}']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(behind) = rest.strip_prefix('}') {
            out.push('}');
            let blank = behind.len() - behind.trim_start_matches(is_space).len();
            rest = behind[..blank].rfind('\n').map_or(behind, |newline| &behind[newline..]);
            continue;
        }
        let name = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |end| end + 1);
        let entity = (name > 1 && rest[name..].starts_with(';')).then(|| entity(&rest[1..name])).flatten();
        if let Some(c) = entity {
            out.push(c);
            rest = &rest[name + 1..];
        } else {
            out.push('#');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out.into()
}

/// The character that an entity code names.
fn entity(name: &str) -> Option<char> {
    if let Ok(point) = name.parse::<u32>() {
        return char::from_u32(point);
    }
    Some(match name {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "bull" => '•',
        "middot" => '·',
        "times" => '×',
        "larr" => '←',
        "rarr" => '→',
        "check" => '✓',
        "infin" => '∞',
        _ => return None,
    })
}

/// What a link looks like, from its end and, where its text stands inside it, from its start.
fn drawn(end: &str, start: Option<&str>) -> (Stroke, Heads, usize) {
    let end = end.trim_matches(is_space);
    let head = |c: Option<char>| match c {
        Some('>' | '<') => Some(Head::Point),
        Some('o') => Some(Head::Circle),
        Some('x') => Some(Head::Cross),
        _ => None,
    };
    let end_head = head(end.chars().next_back());
    let mut line = &end[..end.len() - 1];
    let tail = head(end.chars().next());
    let both = end_head.is_some() && tail == end_head && line.len() > 1;
    if both {
        line = &line[1..];
    }
    let stroke = |line: &str| match line {
        line if line.contains('.') => Stroke::Dotted,
        line if line.contains('=') => Stroke::Thick,
        line if line.starts_with('~') => Stroke::Invisible,
        _ => Stroke::Normal,
    };
    let dots = line.matches('.').count();
    let length = if dots > 0 { dots } else { line.len().saturating_sub(1) };
    let heads = match end_head {
        Some(head) if both => Heads::Both(head),
        Some(head) => Heads::End(head),
        None => Heads::None,
    };
    let Some(start) = start.map(|start| start.trim_matches(is_space)) else { return (stroke(line), heads, length) };
    let heads = match (head(start.chars().next()), heads) {
        (None, heads) => heads,
        (Some(tail), Heads::End(head)) if tail == head => Heads::Both(head),
        _ => Heads::Mixed,
    };
    (stroke(line), heads, length)
}
