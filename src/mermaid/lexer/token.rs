//! The words a flowchart is made of, named as the official grammar names them.

/// What a token is. The comments show what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mermaid) enum Kind {
    /// The end of the text while a string, a label or the like is still open.
    Cut,
    /// The end of the text.
    End,
    /// No rule of the lexer matches here.
    Unreadable,
    /// Line breaks, and the indent behind them.
    Newline,
    Space,
    Semicolon,
    /// `graph`, `flowchart`, `flowchart-elk`, `swimlane-beta`
    Graph,
    NoDirection,
    /// The direction behind `graph`.
    HeaderDirection,
    Subgraph,
    EndWord,
    /// A rest of a line that holds `direction TB`.
    Direction,
    AccTitle,
    AccDescr,
    /// What follows `accTitle:` or `accDescr:`.
    AccValue,
    AccDescrBlock,
    Style,
    LinkStyle,
    ClassDef,
    Class,
    /// `click X`: the token holds `X`.
    Click,
    Href,
    CallbackName,
    CallbackArgs,
    /// `_self` and the like.
    LinkTarget,
    Default,
    Interpolate,
    /// `e1@` before a link.
    LinkId,
    Number,
    /// `#`
    Hash,
    /// `:::`
    ClassSeparator,
    Colon,
    /// `&`
    Ampersand,
    Comma,
    /// `*`
    Star,
    Minus,
    /// `v`
    Down,
    /// `^`
    Up,
    /// `\|`
    Separator,
    /// A run of characters that make ids.
    Word,
    /// A letter beyond ASCII.
    Letter,
    /// `-->`
    Link,
    /// `--`, before a text
    LinkStart,
    EdgeText,
    Text,
    String,
    MarkdownString,
    /// `@{`, and everything up to its `}`, piece by piece.
    ShapeData,
    /// `<`
    Less,
    /// `>`
    Greater,
    Pipe,
    /// `(`
    Round,
    RoundEnd,
    /// `[`
    Square,
    SquareEnd,
    /// `{`
    Curly,
    CurlyEnd,
    /// `(-`
    Ellipse,
    EllipseEnd,
    /// `([`
    Stadium,
    StadiumEnd,
    /// `[[`
    Subroutine,
    SubroutineEnd,
    /// `[(`
    Cylinder,
    CylinderEnd,
    /// `(((`
    DoubleCircle,
    DoubleCircleEnd,
    /// `[|`
    Properties,
    /// `[/`
    Slash,
    /// `/]`
    SlashEnd,
    /// `[\`
    Backslash,
    /// `\]`
    BackslashEnd,
}

impl Kind {
    /// Whether the token can be part of an id.
    #[inline]
    pub(in crate::mermaid) fn makes_ids(self) -> bool {
        matches!(
            self,
            Self::Word
                | Self::Number
                | Self::Down
                | Self::Minus
                | Self::Default
                | Self::Comma
                | Self::Colon
                | Self::Ampersand
                | Self::Hash
                | Self::Star
                | Self::Letter
        )
    }

    /// Whether the token begins a label: a bracket of any shape, or the pipe of an edge label.
    pub(in crate::mermaid) fn opens(self) -> bool {
        matches!(
            self,
            Self::Pipe
                | Self::Round
                | Self::Square
                | Self::Curly
                | Self::Ellipse
                | Self::Stadium
                | Self::Subroutine
                | Self::Cylinder
                | Self::DoubleCircle
                | Self::Properties
                | Self::Slash
                | Self::Backslash
        )
    }

    /// Whether the token closes a label.
    pub(in crate::mermaid) fn closes(self) -> bool {
        matches!(
            self,
            Self::RoundEnd
                | Self::SquareEnd
                | Self::CurlyEnd
                | Self::EllipseEnd
                | Self::StadiumEnd
                | Self::SubroutineEnd
                | Self::CylinderEnd
                | Self::DoubleCircleEnd
                | Self::SlashEnd
                | Self::BackslashEnd
        )
    }

    /// Whether the token is a word of the grammar, which no node can be called.
    pub(in crate::mermaid) fn is_keyword(self) -> bool {
        matches!(
            self,
            Self::Graph
                | Self::Subgraph
                | Self::EndWord
                | Self::Style
                | Self::LinkStyle
                | Self::ClassDef
                | Self::Class
                | Self::Click
                | Self::Href
                | Self::CallbackName
                | Self::LinkTarget
                | Self::Interpolate
                | Self::AccTitle
                | Self::AccDescr
        )
    }
}

/// A token and where it stands, in bytes of the prepared text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mermaid) struct Token {
    pub(in crate::mermaid) kind: Kind,
    pub(in crate::mermaid) start: u32,
    pub(in crate::mermaid) end: u32,
}

impl Token {
    /// Its bytes.
    pub(in crate::mermaid) fn range(self) -> (usize, usize) {
        (self.start as usize, self.end as usize)
    }

    pub(in crate::mermaid) fn slice<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}
