//! Whatever a diagram holds, it is read, and all that is said of it has a place.
#![no_main]

use infralint::mermaid::model::Text;
use infralint::mermaid::read_text;
use infralint_fuzz::assert_lies_in;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let diagram = read_text(text);
    for problem in &diagram.problems {
        assert_lies_in(text, problem.span, "a problem");
        for (span, _) in &problem.fix {
            assert_lies_in(text, *span, "a fix");
        }
    }
    let Some(flowchart) = &diagram.flowchart else { return };
    let shown = |written: &Text, what| {
        assert_lies_in(text, written.span, what);
        written.plain(text);
    };
    for node in &flowchart.nodes {
        shown(&node.id, "an id");
        node.label.iter().for_each(|label| shown(label, "a label"));
    }
    for edge in &flowchart.edges {
        assert_lies_in(text, edge.link, "an arrow");
        edge.label.iter().for_each(|label| shown(label, "the label of an arrow"));
    }
    for group in &flowchart.groups {
        shown(&group.title, "a title");
    }
});
