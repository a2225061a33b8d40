//! What is computed from a template once, when it is first asked for.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::template::model::{SpecId, Template};
use crate::words::Matcher;

/// What is computed from a template once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lazy {
    pub(super) section_names: OnceLock<SectionNames>,
    pub(super) matcher: OnceLock<Matcher>,
    /// [`Template::placeholders`] and [`Template::samples`], for a look at one place of a text; `None` where they are
    /// too many.
    pub(crate) placeholders: OnceLock<Option<aho_corasick::AhoCorasick>>,
}

/// Every name and alias of every section, by its normal form.
#[derive(Debug, Clone, Default)]
pub(crate) struct SectionNames {
    by_name: HashMap<String, Vec<SectionName>, RandomState>,
}

/// A section, and whether the name is its own (or an alias).
#[derive(Debug, Clone, Copy)]
pub(crate) struct SectionName {
    pub(crate) section: SpecId,
    pub(crate) own: bool,
}

impl SectionNames {
    pub(super) fn new(template: &Template) -> Self {
        let mut by_name: HashMap<String, Vec<SectionName>, RandomState> = HashMap::default();
        for (section, spec) in template.sections() {
            let own = std::iter::once((&spec.name.normal, true));
            for (name, own) in own.chain(spec.name.aliases.iter().map(|alias| (alias, false))) {
                by_name.entry(name.clone()).or_default().push(SectionName { section, own });
            }
        }
        Self { by_name }
    }

    /// The sections that a heading of this normal name may stand for.
    pub(crate) fn get(&self, normal: &str) -> &[SectionName] {
        self.by_name.get(normal).map_or(&[], Vec::as_slice)
    }
}
