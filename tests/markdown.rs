//! What the Markdown parser makes of a text, asked through its public face.

use infralint::markdown::model::{
    Block, BlockKind, Broken, CodeBlock, Document, HeadingForm, List, Reach, SectionId, Table, Within,
};
use infralint::markdown::parse::{parse, parse_within};
use infralint::source::Source;
use infralint::span::Span;

struct Read {
    source: Source,
    document: Document,
}

impl Read {
    fn new(text: &str) -> Self {
        let source = Source::new("a.md", text);
        let document = parse(&source);
        Self { source, document }
    }

    fn at(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    fn all(&self, spans: &[Span]) -> Vec<&str> {
        spans.iter().map(|&span| self.at(span)).collect()
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.document.sections.iter().flat_map(|section| &section.blocks)
    }

    fn first<'a, T>(&'a self, pick: impl FnMut(&'a Block) -> Option<T>) -> T {
        self.blocks().find_map(pick).unwrap_or_else(|| panic!("a block in {:?}", self.kinds()))
    }

    fn table(&self) -> &Table {
        self.first(|block| if let BlockKind::Table(table) = &block.kind { Some(table) } else { None })
    }

    fn code(&self) -> &CodeBlock {
        self.first(|block| if let BlockKind::Code(code) = &block.kind { Some(code) } else { None })
    }

    fn list(&self) -> &List {
        self.first(|block| if let BlockKind::List(list) = &block.kind { Some(list) } else { None })
    }

    /// The cells of all rows, header first.
    fn rows(&self) -> Vec<Vec<&str>> {
        let table = self.table();
        std::iter::once(&table.header).chain(&table.rows).map(|row| self.all(table.cells(row))).collect()
    }

    fn body(&self) -> String {
        self.all(&self.code().body).concat()
    }

    fn kinds(&self) -> Vec<(&'static str, Within)> {
        self.blocks().map(|block| (name(&block.kind), block.within)).collect()
    }

    fn headings(&self) -> Vec<(u8, &str)> {
        self.document.headings().map(|(_, heading)| (heading.level, self.at(heading.name))).collect()
    }

    fn reaches(&self) -> Vec<String> {
        let shown = self.document.directives.iter().map(|placed| match placed.reach {
            Reach::Document => "document".to_string(),
            Reach::Section => "section".to_string(),
            Reach::Block(span) => format!("block {}", self.at(span)),
            Reach::Inline(span) => format!("inline {}", self.at(span)),
        });
        shown.collect()
    }
}

fn name(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Table(_) => "table",
        BlockKind::Code(_) => "code",
        BlockKind::List(_) => "list",
        BlockKind::Prose => "prose",
        BlockKind::Quote => "quote",
        BlockKind::Html => "html",
        BlockKind::Rule => "rule",
    }
}

#[test]
fn headings_make_a_tree_of_sections() {
    let read = Read::new("intro\n\n# T\n\n## A ##\n\n### B\ntext\n\nC\n---\nD\n\n> ## quoted\n\n- # item\n");
    assert_eq!(read.headings(), [(1, "T"), (2, "A"), (3, "B"), (2, "C")]);
    let parents: Vec<_> = read.document.sections.iter().map(|section| section.parent.map(SectionId::index)).collect();
    assert_eq!(parents, [None, None, Some(1), Some(2), Some(1)]);
    let bodies: Vec<&str> = read.document.sections.iter().map(|section| read.at(section.body).trim()).collect();
    assert_eq!(bodies, ["intro", "", "", "text", "D\n\n> ## quoted\n\n- # item"]);
    let forms: Vec<_> = read.document.headings().map(|(_, heading)| heading.form).collect();
    assert_eq!(forms, [HeadingForm::Atx, HeadingForm::Atx, HeadingForm::Atx, HeadingForm::Setext]);
    assert_eq!(read.document.section_at(read.source.text().find("text").expect("there")).index(), 3);
}

#[test]
fn a_rule_above_a_heading_is_no_front_matter() {
    let read = Read::new("# T\n\n---\n## 2. Envs\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n## 3. Cost\n");
    assert_eq!(read.headings(), [(1, "T"), (2, "Envs"), (2, "Cost")]);
    assert!(read.document.front_matter.is_none());
}

#[test]
fn front_matter_stands_at_the_start_even_behind_a_byte_order_mark() {
    let read = Read::new("\u{feff}---\ntitle: x\n---\n# T {X}\n");
    let matter = read.document.front_matter.as_ref().expect("front matter");
    assert_eq!((read.at(matter.span), read.at(matter.body)), ("---\ntitle: x\n---", "title: x\n"));
    assert_eq!(read.headings(), [(1, "T {X}")]);
    assert_eq!(Read::new("\u{feff}# T\n").headings(), [(1, "T")]);
}

#[test]
fn rows_are_kept_as_written() {
    let read = Read::new("| a | b |\n|:--|--:|\n| 1 |\n| 1 | 2 | 3 |\n| `p\\|q` | x \\| y |\n|| z |\ntext\n\nend\n");
    assert_eq!(
        read.rows(),
        [vec!["a", "b"], vec!["1"], vec!["1", "2", "3"], vec!["`p\\|q`", "x \\| y"], vec!["", "z"], vec!["text"]]
    );
    assert_eq!(read.at(read.table().delimiter), "|:--|--:|");
    assert_eq!(read.table().columns(), 2);
    assert!(read.table().broken.is_none());
}

#[test]
fn tables_in_containers_have_their_own_rows() {
    let quoted = Read::new("> | a | b |\n> |---|---|\n> | 1 | |\n");
    assert_eq!(quoted.rows(), [vec!["a", "b"], vec!["1", ""]]);
    assert_eq!(quoted.at(quoted.table().delimiter), "|---|---|");
    assert_eq!(quoted.kinds(), [("quote", Within::Section), ("table", Within::Quote)]);
    let listed = Read::new("- x\n\n  a | b\n  --|--\n  1 | 2\n");
    assert_eq!(listed.rows(), [vec!["a", "b"], vec!["1", "2"]]);
    assert_eq!(listed.at(listed.table().delimiter), "--|--");
    assert_eq!(listed.kinds(), [("list", Within::Section), ("table", Within::Item)]);
}

#[test]
fn a_table_whose_delimiter_row_disagrees_is_still_a_table() {
    let read = Read::new("Text before\n\n| a | b | c |\n|---|---|\n| 1 | 2 | 3 |\nafter\n");
    assert_eq!(read.rows(), [vec!["a", "b", "c"], vec!["1", "2", "3"]]);
    assert!(matches!(read.table().broken, Some(Broken::Delimiter { cells: 2 })));
    assert_eq!(read.kinds().iter().map(|kind| kind.0).collect::<Vec<_>>(), ["prose", "table", "prose"]);
    let bare = Read::new("> a | b | c\n> ---|---\n> 1 | 2 | 3\n");
    assert_eq!(bare.rows(), [vec!["a", "b", "c"], vec!["1", "2", "3"]]);
}

#[test]
fn lines_of_cells_without_delimiter_row_are_a_table() {
    let read = Read::new("| a | b |\n| 1 | 2 |\n");
    assert!(matches!(read.table().broken, Some(Broken::NoDelimiter)));
    assert_eq!(read.rows(), [vec!["a", "b"], vec!["1", "2"]]);
    let drawn = Read::new("| a | b |\n|===|===|\n| 1 | 2 |\n");
    assert_eq!(drawn.rows(), [vec!["a", "b"], vec!["1", "2"]]);
    assert_eq!(drawn.at(drawn.table().delimiter), "|===|===|");
}

#[test]
fn rows_behind_a_gap_belong_to_their_table() {
    let read = Read::new("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n| 5 | 6 |\n\n| 7 | 8 |\n\nend\n");
    assert_eq!(read.rows().len(), 5);
    let Some(Broken::Cut { gap, rows }) = read.table().broken.clone() else { panic!("cut") };
    assert_eq!((read.at(gap), read.at(rows)), ("\n\n", "| 3 | 4 |\n| 5 | 6 |\n\n| 7 | 8 |"));
    let comment = Read::new("| a | b |\n|---|---|\n<!-- x -->\n| 3 | 4 |\n");
    assert_eq!(comment.rows(), [vec!["a", "b"], vec!["3", "4"]]);
    let header = Read::new("| a | b |\n\n|---|---|\n| 3 | 4 |\n");
    assert!(matches!(header.table().broken, Some(Broken::Cut { .. })));
    assert_eq!(header.rows(), [vec!["a", "b"], vec!["3", "4"]]);
    let quoted = Read::new("> | a | b |\n> |---|---|\n> | 1 | 2 |\n>\n> | 3 | 4 |\n");
    assert_eq!(quoted.rows().len(), 3);
    let two = Read::new("| a | b |\n|---|---|\n| 1 | 2 |\n\n| c | d |\n|---|---|\n| 3 | 4 |\n");
    assert_eq!(two.rows().len(), 2);
}

#[test]
fn a_header_that_begins_with_a_hash_is_no_heading() {
    let read = Read::new("## 11. Open Questions\n\n# | Question | Impact | Status\n--|---|---|---\n1 | x | y | Open\n");
    assert_eq!(read.headings(), [(2, "Open Questions")]);
    assert!(matches!(read.table().broken, Some(Broken::HashHeader)));
    assert_eq!(read.rows(), [vec!["#", "Question", "Impact", "Status"], vec!["1", "x", "y", "Open"]]);
}

#[test]
fn prose_with_pipes_is_no_table() {
    for text in [
        "Status: Draft | Review | Approved\n",
        "run `a | b` and\nthen `c | d`\n",
        "+---+---+\n|   |   |\n|   |   |\n+---+---+\n",
        "| a |\n| b |\n",
        "    | a | b |\n    | 1 | 2 |\n",
        "x || y\nz || w\n",
    ] {
        assert!(Read::new(text).kinds().iter().all(|kind| kind.0 != "table"), "{text}");
    }
}

#[test]
fn code_has_a_body_without_prefixes() {
    let read = Read::new("> ```yaml title=x\n> a: 1\n>\n>   b: 2\n> ```\n");
    assert_eq!(read.body(), "a: 1\n\n  b: 2\n");
    assert_eq!((read.at(read.code().language), read.at(read.code().info)), ("yaml", "yaml title=x"));
    let fence = read.code().fence.expect("fenced");
    assert_eq!((read.at(fence.opening), fence.closing.map(|span| read.at(span))), ("```yaml title=x", Some("```")));

    let listed = Read::new("- ~~~~\n  a\n\n    b\n  ~~~\n  ~~~~\n");
    assert_eq!(listed.body(), "a\n\n  b\n~~~\n");
    assert_eq!(listed.code().fence.and_then(|fence| fence.closing).map(|span| listed.at(span)), Some("~~~~"));

    let windows = Read::new("```a\r\nx\r\n\r\ny\r\n```\r\n");
    assert_eq!(windows.code().body.len(), 1);
    assert_eq!(windows.body().replace('\r', ""), "x\n\ny\n");
    let old = Read::new("# T\r```a\rx\ry\r```\rtext\r");
    assert_eq!(old.body().replace('\r', "\n").trim_end(), "x\ny");
    assert_eq!(old.headings(), [(1, "T")]);

    assert!(Read::new("    x\n").code().fence.is_none());
    assert_eq!(Read::new("```\n```\n").body(), "");
}

#[test]
fn an_unclosed_fence_has_no_closing() {
    for text in ["```\nx\n", "```", "````\nx\n```\n", "```\nx\n~~~\n", "> ```\n> x\n\ny\n", "- ```\n  x\n\ny\n"] {
        assert_eq!(Read::new(text).code().fence.and_then(|fence| fence.closing), None, "{text}");
    }
    for text in ["```\n```", "> ```\n> ```\n", "```\nx\n````\n", "```x\n\n\n   ```  \n"] {
        assert!(Read::new(text).code().fence.is_some_and(|fence| fence.closing.is_some()), "{text}");
    }
}

#[test]
fn items_have_a_text_and_a_box() {
    let read = Read::new("3. one **b**\n4. two\n   more\n   - [x] deep\n   - [ ] open\n");
    assert_eq!(read.list().start, Some(3));
    let texts: Vec<&str> = read.list().items.iter().map(|item| read.at(item.text)).collect();
    assert_eq!(texts, ["one **b**", "two\n   more"]);
    let BlockKind::List(deep) = &read.document.sections[0].blocks[1].kind else { panic!("a list") };
    let tasks: Vec<_> = deep.items.iter().map(|item| (item.task, read.at(item.text))).collect();
    assert_eq!(tasks, [(Some(true), "deep"), (Some(false), "open")]);
    let loose = Read::new("- [ ] a\n\n  second\n\n- ```\n  x\n  ```\n- \n");
    let texts: Vec<&str> = loose.list().items.iter().map(|item| loose.at(item.text)).collect();
    assert_eq!(texts, ["a", "", ""]);
    assert_eq!(loose.kinds().iter().map(|kind| kind.0).collect::<Vec<_>>(), ["list", "prose", "code"]);
}

#[test]
fn what_is_no_prose_is_known() {
    let read =
        Read::new("a `c` [l `x`](t) ![i](u) <https://h> <b>h</b> f[^1]\n\n- [ ] x\n\n<!-- c -->\n\n[^1]: note\n");
    assert_eq!(
        read.all(&read.document.opaque),
        ["`c`", "[l `x`](t)", "![i](u)", "<https://h>", "<b>", "</b>", "[^1]", "[ ]", "<!-- c -->", "[^1]:"]
    );
    let targets: Vec<&str> = read.document.links.iter().map(|link| link.target.as_str()).collect();
    assert_eq!(targets, ["t", "u", "https://h"]);
    assert!(read.document.is_opaque(read.document.opaque[3]));
    assert!(!read.document.is_opaque(read.document.sections[0].blocks[0].span.head()));
}

#[test]
fn anchors_are_set_in_html_and_headings() {
    let read = Read::new("<a id=\"x\"></a>\n\n## A {#y}\n\ntext <a name='z'>\n\n<div id=w>\n\n`<a id=\"no\">`\n");
    assert_eq!(read.all(&read.document.anchors), ["x", "y", "z", "w"]);
}

#[test]
fn directives_know_what_they_speak_of() {
    let reach = |text: &str| Read::new(text).reaches();
    let allow = "<!-- infralint: allow(x) y -->";
    assert_eq!(reach(&format!("{allow}\n# T\n")), ["document"]);
    assert_eq!(reach(&format!("# T\n\n{allow}\n\ntext\n")), ["document"]);
    assert_eq!(reach(&format!("# T\n\n## A\n<!-- note -->\n{allow}\n\ntext\n")), ["section"]);
    assert_eq!(reach(&format!("## A\n\ntext\n\n{allow}\n{allow}\nmore\n")), ["block more"; 2]);
    assert_eq!(reach(&format!("## A\n\ntext\n\n{allow}\n\n## B\n")), ["block ## B"]);
    assert_eq!(reach(&format!("## A\n\ntext\n\n{allow}\n")), ["block "]);
    assert_eq!(reach(&format!("## A\n\ntext {allow} more\n")), [format!("inline text {allow} more")]);
    assert_eq!(reach(&format!("## A\n\n- one\n- two {allow}\n")), [format!("inline - two {allow}")]);
    assert_eq!(reach(&format!("| a |\n|---|\n| 1 {allow} |\n")), [format!("inline | 1 {allow} |")]);
    assert_eq!(reach(&format!("## A {allow}\n")), ["section"]);
    assert_eq!(reach(&format!("## A\n\n- a\n\n  {allow}\n\nb\n")), [format!("inline - a\n\n  {allow}")]);
    assert_eq!(reach(&format!("`{allow}`\n\n```\n{allow}\n```\n")), [""; 0]);
}

#[test]
fn a_part_of_a_text_is_a_document_with_the_same_spans() {
    let outer = Read::new("# Outer\n\n````text\n# Inner\n\n- x\n````\n\nafter\n");
    let span = outer.code().body[0];
    let document = parse_within(&outer.source, span);
    let names: Vec<&str> = document.headings().map(|(_, heading)| outer.at(heading.name)).collect();
    assert_eq!(names, ["Inner"]);
    assert_eq!(document.sections[1].body.end(), span.end());
}
