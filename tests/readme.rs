//! The README is true: its transcripts are real output, its table of defects is that of `one_defect.rs`, and it names
//! every option. `INFRALINT_UPDATE=1 cargo test --test readme` rewrites what can be rewritten.
#![cfg(feature = "cli")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a command says, in the root of the project: the report, then the summary.
fn output_of(command: &str) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("infralint"), "a transcript shows infralint: {command}");
    let output = Command::new(env!("CARGO_BIN_EXE_infralint"))
        .args(words)
        .current_dir(support::root())
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("FORCE_COLOR")
        .output()
        .expect("the command runs");
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("it speaks UTF-8"));
    let lines = text.concat();
    lines.lines().map(str::trim_end).fold(String::new(), |all, line| all + line + "\n").trim().to_owned()
}

/// Every ```` ```console ```` block that shows one command, with its real output.
fn with_transcripts(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("```console\n$ ") {
        let body = start + "```console\n$ ".len();
        let line_end = body + rest[body..].find('\n').expect("the command ends");
        let end = line_end + rest[line_end..].find("\n```").expect("the block ends");
        let command = &rest[body..line_end];
        let _ = write!(out, "{}\n{}", &rest[..line_end], output_of(command));
        rest = &rest[end..];
    }
    out + rest
}

/// The text with new content between `<!-- name: begin -->` and `<!-- name: end -->`.
fn with_part(text: &str, name: &str, content: &str) -> String {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let start = text.find(&begin).unwrap_or_else(|| panic!("the README has {begin}")) + begin.len();
    let stop = text.find(&end).unwrap_or_else(|| panic!("the README has {end}"));
    format!("{}{content}{}", &text[..start], &text[stop..])
}

/// The table of `one_defect.rs`, read from its source.
fn defects() -> String {
    let source = support::text_of(&support::root().join("tests/one_defect.rs"));
    let table = source.split("DEFECTS: &[Defect]").nth(1).and_then(|rest| rest.split("\n];").next()).expect("a table");
    let mut out = "| edit | the one finding |\n|---|---|\n".to_owned();
    let mut what = None;
    for line in table.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix('"')
            && what.is_none()
        {
            what = rest.split('"').next().map(str::to_owned);
        }
        if let Some((_, rest)) = line.rsplit_once("=> \"")
            && let Some(name) = rest.split('"').next()
            && let Some(what) = what.take()
        {
            let _ = writeln!(out, "| {what} | `{name}` |");
        }
    }
    out
}

/// The options of `check`, from its help.
fn options() -> String {
    let help = output_of("infralint check --help");
    let mut out = String::new();
    let mut in_table = false;
    let mut lines = help.lines().skip_while(|line| !line.starts_with("Arguments:")).peekable();
    while let Some(line) = lines.next() {
        if line.ends_with(':') && !line.starts_with(' ') {
            in_table = line != "Arguments:" && line != "Options:";
            if in_table {
                let _ = write!(out, "\n**{}**\n\n| option | |\n|---|---|\n", line.trim_end_matches(':'));
            }
        } else if in_table && line.trim_start().starts_with('-') && line.len() - line.trim_start().len() < 10 {
            let option = line.trim().trim_start_matches("--").to_owned();
            let dashes = if line.trim().starts_with("--") { "--" } else { "" };
            let mut says: Vec<String> = Vec::new();
            while let Some(next) = lines.peek()
                && (next.is_empty() || next.starts_with("          "))
            {
                let next = lines.next().unwrap_or_default().trim();
                if !next.is_empty() && next != "Possible values:" {
                    says.push(
                        next.strip_prefix("- ")
                            .map_or_else(|| next.to_owned(), |value| format!("<br>{}", value_of(value))),
                    );
                }
            }
            let option = option.replace('|', "\\|");
            let _ = writeln!(out, "| `{dashes}{option}` | {} |", says.join(" ").replace('|', "\\|").replace("  ", " "));
        }
    }
    out + "\n"
}

/// `pretty: for people` as it is written in a cell.
fn value_of(line: &str) -> String {
    let (name, says) = line.split_once(':').unwrap_or((line, ""));
    format!("`{name}`: {}", says.trim())
}

#[test]
fn the_readme_is_true() {
    let path = Path::new(support::root()).join("README.md");
    let found = support::text_of(&path);
    let wanted = with_part(&with_transcripts(&found), "defects", &defects());
    let wanted = with_part(&wanted, "options", &options());
    if std::env::var_os("INFRALINT_UPDATE").is_some() {
        fs::write(&path, &wanted).expect("the README is written");
    } else {
        assert!(found == wanted, "README.md is out of date: INFRALINT_UPDATE=1 cargo test --test readme");
    }
}

#[test]
fn the_address_to_replace_is_one() {
    for file in ["README.md", "templates/infralint.yml"] {
        let text = support::text_of(&support::root().join(file));
        assert!(text.contains(env!("CARGO_PKG_HOMEPAGE")), "{file} names another place than Cargo.toml");
    }
}
