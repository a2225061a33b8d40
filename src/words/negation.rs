//! How a label says that something is not there, in the languages that labels are written in. Grammar, not vocabulary:
//! templates need not repeat it.

/// What follows is not there.
pub(super) const BEFORE: &[&str] = &[
    "no",
    "is no",
    "are no",
    "has no",
    "have no",
    "with no",
    "there is no",
    "not",
    "not yet",
    "without",
    "w/o",
    "lacks",
    "lacking",
    "missing",
    "instead of",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keines",
    "ohne",
    "fehlt",
    "sans",
    "pas de",
    "aucun",
    "aucune",
    "sin",
    "sem",
    "não há",
    "senza",
    "niente",
    "geen",
    "zonder",
    "без",
    "нет",
    "没有",
    "無",
    "无",
    "暂无",
    "不使用",
    "없는",
];

/// What stands before is not there.
pub(super) const BEHIND: &[&str] = &[
    "none",
    "n/a",
    "nope",
    "absent",
    "disabled",
    "not used",
    "unused",
    "not needed",
    "not required",
    "not applicable",
    "not available",
    "not deployed",
    "not deployed yet",
    "not yet",
    "not yet deployed",
    "not present",
    "not configured",
    "not enabled",
    "not implemented",
    "not in use",
    "not planned",
    "nicht vorhanden",
    "entfällt",
    "ninguno",
    "ninguna",
    "nenhum",
    "nenhuma",
    "nessuno",
    "なし",
    "無し",
    "無効",
    "未導入",
    "未使用",
    "不要",
    "未部署",
    "未启用",
    "없음",
    "미사용",
];

/// Words on an arrow that say that nothing goes along it.
const FORBIDS: &[&str] =
    &["no", "not", "never", "blocked", "blocks", "denied", "deny", "forbidden", "✗", "✘", "❌", "⛔", "🚫"];

/// Whether the label of an arrow says that nothing goes along it.
pub fn forbids(label: &str) -> bool {
    label
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '"'))
        .any(|word| FORBIDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}
