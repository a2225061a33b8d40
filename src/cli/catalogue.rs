//! Which templates there are: the built-in ones, and those of files.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::cli::discover::{reason, slashed};
use crate::cli::stop::Stop;
use crate::rules;
use crate::source::Source;
use crate::template;
use crate::template::model::Template;
use crate::text;

/// The template without requirements: fences, diagrams, links and secrets of any Markdown.
const ANY: &str = "name = \"any\"\nsummary = \"Any Markdown: only rules that need no template\"\n";

/// The templates that a run knows by name.
#[derive(Debug, Clone)]
pub(super) struct Catalogue {
    pub(super) templates: Vec<Arc<Template>>,
}

impl Catalogue {
    /// The built-in templates.
    pub(super) fn built_in() -> Result<Self, Stop> {
        let any = load(Source::new("rules/any.toml", ANY))?;
        Ok(Self { templates: vec![Arc::new(any)] })
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
        Ok(text) => load(Source::new(name, text)),
        Err(error) => Err(Stop::new(format!("cannot read the template {name}: {}", reason(&error)))),
    }
}

fn load(source: Source) -> Result<Template, Stop> {
    let known: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    let name = source.name().to_owned();
    template::load::load(vec![source], &known).map_err(|mistakes| {
        let all: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
        Stop::new(format!("the template {name} cannot be read: {}", all.join("; ")))
    })
}
