//! Words and topologies take time linear in the text, whatever it holds.

mod support;

use std::time::{Duration, Instant};

use infralint::words::Matcher;

/// Generous: a debug build on a loaded machine. What is quadratic takes minutes.
const ENOUGH: Duration = Duration::from_secs(6);

fn within<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < ENOUGH, "{what} took {:?}", start.elapsed());
    done
}

#[test]
fn words_take_linear_time() {
    let phrases: Vec<Vec<String>> = vec![vec!["app".to_owned(), "app server".to_owned()], vec!["a".to_owned()]];
    let matcher = Matcher::new(phrases.iter().map(Vec::as_slice), &[]);
    for part in ["noApp", "<a", "not ", "notApp", "app1", "a.b.", "no app, ", ":fa-", "app none ", "ア"] {
        within(part, || matcher.words_in(&part.repeat(200_000 / part.len())));
    }
}
