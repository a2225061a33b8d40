//! All rules, one file each.

pub(crate) mod unused_directive;

use crate::rule::Rule;

/// Every rule, in the order of the reference.
pub const ALL: &[&Rule] = &[&unused_directive::UNUSED_DIRECTIVE];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
