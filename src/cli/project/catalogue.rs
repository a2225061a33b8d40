//! Which templates there are: the built-in ones, and those of files with what they extend.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use crate::cli::discover::{slashed, why_unread};
use crate::cli::project::chain::{self, Known};
use crate::cli::stop::Stop;
use crate::rules;
use crate::source::Source;
use crate::template::builtin::{self, builtin};
use crate::template::load;
use crate::template::model::Template;
use crate::text;

/// What mistakes in a template are called.
pub(in crate::cli) const INVALID_TEMPLATE: &str = "invalid-template";

/// The templates that a run knows by name.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Catalogue {
    /// In the order in which documents are compared with them.
    pub(in crate::cli) templates: Vec<Arc<Template>>,
}

/// A template of the user's own: its text, where it lies, and its name.
#[derive(Debug, Clone)]
pub(super) struct Own {
    /// Its text.
    pub(in crate::cli) source: Source,
    /// Where it lies.
    pub(in crate::cli) path: PathBuf,
    /// Its name; empty where it cannot be read, for loading to complain.
    pub(in crate::cli) name: String,
}

impl Catalogue {
    /// The built-in templates and those of the user. One that bears the name of a built-in one takes its place.
    pub(super) fn with(own: &[Own]) -> Result<Self, Stop> {
        let mut templates = Vec::new();
        for one in own {
            templates.push(Arc::new(load_source(one.source.clone(), &one.path, own)?));
        }
        let sources = builtin::SOURCES.iter().filter(|(name, _)| own.iter().all(|own| own.name != *name));
        for source in sources.filter_map(|(name, _)| builtin(name)) {
            templates.push(Arc::new(compile(vec![source])?));
        }
        Ok(Self { templates })
    }

    /// The template of this name.
    pub(in crate::cli) fn named(&self, name: &str) -> Option<Arc<Template>> {
        self.templates.iter().find(|template| template.name == name).map(Arc::clone)
    }

    /// The names of all templates.
    pub(in crate::cli) fn names(&self) -> Vec<&str> {
        self.templates.iter().map(|template| template.name.as_str()).collect()
    }

    /// The template that is asked for, by its name or by its file.
    pub(in crate::cli) fn find(&self, asked: &str) -> Result<Arc<Template>, Stop> {
        if let Some(known) = self.named(asked) {
            return Ok(known);
        }
        let path = Path::new(asked);
        let looks_like_file = asked.contains(['/', '\\']) || path.extension().is_some_and(|end| end == "toml");
        if looks_like_file || path.is_file() { load_file(path).map(Arc::new) } else { Err(self.unknown(asked)) }
    }

    /// That there is no template of this name.
    fn unknown(&self, asked: &str) -> Stop {
        Stop::with_help(format!("there is no template `{asked}`"), self.instead_of(asked, "the path of a TOML file"))
    }

    /// What to write instead of a name that there is no template of: another name, or `else_write`.
    pub(super) fn instead_of(&self, asked: &str, else_write: &str) -> String {
        let names = self.names();
        text::did_you_mean_or(asked, names.iter().copied(), || {
            format!("write {}, or {else_write}", text::list(&names, "or"))
        })
    }
}

impl Own {
    /// Reads a template of the user's own, but does not compile it yet: it may extend another one of them.
    pub(in crate::cli) fn read(path: PathBuf, shown: String) -> Result<Self, Stop> {
        #[derive(Deserialize)]
        struct Named {
            name: String,
        }
        let text = text_of(&path)?;
        let name = toml::from_str::<Named>(&text).map(|named| named.name).unwrap_or_default();
        Ok(Self { source: Source::new(shown, text), path, name })
    }
}

/// Loads a template from a file.
pub(in crate::cli) fn load_file(path: &Path) -> Result<Template, Stop> {
    load_source(Source::new(slashed(path), text_of(path)?), path, &[])
}

fn text_of(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path)
        .map_err(|error| Stop::new(format!("cannot read the template {}: {}", slashed(path), why_unread(&error))))
}

fn load_source(source: Source, path: &Path, others: &[Own]) -> Result<Template, Stop> {
    let own_name = |name: &str| {
        let own = others.iter().find(|own| own.name == name && own.path != path)?;
        Some((own.source.clone(), Some(own.path.clone())))
    };
    let find = |name: &str| own_name(name).or_else(|| builtin(name).map(|source| (source, None)));
    let names: Vec<String> = others
        .iter()
        .map(|own| own.name.clone())
        .chain(builtin::SOURCES.iter().map(|(name, _)| (*name).to_owned()))
        .collect();
    let known = Known { rule: INVALID_TEMPLATE, names: &names, find: &find };
    compile(chain::follow(source, path, known)?.sources)
}

fn compile(chain: Vec<Source>) -> Result<Template, Stop> {
    let known: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    let sources = chain.clone();
    load::load(chain, &known).map_err(|mistakes| Stop::Mistakes { rule: INVALID_TEMPLATE, mistakes, sources })
}
