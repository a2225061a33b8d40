//! What is wrong with a diagram, in the user's terms.

use crate::span::Span;

/// One thing that is wrong with a diagram, or that means something else than it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The token at which the official parser gives up, or the place that surprises.
    pub span: Span,
    /// What began it and is not finished there: the bracket, the quote, the `subgraph`.
    pub opener: Option<Span>,
    /// What mends it: spans to replace, sorted and apart.
    pub fix: Vec<(Span, String)>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    // What the official parser rejects.
    /// A character that needs quotes around the label it stands in.
    Unquoted {
        /// The character.
        found: char,
        /// Which label.
        label: LabelOf,
        /// The label in quotes, with what it belongs to: `A["Redis (Cache)"]`; empty where no quotes help.
        quoted: String,
    },
    /// A label that begins with `/` or `\` asks for a slanted shape and lacks the other end of it.
    LeadingSlash {
        /// The label in quotes, with what it belongs to.
        quoted: String,
    },
    /// A label, a text of an edge or `@{ ... }` without its end. Holds what is missing: `]`.
    UnclosedLabel(&'static str),
    /// A string without its closing quote.
    UnclosedString,
    /// `-- text` without the arrow that ends it. Holds that: `-->`.
    UnclosedEdgeText(&'static str),
    /// `== text -->`. Holds the arrow that does not end the text, and the one that would.
    MixedArrow(String, &'static str),
    /// A label that another bracket closes than the one that opened it.
    WrongCloser {
        /// The bracket that stands there.
        found: char,
        /// The bracket that should.
        expected: &'static str,
    },
    /// A bracket or pipe that nothing opened.
    StrayCloser(char),
    /// A group without `end`.
    UnclosedGroup,
    /// An `end` that no group waits for.
    ExtraEnd,
    /// A group without id and title.
    UntitledGroup,
    /// A word of the grammar where a node should be: `end`.
    ReservedWord(String),
    /// A label with nothing in it.
    EmptyLabel,
    /// Two words where an id should be one. Holds the node as it could be; empty where that cannot be told.
    IdWithSpace(String),
    /// `A --> B, C`: nodes that a comma joins. Holds how they are joined.
    CommaBetweenNodes(String),
    /// The title of a group that has no id, where an id should be.
    TitleAsId {
        /// The title.
        title: String,
        /// The id that the group could have.
        id: String,
    },
    /// A label without an id before it.
    LabelWithoutId,
    /// A string where an id should be. Holds the node as it could be; empty where that cannot be told.
    QuotedId(String),
    /// A string behind an id, without brackets. Holds the node as it could be.
    BareLabel(String),
    /// A blank before something that must follow directly: a label, `:::`, `@{`.
    BlankBefore(&'static str),
    /// A blank behind something that what follows must touch: `:::`.
    BlankBehind(&'static str),
    /// A blank beside a comma, in a list that `class`, `linkStyle` or `click` begins.
    BlankInList(&'static str),
    /// A character that no id can hold.
    BadCharacter(char),
    /// `->`, `=>`, `→`. Holds what was written, and what to write instead; nothing where it leads to the left.
    NotAnArrow(String, &'static str),
    /// An arrow that leads nowhere.
    NoTarget,
    /// An arrow that begins nowhere.
    NoSource,
    /// The text between pipes, and then a line break.
    BreakAfterEdgeLabel,
    /// `&` needs a blank on either side.
    TightAmpersand,
    /// A comment behind a statement: `%%` must begin its line.
    TrailingComment,
    /// `//`, `#`, `%` or `<!--` begin no comment.
    NotAComment(&'static str),
    /// A blank at the end of a `class` or `click` line.
    TrailingSpace(&'static str),
    /// A statement on the line of the first one.
    OnHeaderLine,
    /// A statement that must begin its own line. Holds its first word.
    NotOnItsOwnLine(String),
    /// A second `graph` or `flowchart` line.
    SecondDiagram,
    /// Behind `graph`, `flowchart` or `direction` stands no direction that mermaid knows.
    BadDirection(String),
    /// A keyword with a slip: what is written, and what was meant.
    MisspeltKeyword(String, &'static str),
    /// A `style`, `classDef`, `linkStyle`, `class` or `click` line that cannot be read.
    BadStatement(&'static str),
    /// `rgb(1, 2, 3)`: no bracket may stand in a style. Holds the first word of the line and the colour.
    ColourFunction(&'static str, String),
    /// `fill=#fff` in a style. Holds how it is written.
    EqualsInStyle(String),
    /// `A --> B : text`. Holds how it is written.
    LabelBehindColon(String),
    /// `linkStyle` of an arrow that is not there (yet). Holds its number and the number of arrows so far.
    NoSuchLink(String, usize),
    /// `@{ shape: ... }` of a shape that mermaid does not know, and the nearest that it knows.
    UnknownShape(String, Option<&'static str>),
    /// YAML in `@{ ... }` or in the front matter. Holds what is wrong with it.
    BadYaml(String),
    /// `---` begins the text, but no front matter can be read: it must begin the text, and its end must be indented
    /// as its beginning.
    BadFrontMatter,
    /// More arrows than mermaid draws.
    TooManyEdges(usize),
    /// A word in the text makes mermaid take the whole diagram for C4.
    TakenForC4(&'static str),
    /// The first word is no kind of diagram. Holds it, and what was meant.
    MisspeltDiagram(String, &'static str),
    /// Something else that cannot stand here. Holds the word.
    Unexpected(String),
    /// The text ends in mid-statement.
    UnexpectedEnd,

    // What the official parser accepts, and means differently.
    /// A node that mermaid draws in another group than the one that declares it. Indices into the groups.
    DrawnElsewhere {
        /// The node.
        node: usize,
        /// The group whose lines declare it.
        declared_in: usize,
        /// The group that mermaid draws it in.
        drawn_in: usize,
    },
    /// A line that holds the word `direction` and a direction: everything before them vanishes. Holds what is left.
    Vanishes(String),
    /// A group whose one-word title has a blank behind it, so that it gets a generated id. Holds the word.
    LostGroupId(String),
    /// A line of nothing but `%%` becomes a node.
    BareComment,
    /// A node whose id begins with `%`, at the start of a line: it was meant as a comment. Holds the id.
    SinglePercent(String),
    /// `A -- > B`, `A == text --> B`: all that stands up to the next arrow is its text. Holds the arrow that was meant.
    SplitArrow(&'static str),
    /// `A---oB`: the first letter of an id became the head of the arrow. Holds the id, which is that of another node.
    EatenLetter(String),
    /// Mermaid 11 rejects it.
    FailsBefore12,
    /// More characters than mermaid draws (it parses them).
    TooLongToDraw,
}

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LabelOf {
    /// `A[label]`
    Node,
    /// `-->|label|` or `-- label -->`
    Edge,
    /// `subgraph label`
    Group,
}

impl ProblemKind {
    /// Whether the official parser rejects the diagram for it.
    pub fn is_error(&self) -> bool {
        !matches!(
            self,
            Self::DrawnElsewhere { .. }
                | Self::Vanishes(_)
                | Self::LostGroupId(_)
                | Self::BareComment
                | Self::SinglePercent(_)
                | Self::SplitArrow(_)
                | Self::EatenLetter(_)
                | Self::FailsBefore12
                | Self::TooLongToDraw
        )
    }

    /// Whether nodes or arrows are lost, though the official parser accepts it.
    pub fn loses(&self) -> bool {
        matches!(self, Self::Vanishes(_) | Self::SplitArrow(_))
    }
}
