//! What of the contents of all sections was found, in one list.

use std::ops::{Index, IndexMut};

use crate::bind::model::BoundContent;
use crate::template::model::{ContentId, SpecId, Template};

/// What of the contents of all sections was found, section by section.
#[derive(Debug, Default)]
pub struct Contents {
    all: Vec<BoundContent>,
    /// By [`SpecId`]: where its contents begin.
    starts: Vec<usize>,
}

impl Contents {
    /// None yet, with room for those of a template.
    pub(in crate::bind) fn of(template: &Template) -> Self {
        let count = template.sections.iter().map(|section| section.contents.len()).sum();
        Self { all: Vec::with_capacity(count), starts: Vec::with_capacity(template.sections.len()) }
    }

    /// Adds those of the next section, and returns them.
    pub(in crate::bind) fn add(&mut self, contents: impl Iterator<Item = BoundContent>) -> &mut [BoundContent] {
        let start = self.all.len();
        self.starts.push(start);
        self.all.extend(contents);
        &mut self.all[start..]
    }

    /// Those of one section.
    pub fn section(&self, id: SpecId) -> &[BoundContent] {
        let end = self.starts.get(id.index() + 1).copied().unwrap_or(self.all.len());
        &self.all[self.starts[id.index()]..end]
    }

    /// All of them.
    pub fn all(&self) -> &[BoundContent] {
        &self.all
    }

    fn place(&self, id: ContentId) -> usize {
        self.starts[id.section.index()] + id.content as usize
    }
}

impl Index<ContentId> for Contents {
    type Output = BoundContent;

    fn index(&self, id: ContentId) -> &BoundContent {
        &self.all[self.place(id)]
    }
}

impl IndexMut<ContentId> for Contents {
    fn index_mut(&mut self, id: ContentId) -> &mut BoundContent {
        let place = self.place(id);
        &mut self.all[place]
    }
}
