//! The statements that change how nodes and links look, or what a click does: read for their form, and for the nodes
//! that `style` makes.

use crate::mermaid::lexer::token::Kind;
use crate::mermaid::parser::{Parser, Place};
use crate::mermaid::problem::ProblemKind;

impl Parser<'_> {
    /// `style A fill:#f9f`
    pub(super) fn style(&mut self) -> Result<(), Place> {
        let place = Place::Rest(Kind::Style);
        self.advance();
        self.one_space(place)?;
        let (start, end) = self.id(place)?;
        self.expect(Kind::Space, place)?;
        self.declarations(place)?;
        self.separator(place)?;
        self.builder.style(start, end);
        Ok(())
    }

    /// `classDef name fill:#f9f`
    pub(super) fn class_definition(&mut self) -> Result<(), Place> {
        let place = Place::Rest(Kind::ClassDef);
        self.advance();
        self.one_space(place)?;
        self.id(place)?;
        self.expect(Kind::Space, place)?;
        self.declarations(place)?;
        self.separator(place)
    }

    /// `class A,B name`
    pub(super) fn class(&mut self) -> Result<(), Place> {
        let place = Place::Rest(Kind::Class);
        self.advance();
        self.one_space(place)?;
        self.id(place)?;
        self.one_space(place)?;
        self.id(place)?;
        self.separator(place)
    }

    /// `linkStyle 0,1 stroke:red`, `linkStyle default interpolate basis`
    pub(super) fn link_style(&mut self) -> Result<(), Place> {
        let place = Place::Rest(Kind::LinkStyle);
        self.advance();
        self.one_space(place)?;
        let first = self.token;
        if self.token.kind == Kind::Default {
            self.advance();
        } else {
            self.expect(Kind::Number, place)?;
            while self.token.kind == Kind::Comma {
                self.advance();
                self.expect(Kind::Number, place)?;
            }
        }
        let numbers = (first.start as usize, self.last.end as usize);
        self.expect(Kind::Space, place)?;
        let space = self.last;
        if self.token.kind == Kind::Interpolate {
            self.notice_blanks(space);
            self.advance();
            self.one_space(place)?;
            self.curve(place)?;
            if self.token.kind == Kind::Space {
                self.advance();
                self.declarations(place)?;
            }
        } else {
            self.declarations(place)?;
        }
        self.separator(place)?;
        if first.kind == Kind::Number && !self.is_probe {
            self.check_links(numbers);
        }
        Ok(())
    }

    /// Links are counted from 0, in the order in which they are written so far.
    fn check_links(&mut self, (start, end): (usize, usize)) {
        let mut at = start;
        for number in self.text[start..end].split(',') {
            // `00` is no number of a link: official code looks it up as it is written.
            let is_known = number.parse::<usize>().is_ok_and(|index| index < self.builder.edges());
            let is_plain = number == "0" || !number.starts_with('0');
            if !(is_known && is_plain) {
                let span = self.prepared.span(at, at + number.len());
                self.report(ProblemKind::NoSuchLink(number.to_owned(), self.builder.edges()), span, None);
                return;
            }
            at += number.len() + 1;
        }
    }

    /// The name of a curve.
    fn curve(&mut self, place: Place) -> Result<(), Place> {
        let belongs = |kind: Kind| kind.makes_ids() && kind != Kind::Default || kind == Kind::HeaderDirection;
        if !belongs(self.token.kind) {
            return Err(place);
        }
        while belongs(self.token.kind) {
            self.advance();
        }
        Ok(())
    }

    /// `fill:#f9f,stroke:#333`
    fn declarations(&mut self, place: Place) -> Result<(), Place> {
        let belongs = |kind: Kind| {
            matches!(kind, Kind::Number | Kind::Word | Kind::Colon | Kind::Space | Kind::Hash | Kind::Style)
        };
        loop {
            if !belongs(self.token.kind) {
                return Err(place);
            }
            while belongs(self.token.kind) {
                self.advance();
            }
            if self.token.kind != Kind::Comma {
                return Ok(());
            }
            self.advance();
        }
    }

    /// `click A callback "tooltip"`, `click A call f(args)`, `click A href "url" "tooltip" _blank`
    pub(super) fn click(&mut self) -> Result<(), Place> {
        let place = Place::Rest(Kind::Click);
        // The token holds the node only.
        let keyword = self.text[..self.token.start as usize].rfind("click");
        self.statement = keyword.map_or(self.statement, |keyword| keyword as u32);
        self.advance();
        let mut has_target = false;
        match self.token.kind {
            Kind::CallbackName => {
                self.advance();
                if self.token.kind == Kind::CallbackArgs {
                    self.advance();
                }
            }
            Kind::Href => {
                self.advance();
                self.expect(Kind::String, place)?;
                has_target = true;
            }
            Kind::String => {
                self.advance();
                has_target = true;
            }
            _ => self.curve(place)?,
        }
        if self.token.kind == Kind::Space {
            self.one_space(place)?;
            if self.token.kind == Kind::LinkTarget && has_target {
                self.advance();
                return self.separator(place);
            }
            self.expect(Kind::String, place)?;
            if self.token.kind == Kind::Space && has_target {
                self.one_space(place)?;
                self.expect(Kind::LinkTarget, place)?;
            }
        }
        self.separator(place)
    }
}
