//! Slips of the pen that a token gives away: arrows that are none, comments in the wrong place, words of the grammar
//! used as ids or misspelt.

use crate::mermaid::diagnose::cause::Cause;
use crate::mermaid::lexer::lookahead::{DIRECTIONS, is_space};
use crate::mermaid::lexer::token::{Kind, Token};
use crate::mermaid::parser::Parser;
use crate::mermaid::problem::ProblemKind;
use crate::span::Span;

/// Something that was meant to be an arrow. Bytes of the prepared text.
pub(super) struct Arrow {
    start: usize,
    written: String,
    meant: &'static str,
}

impl Arrow {
    pub(super) fn cause(self) -> Cause {
        let end = self.start + self.written.len();
        let cause = Cause::new(ProblemKind::NotAnArrow(self.written, self.meant));
        if self.meant.is_empty() { cause } else { cause.change(self.start, end, self.meant) }
    }
}

/// What people draw arrows with.
pub(super) fn is_stroke(c: char) -> bool {
    matches!(
        c,
        '-' | '=' | '<' | '>' | '.' | '~' | '—' | '–' | '−' | '‐'
            ..='―' | '←' | '→' | '↔' | '⇐' | '⇒' | '⇔' | '⟵' | '⟶' | '⟹' | '➔' | '➜' | '➡'
    )
}

/// What was meant to be an arrow at byte `start`, where there is such a thing.
pub(super) fn arrow(text: &str, start: usize) -> Option<Arrow> {
    let rest = &text[start..];
    let length = rest.find(|c| !is_stroke(c)).unwrap_or(rest.len());
    let mut written = &rest[..length];
    // `- ->`, `- - >`: blanks stand in it.
    while !written.is_empty() && !written.ends_with(['>', '→', '⇒', '⟶', '⟹', '➔', '➜', '➡']) {
        let behind = &rest[written.len()..];
        let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let more = behind[blank..].find(|c| !is_stroke(c)).unwrap_or(behind.len() - blank);
        if blank == 0 || more == 0 {
            break;
        }
        written = &rest[..written.len() + blank + more];
    }
    let mut strokes = written.trim_matches('.').chars();
    if written.is_empty() || (strokes.next().is_none() && length < 2) || written == "=" {
        return None;
    }
    let right = written.contains(['>', '→', '↔', '⇒', '⇔', '⟶', '⟹', '➔', '➜', '➡']);
    let left = written.contains(['<', '←', '↔', '⇐', '⇔', '⟵']);
    let thick = written.contains(['=', '⇐', '⇒', '⇔', '⟹']);
    let meant = match (left, right) {
        (true, true) if thick => "<==>",
        (true, true) => "<-->",
        (true, false) => "",
        (false, _) if written.contains('~') => "~~~",
        (false, true) if thick => "==>",
        (false, true) if written.contains('.') => "-.->",
        (false, true) => "-->",
        (false, false) if thick => "===",
        (false, false) if written.contains('.') => "-.-",
        (false, false) => "---",
    };
    Some(Arrow { start, written: written.to_owned(), meant })
}

/// A comment behind a statement, or marks that begin none. `start` is where the token stands that does not fit.
pub(super) fn comment(parser: &Parser, start: usize) -> Option<Cause> {
    let text = parser.text;
    if text[start..].starts_with("<!--") {
        return Some(html_comment(parser, start));
    }
    let statement = parser.statement as usize;
    let own_line = begins_line(text, statement);
    if statement <= start && own_line {
        for mark in ["//", "#", "%"] {
            let is_mark = text[statement..].starts_with(mark) && !text[statement..].starts_with("%%");
            if is_mark && !text[statement..start].contains(['[', '(', '{']) {
                let length = text[statement..].len() - text[statement..].trim_start_matches(['/', '#', '%']).len();
                let cause = Cause::new(ProblemKind::NotAComment(mark));
                return Some(cause.change(statement, statement + length, "%%"));
            }
        }
    }
    let before = text[..start].trim_end_matches(is_space);
    let from = if text[start..].starts_with("%%") || text[start..].starts_with("//") {
        start
    } else {
        // `%%` alone is an id, and so the word behind it is what does not fit.
        let word = before.len() - word_before(text, before.len()).len();
        let is_mark = before[word..].starts_with("%%") || before[word..].starts_with("//");
        (is_mark && word > 0 && !begins_line(text, word)).then_some(word)?
    };
    let behind = text[..from].trim_end_matches(is_space).len();
    if behind == 0 || text[behind..from].contains('\n') {
        return None;
    }
    let kind =
        if text[from..].starts_with("%%") { ProblemKind::TrailingComment } else { ProblemKind::NotAComment("//") };
    let indent = format!("\n{}%%", indent_of(text, behind));
    Some(Cause::new(kind).change(behind, from + 2, indent))
}

/// `<!-- text -->`: a comment of Markdown, at byte `start`.
fn html_comment(parser: &Parser, start: usize) -> Cause {
    let text = parser.text;
    let cause = Cause::new(ProblemKind::NotAComment("<!--"));
    let line = text[start..parser.line_end(start)].trim_end_matches(is_space);
    let Some(words) = line.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) else { return cause };
    let words = words.trim_matches(is_space);
    if words.is_empty() || words.contains("-->") {
        return cause;
    }
    let behind = text[..start].trim_end_matches(is_space).len();
    if begins_line(text, start) {
        cause.change(start, start + line.len(), format!("%% {words}"))
    } else {
        cause.change(behind, start + line.len(), format!("\n{}%% {words}", indent_of(text, behind)))
    }
}

/// The blanks that the line of byte `at` begins with.
pub(in crate::mermaid) fn indent_of(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[line..].find(|c: char| c == '\n' || !is_space(c)).map_or(text.len(), |found| line + found);
    &text[line..end.max(line)]
}

/// Whether only blanks stand before byte `at` in its line.
pub(in crate::mermaid) fn begins_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..at].chars().all(is_space)
}

/// Whether a line is like the first one of a diagram: `graph` (which ends at byte `end`) and a direction, or nothing.
pub(super) fn is_header(text: &str, start: usize, end: usize) -> bool {
    let line = text[end..].split('\n').next().unwrap_or_default();
    let rest = line.trim().trim_end_matches(';');
    begins_line(text, start) && (rest.is_empty() || (line.starts_with(is_space) && DIRECTIONS.contains(&rest)))
}

/// The statements that begin with a word.
const KEYWORDS: [&str; 8] = ["subgraph", "end", "style", "linkStyle", "classDef", "class", "click", "direction"];

/// A word at the start of the statement that is nearly one of the grammar, where another word follows.
pub(super) fn keyword(parser: &Parser) -> Option<Cause> {
    let start = parser.statement as usize;
    let (at, _) = parser.token.range();
    let word = parser.word_at(start);
    let at = if parser.token.kind == Kind::String { at - 1 } else { at };
    let between = parser.text.get(start + word.len()..at)?;
    if between.is_empty() || between.chars().any(|c| !is_space(c)) {
        return None;
    }
    if word == "direction" {
        let direction = parser.word_at(at);
        let cause = Cause::new(ProblemKind::BadDirection(direction.to_owned()));
        let upper = direction.trim_end_matches(';').to_ascii_uppercase();
        let is_known = DIRECTIONS.contains(&upper.as_str());
        return Some(if is_known { cause.change(at, at + upper.len(), upper) } else { cause });
    }
    let meant = near_keyword(word)?;
    let cause = Cause::new(ProblemKind::MisspeltKeyword(word.to_owned(), meant));
    Some(cause.change(start, start + word.len(), meant))
}

/// The word of the grammar that a word is near to: in other letters, or with a slip in it.
pub(super) fn near_keyword(word: &str) -> Option<&'static str> {
    if KEYWORDS.contains(&word) || word.len() > 12 {
        return None;
    }
    if let Some(keyword) = KEYWORDS.iter().find(|keyword| keyword.eq_ignore_ascii_case(word)) {
        return Some(keyword);
    }
    let near = KEYWORDS.iter().filter(|keyword| word.len() > 3 && keyword.len() > 4);
    let near = near.map(|keyword| (strsim::damerau_levenshtein(word, keyword), *keyword));
    near.filter(|&(edits, keyword)| edits <= if keyword.len() > 6 { 2 } else { 1 }).min().map(|(_, keyword)| keyword)
}

/// A word of the grammar where a node should be.
pub(super) fn reserved(parser: &Parser, start: usize) -> Cause {
    let rest = &parser.text[start..];
    let end = rest.find(|c: char| is_space(c) || "[](){}|;<>&\"@".contains(c)).unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches(['-', '.', ':']);
    let cause = Cause::new(ProblemKind::ReservedWord(word.to_owned()));
    let first = word.chars().next().filter(char::is_ascii_lowercase);
    match first {
        Some(first) => cause.change(start, start + 1, first.to_ascii_uppercase().to_string()),
        None => cause,
    }
}

/// Whether what stands behind a word makes it a node: a label or an arrow.
pub(super) fn goes_on_as_node(rest: &str) -> bool {
    let bare = rest.trim_start_matches([' ', '\t']);
    rest.starts_with(['[', '(', '{', '-'])
        || ["--", "==", "-.", "<--", "~~~", "& "].iter().any(|link| bare.starts_with(link))
}

/// Whether a statement that begins with the word `which` is meant as a node of that name.
pub(in crate::mermaid) fn is_node(parser: &Parser, which: &str, at: usize) -> bool {
    let behind = parser.statement as usize + which.len();
    at <= behind + 1 && parser.text.get(behind..).is_some_and(goes_on_as_node)
}

/// A token without the blanks behind it.
pub(super) fn bare(parser: &Parser, token: Token) -> Token {
    let length = token.slice(parser.text).trim_end_matches(is_space).len();
    Token { end: token.start + length as u32, ..token }
}

/// The word that ends at byte `end`.
pub(super) fn word_before(text: &str, end: usize) -> &str {
    &text[text[..end].rfind(is_space).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))..end]
}

/// Whether a bracket closes before byte `at`.
pub(in crate::mermaid) fn closes(text: &str, at: usize) -> bool {
    text[..at].ends_with([']', ')', '}', '|'])
}

/// `A& B`
pub(super) fn ends_with_tight_ampersand(text: &str, at: usize) -> bool {
    text[..at].ends_with('&') && word_before(text, at).len() > 1
}

/// `App Server --> DB`: two words where an id should be one.
pub(super) fn id_with_space(parser: &Parser, start: usize) -> Cause {
    let text = parser.text;
    let behind = text[..start].trim_end_matches(is_space).len();
    let first = behind - word_before(text, behind).len();
    let line = &text[first..parser.line_end(start)];
    let stop = |at: usize, c: char| {
        "[](){}|;<>&\"@=~".contains(c) || ["--", "-.", ":::"].iter().any(|mark| line[at..].starts_with(mark))
    };
    let end = line.char_indices().find(|&(at, c)| stop(at, c)).map_or(line.len(), |(at, _)| at);
    let name = line[..end].trim_end_matches(is_space);
    let id = as_id(name);
    if id.is_empty() || name.is_empty() {
        return Cause::new(ProblemKind::IdWithSpace(String::new()));
    }
    if let Some(header) = parser.builder.group_by_title(name) {
        let title = name.to_owned();
        let mut cause = Cause::new(ProblemKind::TitleAsId { title, id: id.clone() });
        let behind_keyword = Span::new(header.start() + "subgraph".len(), header.end());
        cause.above = Some((behind_keyword, format!(" {id}[\"{name}\"]")));
        return cause.change(first, first + name.len(), id);
    }
    let is_statement = ["--", "==", "-.", "["].iter().any(|mark| line.contains(mark)) || name.split(' ').count() < 3;
    if !is_statement {
        return Cause::new(ProblemKind::IdWithSpace(String::new()));
    }
    let parts: Vec<&str> = name.split(',').map(|part| part.trim_matches(is_space)).collect();
    if parts.len() > 1 && parts.iter().all(|part| !part.is_empty() && !part.contains(is_space)) {
        let joined = parts.join(" & ");
        return Cause::new(ProblemKind::CommaBetweenNodes(joined.clone())).change(first, first + name.len(), joined);
    }
    let has_label = line[end..].starts_with(['[', '(', '{', '>']) && name.len() == end;
    let new = if has_label { id } else { format!("{id}[{name}]") };
    Cause::new(ProblemKind::IdWithSpace(new.clone())).change(first, first + name.len(), new)
}

/// Words as one id.
pub(super) fn as_id(words: &str) -> String {
    let mut id = String::with_capacity(words.len());
    for word in words.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()) {
        if !id.is_empty() {
            id.push('_');
        }
        id.push_str(word);
    }
    id
}

/// `class A, B name`, `linkStyle 0, 1 stroke:red`: no blank may stand behind the comma.
pub(super) fn blank_in_list(parser: &Parser, which: &'static str) -> Option<Cause> {
    let start = parser.statement as usize;
    let line = &parser.text[start..parser.line_end(start)];
    if which == "style" || which == "classDef" || line.contains('"') {
        return None;
    }
    let mut cause = Cause::new(ProblemKind::BlankInList(which));
    for (comma, _) in line.match_indices(',') {
        let before = line[..comma].trim_end_matches(is_space).len();
        if line[..before].ends_with(',') {
            // `A, , B`: a name is missing, and no blank too many.
            return None;
        }
        let after = comma + 1 + line[comma + 1..].len() - line[comma + 1..].trim_start_matches(is_space).len();
        let is_declaration = line[..comma].contains(':');
        if (before < comma || after > comma + 1) && !is_declaration {
            cause = cause.change(start + before, start + after, ",");
        }
    }
    (!cause.changes.is_empty()).then_some(cause)
}

/// `fill:rgb(1, 2, 3)`: no brackets may stand in a style. Colours can be written in hexadecimal.
pub(super) fn colour(parser: &Parser, which: &'static str) -> Option<Cause> {
    let (at, _) = parser.token.range();
    if parser.token.kind != Kind::Round {
        return None;
    }
    let name = parser.text[..at].len() - parser.text[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let start = at - name;
    let line = &parser.text[start..parser.line_end(at)];
    let end = line.find(')')?;
    let written = &line[..=end];
    let cause = Cause::new(ProblemKind::ColourFunction(which, written.to_owned()));
    Some(match hexadecimal(&written[..name], &written[name + 1..end]) {
        Some(hex) => cause.change(start, start + written.len(), hex),
        None => cause,
    })
}

/// `fill=#fff`: in a style a colon stands between what and how.
pub(super) fn equals(parser: &Parser, which: &'static str) -> Option<Cause> {
    let begin = parser.statement as usize;
    let line = &parser.text[begin..parser.line_end(begin)];
    if !matches!(which, "style" | "classDef" | "linkStyle") || line.contains('"') {
        return None;
    }
    let at = begin + line.find('=')?;
    let rest = &parser.text[at + 1..begin + line.len()];
    let value = rest.split([',', ';', ' ']).next().filter(|value| !value.is_empty())?;
    let cause = Cause::new(ProblemKind::EqualsInStyle(format!("{}:{value}", word_before(parser.text, at))));
    let all = line.match_indices('=').map(|(found, _)| begin + found);
    Some(all.fold(cause, |cause, at| cause.change(at, at + 1, ":")))
}

/// `A --> B : text`, as in a sequence diagram: the text of an arrow stands behind the arrow.
pub(super) fn label_behind_colon(parser: &Parser, start: usize) -> Option<Cause> {
    let text = parser.text;
    let (begin, end) = (parser.statement as usize, parser.line_end(start));
    let label = text[start..end].strip_prefix(':')?.trim().trim_end_matches(';');
    let is_plain = label.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '_'));
    let before = text.get(begin..start)?.trim_end_matches(is_space);
    let (from, to) = before.split_once("-->").filter(|(_, to)| !to.contains("--") && !before.contains('|'))?;
    let behind = begin + from.len() + "-->".len();
    let shown = format!("{} -->|{label}| {}", from.trim(), to.trim());
    (is_plain && !label.is_empty() && !before.contains('\n')).then(|| {
        let cause = Cause::new(ProblemKind::LabelBehindColon(shown));
        cause.change(behind, behind, format!("|{label}|")).change(begin + before.len(), end, "")
    })
}

/// A colour of `rgb`, or of `rgba` without transparency, as `#rrggbb`.
fn hexadecimal(function: &str, arguments: &str) -> Option<String> {
    let parts: Vec<&str> = arguments.split([',', ' ', '/']).filter(|part| !part.is_empty()).collect();
    let colours = match parts.as_slice() {
        [red, green, blue] | [red, green, blue, "1" | "1.0"] => [red, green, blue],
        _ => return None,
    };
    if !matches!(function, "rgb" | "rgba") {
        return None;
    }
    let [red, green, blue] = colours.map(|part| part.parse::<u8>().ok());
    Some(format!("#{:02x}{:02x}{:02x}", red?, green?, blue?))
}
