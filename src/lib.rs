//! infralint lints infrastructure specs written in Markdown.
//!
//! Text goes in, a value comes out, in three pure steps that never print, panic or fail:
//!
//! ```
//! use std::sync::Arc;
//! use infralint::lint::scope::{Scope, scope};
//! use infralint::settings::Settings;
//! use infralint::source::Source;
//! use infralint::surroundings::Surroundings;
//!
//! # let template = infralint::template::load::load(vec![Source::new("runbook.toml", r###"
//! #     name = "runbook"
//! #     [[section]]
//! #     heading = "## Steps"
//! # "###)], &[]).expect("a sound template");
//! let settings = Settings { forced: Some(Arc::new(template)), ..Settings::default() };
//! let reading = infralint::read(Source::new("runbook.md", "# Restart the relay\n"));
//! let Scope::Held(template) = scope(&reading, &settings, |_| false) else { return };
//! let report = infralint::check(&reading, &template, &settings, &Surroundings::default());
//! assert_eq!(report.diagnostics[0].rule, "missing-section");
//! ```
//!
//! Two words must not blur. A **template** says what a document must hold; it is data (`rules/*.toml`). A **rule** is
//! one way to complain; it is code (one file in `src/rules/`). No rule knows a section's name, and no template knows
//! Rust: a second template costs no code, and a new rule serves every template.
//!
//! # The floors
//!
//! A module uses what stands on floors below its own, and of its own floor only what the last column allows.
//! `tests/architecture.rs` reads this table. Floors 0 to 6 build without the feature `cli`.
//!
//! | floor | modules | may use, beside all lower floors |
//! |---|---|---|
//! | 0 text | `span` `source` `text` `excerpt` | source -> span, excerpt -> span |
//! | 1 knowledge and findings | `values` `words` `yaml` `directive` `slug` `severity` `fix` `diagnostic` `described` | diagnostic -> fix, diagnostic -> severity, described -> diagnostic, described -> severity, described -> words |
//! | 2 models | `markdown` `mermaid` `template` `config` | template -> mermaid |
//! | 3 reading | `reading` `surroundings` `settings` | surroundings -> reading |
//! | 4 binding | `bind` `derive` | derive -> bind |
//! | 5 rules | `rule` `rules` | rules -> rule |
//! | 6 engine | `lint` `repair` `baseline` | repair -> lint, baseline -> lint |
//! | 7 words out | `output` | |
//! | 8 doors | `cli` | |

pub mod baseline;
pub mod bind;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod derive;
pub mod described;
pub mod diagnostic;
pub mod directive;
pub mod excerpt;
pub mod fix;
pub mod lint;
pub mod markdown;
pub mod mermaid;
#[cfg(feature = "cli")]
pub mod output;
pub mod reading;
pub mod repair;
pub mod rule;
pub mod rules;
pub mod settings;
pub mod severity;
pub mod slug;
pub mod source;
pub mod span;
pub mod surroundings;
pub mod template;
pub mod text;
pub mod values;
pub mod words;
pub mod yaml;

pub use lint::check;
pub use lint::scope::scope;
pub use reading::read;
