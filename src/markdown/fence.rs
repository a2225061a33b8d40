//! Fences that were closed too late or never: what shows it, which headings they swallowed, and where the closing
//! fence belongs.

use memchr::memchr2_iter;

use super::lines::{behind_break, end_of_line, lines};
use super::model::trouble::Trouble;
use super::model::{CodeBlock, Document, Fence, Within};
use super::table::delimiter;
use crate::span::Span;

/// The troubles of all code blocks. One missing fence swaps inside and outside for all that follow up to the end of
/// the text or to a fence with an info string: what those blocks swallow counts for the first.
pub(super) fn troubles(text: &str, document: &Document) -> Vec<Trouble> {
    let mut found: Vec<Trouble> = Vec::new();
    // The last trouble was closed by what was meant to open a block: from there on all is inside out.
    let mut swapped = false;
    for (_, block, code) in document.code_blocks() {
        let Some(fence) = code.fence else { continue };
        let follows = swapped && code.info.is_empty();
        swapped &= follows;
        if fence.closing.is_some() && !code.body.iter().any(|&part| is_telling(text, part, fence)) {
            continue;
        }
        let mut suspect = Suspect::read(text, code, fence);
        suspect.runs_out &= block.within == Within::Section;
        if follows && let Some(Trouble::UnclosedFence { swallowed, .. }) = found.last_mut() {
            let is_section = suspect.headings.iter().any(|heading| heading.is_sure(text));
            swallowed.extend(suspect.headings.iter().filter(|_| is_section).map(|heading| heading.line));
            swapped = suspect.inner.is_none();
            continue;
        }
        if let Some(trouble) = suspect.judge(text) {
            swapped = suspect.inner.is_none() && fence.closing.is_some();
            found.push(trouble);
        }
    }
    found
}

/// Whether a part of a block that is closed may hold a sure heading or a fence of its mark.
fn is_telling(text: &str, part: Span, fence: Fence) -> bool {
    let bytes = &text.as_bytes()[part.range()];
    let mark = text.as_bytes()[fence.opening.start()];
    memchr2_iter(b'#', mark, bytes).any(|at| match bytes[at..] {
        [b'#', b'#', ..] => at == 0 || matches!(bytes[at - 1], b'\n' | b'\r'),
        [first, second, third, ..] => first == mark && second == mark && third == mark,
        _ => false,
    })
}

/// A code block that may have been closed too late.
struct Suspect<'a> {
    code: &'a CodeBlock,
    fence: Fence,
    /// Whether it ends with the file.
    runs_out: bool,
    /// The fence with an info string in its body.
    inner: Option<Span>,
    /// What was meant to close it, and does not: it is indented too far, too short, or of the other mark. Indices of
    /// lines in the body; those that close what another such line opens come in pairs.
    closers: Vec<(usize, Span)>,
    headings: Vec<Found>,
    has_delimiter: bool,
    /// How many lines of the body were read: up to the inner fence, else all.
    lines: usize,
}

/// A line that looks like a heading of the document.
#[derive(Clone, Copy)]
struct Found {
    line: Span,
    level: u8,
    numbered: bool,
    /// Index of its line in the body.
    index: usize,
}

impl Found {
    fn new(text: &str, line: Span, level: u8, index: usize) -> Self {
        let name = text[line.range()].trim_start_matches('#').trim_start();
        let numbered = name.starts_with(|c: char| c.is_ascii_digit()) && name.contains(['.', ')']);
        Self { line: line.trim(text), level, numbered, index }
    }

    /// Not underlined.
    fn has_marks(&self, text: &str) -> bool {
        text[self.line.range()].starts_with('#')
    }

    /// One mark may begin a comment.
    fn is_sure(&self, text: &str) -> bool {
        self.level > 1 || !self.has_marks(text)
    }
}

/// What a language makes of `##`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hash {
    /// Nothing: it cannot stand at the start of a line.
    Wrong,
    /// A comment.
    Comment,
    /// A heading: the block shows Markdown.
    Heading,
    /// We do not know.
    Unknown,
}

impl<'a> Suspect<'a> {
    fn read(text: &str, code: &'a CodeBlock, fence: Fence) -> Self {
        let mark = text.as_bytes()[fence.opening.start()];
        let length = run(&text[fence.opening.range()], mark);
        let mut suspect = Self {
            code,
            fence,
            runs_out: fence.closing.is_none(),
            inner: None,
            closers: Vec::new(),
            headings: Vec::new(),
            has_delimiter: false,
            lines: 0,
        };
        let (mut above_is_blank, mut above_is_empty) = (false, false);
        // Right below an empty line: the name of a heading, where this line underlines it.
        let mut name_above = None;
        for (index, line) in body_lines(text, code).enumerate() {
            let slice = text[line.range()].trim();
            if let Some(&first @ (b'`' | b'~')) = slice.as_bytes().first() {
                let ticks = run(slice, first);
                let info = slice[ticks..].trim();
                if first == mark && ticks >= length && !info.is_empty() && !info.contains('`') {
                    suspect.inner = Some(line.trim(text));
                    break;
                }
                if ticks > 2 && !info.contains('`') || ticks == 2 && info.is_empty() {
                    suspect.closers.push((index, line));
                }
            }
            suspect.lines = index + 1;
            if let Some(level) = heading_level(&text[line.range()])
                && (above_is_blank || index == 0)
            {
                suspect.headings.push(Found::new(text, line, level, index));
            }
            if let Some(name) = name_above.take()
                && let Some(level) = underline_level(&text[line.range()])
            {
                suspect.headings.push(Found::new(text, name, level, index - 1));
            }
            if above_is_empty && text[line.range()].starts_with(char::is_alphanumeric) {
                name_above = Some(line);
            }
            suspect.has_delimiter |= slice.starts_with('|') && delimiter(text, line.trim(text)).is_some();
            above_is_empty = slice.is_empty();
            above_is_blank = above_is_empty || is_rule(slice);
        }
        // Code underlines, too: it takes more than that to believe that it is a document.
        let has_more = suspect.headings.iter().any(|heading| heading.has_marks(text) && heading.is_sure(text));
        let is_document = has_more || suspect.inner.is_some() || fence.closing.is_none();
        suspect.headings.retain(|heading| is_document || heading.has_marks(text));
        suspect
    }

    fn judge(&self, text: &str) -> Option<Trouble> {
        let open = self.fence.closing.is_none();
        let language = hash(&text[self.code.language.range()]);
        let has_comments = matches!(language, Hash::Comment | Hash::Unknown);
        let numbered = has_comments && self.headings.iter().any(|heading| heading.is_sure(text) && heading.numbered);
        let swallows = match language {
            Hash::Heading => open,
            Hash::Wrong => true,
            Hash::Comment => self.inner.is_some() || self.has_delimiter || open && numbered,
            Hash::Unknown => open || self.inner.is_some(),
        };
        // In a language with `#` comments the headings begin where the first sure one stands.
        let sure = |found: &&Found| found.is_sure(text) && (found.numbered || !numbered);
        let first = self.headings.iter().find(sure).filter(|_| swallows);
        let shows_fence = self.inner.is_some() && language != Hash::Heading;
        if first.is_none() && !shows_fence && !self.runs_out {
            return None;
        }
        let end = first.map_or(self.lines, |first| first.index);
        let closer = self.closer(end);
        let close_before = match closer {
            Some(line) => line.start(),
            None if first.is_none() && !has_code(language) => self.line_start(text, end),
            // Without a heading in it, what begins with `#` is a comment where there are some.
            None => self.close_before(text, end, &MARKS[usize::from(first.is_none() && language == Hash::Comment)..]),
        };
        let swallowed = self.headings.iter().filter(|heading| first.is_some() && heading.line.start() >= close_before);
        Some(Trouble::UnclosedFence {
            opening: self.fence.opening,
            inner: self.inner,
            closer: closer.map(|line| line.trim(text)),
            swallowed: swallowed.map(|heading| heading.line).collect(),
            close_before,
        })
    }

    /// The last line above another that was meant as the closing fence, where they do not come in pairs.
    fn closer(&self, before: usize) -> Option<Span> {
        let above = &self.closers[..self.closers.partition_point(|&(index, _)| index < before)];
        let &(_, line) = above.last()?;
        (above.len() % 2 == 1).then_some(line)
    }

    /// Where a line of the body begins, or what follows the body.
    fn line_start(&self, text: &str, index: usize) -> usize {
        let behind = || {
            let end = end_of_line(text, self.code.body.last().map_or(self.fence.opening.end(), |part| part.end()));
            behind_break(text, end)
        };
        body_lines(text, self.code).nth(index).map_or_else(behind, Span::start)
    }

    /// Behind the last group of lines above the first heading that can be code: prose, tables, rules and what begins
    /// with one of `marks` are not.
    fn close_before(&self, text: &str, heading: usize, marks: &[&str]) -> usize {
        let above: Vec<Span> = body_lines(text, self.code).take(heading).collect();
        let mut end = heading;
        loop {
            while end > 0 && is_gap(&text[above[end - 1].range()]) {
                end -= 1;
            }
            let start = above[..end].iter().rposition(|line| is_gap(&text[line.range()])).map_or(0, |gap| gap + 1);
            if start == 0 {
                break;
            }
            let (first, last) = (text[above[start].range()].trim(), text[above[end - 1].range()].trim());
            if !reads_as_markdown(first, last) && !marks.iter().any(|mark| first.starts_with(mark)) {
                break;
            }
            end = start;
        }
        self.line_start(text, end)
    }
}

fn body_lines<'a>(text: &'a str, code: &'a CodeBlock) -> impl Iterator<Item = Span> + 'a {
    code.body.iter().flat_map(move |&part| lines(text, part))
}

fn run(slice: &str, mark: u8) -> usize {
    slice.bytes().take_while(|&byte| byte == mark).count()
}

fn is_gap(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || is_rule(line)
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'*'))
}

/// `## Name` at the start of a line; a row of hashes, or one that closes a banner, is a comment.
pub(super) fn heading_level(line: &str) -> Option<u8> {
    let level = run(line, b'#');
    let name = line[level..].trim();
    let named =
        name.chars().next().is_some_and(|c| c.is_alphanumeric() || !c.is_ascii() || matches!(c, '*' | '`' | '['));
    ((1..=6).contains(&level) && line[level..].starts_with([' ', '\t']) && named).then_some(level as u8)
}

/// The level of a heading with this line below it.
fn underline_level(line: &str) -> Option<u8> {
    let line = line.trim_end();
    let consists_of = |mark| line.len() >= 3 && line.bytes().all(|byte| byte == mark);
    [b'=', b'-'].into_iter().zip(1..).find(|&(mark, _)| consists_of(mark)).map(|(_, level)| level)
}

/// What groups of lines begin with that are no code.
const MARKS: [&str; 6] = ["# ", "> ", "**", "<details", "<summary", "</details"];

/// Whether a group of lines is text rather than code, by its first and last line.
fn reads_as_markdown(first: &str, last: &str) -> bool {
    let least = if last.ends_with('*') { 3 } else { 2 };
    let sentence = first.starts_with(|c: char| c.is_uppercase())
        && first.split_whitespace().count() >= least
        && last.ends_with(['.', ':', '!', '?', '*'])
        && !first.contains(['{', '}', ';', '=']);
    sentence || first.starts_with('|') && last.ends_with('|')
}

/// Whether prose in a block of the language is none of its code.
fn has_code(language: Hash) -> bool {
    matches!(language, Hash::Wrong | Hash::Comment)
}

fn hash(language: &str) -> Hash {
    const HEADING: [&str; 3] = ["markdown", "md", "mdx"];
    const WRONG: [&str; 26] = [
        "mermaid",
        "json",
        "jsonc",
        "json5",
        "javascript",
        "js",
        "typescript",
        "ts",
        "jsx",
        "tsx",
        "java",
        "kotlin",
        "go",
        "rust",
        "c",
        "cpp",
        "csharp",
        "cs",
        "swift",
        "sql",
        "html",
        "xml",
        "css",
        "scss",
        "plantuml",
        "bicep",
    ];
    const COMMENT: [&str; 40] = [
        "bash",
        "sh",
        "shell",
        "zsh",
        "fish",
        "console",
        "shellsession",
        "yaml",
        "yml",
        "toml",
        "ini",
        "conf",
        "cfg",
        "properties",
        "env",
        "dotenv",
        "python",
        "py",
        "ruby",
        "rb",
        "perl",
        "r",
        "julia",
        "elixir",
        "dockerfile",
        "docker",
        "makefile",
        "make",
        "nginx",
        "apache",
        "hcl",
        "terraform",
        "tf",
        "powershell",
        "ps1",
        "gitignore",
        "promql",
        "graphql",
        "cron",
        "systemd",
    ];
    let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(language));
    if is(&HEADING) {
        Hash::Heading
    } else if is(&WRONG) {
        Hash::Wrong
    } else if is(&COMMENT) {
        Hash::Comment
    } else {
        Hash::Unknown
    }
}
