//! From the texts of configuration files to what they say. All mistakes are told at once.

use crate::config::model::{Config, Level, Specs};
use crate::config::raw::{RawConfig, RawSpecs};
use crate::described::phrases::Phrases;
use crate::described::reader::{Mistakes, Reader};
use crate::described::{At, Described, Keyed, Text};
use crate::diagnostic::Mistake;
use crate::severity::Severity;
use crate::source::Source;
use crate::text::did_you_mean_or;

/// Loads a configuration. The chain holds the nearest file first, then what it extends; the places of mistakes are
/// indices into it. `known_rules` are the names that may be given a level, each with the old names it had.
///
/// # Errors
///
/// Every mistake, in the order of the files.
pub fn load(chain: Vec<Source>, known_rules: &[(&str, &[&str])]) -> Result<Config, Vec<Mistake>> {
    let mut mistakes = Mistakes::default();
    let mut read: Option<RawConfig> = None;
    for (index, source) in chain.iter().enumerate().rev() {
        let own = Reader::read::<RawConfig>(index as u16, source.text(), &mut mistakes);
        read = match (read, own) {
            (Some(base), Some(own)) => Some(base.overlay(own)),
            (base, own) => own.or(base),
        };
    }
    let config = read.map(|raw| Loader { mistakes: &mut mistakes, known_rules }.config(raw, chain));
    match config {
        Some(config) if mistakes.is_empty() => Ok(config),
        _ => Err(mistakes.into_list()),
    }
}

/// That there is no rule of this name, and what to write instead.
pub fn no_such_rule(written: &str, known_rules: &[(&str, &[&str])]) -> (String, String) {
    if let Some((rule, _)) = known_rules.iter().find(|(_, formerly)| formerly.contains(&written)) {
        return (format!("the rule `{written}` is called `{rule}` now"), format!("write `{rule}`"));
    }
    let names = known_rules.iter().map(|(rule, _)| *rule);
    let help = did_you_mean_or(written, names, || "`infralint rules` lists them all".to_owned());
    (format!("there is no rule `{written}`"), help)
}

struct Loader<'a> {
    mistakes: &'a mut Mistakes,
    known_rules: &'a [(&'a str, &'a [&'a str])],
}

impl Loader<'_> {
    fn config(&mut self, raw: RawConfig, sources: Vec<Source>) -> Config {
        if let Some(wanted) = &raw.required_version {
            self.mistakes.require_version(wanted, "configuration");
        }
        for list in [&raw.include, &raw.exclude, &raw.templates].into_iter().flatten() {
            self.globs(&list.value);
        }
        Config {
            include: raw.include,
            exclude: raw.exclude,
            fail_on: raw.fail_on,
            templates: raw.templates,
            baseline: raw.baseline,
            rules: raw.rules.map(|rules| self.levels(rules)).unwrap_or_default(),
            specs: raw.specs.unwrap_or_default().into_iter().map(|specs| self.specs(specs)).collect(),
            words: raw.words.map(|words| self.words(words)).unwrap_or_default(),
            links_root: raw.links.and_then(|links| links.root),
            stale_after: raw.git.and_then(|git| git.stale_after),
            sources,
        }
    }

    fn specs(&mut self, raw: RawSpecs) -> Specs {
        let files = raw.files.unwrap_or(At { value: Vec::new(), origin: raw.origin });
        // Where the key is missing, that has been said.
        if files.value.is_empty() && files.origin != raw.origin {
            self.mistakes.push(files.origin, "`files` names no file", "here", "write the path of a spec, or a glob");
        }
        self.globs(&files.value);
        if raw.template.is_none() && raw.rules.is_none() && raw.status.is_none() {
            let help = "add `template = \"infrastructure\"`, or a table `[specs.rules]`";
            self.mistakes.push(raw.origin, "this entry of `[[specs]]` changes nothing", "it only names files", help);
        }
        let by_status = raw.status.map(|status| status.entries).unwrap_or_default();
        Specs {
            files,
            template: raw.template,
            rules: raw.rules.map(|rules| self.levels(rules)).unwrap_or_default(),
            by_status: by_status.into_iter().map(|(status, rules)| (status, self.levels(rules))).collect(),
        }
    }

    fn levels(&mut self, raw: Keyed<At<Severity>>) -> Vec<Level> {
        let mut levels = Vec::new();
        for (name, level) in raw.entries {
            if self.known_rules.iter().any(|(rule, _)| *rule == name.value) {
                levels.push(Level { rule: name.value, level });
                continue;
            }
            let (message, help) = no_such_rule(&name.value, self.known_rules);
            self.mistakes.push(name.origin, message, "here", help);
        }
        levels
    }

    /// What no glob of a path below this folder can be; whether it can be read as a glob, the door says.
    fn globs(&mut self, globs: &[Text]) {
        for glob in globs {
            let (message, help) = match glob.value.as_str() {
                "" => ("an empty glob matches nothing".to_owned(), "remove it"),
                value if value.starts_with('/') || value.get(1..3).is_some_and(|drive| drive == ":\\") => {
                    (format!("`{value}` is an absolute path"), "write it relative to the folder of this file")
                }
                value if value.contains('\\') => {
                    (format!("`{value}` holds a backslash"), "write `/` between the parts of a path")
                }
                value if value.starts_with("../") || value == ".." => {
                    (format!("`{value}` lies outside of the folder of this file"), "move this file up, or remove it")
                }
                _ => continue,
            };
            self.mistakes.push(glob.origin, message, "here", help);
        }
    }

    fn words(&mut self, raw: Keyed<Phrases>) -> Vec<(Text, Vec<Text>)> {
        for phrase in raw.entries.iter().flat_map(|(_, phrases)| &phrases.list) {
            self.mistakes.check_phrase(phrase);
        }
        raw.entries.into_iter().map(|(name, phrases)| (name, phrases.list)).collect()
    }
}
