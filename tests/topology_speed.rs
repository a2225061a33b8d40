//! Words and topologies take time linear in the text, whatever it holds.

mod support;

use std::time::{Duration, Instant};

use infralint::settings::Settings;
use infralint::surroundings::Surroundings;
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

fn document(diagram: &str) -> String {
    format!("# Infrastructure\n\n## Deployment Topology Diagram\n\n```mermaid\nflowchart TB\n{diagram}```\n")
}

/// Lines of many numbers.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |text, number| text + &line(number) + "\n")
}

#[test]
fn topologies_take_linear_time() {
    const MANY: usize = 10_000;
    let infrastructure = support::infrastructure();
    let nested = lines(MANY, |n| format!("subgraph g{n}")) + "App --> DB\n" + &"end\n".repeat(MANY);
    let zones = lines(MANY, |n| format!("subgraph AZ{n}\napp{n}\nend"));
    let arrows = lines(400, |n| format!("big --> app{n}\napp{n} -.-> other"));
    for (what, diagram) in [
        ("nodes", lines(MANY, |n| format!("App{n}[App server {n}]"))),
        (
            "slips",
            lines(MANY, |n| format!("Worker{n}x[Worker]")) + &lines(400, |n| format!("Worker{n}y --> Wroker{n}x")),
        ),
        ("a series", lines(MANY, |n| format!("node{n}[Node]")) + &lines(400, |n| format!("nod{n} --> nodE{n}"))),
        ("groups in groups", nested),
        ("zones", zones.clone()),
        (
            "arrows between large groups",
            format!("subgraph big\n{zones}end\nsubgraph other\nDB[(Database)]\nend\n{arrows}"),
        ),
        ("long labels", lines(20, |n| format!("n{n}[\"{}\"]", "app cache zone ".repeat(2_000)))),
        ("a compound of zones", format!("n[\"{}\"]\n", "az-".repeat(50_000))),
        ("denials", lines(MANY, |n| format!("n{n}[No WAF, no cache, no queue yet]"))),
    ] {
        let reading = support::read("infrastructure.md", document(&diagram));
        within(what, || support::check(&reading, &infrastructure, &Settings::default(), &Surroundings::default()));
    }
}
