//! What tells most names apart at one glance.

/// Which letters a name has, and how many letters and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters {
    /// A bit for each letter; letters of other scripts share them.
    which: u64,
    /// Characters, blanks among them.
    pub length: u32,
    /// Parts between blanks.
    pub words: u32,
}

impl Letters {
    /// Those of a [`crate::text::normal`] name.
    pub fn of(name: &str) -> Self {
        let mut letters = Self { which: 0, length: 0, words: 1 };
        for c in name.chars() {
            letters.which |= 1 << (c as u32 % 64);
            letters.length += 1;
            letters.words += u32::from(c == ' ');
        }
        letters
    }

    /// Whether no letter is surely missing in another name.
    pub fn may_stand_in(self, other: Self) -> bool {
        self.which & !other.which == 0
    }

    /// Whether the [`crate::text::similarity`] of two names may reach so many percent: a letter that the other one
    /// lacks must be edited away, and so must what one is longer.
    pub fn may_be_alike(self, other: Self, percent: u32) -> bool {
        let edits = self.length.max(other.length) * (100 - percent) / 100;
        let lacks = |one: Self, other: Self| (one.which & !other.which).count_ones();
        self.length.abs_diff(other.length) <= edits && lacks(self, other) <= edits && lacks(other, self) <= edits
    }
}

/// A bound of the [`crate::text::similarity`] of two names that costs one look at each letter: what one name has too
/// many of must be edited away.
pub fn similarity_at_most(one: &str, other: &str) -> f64 {
    let mut surplus = [0i32; 64];
    let (mut length, mut other_length) = (0usize, 0usize);
    for c in one.chars() {
        surplus[c as usize % 64] += 1;
        length += 1;
    }
    for c in other.chars() {
        surplus[c as usize % 64] -= 1;
        other_length += 1;
    }
    let edits = |sign: i32| surplus.iter().map(|count| (count * sign).max(0)).sum::<i32>();
    1.0 - f64::from(edits(1).max(edits(-1))) / length.max(other_length).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::{Letters, similarity_at_most};
    use crate::text::similarity;

    #[test]
    fn what_is_alike_may_be_alike() {
        let names = ["disaster recovery", "disaster recovry", "overview", "wevrevoi", "a", "ユーザー", "ユーザ", ""];
        for (one, other) in names.iter().flat_map(|one| names.iter().map(move |other| (one, other))) {
            assert!(similarity_at_most(one, other) >= similarity(one, other), "{one}, {other}");
            for percent in [20, 50, 75, 80] {
                let is_alike = similarity(one, other) >= f64::from(percent) / 100.0;
                assert!(!is_alike || Letters::of(one).may_be_alike(Letters::of(other), percent), "{one}, {other}");
            }
        }
        assert!(!Letters::of("overview").may_be_alike(Letters::of("database"), 50), "too many letters differ");
        assert!(!Letters::of("scaling").may_be_alike(Letters::of("scaling strategy"), 80), "too long");
    }

    #[test]
    fn letters_and_words_are_counted() {
        let letters = Letters::of("coût total");
        assert_eq!((letters.length, letters.words), (10, 2));
        assert!(Letters::of("total").may_stand_in(letters) && !letters.may_stand_in(Letters::of("total")));
    }
}
