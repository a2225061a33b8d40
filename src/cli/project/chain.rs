//! A TOML file and what it extends: templates and configurations alike.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::cli::discover::{from_here, why_unread};
use crate::cli::stop::Stop;
use crate::diagnostic::{Mistake, Origin};
use crate::source::Source;
use crate::span::Span;
use crate::text;

/// The files of a chain, the nearest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    /// Their texts.
    pub(super) sources: Vec<Source>,
    /// The folder of each; paths in it start from there.
    pub(super) folders: Vec<PathBuf>,
}

/// What a file may extend beside other files.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// What a mistake is called.
    pub(super) rule: &'static str,
    /// Names that stand for a text.
    pub(super) names: &'a [String],
    /// The text of a name, and the file that it stands in, if any.
    pub(super) find: &'a Find<'a>,
}

/// Finds the text that a name stands for, and the file that it stands in, if any.
type Find<'a> = dyn Fn(&str) -> Option<(Source, Option<PathBuf>)> + 'a;

/// The one key that a door must know before it can load a file.
#[derive(Debug, Deserialize)]
struct Extending {
    extends: Option<Spanned<String>>,
}

/// Reads what a file extends, and what that extends. `path` is where the file itself lies.
pub(super) fn follow(own: Source, path: &Path, known: Known) -> Result<Chain, Stop> {
    let folder = |file: &Path| file.parent().map(Path::to_owned).unwrap_or_default();
    let mut chain = Chain { sources: vec![own], folders: vec![folder(path)] };
    let mut seen: Vec<PathBuf> = fs::canonicalize(path).into_iter().collect();
    while let Some((asked, span)) = chain.sources.last().and_then(extends) {
        let here = chain.folders.last().cloned().unwrap_or_default();
        let (source, file) = match (known.find)(&asked) {
            // A file that bears the name of what it extends means the one below it.
            Some((source, file)) if file.as_ref().is_none_or(|file| !is_seen(&seen, file)) => (source, file),
            _ => {
                let file = here.join(&asked);
                match fs::read_to_string(&file) {
                    Ok(text) => (Source::new(from_here(&file), text), Some(file)),
                    Err(error) => {
                        let names = known.names.iter().map(String::as_str);
                        let help = text::did_you_mean_or(&asked, names, || match known.names {
                            [] => "write a path relative to this file".to_owned(),
                            names => format!("write {}, or a path relative to this file", text::list(names, "or")),
                        });
                        let message = format!("`{asked}` cannot be read: {}", why_unread(&error));
                        return Err(stop(chain, span, message, Some(help), known.rule));
                    }
                }
            }
        };
        if let Some(file) = &file {
            if is_seen(&seen, file) {
                let message = format!("`{asked}` extends this file in turn");
                return Err(stop(chain, span, message, Some("break the circle".to_owned()), known.rule));
            }
            seen.extend(fs::canonicalize(file));
        }
        chain.sources.push(source);
        chain.folders.push(file.map_or(here, |file| folder(&file)));
    }
    Ok(chain)
}

fn is_seen(seen: &[PathBuf], file: &Path) -> bool {
    fs::canonicalize(file).is_ok_and(|real| seen.contains(&real))
}

fn stop(chain: Chain, span: Span, message: String, help: Option<String>, rule: &'static str) -> Stop {
    let origin = Origin { source: (chain.sources.len() - 1) as u16, span };
    let mistake = Mistake { origin, message, label: "here".to_owned(), help };
    Stop::Mistakes { rule, mistakes: vec![mistake], sources: chain.sources }
}

/// What a file extends, and where it says so. A file that is no TOML extends nothing: loading complains.
fn extends(source: &Source) -> Option<(String, Span)> {
    let extends = toml::from_str::<Extending>(source.text()).ok()?.extends?;
    let place = extends.span();
    Some((extends.into_inner(), Span::new(place.start, place.end)))
}
