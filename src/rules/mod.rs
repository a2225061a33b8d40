//! All rules, one file each.

mod broken_anchor;
mod broken_link;
mod broken_table;
mod changelog_order;
mod column_order;
mod config_mismatch;
mod date_mismatch;
mod duplicate_field;
mod duplicate_row;
mod duplicate_section;
mod empty_cell;
mod empty_section;
mod empty_table;
mod empty_zone;
mod exposed_data;
mod exposed_secret;
mod future_date;
mod ghost_node;
mod invalid_cell;
mod invalid_diagram;
pub(crate) mod invalid_directive;
mod invalid_entry;
mod invalid_field;
mod invalid_waiver;
mod invalid_yaml;
pub(crate) mod merge_conflict;
mod min_exceeds_max;
mod misplaced_section;
mod missing_block;
mod missing_column;
mod missing_diagram;
mod missing_element;
mod missing_field;
mod missing_flow;
mod missing_header;
mod missing_layer;
mod missing_row;
mod missing_section;
mod missing_table;
mod missing_title;
mod open_question;
mod orphan_node;
pub(crate) mod placeholder_text;
mod prose_length;
mod ragged_row;
mod renamed_column;
mod renamed_section;
mod reversed_flow;
mod rewritten_changelog;
mod stale_date;
mod surprising_diagram;
mod too_few_zones;
mod unbumped_version;
mod unclosed_comment;
mod unclosed_fence;
mod undrawn_resource;
mod unexpected_section;
mod unknown_reference;
mod unmet_target;
mod unread_diagram;
pub(crate) mod unused_directive;
mod unused_waiver;
mod version_mismatch;
mod version_regression;
pub(crate) mod wrapped_document;
mod wrong_diagram_kind;
mod wrong_header_form;
mod wrong_number;
mod wrong_total;

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::rule::Rule;

/// Every rule, in the order of the reference.
pub const ALL: &[&Rule] = &[
    // document
    &merge_conflict::MERGE_CONFLICT,
    &unclosed_fence::UNCLOSED_FENCE,
    &unclosed_comment::UNCLOSED_COMMENT,
    &wrapped_document::WRAPPED_DOCUMENT,
    &invalid_directive::INVALID_DIRECTIVE,
    &unused_directive::UNUSED_DIRECTIVE,
    &invalid_waiver::INVALID_WAIVER,
    &unused_waiver::UNUSED_WAIVER,
    // header
    &missing_title::MISSING_TITLE,
    &missing_header::MISSING_HEADER,
    &missing_field::MISSING_FIELD,
    &duplicate_field::DUPLICATE_FIELD,
    &wrong_header_form::WRONG_HEADER_FORM,
    &invalid_field::INVALID_FIELD,
    &future_date::FUTURE_DATE,
    // structure
    &missing_section::MISSING_SECTION,
    &renamed_section::RENAMED_SECTION,
    &misplaced_section::MISPLACED_SECTION,
    &duplicate_section::DUPLICATE_SECTION,
    &wrong_number::WRONG_NUMBER,
    &empty_section::EMPTY_SECTION,
    &unexpected_section::UNEXPECTED_SECTION,
    // tables
    &missing_table::MISSING_TABLE,
    &empty_table::EMPTY_TABLE,
    &missing_column::MISSING_COLUMN,
    &renamed_column::RENAMED_COLUMN,
    &column_order::COLUMN_ORDER,
    &missing_row::MISSING_ROW,
    &broken_table::BROKEN_TABLE,
    &ragged_row::RAGGED_ROW,
    &empty_cell::EMPTY_CELL,
    &invalid_cell::INVALID_CELL,
    &duplicate_row::DUPLICATE_ROW,
    // content
    &placeholder_text::PLACEHOLDER_TEXT,
    &missing_block::MISSING_BLOCK,
    &prose_length::PROSE_LENGTH,
    &invalid_yaml::INVALID_YAML,
    &broken_link::BROKEN_LINK,
    &broken_anchor::BROKEN_ANCHOR,
    &exposed_secret::EXPOSED_SECRET,
    // diagram
    &missing_diagram::MISSING_DIAGRAM,
    &wrong_diagram_kind::WRONG_DIAGRAM_KIND,
    &invalid_diagram::INVALID_DIAGRAM,
    &unread_diagram::UNREAD_DIAGRAM,
    &surprising_diagram::SURPRISING_DIAGRAM,
    &missing_layer::MISSING_LAYER,
    &missing_element::MISSING_ELEMENT,
    &too_few_zones::TOO_FEW_ZONES,
    &empty_zone::EMPTY_ZONE,
    &missing_flow::MISSING_FLOW,
    &reversed_flow::REVERSED_FLOW,
    &exposed_data::EXPOSED_DATA,
    &ghost_node::GHOST_NODE,
    &orphan_node::ORPHAN_NODE,
    &undrawn_resource::UNDRAWN_RESOURCE,
    // consistency
    &version_mismatch::VERSION_MISMATCH,
    &date_mismatch::DATE_MISMATCH,
    &changelog_order::CHANGELOG_ORDER,
    &invalid_entry::INVALID_ENTRY,
    &min_exceeds_max::MIN_EXCEEDS_MAX,
    &config_mismatch::CONFIG_MISMATCH,
    &wrong_total::WRONG_TOTAL,
    &unmet_target::UNMET_TARGET,
    &unknown_reference::UNKNOWN_REFERENCE,
    &open_question::OPEN_QUESTION,
    // history
    &stale_date::STALE_DATE,
    &unbumped_version::UNBUMPED_VERSION,
    &version_regression::VERSION_REGRESSION,
    &rewritten_changelog::REWRITTEN_CHANGELOG,
];

/// The name of every rule, and its old ones.
pub fn names() -> Vec<(&'static str, &'static [&'static str])> {
    ALL.iter().map(|rule| (rule.name, rule.formerly)).collect()
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    index_of(name).map(|index| ALL[index])
}

/// Where the rule of this name stands in [`ALL`]: for each document, levels are looked up by name.
pub(crate) fn index_of(name: &str) -> Option<usize> {
    static INDEX: OnceLock<HashMap<&'static str, usize, RandomState>> = OnceLock::new();
    let index = || ALL.iter().enumerate().map(|(index, rule)| (rule.name, index)).collect();
    INDEX.get_or_init(index).get(name).copied()
}
