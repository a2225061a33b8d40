//! How fast is it? Everything in one run on one machine, on one thread, so that only ratios matter:
//!
//! - `check` over many specs against a bare walk, read and Markdown parse of the same files;
//! - `check` over one long document against one of half its length;
//! - drawing 100,000 findings against printing them as plain lines.
//!
//! `cargo run --release --example speed [SPECS]`
#![allow(clippy::print_stdout)]

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use infralint::cli::streams::{Streams, Terminal};
use infralint::output::pretty::Colour;
use pulldown_cmark::{Options, Parser};
use walkdir::WalkDir;

const SPEC: &str = include_str!("../fixtures/specs/infrastructure.md");
/// That of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Each measurement is the best of so many, taken in turns: what else runs on the machine hits all alike.
const TURNS: usize = 5;

fn main() -> io::Result<()> {
    let specs: usize = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir()?;
    many(folder.path(), specs)?;
    long(folder.path())?;
    drawn(folder.path())
}

fn many(folder: &Path, specs: usize) -> io::Result<()> {
    let folder = folder.join("many");
    for number in 0..specs {
        let place = folder.join(format!("team-{:03}", number / 20));
        fs::create_dir_all(&place)?;
        let text = SPEC.replace("Harbour Tickets", &format!("System {number}"));
        fs::write(place.join(format!("spec-{number:05}.md")), text)?;
    }
    let path = folder.to_string_lossy();
    let [bare, check] = best([&mut || parse(&folder), &mut || check(&["--fail-on=never", "--quiet", &path])]);
    let per = |time: Duration| time.as_secs_f64() * 1e6 / specs as f64;
    println!(
        "{specs} specs: bare parse {:.1} µs each, check {:.1} µs each: {:.2} x",
        per(bare),
        per(check),
        ratio(check, bare)
    );
    Ok(())
}

fn long(folder: &Path) -> io::Result<()> {
    let text = |headings: usize| -> String {
        let head: String = SPEC.lines().take(14).fold(String::new(), |text, line| text + line + "\n");
        (0..headings).fold(head, |text, number| text + &format!("\n### Note {number} on rack\n\nPower.\n"))
    };
    let (half, whole) = (folder.join("half.md"), folder.join("whole.md"));
    fs::write(&half, text(30_000))?;
    fs::write(&whole, text(60_000))?;
    let run =
        |path: &Path| check(&["--fail-on=never", "--quiet", "--template=infrastructure", &path.to_string_lossy()]);
    let [bare, one, two] = best([&mut || parse(&whole), &mut || run(&half), &mut || run(&whole)]);
    println!(
        "{:.1} MB with 60,000 headings: {:.0} ms, {:.2} x the time for half of it, {:.2} x the bare parse",
        fs::metadata(&whole)?.len() as f64 / 1e6,
        two.as_secs_f64() * 1e3,
        ratio(two, one),
        ratio(two, bare)
    );
    Ok(())
}

fn drawn(folder: &Path) -> io::Result<()> {
    let folder = folder.join("broken");
    fs::create_dir_all(&folder)?;
    // Ten empty sections a document.
    let head: String = SPEC.lines().take(6).fold(String::new(), |text, line| text + line + "\n");
    let text = (0..10).fold(head, |text, number| text + &format!("\n## Part {number} of the system\n"));
    for number in 0..10_000 {
        fs::write(folder.join(format!("spec-{number:05}.md")), &text)?;
    }
    let path = folder.to_string_lossy();
    let run = |format: &str| {
        check(&["--fail-on=never", "--only=empty-section", "--template=infrastructure", "--format", format, &path]);
    };
    let [plain, pretty] = best([&mut || run("concise"), &mut || run("pretty")]);
    println!(
        "100,000 findings: as lines {:.2} s, drawn {:.2} s: drawing costs {:.2} s",
        plain.as_secs_f64(),
        pretty.as_secs_f64(),
        (pretty.saturating_sub(plain)).as_secs_f64()
    );
    Ok(())
}

/// Walks, reads and parses, and does nothing else.
fn parse(folder: &Path) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut events = 0_usize;
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let mut text = String::new();
            let read = fs::File::open(entry.path()).and_then(|mut file| file.read_to_string(&mut text));
            read.expect("the file was written by us");
            events += Parser::new_ext(&text, options).into_offset_iter().count();
        }
    }
    std::hint::black_box(events);
}

/// Runs `infralint check` on one thread.
fn check(arguments: &[&str]) {
    let words = ["infralint", "check", "--jobs=1", "--today=2026-09-20"].into_iter().chain(arguments.iter().copied());
    let mut streams = Streams {
        input: &mut io::empty(),
        out: &mut io::sink(),
        err: &mut io::stderr(),
        terminal: Terminal { out: Colour::Off, err: Colour::Off, width: 100, watched: false },
    };
    let code = infralint::cli::run(words.map(OsString::from), &mut streams);
    assert_eq!(code, 0, "{arguments:?}");
}

fn best<const N: usize>(mut works: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times = [Duration::MAX; N];
    for _ in 0..TURNS {
        for (work, time) in works.iter_mut().zip(&mut times) {
            let before = used();
            work();
            *time = (*time).min(used().saturating_sub(before));
        }
    }
    times
}

/// The time that this thread has been running. Where the system does not say, the time that has passed.
fn used() -> Duration {
    let said = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = said.and_then(|said| said.split(' ').next().and_then(|number| number.parse().ok()));
    nanoseconds.map_or_else(passed, Duration::from_nanos)
}

fn passed() -> Duration {
    use std::sync::OnceLock;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
