//! The order in which a template is compiled: what is asked for first, then what refers to it.

use std::sync::Arc;

use semver::{Version, VersionReq};

use crate::diagnostic::{Origin, Requirement};
use crate::source::Source;
use crate::span::Span;
use crate::template::described::reader::{Mistakes, accepted};
use crate::template::load::contents::RawContent;
use crate::template::load::{code, diagram, header, paths, placeholders, sections, severity, tables, words};
use crate::template::model::{
    AppliesTo, Content, ContentId, Lazy, Log, Numbering, Order, Section, Severities, SpecId, Table, Template, Word,
};
use crate::template::raw::{RawNumbering, RawOrder, RawTemplate, Text};

/// What the steps of compiling share.
pub(super) struct Compiler<'a> {
    pub(super) sources: &'a [Source],
    pub(super) mistakes: &'a mut Mistakes,
    pub(super) words: Vec<Word>,
    /// Tables and logs that have a name.
    pub(super) ids: Vec<(String, ContentId)>,
}

/// A section with what it was compiled from.
pub(super) type Contents<'r> = Vec<Vec<RawContent<'r>>>;

/// Compiles what has been read.
pub(super) fn compile(
    raw: &RawTemplate,
    sources: Vec<Source>,
    known_rules: &[&str],
    mistakes: &mut Mistakes,
) -> Template {
    let mut compiler = Compiler { sources: &sources, mistakes, words: Vec::new(), ids: Vec::new() };
    compiler.own_keys(raw);
    let (found, nothing) = words::compile(&mut compiler, raw.words.as_ref());
    compiler.words = found;
    let (mut sections, contents) = sections::compile(&mut compiler, raw);
    compiler.collect_ids(&sections, &contents);
    let header = raw.header.as_ref().map(|raw| header::compile(&mut compiler, raw, &sections));
    tables::relate(&mut compiler, &mut sections, &contents);
    code::relate(&mut compiler, &mut sections, &contents);
    diagram::check_draws(&mut compiler, &sections, &contents);
    let words = std::mem::take(&mut compiler.words);
    let title = raw.title.as_ref().and_then(|title| compiler.title(title));
    let text = |text: Option<&Text>| text.map(|text| text.value.trim().to_owned()).unwrap_or_default();
    let mut template = Template {
        name: text(raw.name.as_ref()),
        summary: text(raw.summary.as_ref()),
        title,
        order: if raw.order == Some(RawOrder::Strict) { Order::Strict } else { Order::Loose },
        numbering: match raw.numbering {
            Some(RawNumbering::Consecutive) => Numbering::Consecutive,
            _ => Numbering::Any,
        },
        applies_to: AppliesTo { files: compiler.globs(raw) },
        header,
        sections,
        severities: Severities::default(),
        words,
        nothing,
        placeholders: Vec::new(),
        sources: Vec::new(),
        lazy: Lazy::default(),
    };
    paths::assign(&mut template);
    template.severities = severity::compile(&mut compiler, raw.severity.as_ref(), &template, known_rules);
    template.placeholders = placeholders::collect(&template);
    template.sources = sources;
    template
}

impl Compiler<'_> {
    /// What is asked for at this place; its path is assigned once all are known.
    pub(super) fn requirement(origin: Origin) -> Requirement {
        Requirement { path: Arc::from(""), origin }
    }

    /// The place of a part of a text, where the text stands in the file as it is read (no escapes).
    pub(super) fn part(&self, text: &Text, start: usize, end: usize) -> Origin {
        let Origin { source, span } = text.origin;
        let written = self.sources[usize::from(source)].slice(span);
        let quote = written.len().saturating_sub(text.value.len());
        // Long quotes may be followed by a line break that is no part of the text.
        for opening in [1, 3, 4, 5] {
            let inside = written.get(opening..).is_some_and(|rest| rest.starts_with(&text.value));
            if opening < quote && inside {
                let base = span.start() + opening;
                return Origin { source, span: Span::new(base + start, base + end) };
            }
        }
        text.origin
    }

    /// Tells that a relation leads nowhere. In what is inherited that is no mistake: the template that was extended is
    /// sound, so its other end was dropped, and the relation goes along.
    pub(super) fn unresolved(&mut self, at: &Text, message: String, known: &[&str]) {
        if at.origin.source == 0 {
            self.mistakes.push_unresolved(at.origin, message, "here", accepted(&at.value, known));
        }
    }

    /// The key of `[words]` that a text names.
    pub(super) fn word(&mut self, name: &Text, what: &str) -> Option<usize> {
        let found = self.words.iter().position(|word| word.name == name.value);
        if found.is_none() {
            let known: Vec<&str> = self.words.iter().map(|word| word.name.as_str()).collect();
            let help = match crate::text::did_you_mean(&name.value, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? Else add what people write for it under `[words]`"),
                None => format!("add what people write for it under `[words]`: `{} = [...]`", key(&name.value)),
            };
            let message = format!("{what} `{}` has no words", name.value);
            self.mistakes.push_unresolved(name.origin, message, "here", help);
        }
        found
    }

    /// The table or log that a text names.
    pub(super) fn id(&mut self, name: &Text, wanted: &str) -> Option<ContentId> {
        let found = self.ids.iter().find(|(id, _)| *id == name.value).map(|&(_, content)| content);
        if found.is_none() {
            let ids: Vec<String> = self.ids.iter().map(|(id, _)| id.clone()).collect();
            let known: Vec<&str> = ids.iter().map(String::as_str).collect();
            let message = format!("no {wanted} has the id `{}`", name.value);
            if known.is_empty() && name.origin.source == 0 {
                let help = format!("give the {wanted} that is meant an `id`");
                self.mistakes.push_unresolved(name.origin, message, "here", help);
            } else {
                self.unresolved(name, message, &known);
            }
        }
        found
    }

    /// `backups.Frequency` in two; each part with its place.
    pub(super) fn dotted(&mut self, text: &Text, example: &str) -> Option<(Text, Text)> {
        let Some(dot) = text.value.find('.') else {
            let message = format!("`{}` is no relation: it names no {}", text.value, "table and column");
            self.mistakes.push(text.origin, message, "here", format!("write it as `{example}`"));
            return None;
        };
        let part = |start: usize, end: usize| Text {
            value: text.value[start..end].to_owned(),
            origin: self.part(text, start, end),
        };
        Some((part(0, dot), part(dot + 1, text.value.len())))
    }

    fn collect_ids(&mut self, sections: &[Section], contents: &Contents<'_>) {
        let mut ids: Vec<(&Text, ContentId)> = Vec::new();
        for (index, contents) in contents.iter().enumerate() {
            for (content, raw) in contents.iter().enumerate() {
                let id = match raw {
                    RawContent::Table(table) => table.id.as_ref(),
                    RawContent::Log(log) => log.id.as_ref(),
                    _ => None,
                };
                let Some(id) = id else { continue };
                if ids.iter().any(|(known, _)| known.value == id.value) {
                    let message = format!("two tables or logs have the id `{}`", id.value);
                    self.mistakes.push(id.origin, message, "the second one", "give one of them another id");
                    continue;
                }
                ids.push((id, ContentId { section: SpecId(index as u32), content: content as u32 }));
            }
        }
        debug_assert_eq!(sections.len(), contents.len());
        self.ids = ids.into_iter().map(|(id, content)| (id.value.clone(), content)).collect();
    }

    fn own_keys(&mut self, raw: &RawTemplate) {
        if let Some(name) = &raw.name
            && (name.value.is_empty() || name.value.contains(|c: char| c.is_whitespace() || "/\\.".contains(c)))
        {
            let help = "write one word, as people will type it: `name = \"infrastructure\"`";
            self.mistakes.push(name.origin, format!("`{}` cannot be a template's name", name.value), "here", help);
        }
        let Some(wanted) = &raw.required_version else { return };
        let own = env!("CARGO_PKG_VERSION");
        match (VersionReq::parse(&wanted.value), Version::parse(own)) {
            (Err(_), _) => {
                let message = format!("`{}` is no range of versions", wanted.value);
                self.mistakes.push(wanted.origin, message, "here", "write it as `>=0.2`");
            }
            (Ok(range), Ok(own)) if !range.matches(&own) => {
                let message = format!("this template needs infralint {}, this is {own}", wanted.value);
                self.mistakes.push(wanted.origin, message, "asked for here", "install a version that it accepts");
            }
            _ => {}
        }
    }

    fn title(&mut self, title: &Text) -> Option<crate::template::model::Name> {
        match title.value.strip_prefix("# ").map(str::trim) {
            Some(bare) if !bare.is_empty() => Some(super::names::plain(bare)),
            _ => {
                let help =
                    format!("write it as it looks in the document: `# {}`", title.value.trim_start_matches('#').trim());
                self.mistakes.push(title.origin, "the title is no heading of level 1", "here", help);
                None
            }
        }
    }

    fn globs(&mut self, raw: &RawTemplate) -> Vec<String> {
        let globs = raw.applies_to.as_ref().and_then(|applies| applies.files.as_ref());
        let mut kept = Vec::new();
        for glob in globs.into_iter().flatten() {
            let open = |open: char, close: char| glob.value.matches(open).count() != glob.value.matches(close).count();
            if glob.value.trim().is_empty() || open('[', ']') || open('{', '}') {
                let help = "write it as `**/infrastructure.md`";
                self.mistakes.push(glob.origin, format!("`{}` is no glob", glob.value), "here", help);
            } else {
                kept.push(glob.value.clone());
            }
        }
        kept
    }
}

/// A key as TOML wants it: in quotes where it holds more than letters, digits, `-` and `_`.
pub(super) fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { name.to_owned() } else { format!("\"{name}\"") }
}

/// The table that an id leads to.
pub(super) fn table_of(sections: &[Section], id: ContentId) -> Option<&Table> {
    match sections.get(id.section.index())?.contents.get(id.content as usize)? {
        Content::Table(table) => Some(table),
        _ => None,
    }
}

/// The log that an id leads to.
pub(super) fn log_of(sections: &[Section], id: ContentId) -> Option<&Log> {
    match sections.get(id.section.index())?.contents.get(id.content as usize)? {
        Content::Log(log) => Some(log),
        _ => None,
    }
}
