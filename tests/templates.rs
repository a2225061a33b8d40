//! The templates that come with infralint are sound, and ask for all that they should.

mod support;

use std::fmt::Write as _;

use infralint::settings::Settings;
use infralint::surroundings::Surroundings;
use infralint::template::builtin::SOURCES;
use infralint::template::builtin::builtin;
use infralint::template::load::load;

#[test]
fn the_built_in_templates_load() {
    let known: Vec<&str> = infralint::rules::ALL.iter().map(|rule| rule.name).collect();
    for (name, _) in SOURCES {
        let source = builtin(name).expect("it is there");
        let template = load(vec![source.clone()], &known).unwrap_or_else(|mistakes| {
            let told: Vec<String> = mistakes
                .iter()
                .map(|mistake| format!("{:?} {mistake:?}", source.position(mistake.origin.span.start())))
                .collect();
            panic!("{}", told.join("\n"))
        });
        assert_eq!(template.name, *name);
    }
}

#[test]
fn a_fresh_document_reads_like_the_template() {
    let template = support::infrastructure();
    let today = jiff::civil::Date::constant(2026, 1, 31);
    insta::assert_snapshot!(infralint::template::skeleton::document(&template, Some(today)));
}

#[test]
fn a_template_without_examples_gives_a_document_all_the_same() {
    let text = support::text_of(&support::root().join("fixtures/templates/bare.toml"));
    let template = support::template("service.toml", text);
    let today = jiff::civil::Date::constant(2026, 1, 31);
    insta::assert_snapshot!(infralint::template::skeleton::document(&template, Some(today)));
}

#[test]
fn a_template_drops_changes_and_adds_by_path() {
    let base = support::infrastructure();
    let text = support::text_of(&support::root().join("fixtures/templates/extends/platform.toml"));
    let template = support::template("platform.toml", text);
    let (before, after) = (base.requirement_paths(), template.requirement_paths());
    let mut told = String::new();
    for path in before.iter().filter(|path| !after.contains(path)) {
        let _ = writeln!(told, "- {path}");
    }
    let mut last = None;
    for path in &after {
        if !before.contains(path) {
            let _ = writeln!(told, "+ {path}    (behind {})", last.unwrap_or("nothing"));
        }
        last = Some(&**path);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn what_is_dropped_takes_its_relations_along() {
    let text = support::text_of(&support::root().join("fixtures/templates/extends/platform.toml"));
    let template = support::template("platform.toml", text);
    let today = jiff::civil::Date::constant(2026, 1, 31);
    insta::assert_snapshot!(infralint::template::skeleton::document(&template, Some(today)));
    let compute = template.contents().find_map(|(_, content)| match content {
        infralint::template::model::Content::Code(code) => Some(code),
        _ => None,
    });
    let code = compute.expect("the autoscaling block");
    let desired = code.values.iter().find(|value| value.keys[0] == "DesiredCapacity").expect("it is still there");
    assert_eq!((desired.at_least, desired.at_most), (Some(0), None), "MaxSize is gone, MinSize is not");
}

/// What `platform.toml` drops, adds and renames, done to a document that keeps to the template it extends.
const MOVED: [(&str, &str); 14] = [
    ("# Infrastructure\n", "# Platform\n"),
    ("> **Version:**", "> **Release:**"),
    ("> **Status:** Approved\n", ""),
    ("> **Last Updated:** 260915\n", "> **Last Updated:** 260915\n> **Owner:** Ada\n"),
    ("        CDN[CloudFront]\n", ""),
    ("    DNS --> CDN\n    CDN --> WAF\n    WAF --> ALB\n    ALB --> Web1", "    DNS --> WAF\n    WAF --> Web1"),
    ("    ALB[Application Load Balancer]\n", ""),
    ("## 3. Environments", "## 3. Stages"),
    ("\n---\n\n## 4.", "\n### Access\n\n| Role | Who |\n|---|---|\n| Admin | Ada |\n\n---\n\n## 4."),
    ("### Vertical Scaling\n\n| Component | When to Scale Up |", "### Timeouts\n\n| Component | Seconds |"),
    ("  MaxSize: 8\n", ""),
    ("| RPO (Recovery Point Objective) | < 12 hours |\n", ""),
    ("## 11. Open Questions", "## 11. Compliance\n\n- ISO 27001\n\n---\n\n## 12. Open Questions"),
    ("## 12. Changelog", "## 13. Contacts\n\nAda is on call.\n\n---\n\n## 14. Changelog"),
];

#[test]
fn a_document_is_judged_by_what_is_dropped_changed_and_added() {
    let text = support::text_of(&support::root().join("fixtures/templates/extends/platform.toml"));
    let template = support::template("platform.toml", text);
    let judged = |text: &str| {
        let reading = support::read("platform.md", text);
        let report = support::check(&reading, &template, &Settings::default(), &Surroundings::default());
        let told = report.diagnostics.iter().map(|told| format!("{}: {}\n", told.severity, told.finding.message));
        told.collect::<String>()
    };
    let mut document = support::text_of(&support::root().join("fixtures/specs/infrastructure.md"));
    insta::assert_snapshot!(judged(&document));
    for (what, with) in MOVED {
        assert!(document.contains(what), "{what}");
        document = document.replacen(what, with, 1);
    }
    assert_eq!(judged(&document), "");
}

/// What the document that infralint was made for holds: headings in order, each with its tables and other contents.
const HELD: [(&str, &str); 26] = [
    ("## Overview", "prose"),
    ("## Deployment Topology Diagram", "diagram"),
    ("## Environments", "| Environment | Purpose | URL | Access |"),
    ("### Environment Configuration", "| Setting | Dev | Staging | Prod |"),
    ("## Cloud Resources", ""),
    ("### Compute", "| Resource | Type | Specs | Purpose |"),
    ("### Database", "| Resource | Type | Specs | Purpose |"),
    ("### Storage", "| Resource | Type | Purpose |"),
    ("### Networking", "| Resource | Purpose |"),
    ("## Scaling Strategy", ""),
    ("### Horizontal Scaling", "| Component | Trigger | Min | Max |"),
    ("### Vertical Scaling", "| Component | When to Scale Up |"),
    ("### Auto-scaling Configuration", "yaml"),
    ("## Deployment Process", ""),
    ("### CI/CD Pipeline", "diagram"),
    ("### Deployment Strategy", "| Environment | Strategy | Rollback |"),
    ("### Deployment Checklist", "checklist"),
    ("## Disaster Recovery", ""),
    ("### Backup Strategy", "| Component | Frequency | Retention | Location |"),
    ("### Recovery Targets", "| Metric | Target |"),
    ("### Failover Process", "ordered list"),
    ("## SLA Targets", "| Metric | Target | Measurement |"),
    ("## Cost Estimate", "| Resource | Monthly Cost (Est.) |"),
    ("## Rules & Constraints", "bullet list"),
    ("## Open Questions", "| # | Question | Impact | Status |"),
    ("## Changelog", "### YYMMDD - vX.Y.Z - Title"),
];

#[test]
fn the_infrastructure_template_asks_for_everything() {
    use infralint::template::model::Content;
    use infralint::template::model::blocks::ListKind;
    use infralint::template::model::header::Role;

    let template = support::infrastructure();
    let asked: Vec<(String, String)> = template
        .sections
        .iter()
        .map(|section| {
            let contents = section.contents.iter().map(|content| match content {
                Content::Prose(_) => "prose".to_owned(),
                Content::Diagram(_) => "diagram".to_owned(),
                Content::Table(table) => table.header.clone(),
                Content::Code(code) => code.languages[0].clone(),
                Content::Log(log) => log.entry.written.clone(),
                Content::List(list) => match list.kind {
                    ListKind::Checklist => "checklist".to_owned(),
                    ListKind::Ordered => "ordered list".to_owned(),
                    ListKind::Bullet => "bullet list".to_owned(),
                },
            });
            let marks = "#".repeat(usize::from(section.level));
            (format!("{marks} {}", section.name.shown), contents.collect::<Vec<_>>().join(", "))
        })
        .collect();
    let held: Vec<(String, String)> = HELD.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect();
    assert_eq!(asked, held);
    assert!(template.sections.iter().all(|section| section.required));
    let fields: Vec<_> = template.header.iter().flat_map(|header| &header.fields).map(|field| field.role).collect();
    assert_eq!(fields, [Some(Role::Version), Some(Role::Status), Some(Role::Updated)]);
    let placeholders = [
        "$[X]",
        "[2-3 sentences describing the infrastructure approach and cloud strategy]",
        "[Impact]",
        "[Question]",
        "[cache.r5.large / Cluster]",
        "[db.r5.large / Multi-AZ]",
        "[db.r5.large]",
        "[t3.medium / 2vCPU, 4GB]",
        "[t3.small / 1vCPU, 2GB]",
    ];
    assert_eq!(template.placeholders, placeholders);
}
