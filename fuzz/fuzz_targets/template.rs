//! Whatever a template says, its mistakes are told; where it has none, it can be written as a document and judges it.
#![no_main]

use infralint::source::Source;
use infralint::template::skeleton;
use infralint_fuzz::{assert_lies_in, check, compiled};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match compiled(Source::new("fuzz.toml", text)) {
        Ok(template) => {
            check(&skeleton::document(&template, None), &template);
        }
        Err(mistakes) => {
            for mistake in mistakes {
                assert_lies_in(text, mistake.origin.span, &mistake.message);
            }
        }
    }
});
