//! What people write for one element of a diagram: phrases, and `/.../` for regular expressions.

use regex::Regex;
use serde_json::Value;

use crate::described::reader::{Mistakes, Node, Reader};
use crate::described::schema::Definitions;
use crate::described::{Described, Text};
use crate::text::normal;
use crate::words::expressions::{expression, is_surely_sound};

/// The phrases for one element. A file that extends another adds to them.
#[derive(Debug, Clone)]
pub(crate) struct Phrases {
    pub(crate) list: Vec<Text>,
}

impl Described for Phrases {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Vec::read(node, reader).map(|list| Self { list })
    }

    fn schema(definitions: &mut Definitions) -> Value {
        Vec::<Text>::schema(definitions)
    }

    fn overlay(mut self, over: Self) -> Self {
        self.list.extend(over.list);
        self
    }
}

impl Mistakes {
    /// Tells of a phrase that finds nothing.
    pub(crate) fn check_phrase(&mut self, phrase: &Text) {
        match expression(&phrase.value) {
            Some(expression) if is_surely_sound(expression) => {}
            Some(expression) => {
                self.regex(phrase, expression);
            }
            None if normal(&phrase.value).is_empty() => {
                self.push(phrase.origin, format!("`{}` holds no word", phrase.value), "here", "remove it");
            }
            None => {}
        }
    }

    /// A regular expression; what is told is what its author wrote.
    pub(crate) fn regex(&mut self, at: &Text, expression: &str) -> Option<Regex> {
        match Regex::new(expression) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let cause = error.to_string();
                let cause = cause.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
                let message = format!("`{}` is no regular expression: {cause}", at.value);
                self.push(at.origin, message, "here", "write `\\` before a character that is meant as it is");
                None
            }
        }
    }
}
