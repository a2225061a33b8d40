//! `invalid-yaml`

use std::borrow::Cow;

use memchr::memchr2;

use crate::diagnostic::Finding;
use crate::excerpt::Excerpt;
use crate::reading::ReadYaml;
use crate::rule::{Context, Findings, declare_rule};
use crate::yaml;
use crate::yaml::Node;
use crate::yaml::explain::explain;

declare_rule! {
    /// A block of YAML does not parse.
    ///
    /// Configuration in a spec is copied and used. A block that no tool reads was never tried, and what it says cannot
    /// be compared with the tables. Templates (`{{ … }}`) are let be; a block may hold several documents.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Settings
    ///
    /// ```yaml
    /// relay:
    ///   hosts: [a.example, b.example
    ///   retries: 3
    /// ```
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Settings
    ///
    /// ```yaml
    /// relay:
    ///   hosts: [a.example, b.example]
    ///   retries: 3
    /// ```
    /// ````
    INVALID_YAML = "invalid-yaml", Content, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for yaml in context.reading.yaml() {
        findings.list.extend(say(context, yaml));
    }
}

fn say(context: &Context, yaml: &ReadYaml) -> Option<Finding> {
    let code = context.document().block(yaml.block).code()?;
    let excerpt = Excerpt::new(context.text(), &code.body);
    let readable = without_ellipses(excerpt.text());
    let parsed = match &readable {
        Cow::Borrowed(_) => Cow::Borrowed(&yaml.parsed),
        Cow::Owned(readable) => Cow::Owned(yaml::parse(readable)),
    };
    let problem = match parsed.as_ref() {
        Ok(documents) => return twice(&excerpt, documents),
        Err(problem) => problem,
    };
    // What a template engine writes later, and an anchor that stands where the block was taken from.
    if excerpt.text().contains("{{") || problem.message.contains("unknown anchor") {
        return None;
    }
    let mistake = explain(&readable, problem);
    let message = format!("this yaml does not parse: {}", mistake.reason);
    let place = excerpt.span(mistake.place.start(), mistake.place.end());
    let finding = Finding::new(message, place, "breaks here")
        .help(mistake.help.unwrap_or_else(|| "mend it, or fence it as `text` where it is no yaml".to_owned()));
    Some(match mistake.opener {
        Some(opener) => finding.also(excerpt.span(opener.start(), opener.end()), "opened here"),
        None => finding,
    })
}

/// A key that stands twice: most readers take the last one, some neither.
fn twice(excerpt: &Excerpt, documents: &[Node]) -> Option<Finding> {
    let (first, again) = documents.iter().find_map(Node::repeated_key)?;
    let place = |key: &Node| excerpt.span(key.span.start(), key.span.end());
    let name = again.text().filter(|_| !excerpt.text().contains("{{"))?;
    Some(
        Finding::new(format!("the key `{name}` stands twice in this yaml"), place(again), "again here")
            .also(place(first), "first here")
            .help("keep one of the two; between two documents stands a line `---`"),
    )
}

/// A line of three dots stands for what was left out: to YAML it ends the document, and a comment ends nothing.
fn without_ellipses(text: &str) -> Cow<'_, str> {
    let may_have_dots = memchr2(b'.', "…".as_bytes()[0], text.as_bytes()).is_some();
    if !may_have_dots || !text.lines().any(is_ellipsis) {
        return Cow::Borrowed(text);
    }
    let comment = |line: &str| line.replace("[...]", "#[--]").replacen("...", "#..", 1).replacen('…', "#..", 1);
    let lines = text
        .split_inclusive('\n')
        .map(|line| if is_ellipsis(line) { Cow::Owned(comment(line)) } else { Cow::Borrowed(line) });
    Cow::Owned(lines.collect())
}

fn is_ellipsis(line: &str) -> bool {
    matches!(line.trim(), "..." | "…" | "- ..." | "[...]")
}
