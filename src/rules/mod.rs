//! All rules, one file each.

mod duplicate_section;
mod empty_section;
mod misplaced_section;
mod missing_section;
mod renamed_section;
mod unexpected_section;
pub(crate) mod unused_directive;
mod wrong_number;

use crate::rule::Rule;

/// Every rule, in the order of the reference.
pub const ALL: &[&Rule] = &[
    // document
    &unused_directive::UNUSED_DIRECTIVE,
    // structure
    &missing_section::MISSING_SECTION,
    &renamed_section::RENAMED_SECTION,
    &misplaced_section::MISPLACED_SECTION,
    &duplicate_section::DUPLICATE_SECTION,
    &wrong_number::WRONG_NUMBER,
    &empty_section::EMPTY_SECTION,
    &unexpected_section::UNEXPECTED_SECTION,
];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
