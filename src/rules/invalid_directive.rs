//! `invalid-directive`

use crate::diagnostic::Finding;
use crate::directive::{Directive, SYNONYMS};
use crate::fix::{Fix, Safety};
use crate::markdown::model::PlacedDirective;
use crate::rule::{Context, Findings, Rule, declare_rule};
use crate::span::Span;
use crate::text::{did_you_mean, list};

declare_rule! {
    /// An `infralint` comment says nothing that we understand, or gives no reason.
    ///
    /// Such a comment looks as if it silenced something. A name that no rule has silences nothing; a comment without a
    /// reason leaves the next reader to guess, so what it names stays silent and this is said instead.
    ///
    /// ## Bad
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// <!-- infralint: allow(empty-section) -->
    /// ````
    ///
    /// ## Good
    ///
    /// ````markdown
    /// # Runbook
    ///
    /// ## Purpose
    ///
    /// How to restart the mail relay.
    ///
    /// ## Steps
    ///
    /// <!-- infralint: allow(empty-section) the night shift writes it by Friday -->
    /// ````
    INVALID_DIRECTIVE = "invalid-directive", Document, Warning, Document(check), fixes: Unsafe
}

/// What a comment can say.
const VERBS: [&str; 2] = ["allow", "template"];

fn check(context: &Context, findings: &mut Findings) {
    for placed in &context.binding.directives {
        match &placed.directive {
            Directive::Allow { rules, reason } => allow(context, placed, rules, *reason, findings),
            Directive::NoRules(span) => findings.push(
                Finding::new("this `allow` names no rule", *span, "which one?")
                    .help("name the rule and say why: `infralint: allow(rule) reason`"),
            ),
            Directive::NoColon { word, .. } => findings.push(no_colon(context, *word)),
            Directive::Template(name) if name.is_empty() => findings.push(
                Finding::new("this comment names no template", placed.span, "which one?")
                    .help(format!("write `infralint: template = {}`", context.template.name)),
            ),
            Directive::Template(_) => {}
            Directive::Unknown { verb, rules } => findings.push(unknown(context, placed, *verb, rules)),
        }
    }
}

fn no_colon(context: &Context, word: Span) -> Finding {
    let missing = match context.slice(word) {
        "infralint" => "a colon is missing after `infralint`",
        _ => "it begins with `infralint:`, in lower case",
    };
    Finding::new(format!("this comment is not read: {missing}"), word, "here")
        .help("write `infralint:`")
        .fix(Fix::replace(Safety::Unsafe, word, "infralint:"))
}

fn unknown(context: &Context, placed: &PlacedDirective, verb: Span, rules: &[Span]) -> Finding {
    let forms = "write `infralint: allow(rule) reason` or `infralint: template = name`";
    let written = context.slice(verb);
    if verb.is_empty() {
        return Finding::new("this `infralint` comment says nothing", placed.span, "here").help(forms);
    }
    if written.starts_with("infralint") {
        let names: Vec<&str> = rules.iter().map(|&name| context.slice(name)).collect();
        let names = if names.is_empty() { "rule".to_owned() } else { names.join(", ") };
        return Finding::new(
            format!("this comment is not read: `{written}` is nothing that infralint knows"),
            verb,
            "here",
        )
        .help(format!("write `infralint: allow({names}) reason`"));
    }
    let meant = if SYNONYMS.contains(&written) { Some("allow") } else { did_you_mean(written, VERBS) };
    let finding = Finding::new(format!("an `infralint` comment cannot say `{written}`"), verb, "here");
    match meant {
        Some(meant) => {
            // Only where what stands behind it is what the right word asks for.
            let behind = context.text()[verb.end()..placed.span.end()].trim_start();
            let is_whole = if meant == "allow" { !rules.is_empty() } else { behind.starts_with('=') };
            let fix = is_whole.then(|| Fix::replace(Safety::Unsafe, verb, meant));
            finding.help(format!("did you mean `{meant}`? {forms}")).fix(fix)
        }
        None => finding.help(forms),
    }
}

fn allow(context: &Context, placed: &PlacedDirective, rules: &[Span], reason: Option<Span>, findings: &mut Findings) {
    let known = |name: &str| context.rules.iter().any(|rule| rule.name == name);
    for &name in rules.iter().filter(|&&name| !known(context.slice(name))) {
        findings.push(no_such_rule(context, name));
    }
    let names: Vec<&str> = rules.iter().map(|&name| context.slice(name)).filter(|name| known(name)).collect();
    if reason.is_none() && !names.is_empty() {
        let all = names.join(", ");
        findings.push(
            Finding::new(
                format!("this comment does not say why {} is allowed", list(&names, "and")),
                placed.span,
                "why?",
            )
            .help(format!("say why: `infralint: allow({all}) reason`")),
        );
    }
}

/// The rule that a name in a directive means: by its name, by an old one, or by one that is near.
pub(crate) fn meant(context: &Context, name: &str) -> Option<&'static Rule> {
    let is_it = |rule: &&&Rule| rule.name == name || rule.formerly.contains(&name);
    let near = || did_you_mean(name, context.rules.iter().map(|rule| rule.name));
    let rule = context.rules.iter().find(is_it).copied();
    rule.or_else(|| near().and_then(|near| context.rules.iter().find(|rule| rule.name == near).copied()))
}

fn no_such_rule(context: &Context, name: Span) -> Finding {
    let written = context.slice(name);
    let renamed = context.rules.iter().find(|rule| rule.formerly.contains(&written)).map(|rule| rule.name);
    if let Some(now) = renamed {
        return Finding::new(format!("the rule `{written}` is now called `{now}`"), name, "renamed")
            .help(format!("write `{now}`"))
            .fix(Fix::replace(Safety::Unsafe, name, now));
    }
    let finding = Finding::new(format!("there is no rule `{written}`"), name, "here");
    match did_you_mean(written, context.rules.iter().map(|rule| rule.name)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")).fix(Fix::replace(Safety::Unsafe, name, meant)),
        None => finding.help("`infralint rules` lists them all"),
    }
}
