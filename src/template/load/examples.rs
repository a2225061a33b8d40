//! What `new` writes where the template gives no example: the smallest text that has the right form, with a bracket
//! wherever somebody must write something.

use crate::template::model::Kind;
use crate::template::model::blocks::ListKind;
use crate::template::model::table::Row;

/// A value of a header field: one of the type that is right, the form of the date, or a placeholder.
pub(super) fn field(name: &str, kind: Option<&Kind>) -> String {
    match kind {
        Some(Kind::Choice { values, .. }) => values.first().cloned().unwrap_or_default(),
        Some(Kind::Semver) => "1.0.0".to_owned(),
        Some(Kind::Date(format)) => format.clone(),
        Some(Kind::Count) => "1".to_owned(),
        _ => format!("[{name}]"),
    }
}

/// The rows that must be there, else as many as must be there.
pub(super) fn rows(columns: &[&str], key: Option<usize>, rows: &[Row], min: usize) -> String {
    let named: Vec<&str> = rows.iter().filter(|row| row.required).map(|row| row.name.shown.as_str()).collect();
    let line = |name: Option<&str>| {
        let cells = columns.iter().enumerate().map(|(index, column)| match name {
            Some(name) if key == Some(index) => name.to_owned(),
            _ => format!("[{column}]"),
        });
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = named.iter().map(|name| line(Some(name))).collect();
    while lines.len() < min {
        lines.push(line(None));
    }
    lines.join("\n")
}

/// So many items.
pub(super) fn items(kind: ListKind, min: usize) -> String {
    let line = |number: usize| match kind {
        ListKind::Checklist => "- [ ] [Task]".to_owned(),
        ListKind::Ordered => format!("{number}. [Step]"),
        ListKind::Bullet => "- [Item]".to_owned(),
    };
    (1..=min.max(1)).map(line).collect::<Vec<_>>().join("\n")
}

/// An entry in the form of the log.
pub(super) fn entry(form: &str) -> String {
    format!("{}\n- [Change]", form.replace("X.Y.Z", "1.0.0").replace("Title", "Initial Draft"))
}

/// Text.
pub(super) const PROSE: &str = "[Text]";
