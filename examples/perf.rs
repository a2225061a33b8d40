//! scratch
#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]
use infralint::source::Source;
use pulldown_cmark::{Options, Parser};
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let phase = std::env::args().nth(2).unwrap();
    let n: u32 = std::env::args().nth(3).and_then(|n| n.parse().ok()).unwrap_or(2000);
    let t = infralint::template::load::load(
        vec![Source::new("t", std::fs::read_to_string("rules/infrastructure.toml").unwrap())],
        &[],
    )
    .unwrap();
    let settings = Default::default();
    let around = Default::default();
    let opts = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut c = 0usize;
    for _ in 0..n {
        match phase.as_str() {
            "none" => {}
            "bare" => {
                for (_, r) in Parser::new_ext(&text, opts).into_offset_iter() {
                    c += r.len() & 1;
                }
            }
            "read" => {
                std::hint::black_box(infralint::markdown::parse::parse(&Source::new("x", text.clone())));
            }
            "bind" => {
                let r = infralint::read(Source::new("x", text.clone()));
                std::hint::black_box(infralint::bind::bind(&r, &t));
            }
            "diagrams" => {
                let r = infralint::read(Source::new("x", text.clone()));
                std::hint::black_box(r.diagrams());
            }
            _ => {
                let r = infralint::read(Source::new("x", text.clone()));
                std::hint::black_box(infralint::check(&r, &t, &settings, &around));
            }
        }
    }
    std::hint::black_box(c);
}
