//! A document that is bound to a template.

use crate::bind::model::Binding;
use crate::markdown::model::Document;
use crate::template::model::Template;

/// A document, the template that holds it, and what was found where: what is asked of all of them together.
#[derive(Clone, Copy)]
pub(crate) struct Bound<'a> {
    pub(crate) template: &'a Template,
    pub(crate) binding: &'a Binding,
    pub(crate) document: &'a Document,
    pub(crate) text: &'a str,
}
