//! Texts: the pieces of a label, and what it says.

use std::borrow::Cow;

use crate::mermaid::lexer::lookahead::{is_space, trimmed};
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::model::Text;
use crate::mermaid::parser::{Parser, Place};
use crate::mermaid::problem::LabelOf;

/// The tokens of a text. They mostly stand side by side, and then the text is a slice.
#[derive(Clone)]
pub(in crate::mermaid) struct Pieces {
    pub(in crate::mermaid) start: u32,
    pub(in crate::mermaid) end: u32,
    joined: Option<String>,
    /// Whether a `}` may be in it, which ends what stands in no quotes.
    may_hold_brace: bool,
}

impl Pieces {
    /// The text of bytes `start..end`.
    pub(in crate::mermaid) fn of(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32, joined: None, may_hold_brace: true }
    }

    fn add(&mut self, token: Token, text: &str) {
        if token.start != self.end && self.joined.is_none() {
            self.joined = Some(text[self.start as usize..self.end as usize].to_owned());
        }
        if let Some(joined) = &mut self.joined {
            joined.push_str(token.slice(text));
        }
        self.end = token.end;
        self.may_hold_brace |= token.kind != Kind::Text;
    }

    pub(super) fn joined<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.joined {
            Some(joined) => Cow::Owned(joined.clone()),
            None => Cow::Borrowed(&text[self.start as usize..self.end as usize]),
        }
    }
}

impl Parser<'_> {
    /// `[title]` of a group, brackets included.
    pub(super) fn label(&mut self, of: LabelOf) -> Result<Pieces, Place> {
        let place = Place::Label(self.token, of);
        self.advance();
        let pieces = self.label_pieces(place)?;
        self.expect(Kind::SquareEnd, place)?;
        Ok(pieces)
    }

    /// The text of a label: a string with plain text behind it, or plain text.
    pub(super) fn label_pieces(&mut self, place: Place) -> Result<Pieces, Place> {
        self.pieces(|kind| kind == Kind::Text).ok_or(place)
    }

    /// A string, or else a token that belongs here, and all that belong here behind it. `None` where there is neither.
    pub(super) fn pieces(&mut self, belongs: impl Fn(Kind) -> bool) -> Option<Pieces> {
        if !(matches!(self.token.kind, Kind::String | Kind::MarkdownString) || belongs(self.token.kind)) {
            return None;
        }
        let Token { kind, start, end } = self.advance();
        let mut pieces = Pieces { start, end, joined: None, may_hold_brace: kind != Kind::Text };
        while belongs(self.token.kind) {
            let token = self.advance();
            pieces.add(token, self.text);
        }
        Some(pieces)
    }

    /// The text of a label as mermaid keeps it: without blanks around it, and without quotes that are left.
    pub(super) fn pieces_text(&self, pieces: &Pieces) -> Text {
        let (start, end) = (pieces.start as usize, pieces.end as usize);
        if let Some(joined) = &pieces.joined {
            return Text { span: self.prepared.span(start, end), own: Some(decode(unquoted(joined))) };
        }
        let written = &self.text[start..end];
        let label = unquoted(written);
        let start = start + (label.as_ptr() as usize - written.as_ptr() as usize);
        let end = start + label.len();
        let may_be_coded = pieces.may_hold_brace || self.prepared.may_hold_codes;
        if may_be_coded && label.bytes().any(|c| c == b'#' || c == b'}') && label.contains(['#', '\n']) {
            return Text { span: self.prepared.span(start, end), own: Some(decode(label)) };
        }
        self.builder.written(start, end)
    }
}

/// A label without the blanks around it, and without the quotes around the rest.
fn unquoted(label: &str) -> &str {
    let bare = trimmed(label);
    bare.strip_prefix('"').and_then(|bare| bare.strip_suffix('"')).unwrap_or(bare)
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
