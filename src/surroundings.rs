//! What a rule must know of the outside. The door gathers it between reading and checking and hands it in as a value.

use jiff::civil::Date;

use crate::reading::Reading;
use crate::span::Span;

/// So many days the date in a header may lie behind the last change, where nobody says otherwise.
pub const STALE_AFTER: u32 = 30;

/// The world around one document.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The day on which the document is judged: the user's own, for it is written into documents.
    pub today: Option<Date>,
    /// The newest day that has begun anywhere: who writes it may live there. Without one, `today`.
    pub newest: Option<Date>,
    /// Relative link targets that are not there: the spans of the links.
    pub missing_targets: Vec<Span>,
    /// The document as it was at the revision to compare with (the merge base of `--since`).
    pub earlier: Option<std::sync::Arc<Reading>>,
    /// The day of the last commit that changed the body, where history is asked for.
    pub last_change: Option<Date>,
    /// So many days the date in the header may lie behind that; [`STALE_AFTER`], where nobody says.
    pub stale_after: Option<u32>,
}

impl Surroundings {
    /// The last day that does not lie in the future.
    pub fn last_day(&self) -> Option<Date> {
        self.newest.or(self.today)
    }
}
