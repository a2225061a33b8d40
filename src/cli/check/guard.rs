//! A panic over one document is a failure of that document, not of the run.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// What the last panic of this thread said, and where.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs something during which panics are noted instead of printed.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
        let payload = panic.payload();
        let text = payload.downcast_ref::<&str>().copied();
        let said = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
        LAST_PANIC.set(format!("{said}{place}"));
    }));
    let done = work();
    std::panic::set_hook(before);
    done
}

/// What some work over one document gives, or how it broke.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let said = LAST_PANIC.take();
        format!(
            "internal-error: {said} (infralint {}): this is our mistake; please report it with the document",
            env!("CARGO_PKG_VERSION")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_over_one_document_is_its_own_failure() {
        let done: Result<(), String> = quietly(|| guarded(|| panic!("the cat sat on the keyboard")));
        let reason = done.expect_err("a panic is a failure");
        assert!(
            reason.starts_with("internal-error: the cat sat on the keyboard at src/cli/check/guard.rs:"),
            "{reason}"
        );
    }
}
