//! What each thing that can be wrong with a diagram is in a user's terms, and what to write instead.

use crate::mermaid::problem::{LabelOf, ProblemKind};

/// What to say of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What is wrong: one line in lower case.
    pub message: String,
    /// At the place where mermaid gives up.
    pub label: &'static str,
    /// At what began it.
    pub opener: &'static str,
    /// What to do.
    pub help: String,
}

fn words(message: impl Into<String>, help: impl Into<String>) -> Words {
    Words { message: message.into(), label: "breaks here", opener: "it begins here", help: help.into() }
}

impl Words {
    fn labels(self, label: &'static str, opener: &'static str) -> Self {
        Self { label, opener, ..self }
    }
}

/// Says what is wrong. `written` is what stands at the opener, where there is one.
pub fn explain(kind: &ProblemKind, written: &str) -> Words {
    match kind {
        ProblemKind::Unquoted { .. }
        | ProblemKind::LeadingSlash { .. }
        | ProblemKind::UnclosedLabel(_)
        | ProblemKind::UnclosedString
        | ProblemKind::UnclosedEdgeText(_)
        | ProblemKind::MixedArrow(..)
        | ProblemKind::WrongCloser { .. }
        | ProblemKind::StrayCloser(_)
        | ProblemKind::EmptyLabel
        | ProblemKind::LabelWithoutId
        | ProblemKind::BareLabel(_) => of_label(kind, written),
        ProblemKind::UnclosedGroup
        | ProblemKind::ExtraEnd
        | ProblemKind::UntitledGroup
        | ProblemKind::ReservedWord(_)
        | ProblemKind::IdWithSpace(_)
        | ProblemKind::CommaBetweenNodes(_)
        | ProblemKind::TitleAsId { .. }
        | ProblemKind::QuotedId(_)
        | ProblemKind::BadCharacter(_) => of_name(kind),
        ProblemKind::NotAnArrow(..)
        | ProblemKind::NoTarget
        | ProblemKind::NoSource
        | ProblemKind::BreakAfterEdgeLabel
        | ProblemKind::TooManyEdges(_)
        | ProblemKind::NoSuchLink(..) => of_arrow(kind),
        ProblemKind::OnHeaderLine
        | ProblemKind::SecondDiagram
        | ProblemKind::BadDirection(_)
        | ProblemKind::BadYaml(_)
        | ProblemKind::BadFrontMatter
        | ProblemKind::TakenForC4(_)
        | ProblemKind::UnknownShape(..)
        | ProblemKind::MisspeltDiagram(..) => of_diagram(kind),
        _ => of_statement(kind),
    }
}

fn of_label(kind: &ProblemKind, written: &str) -> Words {
    let unclosed = |closer: &str| {
        words(
            format!("nothing closes this {}: `{closer}` is missing", name_of(written)),
            format!("add `{closer}` where it ends; a bracket inside it needs double quotes around the whole"),
        )
        .labels("mermaid reads up to here", "it begins here")
    };
    match kind {
        ProblemKind::Unquoted { found: '"', label, quoted } => words(
            format!("mermaid cannot read {}: a quote inside it must be written `#quot;`", label_of(*label)),
            write_or(quoted, "write `#quot;` for the quote, and double quotes around the whole"),
        ),
        ProblemKind::Unquoted { found, label, quoted } => words(
            format!("mermaid cannot read {}: {} must be quoted", label_of(*label), character(*found)),
            write_or(quoted, "put it in double quotes"),
        ),
        ProblemKind::LeadingSlash { quoted } => words(
            "mermaid takes the slash at the start of this label for a shape: it must be quoted",
            write_or(quoted, "put the label in double quotes"),
        ),
        ProblemKind::UnclosedString => words("nothing closes this quote", "add `\"` at the end of the text")
            .labels("mermaid reads up to here", "opened here"),
        ProblemKind::UnclosedLabel(closer) if written == "@{" => {
            words(format!("nothing closes this `@{{`: `{closer}` is missing"), format!("add `{closer}` where it ends"))
                .labels("mermaid reads up to here", "it begins here")
        }
        ProblemKind::UnclosedLabel(closer) => unclosed(closer),
        ProblemKind::UnclosedEdgeText(closer) => words(
            format!("no arrow ends the text after `{written}`"),
            format!("write `{closer}` after the text, or `|text|` after a whole arrow"),
        ),
        ProblemKind::MixedArrow(other, closer) => words(
            format!("`{other}` does not end the text that `{written}` begins"),
            format!("write `{closer}` instead of `{other}`"),
        ),
        ProblemKind::WrongCloser { found, expected } => words(
            format!("`{written}` is closed by {}", character(*found)),
            format!("write `{expected}`, or put the label in double quotes"),
        )
        .labels("the wrong bracket", "opened here"),
        ProblemKind::StrayCloser(found) => {
            words(format!("nothing opens this {}", character(*found)), "remove it, or write the bracket that it closes")
        }
        ProblemKind::EmptyLabel => {
            words("this label is empty", "write a label, or leave the brackets away").labels("ends here", "begins here")
        }
        ProblemKind::LabelWithoutId => {
            words("this label belongs to no node", "write the id of the node before it, e.g. `app[App server]`")
        }
        ProblemKind::BareLabel(shown) => words("a label needs brackets", format!("write `{shown}`")),
        _ => of_statement(kind),
    }
}

fn of_name(kind: &ProblemKind) -> Words {
    match kind {
        ProblemKind::UnclosedGroup => words("this group has no `end`", "add a line `end` after the last node of it")
            .labels("the diagram ends here", "begins here"),
        ProblemKind::ExtraEnd => {
            words("no group is open that this `end` could close", "remove it, or write the `subgraph` that it closes")
        }
        ProblemKind::UntitledGroup => words("this group has no title", "write e.g. `subgraph Data`"),
        ProblemKind::ReservedWord(word) => words(
            format!("`{word}` means something to mermaid, no node can be called so"),
            match capital(word) {
                Some(other) => format!("use another id, e.g. `{other}`, wherever this node is named"),
                None => "use another id wherever this node is named".to_owned(),
            },
        )
        .labels("breaks here", "this is read as a word of mermaid's own"),
        ProblemKind::IdWithSpace(shown) if shown.is_empty() => {
            words("mermaid cannot read this line", "begin it with `%%`, if it is a comment; an id holds no space")
        }
        ProblemKind::IdWithSpace(shown) => words("an id cannot hold a space", format!("write `{shown}`")),
        ProblemKind::CommaBetweenNodes(shown) => words("nodes are joined by `&`", format!("write `{shown}`")),
        ProblemKind::TitleAsId { title, id } => words(
            format!("the group `{title}` has no id by which an arrow could name it"),
            format!("write `subgraph {id}[\"{title}\"]`, and `{id}` here"),
        )
        .labels("breaks here", "the group"),
        ProblemKind::QuotedId(shown) => {
            words("an id cannot stand in quotes", write_or(shown, "write an id, and the text in brackets after it"))
        }
        ProblemKind::BadCharacter(found) => words(
            format!("mermaid cannot read {} outside of a label", character(*found)),
            "an id holds letters, digits, `_` and `-`; everything else belongs into a label in double quotes",
        ),
        _ => of_statement(kind),
    }
}

fn of_arrow(kind: &ProblemKind) -> Words {
    match kind {
        ProblemKind::NotAnArrow(written, "") => words(
            format!("`{written}` is no arrow: those of mermaid lead to the right"),
            "write `-->` and let the two ends change places",
        )
        .labels("breaks here", "here"),
        ProblemKind::NotAnArrow(written, meant) => {
            words(format!("`{written}` is no arrow"), format!("write `{meant}`")).labels("breaks here", "here")
        }
        ProblemKind::NoTarget => words("this arrow leads nowhere", "write the id of a node after it, or remove it")
            .labels("a node should stand here", "the arrow"),
        ProblemKind::NoSource => words("this arrow begins nowhere", "write the id of a node before it"),
        ProblemKind::BreakAfterEdgeLabel => words(
            "a line break stands between the text of an arrow and the node it leads to",
            "write the node on the same line",
        )
        .labels("breaks here", "the text ends here"),
        ProblemKind::TooManyEdges(most) => words(
            format!("mermaid draws no more than {most} arrows"),
            "split the diagram, or join nodes with `&` less often",
        )
        .labels("one too many", ""),
        ProblemKind::NoSuchLink(number, 0) => words(
            format!("`linkStyle` speaks of arrow {number}, but no arrow stands above it"),
            "move the line below the arrows",
        ),
        ProblemKind::NoSuchLink(number, count) => words(
            format!("`linkStyle` speaks of arrow {number}, but the arrows above it are 0 to {}", count - 1),
            "write another number, or move the line below the arrows",
        ),
        _ => of_statement(kind),
    }
}

fn of_diagram(kind: &ProblemKind) -> Words {
    match kind {
        ProblemKind::OnHeaderLine => words(
            "no statement can stand on the first line, after the direction",
            "begin a new line after the direction, or write `;` there",
        ),
        ProblemKind::SecondDiagram => {
            words("a second diagram begins here", "give it a code block of its own, or remove this line")
        }
        ProblemKind::BadDirection(word) => {
            let near = ["TB", "BT", "LR", "RL"].into_iter().find(|known| word.len() == 2 && word[..1] == known[..1]);
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            words(format!("`{word}` is no direction"), format!("write `TB`, `BT`, `LR` or `RL`{near}"))
                .labels("here", "")
        }
        ProblemKind::BadYaml(reason) => words(
            format!("mermaid cannot read this YAML: {reason}"),
            "write `key: value` pairs with a comma between them, and texts in double quotes",
        ),
        ProblemKind::BadFrontMatter => words(
            "nothing ends the front matter that `---` begins",
            "write `---` on the very first line and again after the last key, indented alike",
        ),
        ProblemKind::TakenForC4(word) => words(
            format!("the word `{word}` makes mermaid take the whole diagram for one of kind C4"),
            "write it in another way, e.g. with a space after `C4`",
        )
        .labels("here", ""),
        ProblemKind::UnknownShape(shape, meant) => words(
            format!("mermaid knows no shape `{shape}`"),
            match meant {
                Some(meant) => format!("did you mean `{meant}`? shapes are written in lower case, with hyphens"),
                None => "write e.g. `rect`, `rounded`, `cyl`, `diamond` or `hex`".to_owned(),
            },
        )
        .labels("here", "of this node"),
        ProblemKind::MisspeltDiagram(written, meant) => {
            words(format!("mermaid knows no diagram `{written}`"), format!("write `{meant}`")).labels("here", "")
        }
        _ => of_statement(kind),
    }
}

fn of_statement(kind: &ProblemKind) -> Words {
    match kind {
        ProblemKind::BlankBefore(what) => {
            let what = if *what == "label" { "the label of a node" } else { &format!("`{what}`") };
            words(format!("a space stands before {what}"), "remove the space")
        }
        ProblemKind::BlankBehind(what) => words(format!("a space stands after `{what}`"), "remove the space"),
        ProblemKind::BlankInList(which) => {
            words(format!("a space stands beside a comma of `{which}`"), "remove the space: `A,B`")
        }
        ProblemKind::TightAmpersand => words("`&` needs a space on either side", "write `A & B`"),
        ProblemKind::TrailingComment => {
            words("a comment stands after a statement", "move `%%` and what follows it to a line of its own")
        }
        ProblemKind::NotAComment(mark) => {
            words(format!("`{mark}` begins no comment in mermaid"), "write `%%`, at the start of a line")
        }
        ProblemKind::TrailingSpace(which) => {
            words(format!("a space stands at the end of this `{which}` line"), "remove the space").labels("here", "")
        }
        ProblemKind::NotOnItsOwnLine(word) => {
            words(format!("`{word}` must begin its own line"), format!("move it to a new line, or write `; {word}`"))
        }
        ProblemKind::MisspeltKeyword(written, meant) => words(
            format!("`{written}` is probably `{meant}`"),
            if written.starts_with(meant) {
                format!("write `{meant}`, a space, and the direction")
            } else {
                format!("write `{meant}`")
            },
        )
        .labels("breaks here", "this is a node to mermaid"),
        ProblemKind::ColourFunction(which, colour) => words(
            format!("no bracket can stand in a `{which}` line: `{colour}`"),
            "write the colour as `#rrggbb`, e.g. `#ffcc00`",
        ),
        ProblemKind::EqualsInStyle(shown) => words("a style has colons, not `=`", format!("write `{shown}`")),
        ProblemKind::LabelBehindColon(shown) => {
            words("the text of an arrow stands between bars after the arrow", format!("write `{shown}`"))
        }
        ProblemKind::BadStatement(which) => {
            words(format!("mermaid cannot read this `{which}` line"), format!("write it like `{}`", form_of(which)))
        }
        ProblemKind::UnexpectedEnd => words("this is not finished", "write the rest, or remove it"),
        ProblemKind::Unexpected(written) => {
            words(format!("`{written}` cannot stand here"), "end the statement before it, or quote the label it is of")
        }
        _ => words("mermaid cannot read this", "see the documentation of mermaid's flowcharts"),
    }
}

/// What each statement looks like.
fn form_of(which: &str) -> &'static str {
    match which {
        "classDef" => "classDef hot fill:#ffcc00,stroke:#333333",
        "class" => "class A,B hot",
        "linkStyle" => "linkStyle 0,1 stroke:#ff0000",
        "click" => "click A \"https://example.com\" \"Tooltip\"",
        "subgraph" => "subgraph data [\"Data layer\"]",
        _ => "style A fill:#ffcc00,stroke:#333333",
    }
}

fn label_of(label: LabelOf) -> &'static str {
    match label {
        LabelOf::Node => "this label",
        LabelOf::Edge => "the text of this arrow",
        LabelOf::Group => "this title",
    }
}

fn name_of(opener: &str) -> &'static str {
    match opener {
        "|" => "text of an arrow",
        _ => "label",
    }
}

fn write_or(shown: &str, general: &str) -> String {
    if shown.is_empty() { general.to_owned() } else { format!("write {}", code(shown)) }
}

/// A word with a capital, which then means nothing to mermaid.
fn capital(word: &str) -> Option<String> {
    let first = word.chars().next().filter(char::is_ascii_lowercase)?;
    Some(format!("{}{}", first.to_ascii_uppercase(), &word[1..]))
}

fn character(c: char) -> String {
    code(c.encode_utf8(&mut [0; 4]))
}

/// A piece of text as code.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
