//! `pretty`: source lines with labels, drawn by miette. The only file, with the excerpt beside it, that knows miette.

mod view;

use std::fmt;
use std::ops::Range;

use miette::{Diagnostic as Shown, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use crate::diagnostic::{Diagnostic, Mistake};
use crate::output::harmless;
use crate::output::pretty::view::{CONTEXT, View};
use crate::severity::Severity;
use crate::source::Source;
use crate::span::Span;
use crate::template::model::Template;

/// What miette draws before each line of a message: `  × `.
const MESSAGE_INDENT: usize = 4;
/// What miette draws before each line of the help: `  help: `.
const HELP_INDENT: usize = 8;

/// How it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether it is coloured.
    pub colour: Colour,
    /// Width in columns.
    pub width: usize,
    /// Whether the line of the template that asks is shown, too.
    pub requirement: Requirement,
}

/// Whether a text is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With escape sequences.
    On,
    /// Plain.
    Off,
}

/// Whether the line of the template that asks is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// "Required here", in the template.
    Shown,
    /// The document only.
    Hidden,
}

/// Draws findings. Made once for a run, and shared by its threads.
#[derive(Debug)]
pub struct Renderer {
    handler: GraphicalReportHandler,
    look: Look,
}

impl Renderer {
    /// A renderer of this look.
    pub fn new(look: Look) -> Self {
        let theme = match look.colour {
            Colour::On => GraphicalTheme::unicode(),
            Colour::Off => GraphicalTheme::unicode_nocolor(),
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(look.width)
            .with_context_lines(CONTEXT)
            .with_urls(false)
            .with_wrap_lines(false)
            .tab_width(4);
        Self { handler, look }
    }

    /// Draws a finding, with a blank line behind it.
    pub fn finding(&self, diagnostic: &Diagnostic, source: &Source, template: &Template, out: &mut String) {
        let finding = &diagnostic.finding;
        let (rule, severity) = (diagnostic.rule, diagnostic.severity);
        let mut report = Report::new(rule, severity, &finding.message, finding.help.as_deref(), self.look.width);
        let mut spans: Vec<Span> = vec![finding.at.span];
        spans.extend(finding.also.iter().map(|label| label.span));
        let texts = std::iter::once(&finding.at).chain(&finding.also).map(|label| label.text.as_str());
        report.label(source, &spans, texts);
        let asked = finding.required_by.as_ref().filter(|_| self.look.requirement == Requirement::Shown);
        if let Some(requirement) = asked
            && let Some(source) = template.sources.get(usize::from(requirement.origin.source))
        {
            report.label(source, &[requirement.origin.span], std::iter::once("required here"));
        }
        self.draw(&report, out);
    }

    /// Draws a mistake in a template or a configuration file, with a blank line behind it.
    pub fn mistake(&self, rule: &'static str, mistake: &Mistake, source: &Source, out: &mut String) {
        let mut report = Report::new(rule, Severity::Error, &mistake.message, mistake.help.as_deref(), self.look.width);
        report.label(source, &[mistake.origin.span], std::iter::once(mistake.label.as_str()));
        self.draw(&report, out);
    }

    fn draw(&self, report: &Report, out: &mut String) {
        // A String takes everything, and the excerpt answers every question about its own labels.
        let drawn = self.handler.render_report(out, report);
        debug_assert!(drawn.is_ok(), "miette draws {report:?}");
        out.push('\n');
    }
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Report {
    rule: &'static str,
    severity: Severity,
    message: String,
    help: Option<String>,
    view: View,
    labels: Vec<LabeledSpan>,
}

impl Report {
    fn new(rule: &'static str, severity: Severity, message: &str, help: Option<&str>, width: usize) -> Self {
        let message = wrap(&harmless::line(message), width.saturating_sub(MESSAGE_INDENT));
        let help = help.map(|help| wrap(&harmless::text(help), width.saturating_sub(HELP_INDENT)));
        Self { rule, severity, message, help, view: View::default(), labels: Vec::new() }
    }

    /// Labels of one source; the first label of all is where the finding stands.
    fn label<'a>(&mut self, source: &Source, spans: &[Span], texts: impl Iterator<Item = &'a str>) {
        let places = self.view.add(source, spans);
        for (Range { start, end }, text) in places.into_iter().zip(texts) {
            let text = (!text.is_empty()).then(|| harmless::line(text).into_owned());
            self.labels.push(if self.labels.is_empty() {
                LabeledSpan::new_primary_with_span(text, (start, end - start))
            } else {
                LabeledSpan::new(text, start, end - start)
            });
        }
    }
}

/// Breaks lines at blanks, but never between backticks: a text to write is copied as a whole.
fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        if line.len() <= width {
            out.push_str(line);
            continue;
        }
        let mut used = 0;
        for piece in pieces(line) {
            let wide = piece.trim_end().chars().count();
            if used > 0 && used + wide > width {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                used = 0;
            }
            out.push_str(piece);
            used += piece.chars().count();
        }
    }
    out
}

/// A line in pieces that end behind a blank outside backticks. An odd backtick ties the rest of the line.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    line.split_inclusive(move |c| {
        inside ^= c == '`';
        c == ' ' && !inside
    })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl Shown for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.rule))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info | Severity::Off => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.view)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
