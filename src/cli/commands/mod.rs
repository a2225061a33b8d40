//! One file for each command but `check`, the main job, which has a folder of its own.

pub(super) mod derive;
pub(super) mod explain;
pub(super) mod init;
pub(super) mod new;
pub(super) mod rules;
pub(super) mod schema;
pub(super) mod shell;
pub(super) mod templates;
pub(super) mod topology;
