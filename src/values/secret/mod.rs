//! Secrets in a text: connection strings with a live-looking password, access keys, private keys.
//!
//! Precision is everything here. What is a variable, an example, a local host or a word from a dictionary is none:
//! infrastructure documents are full of those, and a gate that cries wolf is switched off.

mod live;

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use self::live::{is_live, is_mixed, is_remote};

/// A secret, and where it stands in the text that was searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secret {
    /// What it is.
    pub kind: SecretKind,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// What a secret opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// The password of a connection string.
    Password,
    /// The password that a variable is set to.
    Variable,
    /// A key or a token of a service.
    Key(&'static str),
    /// The body of a private key.
    PrivateKey,
}

/// Keys with a prefix of their own: what stands before them, how long they are at least, and whose they are. The search
/// sorts every eighth of [`MARKS`] and these into one bucket, and stops where three bytes may be of words of one: those
/// that share one here make up no word that people write.
const KEYS: [(&str, usize, &str); 15] = [
    ("AKIA", 20, "an AWS access key"),
    ("xoxb-", 30, "a Slack token"),
    ("sk_live_", 24, "a Stripe key"),
    ("ghs_", 40, "a GitHub token"),
    ("ghp_", 40, "a GitHub token"),
    ("github_pat_", 40, "a GitHub token"),
    ("AIza", 39, "a Google API key"),
    ("secret_access_key", 40, "an AWS secret access key"),
    ("ASIA", 20, "an AWS access key"),
    ("xoxp-", 30, "a Slack token"),
    ("rk_live_", 24, "a Stripe key"),
    ("SECRET_ACCESS_KEY", 40, "an AWS secret access key"),
    ("gho_", 40, "a GitHub token"),
    ("glpat-", 26, "a GitLab token"),
    ("AccountKey=", 80, "an Azure storage key"),
];

/// What the search looks for beside [`KEYS`].
const MARKS: [&str; 8] =
    ["://", "PRIVATE KEY-----", "_PASSWORD: ", "Password=", "password=", "PASSWORD=", "Pwd=", "pwd="];

/// All secrets of a text, in order.
pub fn secrets(text: &str) -> Vec<Secret> {
    static SEARCH: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let search = SEARCH.get_or_init(|| {
        let words = MARKS.iter().copied().chain(KEYS.iter().map(|(prefix, ..)| *prefix));
        // Leftmost and with its case: only so the search looks at many bytes at once.
        AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok()
    });
    let Some(search) = search else { return Vec::new() };
    let mut found: Vec<Secret> = Vec::new();
    for hit in search.find_iter(text) {
        let secret = match hit.pattern().as_usize() {
            0 => in_address(text, hit.start()),
            1 => private_key(text, hit.end()),
            2 => in_variable(text, hit.end()),
            index => match index.checked_sub(MARKS.len()) {
                Some(index) => key(text, hit.start(), &KEYS[index]),
                None => in_pairs(text, hit.end()).or_else(|| in_variable(text, hit.end())),
            },
        };
        found.extend(secret.filter(|secret| found.last().is_none_or(|last| last.end <= secret.start)));
    }
    found
}

/// `scheme://user:password@host/path`; `at` is where `://` stands.
fn in_address(text: &str, at: usize) -> Option<Secret> {
    let start = at + 3;
    let rest = &text[start..];
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '<' | '>' | '|' | '\\'));
    let authority = &rest[..end.unwrap_or(rest.len())];
    let (before, host) = authority.rsplit_once('@')?;
    let (user, password) = before.split_once(':')?;
    let has_scheme = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    (has_scheme && is_remote(host) && is_live(password) && password != user).then(|| {
        let start = start + user.len() + 1;
        Secret { kind: SecretKind::Password, start, end: start + password.len() }
    })
}

/// `Server=host;User Id=user;Password=secret`, `jdbc:...://host/db?user=a&password=secret`; `at` is behind the `=`.
fn in_pairs(text: &str, at: usize) -> Option<Secret> {
    let divides = |c: char| matches!(c, '\n' | '\r' | '"' | '\'' | '`' | '<' | '>');
    let before = window_before(text, at);
    let start = at - before.len() + before.rfind(divides).map_or(0, |start| start + 1);
    let password = window(text, at);
    let password = &password[..password
        .find(|c: char| divides(c) || c.is_whitespace() || matches!(c, ';' | '&' | '|'))
        .unwrap_or(password.len())];
    let before = &text[start..at];
    let host = if let Some((_, rest)) = before.rsplit_once("://") {
        let key = before.trim_end_matches(|c: char| c == '=' || c.is_ascii_alphabetic());
        let in_query = key.ends_with(['?', '&', ';']);
        rest.split(['/', '?', ';']).next().filter(|_| in_query)?
    } else {
        let line = &text[start..at + window(text, at).len()];
        let line = &line[..line.find(divides).unwrap_or(line.len())];
        line.split(';').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            let name = name.trim().rsplit([':', ' ']).next().unwrap_or_default().to_ascii_lowercase();
            let is_host = matches!(name.as_str(), "server" | "host" | "source" | "address" | "addr" | "hostname");
            (is_host && line.contains(';')).then_some(value.trim())
        })?
    };
    (is_remote(host) && is_live(password)).then_some(Secret {
        kind: SecretKind::Password,
        start: at,
        end: at + password.len(),
    })
}

/// `DB_PASSWORD=Vq7kd82LwQz`; `at` is behind the mark. Nothing says whose it is: only what is drawn by lot counts.
fn in_variable(text: &str, at: usize) -> Option<Secret> {
    let is_variable = window_before(text, at).trim_end_matches(['=', ':', ' ']).ends_with("_PASSWORD");
    let behind = window(text, at);
    let value = behind.trim_start_matches([' ', '"', '\'']);
    let start = at + behind.len() - value.len();
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '|' | ';' | ',' | '<' | '>');
    let value = &value[..value.find(ends).unwrap_or(value.len())];
    let has = |is: fn(&char) -> bool| value.chars().any(|c| is(&c));
    let is_drawn = has(char::is_ascii_digit) && has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase);
    (is_variable && value.len() >= 8 && is_drawn && is_mixed(value) && is_live(value)).then_some(Secret {
        kind: SecretKind::Variable,
        start,
        end: start + value.len(),
    })
}

/// The lines below `-----BEGIN ... PRIVATE KEY-----`, where they hold a key and no dots; `at` is behind the line.
fn private_key(text: &str, at: usize) -> Option<Secret> {
    let before = window_before(text, at);
    before[before.rfind('\n').map_or(0, |start| start + 1)..].contains("BEGIN").then_some(())?;
    let body = &text[at..];
    let body = &body[..body.find("-----")?];
    let letters = body.bytes().filter(u8::is_ascii_alphanumeric).count();
    // `\n` in a string, and the prefixes of quotes, are no letters of the key.
    let is_key = letters >= 64 && !body.contains("...") && !body.contains('…') && is_mixed(body);
    let start = at + (body.len() - body.trim_start().len());
    is_key.then(|| Secret { kind: SecretKind::PrivateKey, start, end: at + body.trim_end().len() })
}

/// A key that begins with its own prefix, or stands behind its name.
fn key(text: &str, at: usize, (prefix, length, whose): &(&'static str, usize, &'static str)) -> Option<Secret> {
    let is_name = prefix.ends_with('=') || prefix.len() > 16;
    if !is_name && (!text[at..].starts_with(prefix) || text[..at].ends_with(|c: char| c.is_alphanumeric())) {
        return None;
    }
    let start = if is_name {
        let behind = &text[at + prefix.len()..];
        let value = behind.trim_start_matches([' ', '=', ':', '"', '\'', '`']);
        at + prefix.len() + (behind.len() - value.len())
    } else {
        at
    };
    let is_letter =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || is_name && matches!(c, '+' | '/' | '=');
    let value = window(text, start);
    let value = &value[..value.find(|c| !is_letter(c)).unwrap_or(value.len())];
    let fits =
        if prefix.len() == 4 && prefix.ends_with("IA") { value.len() == *length } else { value.len() >= *length };
    (fits && is_mixed(value)).then_some(Secret { kind: SecretKind::Key(whose), start, end: start + value.len() })
}

/// So far around a mark is looked: no secret is longer, and a text of nothing but marks stays cheap.
const REACH: usize = 400;

/// What stands from byte `at` on.
fn window(text: &str, at: usize) -> &str {
    let end = (at + REACH).min(text.len());
    let end = (at..=end).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(at);
    &text[at..end]
}

/// What stands before byte `at`.
fn window_before(text: &str, at: usize) -> &str {
    let start = at.saturating_sub(REACH);
    let start = (start..=at).find(|&start| text.is_char_boundary(start)).unwrap_or(at);
    &text[start..at]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        secrets(text).iter().map(|secret| &text[secret.start..secret.end]).collect()
    }

    #[test]
    fn live_looking_secrets_are_found() {
        for (text, secret) in [
            ("postgres://app:Vq7-kd82Lw@db.harbour.io:5432/shop", "Vq7-kd82Lw"),
            ("`mongodb+srv://root:tr0ub4dor@cluster0.ab1cd.mongodb.net/`", "tr0ub4dor"),
            ("redis://:9fKx2mQz@cache.harbour.io:6379/0", "9fKx2mQz"),
            ("Server=tcp:sql.harbour.io,1433;Database=shop;User Id=app;Password=Vq7kd82Lw;Encrypt=True", "Vq7kd82Lw"),
            ("jdbc:postgresql://db.harbour.io/shop?user=app&password=Vq7kd82Lw", "Vq7kd82Lw"),
            ("- DB_PASSWORD=Vq7kd82LwQz", "Vq7kd82LwQz"),
            ("  SMTP_PASSWORD: \"Vq7kd82LwQz\"", "Vq7kd82LwQz"),
            ("key AKIAQ7HRNT2LZ5WMYXVB.", "AKIAQ7HRNT2LZ5WMYXVB"),
            (
                "aws_secret_access_key = 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",
                "wJq7LUtnFEMI3K7MDENG9bPxRfiCYzR8kQ2mLs5v",
            ),
        ] {
            assert_eq!(found(text), [secret], "{text}");
        }
        let body =
            "MIIEowIBAAKCAQEA7Zx1tq9Vw3kJr5yQ2mNc8uPdLfGhTsBvXeWzAoKiYjRn\nQ2mNc8uPdLfGhTsBvXeWzAoKiYjRnZx1tq9Vw3kJr5y";
        let block = format!("-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----");
        assert_eq!(found(&block), [body]);
    }

    #[test]
    fn variables_examples_and_local_hosts_are_none() {
        for text in [
            "postgres://app:${DB_PASSWORD}@db.harbour.io/shop",
            "DB_PASSWORD=${DB_PASSWORD}",
            "DB_PASSWORD=MyS3cretPassword",
            "DB_PASSWORD: valueFrom",
            "PASSWORD=Vq7kd82LwQz",
            "postgres://app:<password>@db.harbour.io/shop",
            "postgres://app:$PASSWORD@db.harbour.io/shop",
            "postgres://app:PASSWORD@db.harbour.io/shop",
            "postgres://app:password@db.harbour.io/shop",
            "postgres://app:my-secret-password-123@db.harbour.io/shop",
            "postgres://app:strongpassword@db.harbour.io/shop",
            "postgres://app:p@ssw0rd@db.harbour.io/shop",
            "postgres://app:****@db.harbour.io/shop",
            "postgres://app:xxxxxxxx@db.harbour.io/shop",
            "postgres://ticketing:ticketing@db.harbour.io/shop",
            "postgres://app:Vq7-kd82Lw@localhost:5432/shop",
            "postgres://app:Vq7-kd82Lw@127.0.0.1/shop",
            "postgres://app:Vq7-kd82Lw@postgres:5432/shop",
            "postgres://app:Vq7-kd82Lw@db.example.com/shop",
            "postgres://app:Vq7-kd82Lw@your-host.rds.amazonaws.com/shop",
            "postgres://app:Vq7-kd82Lw@${HOST}/shop",
            "https://harbour.io:8080/a@b",
            "git@github.com:a/b.git and ssh://git@github.com:22/a/b",
            "Server=localhost;Database=shop;Password=Vq7kd82Lw",
            "Password=Vq7kd82Lw",
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAXXXXXXXXXXXXXXXX",
            "AKIA1234567890ABCDEF",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
