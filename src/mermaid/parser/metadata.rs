//! The YAML inside a diagram: `@{ shape: ..., label: ... }` and the front matter.
//!
//! Mermaid reads both with js-yaml and its JSON schema, and what that library refuses the diagram is refused for.

use crate::mermaid::lexer::lookahead::is_space;
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::model::Text;
use crate::mermaid::parser::label::decode;
use crate::mermaid::parser::scalar::{self, Scalar};
use crate::mermaid::parser::{Parser, Place};
use crate::mermaid::prepare::Front;
use crate::mermaid::problem::{Problem, ProblemKind};
use crate::mermaid::shape::{self, Shape};
use crate::span::Span;
use crate::text::did_you_mean;
use crate::yaml::explain::explain;
use crate::yaml::{Node, Value, lax};

/// What is wrong with the front matter, and at which byte of its YAML.
pub(in crate::mermaid) fn front_matter_error(front: &Front) -> Option<(usize, String)> {
    document(&front.yaml).err()
}

/// The one document of a text. `None` where it holds none.
fn document(text: &str) -> Result<Option<Node>, (usize, String)> {
    if let Some(at) = scalar::unprintable(text) {
        return Err((at, "it holds a control character".to_owned()));
    }
    let mut documents = lax::parse(text).map_err(|problem| {
        let mistake = explain(text, &problem);
        (mistake.place.start(), mistake.reason)
    })?;
    if let [_, second, ..] = &documents[..] {
        return Err((second.span.start(), "a second document begins here".to_owned()));
    }
    let document = documents.pop();
    if let Some(document) = &document {
        scalar::check(document, text)?;
    }
    Ok(document)
}

/// `@{ ... }` as the official parser hands it to its YAML reader, with a way back.
pub(super) struct Data {
    /// The bracket that begins it.
    opener: Token,
    yaml: String,
    /// Where each piece begins in `yaml`, and which bytes of the prepared text it is.
    pieces: Vec<(usize, usize)>,
    in_string: bool,
}

impl Data {
    fn new(opener: Token) -> Self {
        Self { opener, yaml: String::new(), pieces: Vec::new(), in_string: false }
    }

    fn add(&mut self, token: Token, text: &str) {
        let slice = token.slice(text);
        match slice {
            "@{" if !self.in_string => return,
            "\"" => self.in_string = !self.in_string,
            _ => {}
        }
        let start = token.start as usize;
        let breaks_lines = self.in_string && slice.contains('\n');
        if !breaks_lines && !slice.contains('#') {
            self.pieces.push((self.yaml.len(), start));
            self.yaml.push_str(slice);
            return;
        }
        let mut rest = slice;
        while !rest.is_empty() {
            self.pieces.push((self.yaml.len(), start + slice.len() - rest.len()));
            let cut = rest.find(|c| c == '#' || (breaks_lines && c == '\n')).unwrap_or(rest.len());
            self.yaml.push_str(&rest[..cut]);
            rest = &rest[cut..];
            if let Some(behind) = rest.strip_prefix('\n') {
                // Inside a string a line break is one of the picture, and the indent behind it is lost.
                self.yaml.push_str("<br/>");
                rest = behind.trim_start_matches(is_space);
            } else if let Some(behind) = rest.strip_prefix('#') {
                // An entity code is a mark of mermaid's own by now, and so begins no comment.
                let name = behind.bytes().take_while(|&c| c.is_ascii_alphanumeric() || c == b'_').count();
                let is_entity = name > 0 && behind[name..].starts_with(';');
                self.yaml.push(if is_entity { ENTITY } else { '#' });
                rest = behind;
            }
        }
    }

    /// The byte of the prepared text that a byte of the YAML was.
    fn back(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|&(start, _)| start <= at);
        match after.checked_sub(1).map(|index| self.pieces[index]) {
            Some((start, text)) => text + (at - start),
            None => self.opener.end as usize,
        }
    }

    fn read(&self) -> Result<Option<Node>, (usize, String)> {
        let is_block = self.yaml.contains('\n');
        let whole = if is_block { format!("{}\n", self.yaml) } else { format!("{{\n{}\n}}", self.yaml) };
        let before = if is_block { 0 } else { 2 };
        let back = |at: usize| self.back(at.saturating_sub(before).min(self.yaml.len()));
        match document(&whole) {
            Ok(Some(mut node)) => {
                shift(&mut node, &back);
                Ok(Some(node))
            }
            Ok(None) => Ok(None),
            Err((at, message)) => Err((back(at), message)),
        }
    }
}

/// Stands for the `#` of an entity code.
const ENTITY: char = '\u{e000}';

/// Moves all spans of a tree from the YAML to the prepared text.
fn shift(node: &mut Node, back: &impl Fn(usize) -> usize) {
    let start = back(node.span.start());
    let end = if node.span.is_empty() { start } else { back(node.span.end() - 1) + 1 };
    node.span = Span::new(start, end.max(start));
    match &mut node.value {
        Value::Mapping(entries) => {
            for (key, value) in entries {
                shift(key, back);
                shift(value, back);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| shift(item, back)),
        Value::Scalar { .. } | Value::Alias(_) => {}
    }
}

impl Parser<'_> {
    /// `@{ ... }` behind a node. What it says is not known yet: see [`Parser::apply_data`].
    pub(super) fn shape_data(&mut self) -> Result<Option<Data>, Place> {
        let mut data = Data::new(self.token);
        while self.token.kind == Kind::ShapeData {
            data.add(self.token, self.text);
            self.advance();
        }
        if matches!(self.token.kind, Kind::Cut | Kind::Unreadable) {
            self.opener = data.opener;
            return Err(Place::Data);
        }
        let fits = matches!(self.token.kind, Kind::Space | Kind::Link | Kind::LinkStart | Kind::LinkId);
        // The official parser looks at the next token before it reads the YAML.
        Ok((fits || self.at_separator()).then_some(data))
    }

    /// Reads the YAML of a node, and declares the node as it says.
    pub(super) fn apply_data(&mut self, mention: usize, data: &Data) {
        match data.read() {
            Ok(node) => self.apply(mention, node.as_ref(), data.opener),
            Err((at, message)) => self.bad_data(at, message, data.opener),
        }
    }

    fn bad_data(&mut self, at: usize, message: String, opener: Token) {
        let length = self.text[at..].chars().next().filter(|&c| c != '\n').map_or(0, char::len_utf8);
        let span = self.prepared.span(at, at + length);
        let opener = Some(self.span_of(opener));
        self.problems.push(Problem { kind: ProblemKind::BadYaml(message), span, opener, fix: Vec::new() });
    }

    /// What the data says of a node. Of an edge mermaid takes anything, of a group that has ended all but nothing.
    fn apply(&mut self, mention: usize, data: Option<&Node>, opener: Token) {
        if self.builder.is_edge(mention) {
            return;
        }
        let Some(data) = data.filter(|data| scalar::of(data) != Scalar::Null) else {
            let at = data.map_or(opener.end as usize, |data| data.span.start());
            return self.bad_data(at, "it holds nothing".to_owned(), opener);
        };
        let Some(index) = self.builder.node_of(mention) else { return };
        let entries = match &data.value {
            Value::Mapping(entries) => entries.as_slice(),
            _ => &[],
        };
        let entry = |name: &str| entries.iter().find(|(key, _)| scalar::key(key) == name).map(|(_, value)| value);
        let shape = entry("shape").filter(|value| scalar::is_true(value));
        let known = shape.map(|value| (value, value.text().and_then(Shape::named)));
        if let Some((value, known)) = known {
            match known {
                None => return self.unknown_shape(value, opener),
                Some(shape) if shape::is_newer(shape.name()) => {
                    self.only_newer = self.only_newer.or(Some((value.span.start(), value.span.end())));
                }
                Some(_) => {}
            }
        }
        let label = entry("label");
        let picture = ["icon", "img"].into_iter().filter_map(entry).find(|value| scalar::is_true(value));
        let is_text = label.is_none_or(|label| matches!(scalar::of(label), Scalar::Text | Scalar::Null));
        if picture.is_some()
            && !is_text
            && let Some(label) = label
        {
            let message = "the label of a picture must be text: put it in quotes".to_owned();
            return self.bad_data(label.span.start(), message, opener);
        }
        let text = label.filter(|value| scalar::is_true(value)).map(|value| self.data_text(value));
        let label = label.filter(|label| scalar::of(label) != Scalar::Null);
        let is_blank = label.and_then(Node::text).is_none_or(|label| label.trim().is_empty());
        let text = match text {
            None if picture.is_some() && is_blank && self.shows_its_id(index) => {
                Some(Text::own(self.span_of(opener).head(), ""))
            }
            text => text,
        };
        self.builder.declare(mention, text, known.and_then(|(_, shape)| shape));
    }

    /// Whether a node has no label, or one that says no more than its id.
    fn shows_its_id(&self, index: usize) -> bool {
        let node = &self.builder.chart.nodes[index];
        node.label.as_ref().is_none_or(|label| self.said(label).is_some_and(|label| self.said(&node.id) == Some(label)))
    }

    fn said<'a>(&'a self, text: &'a Text) -> Option<&'a str> {
        text.as_own().or_else(|| self.prepared.slice(text.span))
    }

    fn data_text(&self, value: &Node) -> Text {
        let (start, end) = (value.span.start(), value.span.end());
        let written = match scalar::number(value) {
            Some(number) => number.to_string(),
            None => value.text().unwrap_or(&self.text[start..end]).replace(ENTITY, "#"),
        };
        let quoted = self.text[start..end].starts_with(['"', '\'']) && end - start > 1;
        let (start, end) = if quoted { (start + 1, end - 1) } else { (start, end) };
        let text = self.builder.written(start, end);
        if self.text[start..end] != written || written.contains('#') {
            return Text::own(text.span, decode(&written));
        }
        text
    }

    fn unknown_shape(&mut self, value: &Node, opener: Token) {
        let written = value.text().unwrap_or_default().to_owned();
        let lower = written.to_lowercase().replace('_', "-");
        let meant = did_you_mean(&lower, shape::DOCUMENTED.iter().copied());
        let span = self.prepared.span(value.span.start(), value.span.end());
        let fix = match meant {
            Some(meant) if self.prepared.is_verbatim(value.span.start(), value.span.end()) => {
                vec![(span, meant.to_owned())]
            }
            _ => Vec::new(),
        };
        let kind = ProblemKind::UnknownShape(written, meant);
        self.problems.push(Problem { kind, span, opener: Some(self.span_of(opener)), fix });
    }
}
