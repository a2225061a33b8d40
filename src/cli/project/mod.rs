//! What one configuration says, ready to be used: templates loaded, globs compiled, and settings for each file.

pub(super) mod catalogue;
mod chain;
mod claims;
pub(super) mod globs;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::cli::discover::{self, from_here, why_unread};
use crate::cli::git;
use crate::cli::project::catalogue::{Catalogue, Own};
use crate::cli::project::chain::Known;
use crate::cli::project::claims::Claims;
use crate::cli::project::globs::Globs;
use crate::cli::stop::Stop;
use crate::config::load::load;
use crate::config::model::FailOn;
use crate::config::model::{Config, Level, Specs};
use crate::described::At;
use crate::diagnostic::{Mistake, Origin};
use crate::lint::scope::{Scope, scope};
use crate::reading::Reading;
use crate::rules;
use crate::settings::Settings;
use crate::severity::Severity;
use crate::source::Source;
use crate::template::model::header::Role;
use crate::template::model::{Kind, Template};
use crate::text;

/// What mistakes in a configuration are called.
pub(super) const INVALID_CONFIG: &str = "invalid-config";

/// The names of a configuration; the first that is there counts.
pub(super) const NAMES: [&str; 3] = ["infralint.toml", ".infralint.toml", ".config/infralint.toml"];

/// What holds for the files below one configuration, or for those below none.
#[derive(Debug)]
pub(super) struct Project {
    /// What the configuration says.
    pub(super) config: Config,
    /// The folders of its files.
    folders: Vec<PathBuf>,
    /// Where paths start from.
    root: PathBuf,
    /// The templates.
    pub(super) catalogue: Catalogue,
    /// The entries of `[[specs]]`.
    pub(super) specs: Vec<Entry>,
    claims: Claims,
    include: Option<Globs>,
    exclude: Globs,
    /// The folder that rooted links start from.
    pub(super) links_root: Option<PathBuf>,
    settings: Settings,
}

/// An entry of `[[specs]]`.
#[derive(Debug)]
pub(super) struct Entry {
    files: Globs,
    settings: Settings,
}

/// The projects that the files of a run lie in.
#[derive(Debug, Default)]
pub(super) struct Projects {
    /// In the order in which they were met.
    pub(super) list: Vec<Project>,
    by_folder: HashMap<PathBuf, usize>,
    by_file: HashMap<PathBuf, usize>,
    /// The project of files that lie below no configuration.
    bare: Option<usize>,
    /// What a person wants to know of the configurations.
    pub(super) notes: Vec<String>,
}

impl Projects {
    /// The project of a folder: its nearest configuration upward, but not beyond the root of its repository.
    fn of(&mut self, folder: &Path) -> Result<usize, Stop> {
        if let Some(&known) = self.by_folder.get(folder) {
            return Ok(known);
        }
        let mut there = NAMES.iter().map(|name| folder.join(name)).filter(|file| file.is_file());
        let own = there.next();
        if let (Some(counts), Some(other)) = (&own, there.next()) {
            self.notes.push(format!("{} counts, {} beside it is not read", from_here(counts), from_here(&other)));
        }
        let above = folder.parent().filter(|_| !git::is_root(folder));
        let index = match (own, above) {
            (Some(file), _) => self.load(&file, folder)?,
            (None, Some(above)) => self.of(above)?,
            (None, None) => self.bare()?,
        };
        self.by_folder.insert(folder.to_owned(), index);
        Ok(index)
    }

    /// The project of a file (by its path from the root of the file system).
    pub(super) fn of_file(&mut self, file: &Path) -> Result<usize, Stop> {
        self.of(file.parent().unwrap_or(Path::new("/")))
    }

    /// The project of the current folder.
    pub(super) fn here(&mut self) -> Result<&Project, Stop> {
        let index = self.of(&fs::canonicalize(".").unwrap_or_default())?;
        Ok(&self.list[index])
    }

    fn load(&mut self, file: &Path, root: &Path) -> Result<usize, Stop> {
        if let Some(&known) = self.by_file.get(file) {
            return Ok(known);
        }
        self.list.push(Project::load(file, root)?);
        self.by_file.insert(file.to_owned(), self.list.len() - 1);
        Ok(self.list.len() - 1)
    }

    fn bare(&mut self) -> Result<usize, Stop> {
        if let Some(known) = self.bare {
            return Ok(known);
        }
        let here = fs::canonicalize(".").unwrap_or_default();
        self.list.push(Project::new(Config::default(), Vec::new(), here)?);
        self.bare = Some(self.list.len() - 1);
        Ok(self.list.len() - 1)
    }
}

impl Project {
    fn load(file: &Path, root: &Path) -> Result<Self, Stop> {
        let shown = from_here(file);
        let text = fs::read_to_string(file)
            .map_err(|error| Stop::new(format!("cannot read the configuration {shown}: {}", why_unread(&error))))?;
        let known = Known { rule: INVALID_CONFIG, names: &[], find: &|_| None };
        let mut chain = chain::follow(Source::new(shown, text), file, known)?;
        // The globs of `.config/infralint.toml` start from the folder that holds `.config`.
        root.clone_into(&mut chain.folders[0]);
        let sources = chain.sources.clone();
        let config = load(chain.sources, &rules::names()).map_err(|mistakes| Stop::Mistakes {
            rule: INVALID_CONFIG,
            mistakes,
            sources,
        })?;
        Self::new(config, chain.folders, root.to_owned())
    }

    fn new(config: Config, folders: Vec<PathBuf>, root: PathBuf) -> Result<Self, Stop> {
        let mut mistakes = Vec::new();
        let mut builder = Builder { folders: &folders, mistakes: &mut mistakes };
        let own = builder.templates(&config)?;
        let mut catalogue = Catalogue::with(&own)?;
        builder.words(&config, &mut catalogue);
        let settings = Settings {
            templates: catalogue.templates.clone(),
            configured: levels(&config.rules),
            ..Settings::default()
        };
        let specs = config.specs.iter().map(|specs| builder.entry(specs, &catalogue, &settings)).collect();
        let include = config.include.as_ref().map(|globs| builder.globs(&globs.value));
        let exclude = config.exclude.as_ref().map(|globs| builder.globs(&globs.value)).unwrap_or_default();
        let links_root = config.links_root.as_ref().and_then(|root| builder.folder(root));
        if !mistakes.is_empty() {
            mistakes.sort_by_key(|mistake| (mistake.origin.source, mistake.origin.span));
            return Err(Stop::Mistakes { rule: INVALID_CONFIG, mistakes, sources: config.sources });
        }
        let claims = Claims::new(&catalogue.templates);
        Ok(Self { config, folders, root, catalogue, specs, claims, include, exclude, links_root, settings })
    }

    /// Has the command line say what it overrules, in all settings.
    pub(super) fn overrule(&mut self, say: impl Fn(&mut Settings)) {
        say(&mut self.settings);
        self.specs.iter_mut().for_each(|entry| say(&mut entry.settings));
    }

    /// The settings of a file.
    pub(super) fn settings(&self, file: &Path) -> &Settings {
        self.entry(file).map_or(&self.settings, |index| &self.specs[index].settings)
    }

    /// Which template holds a document that lies here.
    pub(super) fn scope(&self, reading: &Reading, file: &Path) -> Scope {
        let below = file.strip_prefix(&self.root).unwrap_or(file);
        scope(reading, self.settings(file), |template| self.claims.has(template, below))
    }

    /// The entry of `[[specs]]` that holds for a file.
    pub(super) fn entry(&self, file: &Path) -> Option<usize> {
        self.specs.iter().position(|entry| entry.files.matches(file))
    }

    /// The entries of `[[specs]]` that hold for none of these files, and where they stand.
    pub(super) fn idle(&self, files: &[&Path]) -> impl Iterator<Item = String> {
        let entries = self.specs.iter().zip(&self.config.specs);
        let idle = entries.filter(|(entry, _)| !files.iter().any(|file| entry.files.matches(file)));
        idle.map(|(_, specs)| {
            let globs: Vec<&str> = specs.files.value.iter().map(|glob| glob.value.as_str()).collect();
            format!(
                "{}: no file that is looked at matches {}",
                self.place(specs.files.origin),
                text::list(&globs, "or")
            )
        })
    }

    /// Whether a folder holds all files that the configuration speaks of.
    pub(super) fn lies_in(&self, folder: &Path) -> bool {
        self.root.starts_with(folder)
    }

    /// Whether the configuration leaves a file out.
    pub(super) fn leaves_out(&self, file: &Path) -> bool {
        self.exclude.matches(file) || self.include.as_ref().is_some_and(|include| !include.matches(file))
    }

    /// The level from which findings fail the run, where the configuration says one.
    pub(super) fn fail_on(&self) -> Option<FailOn> {
        self.config.fail_on.as_ref().map(|level| level.value)
    }

    /// The file of known findings, where the configuration names one.
    pub(super) fn baseline(&self) -> Option<PathBuf> {
        let named = self.config.baseline.as_ref()?;
        Some(self.folders.get(usize::from(named.origin.source))?.join(&named.value))
    }

    /// So many days a date may lie behind, where the configuration says it.
    pub(super) fn stale_after(&self) -> Option<u32> {
        self.config.stale_after.as_ref().map(|days| days.value)
    }

    /// `infralint.toml:12`: where something is said.
    pub(super) fn place(&self, origin: Origin) -> String {
        let source = &self.config.sources[usize::from(origin.source)];
        format!("{}:{}", source.name(), source.position(origin.span.start()).line)
    }
}

/// The levels as the engine takes them.
fn levels(levels: &[Level]) -> Vec<(String, Severity)> {
    levels.iter().map(|level| (level.rule.clone(), level.level.value)).collect()
}

/// Makes what the engine needs of what the configuration says, and collects its mistakes.
struct Builder<'a> {
    folders: &'a [PathBuf],
    mistakes: &'a mut Vec<Mistake>,
}

impl Builder<'_> {
    fn wrong(&mut self, origin: Origin, message: impl Into<String>, help: impl Into<String>) {
        let mistake = Mistake { origin, message: message.into(), label: "here".to_owned(), help: Some(help.into()) };
        self.mistakes.push(mistake);
    }

    fn base(&self, origin: Origin) -> PathBuf {
        self.folders.get(usize::from(origin.source)).cloned().unwrap_or_default()
    }

    fn globs(&mut self, globs: &[At<String>]) -> Globs {
        Globs::new(globs, self.folders).unwrap_or_else(|wrong| {
            for (glob, why) in wrong {
                let help = "`*` is any part of a name, `**` any folders, `{a,b}` one of two";
                self.wrong(glob.origin, format!("`{}` is no glob: {why}", glob.value), help);
            }
            Globs::default()
        })
    }

    fn folder(&mut self, named: &At<String>) -> Option<PathBuf> {
        let folder = self.base(named.origin).join(&named.value);
        if folder.is_dir() {
            return Some(folder);
        }
        self.wrong(named.origin, format!("there is no folder `{}`", named.value), "write it relative to this file");
        None
    }

    /// The templates of the user, each read.
    fn templates(&mut self, config: &Config) -> Result<Vec<Own>, Stop> {
        let mut all: Vec<Own> = Vec::new();
        for glob in config.templates.iter().flat_map(|globs| &globs.value) {
            let globs = self.globs(std::slice::from_ref(glob));
            let base = self.base(glob.origin);
            let files = files_of(&base, &glob.value, &globs);
            if files.is_empty() {
                let help = "write the path of a TOML file, or a glob, relative to this file";
                self.wrong(glob.origin, format!("`{}` matches no template", glob.value), help);
            }
            for path in files.into_iter().filter(|path| all.iter().all(|own| own.path != *path)).collect::<Vec<_>>() {
                let shown = from_here(&path);
                let own = Own::read(path, shown)?;
                if let Some(twin) = all.iter().find(|twin| twin.name == own.name && !own.name.is_empty()) {
                    let message =
                        format!("{} and {} are both named `{}`", twin.source.name(), own.source.name(), own.name);
                    self.wrong(glob.origin, message, "give one of them another `name`");
                }
                all.push(own);
            }
        }
        Ok(all)
    }

    fn entry(&mut self, specs: &Specs, catalogue: &Catalogue, project: &Settings) -> Entry {
        let template = specs.template.as_ref().and_then(|asked| {
            let found = catalogue.named(&asked.value);
            if found.is_none() {
                let message = format!("there is no template `{}`", asked.value);
                let help = catalogue.instead_of(&asked.value, "name its file under `templates`");
                self.wrong(asked.origin, message, help);
            }
            found
        });
        for (status, _) in &specs.by_status {
            self.status(status, template.as_deref());
        }
        let by_status = specs.by_status.iter().map(|(status, rules)| (status.value.clone(), levels(rules)));
        let mut settings =
            Settings { assigned: template, configured_by_status: by_status.collect(), ..project.clone() };
        settings.configured.extend(levels(&specs.rules));
        Entry { files: self.globs(&specs.files.value), settings }
    }

    fn status(&mut self, status: &At<String>, template: Option<&Template>) {
        let Some(template) = template else { return };
        let known = match template.field(Role::Status).and_then(|field| field.kind.as_ref()) {
            Some(Kind::Choice { values, .. }) => values.as_slice(),
            _ => &[],
        };
        if known.iter().any(|value| value.eq_ignore_ascii_case(&status.value)) {
            return;
        }
        let message = format!("`{}` is no status of the template `{}`", status.value, template.name);
        let help = text::did_you_mean_or(&status.value, known.iter().map(String::as_str), || match known {
            [] => "its documents have no status: write the levels under `[specs.rules]`".to_owned(),
            known => format!("write {}", text::list(known, "or")),
        });
        self.wrong(status.origin, message, help);
    }

    /// Adds what people here write to the vocabulary of every template that knows the element.
    fn words(&mut self, config: &Config, catalogue: &mut Catalogue) {
        for (element, phrases) in &config.words {
            let mut known = false;
            for template in &mut catalogue.templates {
                let added = phrases.iter().map(|phrase| phrase.value.clone());
                known |= Arc::make_mut(template).add_phrases(&element.value, added);
            }
            if !known {
                let mut names: Vec<&str> = catalogue
                    .templates
                    .iter()
                    .flat_map(|template| template.words.iter().map(|word| word.name.as_str()))
                    .collect();
                names.sort_unstable();
                names.dedup();
                let help = text::did_you_mean_or(&element.value, names.iter().copied(), || {
                    format!("the templates know {}", text::list(&names, "and"))
                });
                self.wrong(element.origin, format!("no template knows the element `{}`", element.value), help);
            }
        }
    }
}

/// The files that a glob of templates names. A plain path needs no walk.
fn files_of(base: &Path, glob: &str, globs: &Globs) -> Vec<PathBuf> {
    let plain = base.join(glob);
    if plain.is_file() {
        return vec![fs::canonicalize(&plain).unwrap_or(plain)];
    }
    let fixed: PathBuf = Path::new(glob)
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let start = base.join(fixed);
    let entries = WalkDir::new(start).sort_by_file_name().into_iter().filter_entry(|entry| !discover::is_hidden(entry));
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "toml") && globs.matches(path))
        .collect()
}
