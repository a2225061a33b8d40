//! What tells most names apart at one glance.

/// Which letters a name has, and how many letters and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters {
    /// A bit for each letter; letters of other scripts share them.
    which: u64,
    /// Characters, blanks among them.
    pub length: usize,
    /// Parts between blanks.
    pub words: usize,
}

impl Letters {
    /// Those of a [`crate::text::normal`] name.
    pub fn of(name: &str) -> Self {
        let mut letters = Self { which: 0, length: 0, words: 1 };
        for c in name.chars() {
            letters.which |= 1 << (c as u32 % 64);
            letters.length += 1;
            letters.words += usize::from(c == ' ');
        }
        letters
    }

    /// Whether no letter is surely missing in another name.
    pub fn may_stand_in(self, other: Self) -> bool {
        self.which & !other.which == 0
    }

    /// A bound of the [`crate::text::similarity`] of two names: a letter that the other one lacks must be edited away,
    /// and so must what one is longer.
    pub fn similarity_at_most(self, other: Self) -> f64 {
        let lacks = |one: Self, other: Self| (one.which & !other.which).count_ones() as usize;
        let edits = lacks(self, other).max(lacks(other, self)).max(self.length.abs_diff(other.length));
        1.0 - edits as f64 / self.length.max(other.length).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;
    use crate::text::similarity;

    #[test]
    fn the_bound_is_never_below_the_similarity() {
        let names = ["disaster recovery", "disaster recovry", "overview", "wevrevoi", "a", "ユーザー", "ユーザ", ""];
        for (one, other) in names.iter().flat_map(|one| names.iter().map(move |other| (one, other))) {
            let (bound, likeness) = (Letters::of(one).similarity_at_most(Letters::of(other)), similarity(one, other));
            assert!(bound >= likeness, "{one}, {other}: {bound} < {likeness}");
        }
    }

    #[test]
    fn letters_and_words_are_counted() {
        let letters = Letters::of("coût total");
        assert_eq!((letters.length, letters.words), (10, 2));
        assert!(Letters::of("total").may_stand_in(letters) && !letters.may_stand_in(Letters::of("total")));
    }
}
