//! Templates that are made from documents accept them and their like, and refuse what lacks something.

mod support;

use std::fmt::Write as _;

use infralint::derive::derive;
use infralint::fix::Safety;
use infralint::lint::examples;
use infralint::reading::{Reading, read};
use infralint::repair::{Standard, repair};
use infralint::settings::Settings;
use infralint::severity::Severity;
use infralint::source::Source;
use infralint::surroundings::Surroundings;
use infralint::template::model::diagram::Diagram;
use infralint::template::model::{Content, Kind, Template};
use infralint::template::skeleton;
use jiff::civil::Date;

const TODAY: Date = Date::constant(2026, 1, 31);

fn file(name: &str) -> String {
    support::text_of(&support::root().join("fixtures/derive").join(name))
}

fn reading(name: &str, text: impl Into<String>) -> Reading {
    read(Source::new(name, text.into()))
}

/// The template of some documents; the test fails where it is not sound, or its own examples break it.
fn derived(readings: &[Reading]) -> Template {
    let template = support::template("derived.toml", derive(readings));
    let broken = examples::mistakes(&template, TODAY);
    assert!(broken.is_empty(), "{}\n{broken:#?}", template.sources[0].text());
    template
}

/// What is found, but for what is only to be filled in: rule and message.
fn found(template: &Template, text: &str) -> Vec<(&'static str, String)> {
    let around = Surroundings { today: Some(TODAY), ..Surroundings::default() };
    let reading = reading("a.md", text);
    let report = support::check(&reading, template, &Settings::default(), &around);
    let counts = report
        .diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.severity > Severity::Info && diagnostic.rule != "placeholder-text");
    counts.map(|diagnostic| (diagnostic.rule, diagnostic.finding.message)).collect()
}

#[test]
fn a_fresh_document_derives_a_template_that_accepts_it() {
    let fresh = skeleton::document(&support::infrastructure(), Some(TODAY));
    assert_eq!(found(&support::infrastructure(), &fresh), []);
    let template = derived(&[reading("docs/infrastructure.md", fresh.clone())]);
    assert_eq!(found(&template, &fresh), []);
}

#[test]
fn documents_pass_that_disagree() {
    let one = "# Shop\n\n## Topology\n\nNot applicable: CDN, WAF — for us alone.\n\n## Hosts\n\n| Name | Zone |\n|---|---|\n| A | B |\n";
    let other = one.replace("| Name | Zone |", "| Zone | Name |").replace("| A | B |", "| B | A |");
    let readings = [reading("docs/a.md", one), reading("docs/b.md", other)];
    let template = derived(&readings);
    for reading in &readings {
        let report = support::check(reading, &template, &Settings::default(), &Surroundings::default());
        assert_eq!(report.diagnostics.len(), 0, "{:?}\n{}", report.diagnostics, template.sources[0].text());
    }
    // Documents that agree leave all rules on.
    let agreeing = derive(&[reading("a.md", "# Shop\n\n## Hosts\n\n| Name |\n|---|\n| A |\n")]);
    assert!(!agreeing.contains("[severity]"), "{agreeing}");
}

#[test]
fn a_section_that_repeats_may_repeat() {
    let step = "### Check\n\n[What to look at]\n\n";
    let document = |steps: usize| format!("# [Title]\n\n## Purpose\n\n[Why]\n\n## Checks\n\n{}", step.repeat(steps));
    let template = derived(&[reading("checks.md", document(2))]);
    let filled = |steps: usize| document(steps).replace("[Title]", "Relay").replace(['[', ']'], "");
    for steps in 1..4 {
        assert_eq!(found(&template, &filled(steps)), [], "{steps}");
    }
    let rules: Vec<&str> = found(&template, &filled(0).replace("## Checks", "")).iter().map(|found| found.0).collect();
    assert_eq!(rules, ["missing-section"]);
    let once = derived(&[reading("checks.md", document(1))]);
    let rules: Vec<&str> = found(&once, &filled(2)).iter().map(|found| found.0).collect();
    assert_eq!(rules, ["duplicate-section"]);
}

/// Kind of document, and edits of the filled-in one: what goes, what comes, which rule speaks.
type Edits = &'static [(&'static str, &'static str, &'static str)];

const KINDS: [(&str, Edits); 6] = [
    (
        "domain",
        &[
            ("## 4. Events\n\n- account.created when an address is confirmed\n\n## 5.", "## 4.", "missing-section"),
            (
                "| Entity | Attribute | Type | Required |\n|--------|-----------|------|----------|\n| Account | email | text | Yes |\n| Key | expires | date | No |",
                "| Entity | Attribute | Type |\n|--------|-----------|------|\n| Account | email | text |\n| Key | expires | date |",
                "missing-column",
            ),
            ("> **Domain:** accounts\n", "", "missing-field"),
            ("Status:** Review", "Status:** Soon", "invalid-field"),
            ("| High |", "| Grave |", "invalid-cell"),
            ("| ACC-001 |", "| first |", "invalid-cell"),
            (
                "erDiagram\n    ACCOUNT ||--o{ KEY : owns\n    ACCOUNT }o--|| TENANT : belongs",
                "flowchart LR\n    Account --> Key",
                "wrong-diagram-kind",
            ),
            (
                "```mermaid\nerDiagram\n    ACCOUNT ||--o{ KEY : owns\n    ACCOUNT }o--|| TENANT : belongs\n```",
                "Accounts own keys.",
                "missing-diagram",
            ),
            ("Version:** 1.1.0", "Version:** 1.2.0", "version-mismatch"),
        ],
    ),
    (
        "feature",
        &[
            (
                "## Summary\n\nPeople forget passwords. With a passkey they need none, and support has fewer tickets.\n\n",
                "",
                "missing-section",
            ),
            ("| Changes |", "| By |", "missing-column"),
            ("> **Version:** 0.2.0\n", "", "missing-field"),
            ("| Must |", "| Perhaps |", "invalid-cell"),
            ("FR-001", "one", "invalid-cell"),
            ("Status:** Review", "Status:** Maybe", "invalid-field"),
            (
                "sequenceDiagram\n    Browser->>Login: assertion\n    Login-->>Browser: session",
                "flowchart LR\n    Browser --> Login",
                "wrong-diagram-kind",
            ),
            (
                "```mermaid\nsequenceDiagram\n    Browser->>Login: assertion\n    Login-->>Browser: session\n```",
                "The browser asks.",
                "missing-diagram",
            ),
            ("Version:** 0.2.0", "Version:** 0.3.0", "version-mismatch"),
            ("| 2026-01-02 | 0.1.0 |", "| in January | 0.1.0 |", "invalid-entry"),
            ("- [ ] Sign-in without a password\n- [x] Revoked keys are refused", "It works.", "missing-block"),
        ],
    ),
    (
        "decisions",
        &[
            ("## How to Read\n\nWhat cannot be undone within a day is a decision.\n\n", "", "missing-section"),
            ("| ID | Decision | State |", "| ID | Decision | When |", "missing-column"),
            ("**Owner**: Platform\n", "", "missing-field"),
            ("**Status**: Active", "**Status**: Busy", "invalid-field"),
            ("| Superseded |", "| Forgotten |", "invalid-cell"),
            (
                "```mermaid\nstateDiagram-v2\n    [*] --> Proposed\n    Proposed --> Accepted\n    Proposed --> Dropped\n    Accepted --> Superseded\n```",
                "It comes and goes.",
                "missing-diagram",
            ),
            ("### 2025-11-02 - One database", "### In November: one database", "invalid-entry"),
        ],
    ),
    (
        "security",
        &[
            ("### 3.2 Encryption\n\n- TLS 1.3 between all services\n\n### 3.3", "### 3.2", "missing-section"),
            (
                "| Role | Responsibility | Contact |\n|------|----------------|---------|\n| Duty officer | Decides within an hour | duty@corp.test |",
                "| Role | Responsibility |\n|------|----------------|\n| Duty officer | Decides within an hour |",
                "missing-column",
            ),
            ("Last Updated: 2026-01-15", "", "missing-field"),
            ("Classification: Internal", "Classification: Secret", "invalid-field"),
            (
                "```mermaid\nflowchart LR\n    Alert --> Contain --> Recover\n```",
                "Alert, contain, recover.",
                "missing-diagram",
            ),
            ("| 30 days |", "| a while |", "invalid-cell"),
        ],
    ),
    (
        "glossary",
        &[
            (
                "## Abbreviations\n\n| Short | Long |\n|-------|------|\n| RPO | recovery point objective |\n\n",
                "",
                "missing-section",
            ),
            ("| Term | Definition | Synonyms | Source |", "| Term | Definition | Synonyms | Who |", "missing-column"),
            ("> **Last Updated:** 260110\n", "", "missing-field"),
            ("Status:** Approved", "Status:** Agreed", "invalid-field"),
            ("| Domain |", "| Everywhere |", "invalid-cell"),
            ("```mermaid\nflowchart LR\n    seat --> tenant\n```", "A seat belongs to a tenant.", "missing-diagram"),
        ],
    ),
    (
        "api",
        &[
            ("## 4. Versioning\n\nThe major version stands in the path.\n\n", "", "missing-section"),
            ("| Element | Convention | Example |", "| Element | Convention | Remark |", "missing-column"),
            ("> **Status:** Approved\n", "", "missing-field"),
            ("| Yes |", "| Sometimes |", "invalid-cell"),
            ("260105", "260231", "invalid-field"),
            ("stateDiagram-v2", "sequenceDiagram", "wrong-diagram-kind"),
            ("- [x] Errors documented\n- [ ] Load tested", "All is well.", "missing-block"),
        ],
    ),
];

/// A document without one of its sections.
fn without(text: &str, heading: &str) -> String {
    let (before, rest) = text.split_once(heading).expect("the heading is there");
    let end = rest.find("\n## ").map_or(rest.len(), |end| end + 1);
    format!("{before}{}", &rest[end..])
}

#[test]
fn templates_of_other_kinds_accept_their_like_and_refuse_the_rest() {
    for (kind, edits) in KINDS {
        let source = file(&format!("{kind}/template.md"));
        let template = derived(&[reading("template.md", source)]);
        let filled = file(&format!("{kind}/filled.md"));
        assert_eq!(found(&template, &filled), [], "{kind}: {}", template.sources[0].text());
        let mut said = String::new();
        for (from, to, rule) in edits {
            assert!(filled.contains(from), "{kind}: {from}");
            let findings = found(&template, &filled.replacen(from, to, 1));
            let rules: Vec<&str> = findings.iter().map(|(rule, _)| *rule).collect();
            assert_eq!(rules, [*rule], "{kind}: {from:?} -> {to:?} gives {findings:?}");
            let _ = writeln!(said, "{rule}: {}", findings[0].1);
        }
        insta::assert_snapshot!(format!("{kind}_says"), said);
        // Its examples fit it, too, where a fix writes them: under a title, and in place of each section.
        let headings = filled.lines().filter(|line| line.starts_with("## "));
        let cut = headings.map(|heading| without(&filled, heading));
        for text in std::iter::once("# Title\n".to_owned()).chain(cut) {
            let around = |_: &Reading| Surroundings { today: Some(TODAY), ..Surroundings::default() };
            let standard = Standard { template: &template, settings: &Settings::default(), around: &around };
            let mended = repair(&standard, Source::new("a.md", text), Safety::Unsafe);
            assert_eq!(found(&template, mended.text()), [], "{kind}:\n{}", mended.text());
        }
        insta::assert_snapshot!(kind, template.sources[0].text());
    }
}

#[test]
fn what_several_documents_share_is_required() {
    let files = ["mail", "search", "login"].map(|name| (name, file(&format!("runbooks/{name}.md"))));
    let readings: Vec<Reading> =
        files.iter().map(|(name, text)| reading(&format!("runbooks/{name}.md"), text.clone())).collect();
    let template = derived(&readings);
    for (name, text) in &files {
        assert_eq!(found(&template, text), [], "{name}");
    }
    let shared = &files[1].1;
    for (from, to, rule) in [
        ("## Purpose\n\nFinds what was written.\n\n", "", "missing-section"),
        ("| restart | starts it again | root |\n", "", "missing-row"),
        ("| Effect |", "| Time |", "missing-column"),
        ("Status:** Draft", "Status:** Perhaps", "invalid-field"),
    ] {
        let findings = found(&template, &shared.replacen(from, to, 1));
        assert!(findings.iter().any(|(found, _)| *found == rule), "{from:?}: {findings:?}");
    }
    insta::assert_snapshot!("runbooks", template.sources[0].text());
}

/// The document that the built-in template was made for, as its author hands it out: in a wrapper, with nested fences.
fn handed_out() -> String {
    let fresh = skeleton::document(&support::infrastructure(), None)
        .replace("> **Status:** Draft", "> **Status:** Draft | Review | Approved")
        .replace("## 2. Deployment Topology Diagram", "## 2. Deployment Topology Diagram (REQUIRED)");
    format!(
        "# Infrastructure Template\n\n**REQUIRED:** Deployment topology diagram\n\n---\n\n```markdown\n{fresh}```\n\n---\n\n\
         ## Diagram Requirements\n\nThe deployment topology MUST show:\n- DNS/Edge layer (CDN, WAF)\n\
         - Load balancer layer\n- Compute layer with availability zones\n- Data layer (DB, cache, queue)\n\
         - Storage layer\n- Network flow between components\n"
    )
}

fn topology(template: &Template) -> &Diagram {
    let diagrams = template.contents().filter_map(|(_, content)| match content {
        Content::Diagram(diagram) if !diagram.layers.is_empty() => Some(diagram),
        _ => None,
    });
    diagrams.last().expect("a topology")
}

#[test]
fn the_template_document_derives_what_is_built_in() {
    let texts = std::iter::once(handed_out()).chain(support::corpora("../seed/infrastructure-template.md"));
    let built_in = support::infrastructure();
    for text in texts {
        let template = derived(&[reading("infrastructure-template.md", text)]);
        let sections = |template: &Template| -> Vec<(String, u8, bool)> {
            template.sections.iter().map(|s| (s.name.shown.clone(), s.level, s.required)).collect()
        };
        assert_eq!(sections(&template), sections(&built_in));
        let tables = |template: &Template| -> Vec<String> {
            template.contents().filter_map(|(id, _)| template.table(id)).map(|table| table.header.clone()).collect()
        };
        assert_eq!(tables(&template), tables(&built_in));
        let fields = |template: &Template| -> Vec<String> {
            let header = template.header.as_ref().expect("a header");
            let field = |field: &infralint::template::model::header::Field| {
                let kind = match &field.kind {
                    Some(Kind::Choice { values, .. }) => values.join(" "),
                    Some(Kind::Date(format)) => format.clone(),
                    Some(Kind::Semver) => "semver".to_owned(),
                    _ => String::new(),
                };
                let name = &field.name.shown;
                format!(
                    "{name} {:?} {kind} {:?} {:?} {}",
                    field.role, field.equals, field.at_least, field.not_after_today
                )
            };
            std::iter::once(header.form.written.clone()).chain(header.fields.iter().map(field)).collect()
        };
        assert_eq!(fields(&template), fields(&built_in));
        let layers = |template: &Template| -> Vec<(String, Vec<String>, Option<usize>)> {
            let layer = |layer: &infralint::template::model::diagram::Layer| {
                let word = |word: usize| template.words[word].name.clone();
                let elements = layer.elements.iter().map(|element| word(element.word)).collect();
                (layer.name.clone(), elements, layer.zones.as_ref().map(|zones| zones.min))
            };
            topology(template).layers.iter().map(layer).collect()
        };
        // The list says nothing of users; the built-in template knows them, and does not require them.
        assert_eq!(layers(&template), layers(&built_in)[1..]);
        let flows = |template: &Template| -> Vec<String> {
            let diagram = topology(template);
            let name = |layer: usize| diagram.layers[layer].name.clone();
            diagram.flow.iter().map(|flow| format!("{} --> {}", name(flow.from), name(flow.to))).collect()
        };
        assert_eq!(flows(&template), flows(&built_in)[1..]);
        assert!(topology(&template).essential);
    }
}
