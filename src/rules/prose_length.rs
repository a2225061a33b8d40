//! `prose-length`

use memchr::memchr3;

use crate::diagnostic::Finding;
use crate::markdown::model::{BlockKind, Within};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::template::model::ContentId;
use crate::template::model::blocks::Prose;
use crate::text;

declare_rule! {
    /// The text of a section is far longer or shorter than the template suggests.
    ///
    /// An overview that runs over pages is not read. Only what is outside of twice the range is reported: where two to
    /// three sentences are asked for, more than six. Text under headings of your own does not count.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the relay. It is a relay for mail. It stands in the cellar. The key hangs at the door. Mind the
    /// step. There is no light.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the relay for mail, which stands in the cellar.
    /// ```
    PROSE_LENGTH = "prose-length", Content, Info, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    for (id, prose) in context.template.prose() {
        if let Some(range) = &prose.sentences {
            findings.list.extend(say(context, id, prose, *range.start() as usize, *range.end() as usize));
        }
    }
}

fn say(context: &Context, id: ContentId, prose: &Prose, least: usize, most: usize) -> Option<Finding> {
    context.binding.content(id).found.at()?;
    let at = context.binding.section(id.section).at()?;
    let paragraphs: Vec<Span> = context
        .document()
        .section(at)
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Prose) && block.within == Within::Section)
        .map(|block| block.span)
        .collect();
    let count: usize = paragraphs.iter().map(|span| sentences(context.slice(*span))).sum();
    let first = *paragraphs.first()?;
    let (is_long, is_short) = (count > most * 2, count * 2 < least);
    if !is_long && !is_short {
        return None;
    }
    let meant = if least == most { most.to_string() } else { format!("{least} to {most}") };
    let name = &context.template.section(id.section).name.shown;
    let help = if is_long {
        format!("say it in {meant}, and give the rest headings of its own")
    } else {
        format!("write {meant}")
    };
    let here = text::count(count, "sentence");
    let message = format!("the text of section `{name}` has {here}, {meant} are meant");
    let finding = Finding::new(message, context.first_line(first), here);
    Some(finding.help(help).required_by(&prose.requirement))
}

/// How many sentences a paragraph has. A dot within a word or a number ends none, and neither does one before a small
/// letter (`e.g. this`).
fn sentences(paragraph: &str) -> usize {
    let is_mark = |byte: &u8| matches!(byte, b'.' | b'!' | b'?') || !byte.is_ascii();
    let is_ascii = paragraph.is_ascii();
    let next = |rest: &[u8]| if is_ascii { memchr3(b'.', b'!', b'?', rest) } else { rest.iter().position(is_mark) };
    let (mut count, mut start, mut at) = (0, 0, 0);
    while let Some(offset) = next(&paragraph.as_bytes()[at..]) {
        let mark = paragraph[at + offset..].chars().next().unwrap_or_default();
        at += offset + mark.len_utf8();
        if matches!(mark, '。' | '！' | '？') || mark.is_ascii() && ends(&paragraph[at..]) {
            count += 1;
            start = at;
        }
    }
    count + usize::from(paragraph[start..].contains(char::is_alphanumeric))
}

/// Whether a sentence ends before this.
fn ends(behind: &str) -> bool {
    let behind = behind.trim_start_matches(['.', '!', '?', ')', '"', '\'', '”', '*', '_']);
    behind.is_empty() || behind.starts_with(char::is_whitespace) && !behind.trim_start().starts_with(char::is_lowercase)
}
