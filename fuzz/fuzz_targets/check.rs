//! Whatever a document holds, it is judged and drawn, and nothing of it reaches the terminal but text.
#![no_main]

use infralint::output::pretty::{Colour, Look, Renderer, Requirement};
use infralint_fuzz::{TEMPLATE, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (reading, report) = check(text, &TEMPLATE);
    let renderer = Renderer::new(Look { colour: Colour::Off, width: 80, requirement: Requirement::Shown });
    let mut drawn = String::new();
    for diagnostic in &report.diagnostics {
        renderer.finding(diagnostic, &reading.source, &TEMPLATE, &mut drawn);
    }
    let control = drawn.chars().find(|&c| c.is_control() && c != '\n' && c != '\t');
    assert_eq!(control, None, "in {drawn:?}");
});
