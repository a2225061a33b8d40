//! Which paths each template claims: the globs of its `applies-to`.

use std::path::Path;
use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::template::model::Template;

/// The globs of all templates.
#[derive(Debug, Default)]
pub(super) struct Claims {
    sets: Vec<(String, GlobSet)>,
}

impl Claims {
    /// The `applies-to` globs of the templates. A glob that cannot be read claims nothing: loading has complained.
    pub(super) fn new(templates: &[Arc<Template>]) -> Self {
        let set = |template: &Template| {
            let mut builder = GlobSetBuilder::new();
            for glob in &template.applies_to.files {
                if let Ok(glob) = GlobBuilder::new(glob).literal_separator(true).build() {
                    builder.add(glob);
                }
            }
            builder.build().unwrap_or_default()
        };
        Self { sets: templates.iter().map(|template| (template.name.clone(), set(template))).collect() }
    }

    /// Whether a template claims a path.
    pub(super) fn has(&self, template: &Template, path: &Path) -> bool {
        self.sets.iter().any(|(name, set)| *name == template.name && set.is_match(path))
    }
}
