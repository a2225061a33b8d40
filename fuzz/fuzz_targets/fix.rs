//! Whatever a document holds, its fixes come to an end, and a second run changes nothing.
#![no_main]

use infralint::fix::Safety;
use infralint::reading::Reading;
use infralint::repair::{Standard, repair};
use infralint::settings::Settings;
use infralint::source::Source;
use infralint::surroundings::Surroundings;
use infralint_fuzz::TEMPLATE;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let around = |_: &Reading| Surroundings::default();
    let standard = Standard { template: &TEMPLATE, settings: &Settings::default(), around: &around };
    let once = repair(&standard, Source::new("fuzz.md", text), Safety::Unsafe);
    let twice = repair(&standard, Source::new("fuzz.md", once.text()), Safety::Unsafe);
    assert_eq!((twice.count(), twice.text()), (0, once.text()));
});
