//! Whether a key, a password or a host is one that exists, or stands for one: the name of a variable, an example, this
//! machine.

/// Words that passwords of examples are made of. Shorter ones need not stand here.
const DICTIONARY: [&str; 88] = [
    "a",
    "access",
    "admin",
    "administrator",
    "amqp",
    "api",
    "app",
    "application",
    "apikey",
    "auth",
    "bar",
    "baz",
    "change",
    "changeit",
    "changeme",
    "chars",
    "client",
    "complex",
    "cred",
    "credential",
    "credentials",
    "data",
    "database",
    "db",
    "default",
    "demo",
    "dev",
    "development",
    "dummy",
    "encoded",
    "example",
    "fake",
    "foo",
    "from",
    "generated",
    "guest",
    "here",
    "hidden",
    "in",
    "it",
    "key",
    "local",
    "long",
    "mariadb",
    "me",
    "minio",
    "mongo",
    "mongodb",
    "my",
    "myapp",
    "mysql",
    "new",
    "pass",
    "passwd",
    "passphrase",
    "password",
    "pg",
    "placeholder",
    "postgres",
    "postgresql",
    "prod",
    "production",
    "pw",
    "pwd",
    "rabbit",
    "rabbitmq",
    "random",
    "readonly",
    "redacted",
    "redis",
    "root",
    "sample",
    "secret",
    "secure",
    "service",
    "some",
    "staging",
    "string",
    "strong",
    "super",
    "test",
    "testing",
    "the",
    "token",
    "url",
    "user",
    "username",
    "your",
];

/// Whether a key looks drawn by lot: not `XXXX`, not `1234567890`, not an example.
pub(super) fn is_mixed(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let mut seen: Vec<u8> = lower.bytes().collect();
    seen.sort_unstable();
    seen.dedup();
    let runs = ["example", "xxxx", "0000", "12345", "abcdef", "your", "fake", "dummy", "placeholder", "redacted"];
    seen.len() >= 8 && !runs.iter().any(|run| lower.contains(run))
}

/// Whether a password looks like one that opens something.
pub(super) fn is_live(password: &str) -> bool {
    let is_variable =
        password.contains(['$', '{', '}', '<', '>', '*', '[', ']', '(', ')', '…', ',']) || password.contains("...");
    let escapes = password.match_indices('%').all(|(at, _)| {
        password.get(at + 1..at + 3).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    // `DB_PASSWORD` is the name of a variable, `sslmode` and the like are words.
    let is_name = password.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let letters = password.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= 6 && !is_variable && escapes && !is_name && !is_of_dictionary(password) && is_varied(password)
}

/// Not `xxxxxxxx` nor `12345678`.
fn is_varied(password: &str) -> bool {
    let mut seen: Vec<char> = password.to_lowercase().chars().collect();
    seen.sort_unstable();
    seen.dedup();
    let is_counting = "01234567890123456789".contains(password) || password.starts_with("1234");
    seen.len() > 3 && !is_counting
}

/// Whether a password is made of words that examples use, and numbers: `my-secret-password-123`.
fn is_of_dictionary(password: &str) -> bool {
    // `p@ssw0rd`, `s3cret`: letters that are written as digits and signs.
    let plain: String = password
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '@' => 'a',
            '0' => 'o',
            '3' => 'e',
            '$' => 's',
            other => other,
        })
        .collect();
    [password.to_lowercase(), plain].iter().any(|password| {
        password.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).all(is_made_of_words)
    })
}

/// Whether a run of letters is a chain of words of the dictionary: `strongpassword`.
fn is_made_of_words(letters: &str) -> bool {
    // By how many letters are used up: linear in the length for a dictionary of fixed size.
    let mut reached = vec![false; letters.len() + 1];
    reached[0] = true;
    for at in 0..letters.len() {
        if reached[at] {
            for word in DICTIONARY.iter().filter(|word| letters[at..].starts_with(**word)) {
                reached[at + word.len()] = true;
            }
        }
        if !letters.is_char_boundary(at + 1) {
            return false;
        }
    }
    reached[letters.len()]
}

/// Whether a host is another machine that exists: not this one, not a container's name, not an example.
pub(super) fn is_remote(host: &str) -> bool {
    let host = host.trim_start_matches("tcp:").trim_matches(['[', ']', ' ']).to_ascii_lowercase();
    let host = host.split([':', ',', '/', '\\']).next().unwrap_or_default();
    let is_variable = host.contains(['$', '{', '}', '<', '>', '*', '[', '(', '%', '…']) || host.contains("..");
    let labels: Vec<&str> = host.split('.').collect();
    let ending = labels.last().copied().unwrap_or_default();
    let is_reserved = matches!(ending, "local" | "localhost" | "localdomain" | "test" | "example" | "invalid")
        && !host.ends_with(".svc.cluster.local");
    let says_example = labels.iter().flat_map(|label| label.split(['-', '_'])).any(|word| {
        word.contains("example")
            || matches!(
                word,
                "your"
                    | "yourdomain"
                    | "my"
                    | "mydomain"
                    | "xxx"
                    | "xxxx"
                    | "hostname"
                    | "domain"
                    | "placeholder"
                    | "foo"
                    | "bar"
            )
    });
    let is_here = host.starts_with("127.") || host == "0.0.0.0" || host == "host.docker.internal";
    labels.len() > 1 && !is_variable && !is_reserved && !says_example && !is_here
}
