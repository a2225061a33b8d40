//! The order in which a template is compiled: what is asked for first, then what refers to it.

use std::sync::Arc;

use crate::described::Text;
use crate::described::reader::Mistakes;
use crate::diagnostic::{Origin, Requirement};
use crate::source::Source;
use crate::span::Span;
use crate::template::load::contents::RawContent;
use crate::template::load::references::End;
use crate::template::load::{code, diagram, header, placeholders, sections, severity, tables, words};
use crate::template::model::lookup::Lazy;
use crate::template::model::name::Name;
use crate::template::model::{AppliesTo, ContentId, Numbering, Order, Section, Severities, SpecId, Template, Word};
use crate::template::paths;
use crate::template::raw::{RawNumbering, RawOrder, RawTemplate};
use crate::template::skeleton::samples;

/// What the steps of compiling share.
pub(super) struct Compiler<'a> {
    pub(super) sources: &'a [Source],
    /// Which of them is compiled; what stands further down the chain is inherited, and sound.
    pub(super) own: u16,
    pub(super) mistakes: &'a mut Mistakes,
    pub(super) words: Vec<Word>,
    /// Tables and logs that have a name.
    pub(super) ids: Vec<(String, End, ContentId)>,
}

/// A section with what it was compiled from.
pub(super) type Contents<'r> = Vec<Vec<RawContent<'r>>>;

/// Compiles what has been read.
pub(super) fn compile(
    raw: &RawTemplate,
    sources: &[Source],
    own: u16,
    known_rules: &[&str],
    mistakes: &mut Mistakes,
) -> Template {
    let mut compiler = Compiler { sources, own, mistakes, words: Vec::new(), ids: Vec::new() };
    compiler.own_keys(raw);
    let (found, nothing) = words::compile(&mut compiler, raw.words.as_ref());
    compiler.words = found;
    let (mut sections, contents) = sections::compile(&mut compiler, raw);
    compiler.collect_ids(&sections, &contents);
    let header = raw.header.as_ref().map(|raw| header::compile(&mut compiler, raw, &sections));
    tables::relate(&mut compiler, &mut sections, &contents);
    code::relate(&mut compiler, &mut sections, &contents);
    diagram::check_draws(&mut compiler, &mut sections, &contents);
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
        tops: sections::tops(&sections),
        sections,
        severities: Severities::default(),
        words,
        nothing,
        placeholders: Vec::new(),
        samples: Vec::new(),
        sources: Vec::new(),
        lazy: Lazy::default(),
    };
    paths::assign(&mut template);
    template.severities = severity::compile(&mut compiler, raw.severity.as_ref(), &template, known_rules);
    template.placeholders = placeholders::collect(&template);
    template.samples = samples::collect(&template);
    template
}

impl Compiler<'_> {
    /// What is asked for at this place; its path is assigned once all are known.
    pub(super) fn requirement(origin: Origin) -> Requirement {
        Requirement { path: Arc::from(""), origin }
    }

    /// Whether something is said by the template itself, not by the one that it extends.
    pub(super) fn is_own(&self, origin: Origin) -> bool {
        origin.source == self.own
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

    fn collect_ids(&mut self, sections: &[Section], contents: &Contents<'_>) {
        let mut ids: Vec<(&Text, End, ContentId)> = Vec::new();
        for (index, contents) in contents.iter().enumerate() {
            for (content, raw) in contents.iter().enumerate() {
                let (id, end) = match raw {
                    RawContent::Table(table) => (table.id.as_ref(), End::Table),
                    RawContent::Log(log) => (log.id.as_ref(), End::Log),
                    _ => continue,
                };
                let Some(id) = id else { continue };
                if ids.iter().any(|(known, ..)| known.value == id.value) {
                    let message = format!("two tables or logs have the id `{}`", id.value);
                    self.mistakes.push(id.origin, message, "the second one", "give one of them another id");
                    continue;
                }
                ids.push((id, end, ContentId { section: SpecId(index as u32), content: content as u32 }));
            }
        }
        debug_assert_eq!(sections.len(), contents.len());
        self.ids = ids.into_iter().map(|(id, end, content)| (id.value.clone(), end, content)).collect();
    }

    fn own_keys(&mut self, raw: &RawTemplate) {
        if let Some(name) = &raw.name
            && (name.value.is_empty() || name.value.contains(|c: char| c.is_whitespace() || "/\\.".contains(c)))
        {
            let help = "write one word, as people will type it: `name = \"infrastructure\"`";
            self.mistakes.push(name.origin, format!("`{}` cannot be a template's name", name.value), "here", help);
        }
        if let Some(wanted) = &raw.required_version {
            self.mistakes.require_version(wanted, "template");
        }
    }

    fn title(&mut self, title: &Text) -> Option<Name> {
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
