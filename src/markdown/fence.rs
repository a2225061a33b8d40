//! Fences that were closed too late or never: what shows it, which headings they swallowed, and where the closing
//! fence belongs.

use super::lines::lines;
use super::model::{Block, BlockKind, CodeBlock, Fence, Section, Trouble};
use super::table::delimiter;
use crate::span::Span;

/// The troubles of all code blocks. One missing fence swaps inside and outside for all that follow up to the end of
/// the text or to a fence with an info string: what those blocks swallow counts for the first.
pub(super) fn troubles(text: &str, sections: &[Section]) -> Vec<Trouble> {
    let mut found: Vec<Trouble> = Vec::new();
    // The last trouble was closed by what was meant to open a block: from there on all is inside out.
    let mut swapped = false;
    for block in sections.iter().flat_map(|section| &section.blocks) {
        let Block { kind: BlockKind::Code(code), .. } = block else { continue };
        let Some(fence) = code.fence else { continue };
        let follows = swapped && code.info.is_empty();
        swapped &= follows;
        if fence.closing.is_some() && !code.body.iter().any(|&part| text[part.range()].contains("##")) {
            continue;
        }
        let Some(suspect) = Suspect::read(text, code, fence) else { continue };
        if follows && let Some(Trouble::UnclosedFence { swallowed, .. }) = found.last_mut() {
            swallowed.extend(suspect.headings.iter().map(|heading| heading.line));
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

/// A code block with headings in it.
struct Suspect<'a> {
    code: &'a CodeBlock,
    fence: Fence,
    /// The fence with an info string in its body.
    inner: Option<Span>,
    headings: Vec<Found>,
    has_delimiter: bool,
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
    fn read(text: &str, code: &'a CodeBlock, fence: Fence) -> Option<Self> {
        let mark = text.as_bytes()[fence.opening.start()];
        let length = run(&text[fence.opening.range()], mark);
        let mut suspect = Self { code, fence, inner: None, headings: Vec::new(), has_delimiter: false };
        let mut above_is_blank = false;
        for (index, line) in body_lines(text, code).enumerate() {
            let slice = text[line.range()].trim();
            if slice.as_bytes().first() == Some(&mark) {
                let ticks = run(slice, mark);
                let info = slice[ticks..].trim();
                if ticks >= length && !info.is_empty() && !info.contains('`') {
                    suspect.inner = Some(line.trim(text));
                    break;
                }
            }
            if let Some(level) = heading_level(&text[line.range()])
                && (above_is_blank || index == 0)
            {
                let name = slice.trim_start_matches('#').trim_start();
                let numbered = name.starts_with(|c: char| c.is_ascii_digit()) && name.contains(['.', ')']);
                suspect.headings.push(Found { line: line.trim(text), level, numbered, index });
            }
            suspect.has_delimiter |= slice.starts_with('|') && delimiter(text, line.trim(text)).is_some();
            above_is_blank = slice.is_empty() || is_rule(slice);
        }
        suspect.headings.iter().any(|heading| heading.level > 1).then_some(suspect)
    }

    fn judge(&self, text: &str) -> Option<Trouble> {
        let open = self.fence.closing.is_none();
        let language = hash(&text[self.code.language.range()]);
        let has_comments = matches!(language, Hash::Comment | Hash::Unknown);
        let numbered = has_comments && self.headings.iter().any(|heading| heading.level > 1 && heading.numbered);
        let wrong = match language {
            Hash::Heading => open,
            Hash::Wrong => true,
            Hash::Comment => self.inner.is_some() || self.has_delimiter || open && numbered,
            Hash::Unknown => open || self.inner.is_some(),
        };
        if !wrong {
            return None;
        }
        // In a language with `#` comments the headings begin where the first sure one stands.
        let sure = |found: &&Found| found.level > 1 && (found.numbered || !numbered);
        let first = self.headings.iter().find(sure)?;
        let close_before = self.close_before(text, first.index);
        let swallowed = self.headings.iter().map(|heading| heading.line);
        let swallowed = swallowed.filter(|line| line.start() >= close_before).collect();
        Some(Trouble::UnclosedFence { opening: self.fence.opening, inner: self.inner, swallowed, close_before })
    }

    /// Behind the last group of lines above the first heading that can be code: prose, tables and rules are not.
    fn close_before(&self, text: &str, heading: usize) -> usize {
        let above: Vec<Span> = body_lines(text, self.code).take(heading + 1).collect();
        let mut end = heading;
        loop {
            while end > 0 && is_gap(&text[above[end - 1].range()]) {
                end -= 1;
            }
            let start = above[..end].iter().rposition(|line| is_gap(&text[line.range()])).map_or(0, |gap| gap + 1);
            if start == 0 || !reads_as_markdown(text[above[start].range()].trim(), text[above[end - 1].range()].trim())
            {
                break;
            }
            end = start;
        }
        above[end].start()
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

/// Whether a group of lines is text rather than code, by its first and last line.
fn reads_as_markdown(first: &str, last: &str) -> bool {
    let sentence = first.starts_with(|c: char| c.is_uppercase())
        && first.split_whitespace().count() > 2
        && last.ends_with(['.', ':', '!', '?', '*'])
        && !first.contains(['{', '}', ';', '=']);
    sentence
        || first.starts_with('|') && last.ends_with('|')
        || ["> ", "**", "# "].iter().any(|mark| first.starts_with(mark))
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
