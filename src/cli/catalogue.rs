//! Which templates there are: the built-in ones, and those of files with what they extend.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::cli::discover::{reason, slashed};
use crate::cli::stop::Stop;
use crate::diagnostic::{Mistake, Origin};
use crate::rules;
use crate::source::Source;
use crate::span::Span;
use crate::template::builtin::{self, builtin};
use crate::template::load;
use crate::template::model::Template;
use crate::text;

/// What mistakes in a template are called.
pub(super) const INVALID_TEMPLATE: &str = "invalid-template";

/// The templates that a run knows by name.
#[derive(Debug, Clone)]
pub(super) struct Catalogue {
    /// In the order in which documents are compared with them.
    pub(super) templates: Vec<Arc<Template>>,
}

impl Catalogue {
    /// The built-in templates.
    pub(super) fn built_in() -> Result<Self, Stop> {
        let sources = builtin::SOURCES.iter().filter_map(|(name, _)| builtin(name));
        let templates = sources.map(|source| compile(vec![source]).map(Arc::new)).collect::<Result<_, _>>()?;
        Ok(Self { templates })
    }

    /// The template that is asked for, by its name or by its file.
    pub(super) fn find(&self, asked: &str) -> Result<Arc<Template>, Stop> {
        if let Some(known) = self.templates.iter().find(|template| template.name == asked) {
            return Ok(Arc::clone(known));
        }
        let path = Path::new(asked);
        let looks_like_file = asked.contains(['/', '\\']) || path.extension().is_some_and(|end| end == "toml");
        if looks_like_file || path.is_file() { load_file(path).map(Arc::new) } else { Err(self.unknown(asked)) }
    }

    /// That there is no template of this name.
    fn unknown(&self, asked: &str) -> Stop {
        let names: Vec<&str> = self.templates.iter().map(|template| template.name.as_str()).collect();
        let help = match text::did_you_mean(asked, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}, or the path of a TOML file", text::list(&names, "or")),
        };
        Stop::with_help(format!("there is no template `{asked}`"), help)
    }
}

/// Loads a template from a file.
pub(super) fn load_file(path: &Path) -> Result<Template, Stop> {
    let name = slashed(path);
    match fs::read_to_string(path) {
        Ok(text) => compile(chain(Source::new(name, text), path)?),
        Err(error) => Err(Stop::new(format!("cannot read the template {name}: {}", reason(&error)))),
    }
}

fn compile(chain: Vec<Source>) -> Result<Template, Stop> {
    let known: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    let sources = chain.clone();
    load::load(chain, &known).map_err(|mistakes| Stop::Mistakes { rule: INVALID_TEMPLATE, mistakes, sources })
}

/// The one key that a door must know before a template is loaded.
#[derive(Debug, Deserialize)]
struct Extending {
    extends: Option<Spanned<String>>,
}

/// A template and what it extends, one after another.
fn chain(own: Source, path: &Path) -> Result<Vec<Source>, Stop> {
    let mut chain = vec![own];
    let mut folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let mut seen: Vec<PathBuf> = fs::canonicalize(path).into_iter().collect();
    while let Some((asked, span)) = chain.last().and_then(extends) {
        if let Some(base) = builtin(&asked) {
            chain.push(base);
            continue;
        }
        let file = folder.join(&asked);
        let wrong = |chain: Vec<Source>, message: String, help: Option<String>| {
            let origin = Origin { source: (chain.len() - 1) as u16, span };
            let mistake = Mistake { origin, message, label: String::new(), help };
            Stop::Mistakes { rule: INVALID_TEMPLATE, mistakes: vec![mistake], sources: chain }
        };
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) => {
                let names: Vec<&str> = builtin::SOURCES.iter().map(|(name, _)| *name).collect();
                let help = match text::did_you_mean(&asked, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write {}, or a path relative to this file", text::list(&names, "or")),
                };
                let message = format!("`{asked}` is no built-in template, and no file: {}", reason(&error));
                return Err(wrong(chain, message, Some(help)));
            }
        };
        let real = fs::canonicalize(&file).unwrap_or_else(|_| file.clone());
        if seen.contains(&real) {
            return Err(wrong(chain, format!("`{asked}` extends this file in turn"), None));
        }
        seen.push(real);
        folder = file.parent().map(Path::to_owned).unwrap_or_default();
        chain.push(Source::new(slashed(&file), text));
    }
    Ok(chain)
}

/// What a template extends, and where it says so. A file that is no TOML extends nothing: loading complains.
fn extends(source: &Source) -> Option<(String, Span)> {
    let extends = toml::from_str::<Extending>(source.text()).ok()?.extends?;
    let place = extends.span();
    Some((extends.into_inner(), Span::new(place.start, place.end)))
}
