//! Slips in ids: an arrow names an id that no node declares and that is near to one.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use crate::bind::topology::collect::Collected;
use crate::bind::topology::model::{Chart, End, Ghost};
use crate::mermaid::model::Flowchart;

/// Ids longer than this are compared for letter case only.
const LONGEST: usize = 48;

/// So many ids that are alike are a series, and no slip is meant to be one of them.
const SERIES: usize = 8;

/// Finds the ghosts of all charts.
pub(super) fn find(
    all: &Collected,
    charts: &[(Chart, &Flowchart)],
    of_node: &[Vec<Option<usize>>],
    text: &str,
) -> Vec<Ghost> {
    let mut ghosts = Vec::new();
    // What another diagram of the topology declares is no slip.
    let others = charts.iter().filter(|_| charts.len() > 1).flat_map(|(_, chart)| &chart.nodes);
    let declared: HashSet<&str> = others.filter(|node| node.declared.is_some()).map(|node| node.id.of(text)).collect();
    let mut first_group = 0;
    for (chart, &(_, flowchart)) in charts.iter().enumerate() {
        let mentioned: Vec<usize> = (0..flowchart.nodes.len())
            .filter(|&index| of_node[chart][index].is_some() && flowchart.nodes[index].declared.is_none())
            .collect();
        if !mentioned.is_empty() {
            let known = Known::new(flowchart, &of_node[chart], first_group, text);
            let mentions = LazyCell::new(|| flowchart.mentions());
            for index in mentioned {
                let id = flowchart.nodes[index].id.of(text);
                let (Some(own), Some(meant)) = (of_node[chart][index], known.near(id)) else { continue };
                // What begins with `%` was meant as a comment.
                if !declared.contains(id) && !id.starts_with('%') {
                    ghosts.push(Ghost { node: own, mentions: mentions.of(index).collect(), meant });
                }
            }
        }
        first_group += flowchart.groups.len();
    }
    debug_assert_eq!(first_group, all.groups.len());
    ghosts
}

/// The ids that are declared, by what is left of them when one letter is left out: two ids that are one edit apart
/// share one of these.
struct Known<'a> {
    ids: Vec<(&'a str, End)>,
    by_rest: HashMap<String, Vec<usize>>,
    by_case: HashMap<String, Vec<usize>>,
}

impl<'a> Known<'a> {
    fn new(flowchart: &'a Flowchart, of_node: &[Option<usize>], first_group: usize, text: &'a str) -> Self {
        let nodes = flowchart.nodes.iter().enumerate().filter(|(_, node)| node.declared.is_some());
        let nodes = nodes.filter_map(|(index, node)| Some((node.id.of(text), End::Node(of_node[index]?))));
        let groups = flowchart.groups.iter().enumerate().filter(|(_, group)| !group.id.span.is_empty());
        let groups = groups.map(|(index, group)| (group.id.of(text), End::Group(first_group + index)));
        let ids: Vec<(&str, End)> = nodes.chain(groups).collect();
        let mut by_rest: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_case: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, &(id, _)) in ids.iter().enumerate() {
            by_case.entry(id.to_lowercase()).or_default().push(index);
            for rest in rests(id) {
                by_rest.entry(rest).or_default().push(index);
            }
        }
        Self { ids, by_rest, by_case }
    }

    /// The one declared id that `written` is a slip of.
    fn near(&self, written: &str) -> Option<End> {
        if let Some(same) = self.by_case.get(&written.to_lowercase()) {
            return if let [one] = same[..] { Some(self.ids[one].1) } else { None };
        }
        let mut near = None;
        for rest in rests(written) {
            let alike = self.by_rest.get(&rest).map_or(&[][..], Vec::as_slice);
            if alike.len() > SERIES {
                return None;
            }
            for &index in alike {
                if is_slip(written, self.ids[index].0) {
                    if near.is_some_and(|other| other != index) {
                        return None;
                    }
                    near = Some(index);
                }
            }
        }
        near.map(|index| self.ids[index].1)
    }
}

/// The word itself, and what is left of it without each of its letters.
fn rests(id: &str) -> Vec<String> {
    if id.len() > LONGEST {
        return Vec::new();
    }
    let without = id.char_indices().map(|(at, c)| format!("{}{}", &id[..at], &id[at + c.len_utf8()..]));
    std::iter::once(id.to_owned()).chain(without).collect()
}

/// Whether one is the other with one slip: two neighbours swapped, or one letter more, less or other where they have
/// four at least. `App3` beside `App1` and `NodeB` beside `NodeA` are series, `NLB` beside `ALB` is another thing.
fn is_slip(written: &str, id: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (written.chars().collect(), id.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    match (left, right) {
        ([x1, x2], [y1, y2]) => x1 == y2 && x2 == y1 && !(x1.is_numeric() && x2.is_numeric()),
        ([_] | [], [_] | []) => {
            let changed = || left.iter().chain(right);
            let long = a.len().min(b.len()) >= 4;
            long && !changed().all(|c| c.is_numeric()) && !is_count(&a, &b, start, end)
        }
        _ => false,
    }
}

/// Whether two ids differ in a last letter that counts: `AppA` and `AppB`, `node_a` and `node_b`.
fn is_count(a: &[char], b: &[char], start: usize, end: usize) -> bool {
    let begins = |id: &[char]| match (start.checked_sub(1).map(|at| id[at]), id.get(start)) {
        (Some(before), Some(c)) => {
            matches!(before, '_' | '-') || before.is_numeric() || before.is_lowercase() && c.is_uppercase()
        }
        _ => false,
    };
    end == 0 && a.len() == b.len() && begins(a) && begins(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_edit_that_is_no_count() {
        for (written, id) in [("Cahce", "Cache"), ("ABL", "ALB"), ("Workr1", "Worker1"), ("Primarry", "Primary")] {
            assert!(is_slip(written, id), "{written} {id}");
        }
        for (written, id) in [
            ("App3", "App1"),
            ("App11", "App1"),
            ("NLB", "ALB"),
            ("AppB", "AppA"),
            ("node_b", "node_a"),
            ("DB12", "DB21"),
            ("Redis", "Queue"),
        ] {
            assert!(!is_slip(written, id), "{written} {id}");
        }
    }
}
