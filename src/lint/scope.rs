//! Which template holds a document: most Markdown is no spec, and a linter that says otherwise is not believed again.

use std::sync::Arc;

use crate::bind;
use crate::directive::Directive;
use crate::reading::Reading;
use crate::settings::Settings;
use crate::template::model::Template;
use crate::text::{did_you_mean, normal};

/// So many sections of a template make a document that is named like a spec a spec.
const ENOUGH_SECTIONS: usize = 4;

/// Whether a document is a spec.
#[derive(Debug, Clone)]
pub enum Scope {
    /// It is held to this template.
    Held(Arc<Template>),
    /// It is not a spec.
    Skipped(Skipped),
}

/// Why a document is not held, and how near it is to a spec.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Skipped {
    /// Why.
    pub reason: Reason,
    /// The template it is most like; empty where there is none.
    pub template: String,
    /// How many of its top-level sections stand in the document.
    pub sections: usize,
    /// How many top-level sections it has.
    pub of: usize,
    /// Whether the document has the header in the template's form.
    pub header: bool,
}

/// Why a document is not held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reason {
    /// Nothing says that it is one.
    #[default]
    NoSpec,
    /// Its path or title says so, its shape does not: worth a word in the summary.
    NamedLikeOne,
    /// It asks for a template of this name, which does not exist.
    UnknownTemplate(String),
}

/// Which template holds a document. The first that applies: the command line, the configuration, the document
/// itself, its name together with its shape, its shape alone. `claims` says whether the `applies-to` files of a
/// template match the path of the document.
pub fn scope(reading: &Reading, settings: &Settings, claims: impl Fn(&Template) -> bool) -> Scope {
    if let Some(template) = settings.forced.as_ref().or(settings.assigned.as_ref()) {
        return Scope::Held(Arc::clone(template));
    }
    if let Some(name) = asked_for(reading, settings) {
        let known = settings.templates.iter().find(|template| template.name == name);
        return match known {
            Some(template) => Scope::Held(Arc::clone(template)),
            None => Scope::Skipped(Skipped { reason: Reason::UnknownTemplate(name), ..Skipped::default() }),
        };
    }
    let mut nearest = Skipped::default();
    for template in settings.templates.iter().filter(|template| !template.sections.is_empty()) {
        let (sections, of) = bind::shared_sections(reading, template);
        // Three quarters of the sections under their own names are no chance, whatever became of the header.
        if of > ENOUGH_SECTIONS && sections * 4 >= of * 3 {
            return Scope::Held(Arc::clone(template));
        }
        let claimed = claims(template);
        let named = claimed || has_title(template, &title(reading));
        if named && sections >= ENOUGH_SECTIONS.min(of) {
            return Scope::Held(Arc::clone(template));
        }
        let header = bind::has_header(reading, template);
        if header && (named || sections * 2 >= of) {
            return Scope::Held(Arc::clone(template));
        }
        let near = Skipped {
            reason: if claimed { Reason::NamedLikeOne } else { Reason::NoSpec },
            template: template.name.clone(),
            sections,
            of,
            header,
        };
        if nearest.template.is_empty() || (near.header, near.sections) > (nearest.header, nearest.sections) {
            nearest = near;
        }
    }
    Scope::Skipped(nearest)
}

/// The template that the document names: in a comment, or in its front matter. Site generators write
/// `template: home.html` there, too: what is not near one of our names is not meant for us.
fn asked_for(reading: &Reading, settings: &Settings) -> Option<String> {
    let text = reading.source.text();
    let directive = reading.document.directives.iter().find_map(|placed| match placed.directive {
        Directive::Template(name) => Some(text[name.range()].to_owned()),
        _ => None,
    });
    directive.or_else(|| {
        let front = reading.document.front_matter.as_ref()?;
        text[front.body.range()].lines().find_map(|line| {
            let value = line.strip_prefix("template")?.trim_start();
            let value = value.strip_prefix(':').or_else(|| value.strip_prefix('='))?;
            let value = value.trim().trim_matches(['"', '\'']);
            let known = settings.templates.iter().map(|template| template.name.as_str());
            did_you_mean(value, known).map(|_| value.to_owned())
        })
    })
}

fn title(reading: &Reading) -> String {
    reading
        .document
        .headings()
        .next()
        .filter(|(_, heading)| heading.level == 1)
        .map_or_else(String::new, |(_, heading)| normal(&reading.source.text()[heading.text.range()]))
}

/// Whether the title holds the template's as whole words.
fn has_title(template: &Template, title: &str) -> bool {
    template.title.as_ref().is_some_and(|wanted| {
        let wanted: Vec<&str> = wanted.normal.split(' ').collect();
        let words: Vec<&str> = title.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        words.windows(wanted.len()).any(|window| window == wanted)
    })
}
