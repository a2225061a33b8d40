//! The version block in any form, order and state: the fixes bring it to the template's, and nothing of it is lost.

mod support;

use std::sync::OnceLock;

use infralint::fix::Safety;
use infralint::reading::Reading;
use infralint::repair::{Repaired, Standard, repair};
use infralint::settings::Settings;
use infralint::source::Source;
use infralint::surroundings::Surroundings;
use infralint::template::model::Template;
use proptest::prelude::{Just, ProptestConfig, Strategy, prop, proptest};

const TEMPLATE: &str = r###"
name    = "runbook"
title   = "# Runbook"
summary = "How to run one thing"

[header]
form = "> **Name:** value"

[[header.field]]
name = "Version"
role = "version"
type = "semver"

[[header.field]]
name   = "Status"
role   = "status"
type   = "choice"
values = ["Draft", "Review", "Approved"]

[[header.field]]
name    = "Last Updated"
role    = "updated"
type    = "date"
format  = "YYMMDD"
aliases = ["Date"]

[[section]]
heading = "## Purpose"
"###;

const BODY: &str = "## Purpose\n\nHow to restart the mail relay.\n\n- Drain\n- Restart\n";

fn template() -> &'static Template {
    static TEMPLATE_ONCE: OnceLock<Template> = OnceLock::new();
    TEMPLATE_ONCE.get_or_init(|| support::template("runbook.toml", TEMPLATE.to_owned()))
}

/// Where the header stands, and how its lines are written.
#[derive(Debug, Clone, Copy)]
enum Form {
    Quote,
    TwoQuotes,
    /// Prose stands before the last line.
    LastApart,
    ColonOutside,
    /// Every second line has lost its `>`.
    HalfBare,
    HalfBareApart,
    Plain,
    Lines,
    Paragraphs,
    List,
    OneLine,
    Table,
    FrontMatter,
    Footer,
}

const FORMS: [Form; 14] = [
    Form::Quote,
    Form::TwoQuotes,
    Form::LastApart,
    Form::ColonOutside,
    Form::HalfBare,
    Form::HalfBareApart,
    Form::Plain,
    Form::Lines,
    Form::Paragraphs,
    Form::List,
    Form::OneLine,
    Form::Table,
    Form::FrontMatter,
    Form::Footer,
];

/// Each field as it may be written, and as it reads in the end.
const FIELDS: [(&str, [(&str, &str); 3]); 4] = [
    ("Version", [("1.2.0", "1.2.0"), ("v1.2", "1.2.0"), ("`1.2.0`", "1.2.0")]),
    ("Status", [("Draft", "Draft"), ("✅ Draft", "Draft"), ("draft", "draft")]),
    ("Last Updated", [("260115", "260115"), ("2026-01-15", "260115"), ("January 15, 2026", "260115")]),
    ("Owner", [("Ada", "Ada"), ("**Ada**", "Ada"), ("the night shift", "the night shift")]),
];

fn document(form: Form, fields: &[(usize, usize)], has_title: bool) -> String {
    let pairs: Vec<(&str, &str)> =
        fields.iter().map(|&(field, value)| (FIELDS[field].0, FIELDS[field].1[value].0)).collect();
    let lines = |each: fn(&(&str, &str)) -> String, between: &str| {
        pairs.iter().map(each).collect::<Vec<_>>().join(between) + "\n"
    };
    let title = if has_title { "# The relay\n\n" } else { "" };
    let outside = |(key, value): &(&str, &str)| format!("**{key}**: {value}");
    let half_bare = |between: &str| {
        let line = |(index, (key, value)): (usize, &(&str, &str))| {
            format!("{}**{key}:** {value}", if index % 2 == 0 { "> " } else { "" })
        };
        pairs.iter().enumerate().map(line).collect::<Vec<_>>().join(between) + "\n"
    };
    let header = match form {
        Form::HalfBare => half_bare("\n"),
        Form::HalfBareApart => half_bare("\n\n"),
        Form::Quote => lines(|(key, value)| format!("> **{key}:** {value}"), "\n"),
        Form::TwoQuotes => lines(|(key, value)| format!("> **{key}:** {value}"), "\n\n"),
        Form::LastApart => {
            let all = lines(|(key, value)| format!("> **{key}:** {value}"), "\n");
            let last = all.trim_end().rfind('\n').map_or(0, |at| at + 1);
            format!("{}\nIt relays mail.\n\n{}", &all[..last], &all[last..])
        }
        Form::ColonOutside => lines(|(key, value)| format!("> **{key}**: {value}"), "\n"),
        Form::Plain => lines(|(key, value)| format!("{key}: {value}"), "  \n"),
        Form::Lines | Form::Footer => lines(outside, "\n"),
        Form::Paragraphs => lines(outside, "\n\n"),
        Form::List => lines(|(key, value)| format!("- **{key}**: {value}"), "\n"),
        Form::OneLine => lines(outside, " | "),
        Form::Table => {
            format!("| Field | Value |\n|---|---|\n{}", lines(|(key, value)| format!("| {key} | {value} |"), "\n"))
        }
        Form::FrontMatter => {
            let keys = lines(|(key, value)| format!("{}: {value}", key.to_lowercase().replace(' ', "_")), "\n");
            return format!("---\n{keys}---\n\n{title}{BODY}");
        }
    };
    match form {
        Form::Footer => format!("{title}{BODY}\n---\n\n{header}"),
        _ => format!("{title}{header}\n{BODY}"),
    }
}

fn mended(text: &str) -> Repaired {
    let around = |_: &Reading| Surroundings::default();
    let standard = Standard { template: template(), settings: &Settings::default(), around: &around };
    repair(&standard, Source::new("runbook.md", text), Safety::Unsafe)
}

fn any_fields() -> impl Strategy<Value = Vec<(usize, usize)>> {
    let order = Just(vec![0, 1, 2, 3]).prop_shuffle();
    (order, 1..=4usize, prop::array::uniform4(0..3usize))
        .prop_map(|(order, kept, values)| order.into_iter().take(kept).map(|field| (field, values[field])).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_header_is_brought_into_form(
        form in prop::sample::select(&FORMS[..]),
        fields in any_fields(),
        has_title in prop::bool::weighted(0.8),
        crlf in prop::bool::ANY,
    ) {
        let mut text = document(form, &fields, has_title);
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let repaired = mended(&text);
        let shown = repaired.text().replace("\r\n", "\n");
        let left: Vec<&str> = repaired.report.diagnostics.iter().map(|diagnostic| diagnostic.rule).collect();
        assert!(left.iter().all(|rule| *rule == "placeholder-text"), "{left:?} is left\n{text}\n---\n{shown}");
        for (name, _) in &FIELDS[..3] {
            let line = format!("> **{name}:** ");
            assert_eq!(shown.matches(&line).count(), 1, "{line}\n{text}\n---\n{shown}");
        }
        let known = fields.iter().filter(|(field, _)| *field < 3).count();
        for &(field, value) in &fields {
            let (name, written) = (FIELDS[field].0, FIELDS[field].1[value]);
            let line = shown.lines().find(|line| line.starts_with(&format!("> **{name}:** ")));
            // One line alone may be a remark: its value is taken along all the same. Front matter has uses of its own.
            let in_front = known == 1 && matches!(form, Form::FrontMatter);
            let is_kept = field == 3 || in_front || line.is_some_and(|line| line.contains(written.1));
            assert!(is_kept, "{name} is not {}\n{text}\n---\n{shown}", written.1);
            assert!(field != 3 || shown.contains(written.1), "{name} is lost\n{text}\n---\n{shown}");
        }
        assert!(known == 0 || shown.contains(BODY.trim_end()), "the body is as it was\n{text}\n---\n{shown}");
        assert!(!crlf || !repaired.text().replace("\r\n", "").contains('\n'), "lines end as they did\n{shown:?}");
    }
}
