//! Texts: the pieces of a label, and what it says.

use std::borrow::Cow;

use crate::mermaid::lexer::lookahead::{bare, is_space, trimmed};
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::model::Text;
use crate::mermaid::parser::{Parser, Place};
use crate::mermaid::problem::LabelOf;

/// The tokens of a text. They mostly stand side by side, and then the text is a slice.
#[derive(Clone, Copy)]
pub(in crate::mermaid) struct Pieces {
    pub(in crate::mermaid) start: u32,
    pub(in crate::mermaid) end: u32,
    /// Which of the [joined texts](Parser::joined) it is, where something stands between the tokens.
    joined: Option<u32>,
    /// Whether a `}` may be in it, which ends what stands in no quotes.
    may_hold_brace: bool,
}

impl Pieces {
    /// The text of bytes `start..end`.
    pub(in crate::mermaid) fn of(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32, joined: None, may_hold_brace: true }
    }

    fn of_token(Token { kind, start, end }: Token) -> Self {
        let may_hold_brace = matches!(kind, Kind::String | Kind::MarkdownString | Kind::EdgeText);
        Self { start, end, joined: None, may_hold_brace }
    }
}

impl<'t> Parser<'t> {
    /// A label of a group or an edge with what opens it and what closes it.
    pub(super) fn label(&mut self, of: LabelOf, close: Kind) -> Result<Pieces, Place> {
        self.opener = self.token;
        if let Some(pieces) = self.simple_label(close) {
            return Ok(pieces);
        }
        let place = Place::Label(of);
        self.advance();
        let pieces = self.label_pieces(place)?;
        self.expect(close, place)?;
        Ok(pieces)
    }

    /// The same of a label that the lexer can take in one go, as most are.
    pub(super) fn simple_label(&mut self, close: Kind) -> Option<Pieces> {
        let text = self.lexer.simple_label(close)?;
        self.advance_to(close, text.end + u32::from(text.kind == Kind::String));
        Some(Pieces::of_token(text))
    }

    /// The text of a label: a string with plain text behind it, or plain text.
    pub(super) fn label_pieces(&mut self, place: Place) -> Result<Pieces, Place> {
        self.pieces(|kind| kind == Kind::Text, place)
    }

    /// A string, or else a token that belongs here, and all that belong here behind it.
    #[inline]
    pub(super) fn pieces(&mut self, belongs: impl Fn(Kind) -> bool, place: Place) -> Result<Pieces, Place> {
        if !(matches!(self.token.kind, Kind::String | Kind::MarkdownString) || belongs(self.token.kind)) {
            return Err(place);
        }
        let mut pieces = Pieces::of_token(self.token);
        self.advance();
        while belongs(self.token.kind) {
            self.add_piece(&mut pieces);
            self.advance();
        }
        Ok(pieces)
    }

    /// Adds the token that is looked at.
    #[inline(never)]
    fn add_piece(&mut self, pieces: &mut Pieces) {
        let token = self.token;
        if token.start != pieces.end && pieces.joined.is_none() {
            pieces.joined = Some(self.joined.len() as u32);
            self.joined.push(self.text[pieces.start as usize..pieces.end as usize].to_owned());
        }
        if let Some(joined) = pieces.joined {
            self.joined[joined as usize].push_str(token.slice(self.text));
        }
        pieces.end = token.end;
        pieces.may_hold_brace |= Pieces::of_token(token).may_hold_brace;
    }

    /// What pieces say, just as it is written.
    pub(super) fn written(&self, pieces: Pieces) -> Cow<'t, str> {
        match pieces.joined {
            Some(joined) => Cow::Owned(self.joined[joined as usize].clone()),
            None => Cow::Borrowed(&self.text[pieces.start as usize..pieces.end as usize]),
        }
    }

    /// The text of a label as mermaid keeps it: without blanks around it, and without quotes that are left.
    #[inline]
    pub(super) fn pieces_text(&self, pieces: Pieces) -> Text {
        let (start, end) = (pieces.start as usize, pieces.end as usize);
        let is_plain = pieces.joined.is_none() && !pieces.may_hold_brace && !self.prepared.may_hold_codes;
        let is_bare =
            |text: &[u8]| matches!(text, [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_graphic());
        if is_plain && is_bare(&self.text.as_bytes()[start..end]) {
            return self.builder.written(start, end);
        }
        self.other_text(pieces)
    }

    #[inline(never)]
    fn other_text(&self, pieces: Pieces) -> Text {
        if let Some(joined) = pieces.joined {
            let span = self.prepared.span(pieces.start as usize, pieces.end as usize);
            return Text::own(span, decode(unquoted(trimmed(&self.joined[joined as usize]))));
        }
        let bytes = self.text.as_bytes();
        let (mut start, mut end) = bare(self.text, (pieces.start as usize, pieces.end as usize));
        if let [b'"', .., b'"'] = bytes[start..end] {
            (start, end) = (start + 1, end - 1);
        }
        let holds = |byte: u8| bytes[start..end].contains(&byte);
        let is_coded = self.prepared.may_hold_codes && holds(b'#');
        if is_coded || pieces.may_hold_brace && holds(b'}') && holds(b'\n') {
            return Text::own(self.prepared.span(start, end), decode(&self.text[start..end]));
        }
        self.builder.written(start, end)
    }
}

/// A label without the quotes around it.
fn unquoted(label: &str) -> &str {
    label.strip_prefix('"').and_then(|bare| bare.strip_suffix('"')).unwrap_or(label)
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
