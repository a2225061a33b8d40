//! Links: `-->`, `-->|text|`, `-- text -->`, `e1@-->`.

use crate::mermaid::diagnose::mend::other_arrow;
use crate::mermaid::lexer::lookahead::{bare, trimmed};
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::model::{Head, Heads, Stroke};
use crate::mermaid::parser::label::Pieces;
use crate::mermaid::parser::{Parser, Place};
use crate::mermaid::problem::LabelOf;
use crate::span::Span;

impl Parser<'_> {
    /// A link with its label, for the chain; and what to expect behind it.
    pub(super) fn link(&mut self) -> Result<Place, Place> {
        self.chain.link.id = None;
        match self.token.kind {
            Kind::Link => self.short_link(),
            Kind::LinkStart => self.long_link(),
            Kind::LinkId => self.named_link(),
            _ => Err(Place::LinkId),
        }
    }

    /// A link behind its id.
    #[inline(never)]
    fn named_link(&mut self) -> Result<Place, Place> {
        let token = self.token;
        self.advance();
        let name = token.slice(self.text).replacen('@', "", 1);
        let text = self.builder.written(token.start as usize, token.end as usize - 1);
        self.chain.link.id = Some(Box::new((self.builder.symbol_of(name.into()), text)));
        match self.token.kind {
            Kind::Link => self.short_link(),
            Kind::LinkStart => self.long_link(),
            _ => Err(Place::LinkId),
        }
    }

    /// A link in one piece, and the label in pipes behind it.
    fn short_link(&mut self) -> Result<Place, Place> {
        self.opener = self.token;
        let (start, end) = self.lexer.link;
        self.advance();
        let link = &mut self.chain.link;
        (link.stroke, link.heads, link.length) = drawn(&self.text.as_bytes()[start..end], None);
        link.span = self.prepared.span(start, end);
        link.label = None;
        if self.token.kind == Kind::Pipe { self.piped() } else { Ok(Place::Target) }
    }

    /// The label in pipes behind a link.
    #[inline(never)]
    fn piped(&mut self) -> Result<Place, Place> {
        let pipe = self.token;
        let pieces = match self.label(LabelOf::Edge, Kind::Pipe) {
            Ok(pieces) => pieces,
            Err(place) => self.mend_label(pipe, LabelOf::Edge, pipe.start as usize).ok_or(place)?,
        };
        self.chain.link.label = Some(self.pieces_text(pieces));
        let place = Place::TargetBehindLabel;
        self.opener = self.last;
        if self.token.kind == Kind::Space {
            self.one_space(place)?;
        }
        Ok(place)
    }

    /// A link with its text inside.
    #[inline(never)]
    fn long_link(&mut self) -> Result<Place, Place> {
        let first = self.token;
        self.opener = first;
        self.advance();
        let place = Place::EdgeText;
        let pieces = match self.edge_text() {
            Some(pieces) => pieces,
            None => self.mend_edge_text(first).ok_or(place)?,
        };
        self.expect(Kind::Link, place)?;
        let last = self.last;
        self.opener = last;
        self.notice_split(first, pieces);
        let tail = trimmed(first.slice(self.text)).bytes().next();
        let label = Some(self.pieces_text(pieces));
        let span = self.without_blanks(first.start, last.end);
        let link = &mut self.chain.link;
        (link.stroke, link.heads, link.length) = drawn(trimmed(last.slice(self.text)).as_bytes(), tail);
        (link.span, link.label) = (span, label);
        Ok(Place::Target)
    }

    /// The text of `-- text -->`, up to the link that ends it. `None` where no such link comes next.
    fn edge_text(&mut self) -> Option<Pieces> {
        let pieces = self.pieces(|kind| kind == Kind::EdgeText, Place::EdgeText).ok();
        pieces.filter(|_| self.token.kind == Kind::Link)
    }

    /// Notices `-- >` and `== text -->`, which make the next line a part of their text.
    fn notice_split(&mut self, start: Token, text: Pieces) {
        let written = &self.text[text.start as usize..text.end as usize];
        let Some((line, _)) = written.split_once('\n') else { return };
        if self.text[..text.start as usize].ends_with('"') {
            return;
        }
        let (closer, arrow) = match trimmed(start.slice(self.text)).as_bytes().last() {
            Some(b'=') => ("==>", "==>"),
            Some(b'.') => (".->", "-.->"),
            _ => ("-->", "-->"),
        };
        let head = line.trim_start_matches('-');
        let (from, to, meant) = if head.starts_with('>') {
            (self.without_blanks(start.start, start.end).start(), line.len() - head.len() + 1, arrow)
        } else if let Some((from, to)) = other_arrow(line, closer) {
            (self.prepared.span(text.start as usize + from, text.end as usize).start(), to, closer)
        } else {
            return;
        };
        let end = self.prepared.span(text.start as usize, text.start as usize + to).end();
        self.noticed.split.push((Span::new(from, end), meant));
    }

    /// Where bytes `start..end` stand, without the blanks around them.
    pub(in crate::mermaid) fn without_blanks(&self, start: u32, end: u32) -> Span {
        let (start, end) = bare(self.text, (start as usize, end as usize));
        self.prepared.span(start, end)
    }
}

/// What a link looks like, from its end and, where its text stands inside it, from the byte that it begins with.
fn drawn(end: &[u8], start: Option<u8>) -> (Stroke, Heads, u32) {
    if end == b"-->" && start.is_none() {
        return (Stroke::Normal, Heads::End(Head::Point), 1);
    }
    let head_of = |byte: Option<&u8>| byte.copied().and_then(head);
    let (tail, end_head) = (head_of(end.first()), head_of(end.last()));
    let both = end_head.is_some() && tail == end_head && end.len() > 2;
    let line = &end[usize::from(both)..end.len() - 1];
    let (stroke, length) = match &line[usize::from(tail.is_some() && !both)..] {
        [b'-', dots @ ..] | dots if dots.starts_with(b".") => {
            (Stroke::Dotted, dots.iter().take_while(|&&c| c == b'.').count())
        }
        [b'=', ..] => (Stroke::Thick, line.len() - 1),
        [b'~', ..] => (Stroke::Invisible, line.len() - 1),
        _ => (Stroke::Normal, line.len().saturating_sub(1)),
    };
    let heads = match end_head {
        Some(head) if both => Heads::Both(head),
        Some(head) => Heads::End(head),
        None => Heads::None,
    };
    let heads = match (start.and_then(head), heads) {
        (None, heads) => heads,
        (Some(tail), Heads::End(head)) if tail == head => Heads::Both(head),
        _ => Heads::Mixed,
    };
    (stroke, heads, length as u32)
}

fn head(c: u8) -> Option<Head> {
    match c {
        b'>' | b'<' => Some(Head::Point),
        b'o' => Some(Head::Circle),
        b'x' => Some(Head::Cross),
        _ => None,
    }
}
