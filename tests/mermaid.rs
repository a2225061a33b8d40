//! The mermaid reader on cases of our own: what mermaid 12.3.0 accepts and rejects, where it gives up, and what it
//! makes of what it accepts. Verdicts and places were taken from the official parser.

use std::time::{Duration, Instant};

use infralint::mermaid::kind::Kind;
use infralint::mermaid::model::{Direction, End, Flowchart, Head, Heads, Stroke};
use infralint::mermaid::problem::Problem;
use infralint::mermaid::{Diagram, read_text};

fn errors(diagram: &Diagram) -> Vec<&Problem> {
    diagram.problems.iter().filter(|problem| problem.kind.is_error()).collect()
}

fn chart(text: &str) -> Flowchart {
    let diagram = read_text(text);
    assert!(diagram.is_valid(), "{text}\n{:#?}", diagram.problems);
    diagram.flowchart.expect("a flowchart")
}

#[test]
fn what_mermaid_accepts_is_accepted() {
    for statements in [
        // Ids.
        "End --> my-end --> endpoint",
        "default --> v --> vv",
        "a.b/c-d --> A,B --> A&B --> h#x",
        "Größe --> 日本 --> ключ",
        "styled --> classic --> graphs --> 42 --> 1a",
        "A:::hot --> B:::cold",
        // Labels.
        "A[text] --> B(text) --> C{text} --> D([text]) --> E[[text]] --> F[(text)]",
        "A((text)) --> B(((text))) --> C{{text}} --> D>text] --> E[/text/] --> F[\\text\\]",
        "A[/text\\] --> B[\\text/] --> C(-text-) --> D[|borders:lt|text]",
        "A[\"(quoted) [text] {x} |\"] --> B(\"text\" and more)",
        "A[\"`**markdown** text`\"]",
        "A[two\n   lines] --> B[#quot;entities#35; #9829;]",
        "A[a@b] --> B[x \\n y] --> C[<br/>]",
        "A[\"<a href=\"x\">link</a>\"]",
        // Links.
        "A --- B -.- C === D ~~~ E",
        "A --> B -.-> C ==> D --o E --x F",
        "A <--> B o--o C x--x D <==> E <-.-> F",
        "A ----> B -...-> C ====> D",
        "A -->|text| B -- text --> C -. text .-> D == text ==> E",
        "A -->|\"(x)\"| B -- \"(x)\" --> C -- te-xt --- D",
        "A e1@--> B\n e1@{ animate: true }",
        "A --> B & C --> D & E",
        "A\n --> B -->\n C",
        "A---oB---xC",
        "A x-- text --> B",
        // Groups.
        "subgraph id\n A\n end",
        "subgraph id[title]\n A\n end",
        "subgraph id [\"title (x)\"]\n A\n end",
        "subgraph two words\n direction LR\n A\n end",
        "subgraph \"quoted (x)\"\n end A --> B",
        "subgraph X\n subgraph Y\n A\n end\n end;",
        "subgraph X\n A\n end\n X --> B",
        // Nodes with data.
        "A@{ shape: cyl, label: \"x, y\" } --> B@{shape: diamond}",
        "A@{\n  shape: doc\n  label: text\n }",
        "A@{} --> B@{ icon: \"fa:bell\", w: 60 }",
        // Styles, clicks, access, comments, separators.
        "style A fill:#f9f,stroke:#333,stroke-width:4px",
        "classDef hot fill:#f9f;\n class A,B hot\n classDef default color:red",
        "A --> B\n linkStyle 0 stroke:red\n linkStyle default interpolate basis stroke:red",
        "click A \"https://example.com\" \"tip\" _blank\n click B call f(1, \"x\")\n click C href \"x\"\n click D cb",
        "accTitle: a title\n accDescr: what it is\n accDescr { many\n lines }",
        "%% a comment\n A %%{init: {}}%% --> B",
        "A; B; C --> D;",
        "A -->\u{a0}B",
        "%%\n A",
        "",
    ] {
        let text = format!("flowchart TD\n {statements}\n");
        let diagram = read_text(&text);
        assert!(diagram.is_valid(), "{text}\n{:#?}", diagram.problems);
        assert!(read_text(&text.replace('\n', "\r\n")).is_valid(), "with CRLF: {text}");
    }
    for text in [
        "graph LR",
        "graph\nA",
        "graph TD;A-->B;",
        "flowchart-elk BT\nA",
        "graph >\nA",
        "graph v\nA",
        "---\ntitle: x\n---\ngraph TD\nA",
        "%%{init: {\"theme\": \"dark\"}}%%\n%% comment\n\n  graph TD\nA",
        "  ---\n  config:\n    theme: dark\n  ---\n  graph TD\n  A",
    ] {
        let diagram = read_text(text);
        assert!(diagram.is_valid(), "{text}\n{:#?}", diagram.problems);
    }
}

/// Each text holds a `▶` before the token at which the official parser gives up.
#[test]
fn errors_stand_at_the_token_that_does_not_fit() {
    let cases = [
        ("graph TD\n A[App ▶(1)]", "Unquoted"),
        ("graph TD\n A(App ▶{1})", "Unquoted"),
        ("graph TD\n A[say \"▶hi\"]", "Unquoted"),
        ("graph TD\n A[a ▶| b]", "Unquoted"),
        ("graph TD\n A -->|f▶(x)| B", "Unquoted"),
        ("graph TD\n A -- say \"▶hi\" --> B", "Unquoted"),
        ("graph TD\n A -. v1▶.0 .-> B", "Unquoted"),
        ("graph TD\n A == a▶=b ==> B", "Unquoted"),
        ("graph TD\n subgraph words ▶(x)\n A\n end", "Unquoted"),
        ("graph TD\n subgraph a▶, b\n A\n end", "Unquoted"),
        ("graph TD\n A[/api/v1▶]", "LeadingSlash"),
        ("graph TD\n A[one\n B▶[two]", "UnclosedLabel"),
        ("graph TD\n A[one ▶", "UnclosedLabel"),
        ("graph TD\n A[\"one]\n B[\"two\"▶]", "UnclosedString"),
        ("graph TD\n A[one▶)", "WrongCloser"),
        ("graph TD\n A[one▶]] --> B", "StrayCloser"),
        ("graph TD\n A▶]", "StrayCloser"),
        ("graph TD\n A[▶]", "EmptyLabel"),
        ("graph TD\n A[\"\"▶]", "EmptyLabel"),
        ("graph TD\n ▶[one]", "LabelWithoutId"),
        ("graph TD\n A ▶[one]", "BlankBefore"),
        ("graph TD\n \"▶one\" --> B", "QuotedId"),
        ("graph TD\n A --> ▶end", "ReservedWord"),
        ("graph TD\n ▶end --> A", "ReservedWord"),
        ("graph TD\n ▶end-user", "ReservedWord"),
        ("graph TD\n ▶graph-db[x]", "ReservedWord"),
        ("graph TD\n style▶-1[x]", "ReservedWord"),
        ("graph TD\n class▶[x]", "ReservedWord"),
        ("graph TD\n A --> ▶interpolate", "ReservedWord"),
        ("graph TD\n App ▶server --> B", "IdWithSpace"),
        ("graph TD\n a▶=b", "BadCharacter"),
        ("graph TD\n ▶😀", "BadCharacter"),
        ("graph TD\n ▶a@b", "BadCharacter"),
        ("graph TD\n A ▶-> B", "NotAnArrow"),
        ("graph TD\n A ▶=> B", "NotAnArrow"),
        ("graph TD\n A ▶→ B", "NotAnArrow"),
        ("graph TD\n A ▶—> B", "NotAnArrow"),
        ("graph TD\n A -->▶> B", "NotAnArrow"),
        ("graph TD\n A --> ▶--> B", "NoTarget"),
        ("graph TD\n A -->\n▶", "NoTarget"),
        ("graph TD\n A;▶ --> B", "NoSource"),
        ("graph TD\n A -->|t|▶\n B", "BreakAfterEdgeLabel"),
        ("graph TD\n A &▶B", "TightAmpersand"),
        ("graph TD\n A --> B ▶%% comment", "TrailingComment"),
        ("graph TD\n // ▶comment", "NotAComment"),
        ("graph TD\n # ▶comment", "NotAComment"),
        ("graph TD\n class A hot▶ \n", "TrailingSpace"),
        ("graph TD\n class A, B▶ hot", "BlankInList"),
        ("graph TD\n class A, ,▶ B hot", "BadStatement"),
        ("graph TD\n style A fill:rgb▶(1,2,3)", "ColourFunction"),
        ("graph TD\n linkStyle ▶0 stroke:red", "NoSuchLink"),
        ("graph LR ▶A --> B", "OnHeaderLine"),
        ("graph▶ XY\n A", "BadDirection"),
        ("graph TD\n direction ▶XX", "BadDirection"),
        ("graph TD\n subgrph ▶X\n A\n end", "MisspeltKeyword"),
        ("graph TD\n subgraph X\n A\n▶", "UnclosedGroup"),
        ("graph TD\n A\n ▶end", "ExtraEnd"),
        ("graph TD\n A:::▶ hot", "BlankBehind"),
        ("graph TD\n A@{ shape: ▶Cyl }", "UnknownShape"),
        ("graph TD\n A@{ shape: ▶nope }", "UnknownShape"),
        ("graph TD\n A@{ label: ▶\"a\" \"b\" }", "BadYaml"),
        ("▶Flowchart TD\n A", "MisspeltDiagram"),
        ("graph TD\n A --> B[x] ▶C", "Unexpected"),
    ];
    for (marked, kind) in cases {
        let at = marked.find('▶').expect("a mark");
        let text = marked.replace('▶', "");
        let diagram = read_text(&text);
        let Some(error) = errors(&diagram).first().copied() else { panic!("accepted: {text}") };
        let name = format!("{:?}", error.kind);
        if kind != "BadYaml" {
            assert_eq!(error.span.start(), at, "{text}\n{error:?}");
        }
        assert!(name.starts_with(kind), "{text}: {name}, not {kind}");
    }
}

#[test]
fn front_matter_and_data_are_strict_yaml() {
    for (text, is_valid) in [
        ("---\ntitle: [x\n---\ngraph TD\nA", false),
        ("---\na: 1\na: 2\n---\ngraph TD\nA", false),
        ("---\ntitle: \"x\n---\ngraph TD\nA", false),
        ("\n---\ntitle: x\n---\ngraph TD\nA", false),
        ("---\n\n---\ngraph TD\nA", true),
        ("graph TD\nA@{ label: 'it''s' }", true),
        ("graph TD\nA@{ label: it's }", true),
        ("graph TD\nA@{ shape: cyl label: x }", false),
        ("graph TD\nA@{ shape: cyl, shape: doc }", false),
        ("graph TD\nA@{ shape: 5 }", false),
        ("graph TD\nA@{ shape: true }", false),
        ("graph TD\nA@{ shape: null }", true),
        ("graph TD\nA@{ label: \"a }", false),
        ("graph TD\nA@{ label: a: b }", false),
        ("graph TD\nA@{ icon: x, label: 5 }", false),
        ("graph TD\nA@{ icon: x, label: \"5\" }", true),
        ("graph TD\nA@{\n}", false),
        ("graph TD\nA@{ label: !x y }", false),
        ("graph TD\nA@{ label: \"two\n   lines\" }", true),
        ("graph TD\nA@{ label: #quot;x#quot; }", true),
    ] {
        assert_eq!(read_text(text).is_valid(), is_valid, "{text}");
    }
}

#[test]
fn every_line_with_an_error_is_named() {
    let text =
        "flowchart TD\n A[one (1)] --> B[two (2)]\n C -> D\n E --> F\n class A hot \n subgraph X (y)\n G\n end\n";
    let diagram = read_text(text);
    let lines: Vec<usize> = errors(&diagram).iter().map(|one| text[..one.span.start()].matches('\n').count()).collect();
    assert_eq!(lines, [1, 1, 2, 4, 5], "{:#?}", diagram.problems);
    let chart = diagram.flowchart.expect("a flowchart");
    let ids: Vec<&str> = chart.nodes.iter().map(|node| node.id.of(text)).collect();
    assert!(["A", "B", "E", "F", "G"].iter().all(|id| ids.contains(id)), "what can be read is read: {ids:?}");
}

#[test]
fn kinds_are_told_apart() {
    assert_eq!(read_text("sequenceDiagram\n A->>B: x").kind, Kind::Other("sequenceDiagram"));
    assert_eq!(read_text("%% a comment\npie\n \"x\": 1").kind, Kind::Other("pie"));
    assert_eq!(read_text("grpah TD\nA").kind, Kind::Misspelt("graph"));
    assert_eq!(read_text("A --> B").kind, Kind::Unknown);
    assert_eq!(read_text(&format!("graph TD\n{}", " ".repeat(5 << 20))).kind, Kind::TooLong);
}

#[test]
fn nodes_edges_and_groups_are_those_of_mermaid() {
    let text = "flowchart LR
        A[one] --> B & C -. dots .-> D
        A[again]
        subgraph g [Group]
            direction TB
            B
            subgraph inner
                E --x|cross| F
            end
        end
        g ==> D
        D ----o G
        H <--> I
        J ~~~ K";
    let chart = chart(text);
    let labels: Vec<(&str, &str)> =
        chart.nodes.iter().map(|node| (node.id.of(text), node.label.as_ref().unwrap_or(&node.id).of(text))).collect();
    assert_eq!(labels[..4], [("A", "again"), ("B", "B"), ("C", "C"), ("D", "D")]);
    assert_eq!(chart.direction, Direction::Right);

    let name = |end: End| match end {
        End::Node(node) => chart.nodes[node as usize].id.of(text),
        End::Group(group) => chart.groups[group as usize].id.of(text),
        End::Edge(_) => "an edge",
    };
    let edges: Vec<String> = chart.edges.iter().map(|edge| format!("{} {}", name(edge.from), name(edge.to))).collect();
    assert_eq!(edges, ["A B", "A C", "B D", "C D", "E F", "g D", "D G", "H I", "J K"]);
    assert!(matches!(chart.edges[5].from, End::Group(_)), "an edge may begin at a group");
    let drawn = |index: usize| (chart.edges[index].stroke, chart.edges[index].heads, chart.edges[index].length);
    assert_eq!(drawn(0), (Stroke::Normal, Heads::End(Head::Point), 1));
    assert_eq!(drawn(2), (Stroke::Dotted, Heads::End(Head::Point), 1));
    assert_eq!(drawn(4), (Stroke::Normal, Heads::End(Head::Cross), 1));
    assert_eq!(drawn(5), (Stroke::Thick, Heads::End(Head::Point), 1));
    assert_eq!(drawn(6), (Stroke::Normal, Heads::End(Head::Circle), 3));
    assert_eq!(drawn(7), (Stroke::Normal, Heads::Both(Head::Point), 1));
    assert_eq!(drawn(8).0, Stroke::Invisible);
    assert_eq!(chart.edges[2].label.as_ref().map(|label| label.of(text)), Some("dots"));

    let groups: Vec<(&str, &str)> =
        chart.groups.iter().map(|group| (group.id.of(text), group.title.of(text))).collect();
    assert_eq!(groups, [("inner", "inner"), ("g", "Group")], "in the order in which they end");
    assert_eq!(chart.groups[0].parent, Some(1));
    assert_eq!(chart.groups[1].direction, Some(Direction::Down));
    let members: Vec<&str> = chart.members(1).map(name).collect();
    assert_eq!(members, ["B", "inner"]);
    assert_eq!(&text[chart.groups[1].header.range()], "subgraph g [Group]");
    assert!(text[chart.groups[1].span.range()].ends_with("end"));
}

#[test]
fn a_picture_shows_no_label_that_says_no_more_than_its_id() {
    for (line, label) in [("x", ""), ("x[ x ]", ""), ("x[y]", "y"), ("x[y]\n x[x]", ""), ("x[X]", "X")] {
        for data in ["icon: fa", "img: a.png, label: \"\""] {
            let text = format!("graph TD\n {line}\n x@{{ {data} }}");
            for text in [text.replace('\n', "\r\n"), text] {
                let chart = chart(&text);
                assert_eq!(chart.nodes[0].label.as_ref().map(|label| label.of(&text)), Some(label), "{text}");
            }
        }
    }
}

#[test]
fn spans_are_those_of_the_text() {
    let text = "%% first\r\ngraph TD\r\n  A[\"Größe (1)\"]:::x -->|\"to b\"| B{{b}}\r\n";
    let chart = chart(text);
    assert_eq!(&text[chart.comments[0].range()], "%% first");
    assert_eq!(&text[chart.nodes[0].label.as_ref().expect("a label").span.range()], "Größe (1)");
    assert_eq!(&text[chart.nodes[1].mentioned.expect("a mention").range()], "B");
    assert_eq!(&text[chart.edges[0].label.as_ref().expect("a label").span.range()], "to b");
    assert_eq!(&text[chart.edges[0].link.range()], "-->");
}

#[test]
fn labels_say_what_a_reader_sees() {
    let text = "graph TD\n A[\"one<br/>two #amp; **three**\"]\n B@{ label: \"x #quot;y#quot;\" }\n C@{ label: 0x10 }";
    let chart = chart(text);
    let plain = |node: usize| chart.nodes[node].label.as_ref().expect("a label").plain(text);
    assert_eq!(plain(0), "one two & three");
    assert_eq!(plain(1), "x \"y\"");
    assert_eq!(plain(2), "16");
}

#[test]
fn what_surprises_is_said() {
    for (text, kind) in [
        ("graph TD\n subgraph X\n A --> B\n end\n subgraph Y\n B[bee]\n end", "DrawnElsewhere"),
        ("graph TD\n A[flow direction LR] --> B", "Vanishes"),
        ("graph TD\n subgraph Data \n A\n end\n B --> Data", "LostGroupId"),
        ("graph TD\n %%\n A", "BareComment"),
        ("graph TD\n order --> A---order", "EatenLetter"),
        ("graph TD\n style  A fill:#fff", "FailsBefore12"),
        ("graph TD\n A[me@home]", "FailsBefore12"),
        ("graph TD\n A -->|t|  B", "FailsBefore12"),
        ("graph TD\n A@{ shape: cyl } e1@--> B", "FailsBefore12"),
        ("graph TD\n subgraph  \"two\"\n A\n end", "FailsBefore12"),
    ] {
        let diagram = read_text(text);
        let names: Vec<String> = diagram.problems.iter().map(|problem| format!("{:?}", problem.kind)).collect();
        assert!(diagram.is_valid() && names.len() == 1 && names[0].starts_with(kind), "{text}: {names:?}");
    }
    for text in [
        "graph TD\n A[bee]\n subgraph X\n A\n end",
        "graph TD\n subgraph X\n A[bee]\n subgraph Y\n A\n end\n end",
        "graph TD\n subgraph X\n direction LR\n A --o B\n end",
        "graph TD\n subgraph Data \n A\n end",
    ] {
        let problems = read_text(text).problems;
        assert!(problems.is_empty(), "{text}: {problems:?}");
    }
}

/// A quadratic reader takes minutes on these, a recursive one has no stack for them; ours takes milliseconds, even
/// unoptimized on a busy machine.
#[test]
fn reading_is_linear_and_needs_no_stack() {
    let nodes: String = (0..20_000).fold(String::new(), |text, index| text + &format!(" n{index}[label {index}]\n"));
    let edges: String = (0..20_000).fold(String::new(), |text, index| text + &format!(" a{index} --> b\n"));
    let titles = "subgraph two words \n".repeat(20_000) + &"end\n".repeat(20_000);
    let cases = [
        ("nodes", nodes),
        ("edges", edges),
        ("nested groups", "subgraph g\n".repeat(20_000) + &"end\n".repeat(20_000)),
        ("nested groups without an id", titles),
        ("blank lines", "\n".repeat(200_000)),
        ("lines of blanks", "   \n".repeat(50_000)),
        ("opening brackets", format!("A{}", "[".repeat(50_000))),
        ("round brackets", format!("A{}", "(".repeat(50_000))),
        ("closing brackets", format!("A[{}", "] --> x".repeat(20_000))),
        ("an unclosed label", format!("A[{}", "text ".repeat(40_000))),
        ("an unclosed string", format!("A[\"{}", "text ".repeat(40_000))),
        ("an unclosed text of a link", format!("A -- {}", "text ".repeat(40_000))),
        ("strokes", "-".repeat(200_000)),
        ("ampersands", "A & ".repeat(50_000)),
        ("a word", "x".repeat(200_000)),
        ("link ids", "a@".repeat(100_000)),
        ("directions", "direction LR ".repeat(20_000)),
        ("lines of errors", "A ] B\n".repeat(20_000)),
        ("labels to quote", "A[x (y)] --> ".repeat(20_000)),
        ("data", format!("A@{{ {} }}", "a: b, ".repeat(20_000))),
        ("nested data", format!("A@{{ a: {} }}", "[".repeat(50_000))),
        ("comments", "%% x\n".repeat(50_000)),
        ("directives", "%%{init: x}%%\n".repeat(20_000)),
        ("fences", "---\n".repeat(50_000)),
        ("entities", "#35;".repeat(50_000)),
        ("carriage returns", "A\r\n".repeat(50_000)),
    ];
    for (name, body) in cases {
        for head in ["flowchart TD\n", ""] {
            let text = format!("{head}{body}");
            let start = Instant::now();
            let diagram = read_text(&text);
            let taken = start.elapsed();
            assert!(taken < Duration::from_secs(8), "{name}: {taken:?}");
            assert!(diagram.problems.len() < 200, "{name}: {} problems", diagram.problems.len());
        }
    }
}

/// What diagrams are made of, whole and in halves.
#[rustfmt::skip]
const PIECES: [&str; 86] = [
    "graph TD\n", "flowchart", " LR", "\n", "\n\n", " ", "  ", "\t", "\r\n", ";", "subgraph ", "subgraph", "end", "end\n", "direction LR",
    "direction ", "style ", "classDef ", "class ", "linkStyle ", "click ", "call f(", "href ", "_self", "default", "interpolate ",
    "accTitle: ", "accDescr {", "accTitle", "A", "B", "node1", "日本", "é", "😀", "\u{a0}", "\u{2028}", "\u{feff}", "[", "]", "(", ")",
    "{", "}", "{{", "}}", "((", "))", "[[", "]]", "[(", ")]", "([", "])", "[/", "/]", "[\\", "\\]", "(-", "-)", "[|", ">", "<", "|",
    "\"", "\"`", "`\"", "`", "'", "-->", "---", "--", "-.->", "-.", "==>", "==", "~~~", "--o", "x--", "->", "&", " & ", ":::", "@{", "e1@",
    "#35;",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_mixture_of_pieces_is_read(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..60)) {
        let text = format!("graph TD\n{}", pieces.concat());
        let diagram = read_text(&text);
        for problem in &diagram.problems {
            let _ = &text[problem.span.range()];
            let _ = problem.opener.map(|opener| &text[opener.range()]);
            let _ = infralint::mermaid::diagnose::explain::explain(&problem.kind, "");
            proptest::prop_assert!(problem.fix.windows(2).all(|pair| pair[0].0.end() <= pair[1].0.start()), "{problem:?}");
        }
    }
}
