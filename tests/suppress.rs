//! What a document may say to keep a finding quiet: *Not applicable* with a reason, and `allow` with a reason. Each
//! silences what it names and nothing else; without a reason it silences it, too, and says only that.

mod support;

use infralint::settings::Settings;
use infralint::surroundings::Surroundings;
use infralint::template::model::Template;

const TEMPLATE: &str = r####"
name    = "relay"
title   = "# Relay"
summary = "One relay"

[[section]]
heading = "## Hosts"

[[section.table]]
header  = "| Host | Role | Access |"
key     = "Host"
example = '''
| Primary | relays | ssh |
| Standby | waits | ssh |
'''
rows.Primary = {}
rows.Standby = {}

[[section]]
heading = "## Steps"

[[section]]
heading = "### Rollback"

[[section]]
heading = "## Map"

[section.diagram]
language = "mermaid"
layers   = [{ name = "Relay", elements = ["Relay"] }]
example = '''
flowchart LR
    Relay --> Queue
'''

[words]
Relay = ["relay"]
"####;

const GOOD: &str = "# Relay

## Hosts

| Host | Role | Access |
|------|------|--------|
| Primary | relays | ssh |
| Standby | waits | ssh |

## Steps

Drain the queue, restart, and watch the log.

### Rollback

Start the old one.

## Map

```mermaid
flowchart LR
    Relay --> Queue
```
";

fn template() -> Template {
    support::template("relay.toml", TEMPLATE.to_owned())
}

/// The good document with some of its text replaced.
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(GOOD.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in the document");
        text.replacen(from, to, 1)
    })
}

/// The rules that speak.
fn rules(text: &str) -> Vec<&'static str> {
    let reading = support::read("relay.md", text);
    let report = support::check(&reading, &template(), &Settings::default(), &Surroundings::default());
    report.diagnostics.iter().map(|diagnostic| diagnostic.rule).collect()
}

const ROW: (&str, &str) = ("| Standby | waits | ssh |\n", "");
const TABLE: (&str, &str) = (
    "| Host | Role | Access |\n|------|------|--------|\n| Primary | relays | ssh |\n| Standby | waits | ssh |\n",
    "See the wiki.\n",
);
const SECTION: (&str, &str) = ("### Rollback\n\nStart the old one.\n\n", "");
const EMPTY: (&str, &str) = ("Start the old one.\n\n", "");

const DRAWN: (&str, &str) = ("    Relay --> Queue\n```", "    Queue --> Mail\n```");

/// The table without a column.
fn without_column(text: &str) -> String {
    text.replace("| Access |", "|").replace("|------|------|--------|", "|------|------|").replace("| ssh |", "|")
}

#[test]
fn the_document_is_good() {
    assert_eq!(rules(GOOD), [""; 0]);
}

#[test]
fn a_waiver_silences_one_finding() {
    let hosts = "\n## Steps";
    let steps = "\n## Map";
    for (what, text, place, waiver, rule) in [
        ("row", edited(&[ROW]), hosts, "Not applicable: Standby", "missing-row"),
        ("column", without_column(GOOD), hosts, "N/A: Access", "missing-column"),
        ("table", edited(&[TABLE]), hosts, "Not applicable: table", "missing-table"),
        ("section", edited(&[SECTION]), steps, "Not applicable: Rollback", "missing-section"),
        ("empty section", edited(&[EMPTY]), steps, "Not applicable", "empty-section"),
        ("layer", edited(&[DRAWN]), "```mermaid", "Not applicable: Relay", "missing-layer"),
        ("row in a list", edited(&[ROW]), hosts, "- Not applicable: Standby", "missing-row"),
    ] {
        assert_eq!(rules(&text), [rule], "{what}: without a waiver");
        let with = |line: &str| rules(&text.replacen(place, &format!("\n{line}\n{place}"), 1));
        assert_eq!(with(&format!("{waiver} — one host is enough")), [""; 0], "{what}: waived");
        assert_eq!(with(waiver), ["invalid-waiver"], "{what}: waived without a reason");
    }
}

#[test]
fn what_is_waived_must_not_be_there() {
    for (place, waiver) in [
        ("\n## Steps", "Not applicable: Standby — one host is enough"),
        ("\n## Steps", "Not applicable: Access — nobody logs in"),
        ("\n## Steps", "Not applicable: table — one host is enough"),
        ("\n### Rollback", "Not applicable: Rollback — it never fails"),
        ("\n## Steps", "Not applicable — there are none"),
        ("```mermaid", "Not applicable: Relay — there is none"),
        ("```mermaid", "Not applicable: diagram — there is none"),
    ] {
        let text = GOOD.replacen(place, &format!("\n{waiver}\n{place}"), 1);
        assert_eq!(rules(&text), ["unused-waiver"], "{waiver}");
    }
}

#[test]
fn a_waiver_silences_nothing_else() {
    let text = edited(&[ROW, SECTION]);
    let waived = text.replacen("\n## Steps", "\nNot applicable: Standby — one host is enough\n\n## Steps", 1);
    assert_eq!(rules(&text), ["missing-row", "missing-section"]);
    assert_eq!(rules(&waived), ["missing-section"]);
}

#[test]
fn an_allow_silences_one_finding() {
    let row = "| Standby | waits | ssh |";
    let open = "| Standby | | ssh |";
    for (what, edits, rule) in [
        ("inside the cell", vec![(row, "| Standby | ALLOW | ssh |")], "empty-cell"),
        ("inside the row", vec![(row, "| Standby ALLOW | | ssh |")], "empty-cell"),
        ("before the block", vec![(row, open), ("| Host | Role", "ALLOW\n\n| Host | Role")], "empty-cell"),
        ("under the heading", vec![(row, open), ("## Hosts\n", "## Hosts\n\nALLOW\n\nAll of them:\n")], "empty-cell"),
        ("under the title", vec![(row, open), ("# Relay\n", "# Relay\n\nALLOW\n")], "empty-cell"),
        ("under the heading above", vec![EMPTY, ("## Steps\n", "## Steps\n\nALLOW\n")], "empty-section"),
        ("under the empty heading", vec![("Start the old one.\n", "ALLOW\n")], "empty-section"),
        ("inside an item", vec![("Start the old one.", "- [x](#nowhere) ALLOW")], "broken-anchor"),
        ("inside a paragraph", vec![("Start the old one.", "Start [it](#nowhere). ALLOW")], "broken-anchor"),
    ] {
        let with = |comment: &str| {
            let edits: Vec<(&str, String)> =
                edits.iter().map(|&(from, to)| (from, to.replace("ALLOW", comment))).collect();
            let edits: Vec<(&str, &str)> = edits.iter().map(|(from, to)| (*from, to.as_str())).collect();
            rules(&edited(&edits))
        };
        assert_eq!(with("<!-- nothing -->"), [rule], "{what}: without an allow");
        assert_eq!(with(&format!("<!-- infralint: allow({rule}) for now -->")), [""; 0], "{what}: allowed");
        assert_eq!(with(&format!("<!-- infralint: allow({rule}) -->")), ["invalid-directive"], "{what}: no reason");
        let other = with("<!-- infralint: allow(wrong-number) for now -->");
        let mut other: Vec<&str> = other;
        other.sort_unstable();
        let mut expected = vec![rule, "unused-directive"];
        expected.sort_unstable();
        assert_eq!(other, expected, "{what}: another rule");
    }
}

#[test]
fn an_allow_reaches_no_further() {
    let text = edited(&[
        ("Drain the queue", "<!-- infralint: allow(broken-anchor) for now -->\n\n[Drain](#one)"),
        ("Start the old one.", "[Start](#two)."),
    ]);
    assert_eq!(rules(&text), ["broken-anchor"; 0], "a comment under a heading speaks of its sub-sections, too");
    let text = edited(&[
        ("Drain the queue", "First.\n\n<!-- infralint: allow(broken-anchor) for now -->\n\n[Drain](#one)"),
        ("Start the old one.", "[Start](#two)."),
    ]);
    assert_eq!(rules(&text), ["broken-anchor"], "before a block it speaks of the block");
}

#[test]
fn an_allow_inside_a_diagram_speaks_of_the_diagram() {
    let with = |line: &str| {
        rules(&edited(&[(
            "    Relay --> Queue\n```",
            &format!("    {line}\n    Relay --> Queue\n    Relay2[Spare relay]\n```"),
        )]))
    };
    assert_eq!(with("%% a remark"), ["orphan-node"]);
    assert_eq!(with("%% infralint: allow(orphan-node) it is switched on by hand"), [""; 0]);
    assert_eq!(with("%% infralint: allow(orphan-node)"), ["invalid-directive"]);
    assert_eq!(with("%% infralint: allow(orphan-nod) by hand"), ["invalid-directive"]);
    assert_eq!(with("%% infralint: allow(wrong-number) by hand"), ["unused-directive", "orphan-node"]);
}
