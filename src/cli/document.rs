//! The text of a document, or why it is none: every command reads documents here, so all of them say the same.

use std::fs;
use std::path::Path;

use crate::cli::discover::{slashed, why_unread};
use crate::cli::stop::Stop;
use crate::source::Source;

/// A document that a command cannot do without.
pub(super) fn named(path: &Path) -> Result<Source, Stop> {
    let name = slashed(path);
    match read(path) {
        Ok(text) => Ok(Source::new(name, text)),
        Err(reason) => Err(Stop::new(format!("cannot read {name}: {reason}"))),
    }
}

/// The text of a file, or why there is none.
pub(super) fn read(path: &Path) -> Result<String, String> {
    decoded(fs::read(path).map_err(|error| why_unread(&error))?)
}

/// The text that bytes are, or why they are none.
pub(super) fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    if u32::try_from(bytes.len()).is_err() {
        return Err("it is larger than 4 GiB".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            "it is UTF-16; save it as UTF-8".to_owned()
        } else if bytes.iter().take(8000).any(|&byte| byte == 0) {
            "it is a binary file, not Markdown".to_owned()
        } else {
            let line = bytes[..place].split(|&byte| byte == b'\n').count();
            format!("it is not UTF-8 (line {line}, byte {place}); save it as UTF-8")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_says_why() {
        for (bytes, expected) in [
            (&b"# A\n\xe4\n"[..], "it is not UTF-8 (line 2, byte 4); save it as UTF-8"),
            (b"\xff\xfe#\0", "it is UTF-16; save it as UTF-8"),
            (b"\x89PNG\0\0", "it is a binary file, not Markdown"),
        ] {
            assert_eq!(decoded(bytes.to_vec()), Err(expected.to_owned()));
        }
    }
}
