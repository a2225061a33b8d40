//! `exposed-secret`

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Finding, Label};
use crate::rule::{Context, Findings, declare_rule};
use crate::span::Span;
use crate::values::secret::{SecretKind, secrets};

declare_rule! {
    /// A secret that looks live stands in the text: a password, an access key, a private key.
    ///
    /// Whoever reads the document can use it, and taking it out later does not help: it stays in the history of the
    /// repository. Variables (`${DB_PASSWORD}`), local hosts, hosts and keys of examples, and passwords that are made
    /// of words (`changeme`, `my-secret-password`) are none. One secret that stands in several places is one finding.
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// Connect with `postgres://shop:Vq7kd82Lw@db.harbour-tickets.io:5432/shop`.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Runbook
    ///
    /// Connect with `postgres://shop:${DB_PASSWORD}@db.harbour-tickets.io:5432/shop`.
    /// ```
    EXPOSED_SECRET = "exposed-secret", Content, Error, Document(check)
}

fn check(context: &Context, findings: &mut Findings) {
    let text = context.text();
    let mut said: HashMap<&str, usize> = HashMap::new();
    for secret in secrets(text) {
        let span = Span::new(secret.start, secret.end);
        let shown = &text[span.range()];
        match said.entry(shown) {
            Entry::Occupied(known) => findings.list[*known.get()].also.push(Label::new(span, "here, too")),
            Entry::Vacant(new) => {
                new.insert(findings.list.len());
                findings.push(finding(secret.kind, span));
            }
        }
    }
}

fn finding(kind: SecretKind, span: Span) -> Finding {
    match kind {
        SecretKind::Password | SecretKind::Variable => Finding::new(
            if kind == SecretKind::Password {
                "a password that looks live stands in a connection string"
            } else {
                "a password that looks live stands in the text"
            },
            span,
            "the password",
        )
        .help("write a variable in its place, e.g. `${DB_PASSWORD}`, and change the password: it stays in the history"),
        SecretKind::Key(whose) => Finding::new(format!("{whose} stands in the text"), span, "the key")
            .help("write where it is kept in its place, and revoke it: it stays in the history"),
        SecretKind::PrivateKey => Finding::new("a private key stands in the text", span, "the key begins here")
            .help("write where it is kept in its place, and replace it everywhere: it stays in the history"),
    }
}
