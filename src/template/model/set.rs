//! Small sets of small numbers: elements, layers.

/// A set of numbers below [`Set::SIZE`]. Larger ones cannot be put in: a template with so many elements is a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Set(u128);

impl Set {
    /// How many numbers there are.
    pub const SIZE: usize = 128;

    /// All numbers.
    pub const ALL: Self = Self(u128::MAX);

    /// The set of one number.
    pub fn of(number: usize) -> Self {
        let mut set = Self::default();
        set.insert(number);
        set
    }

    /// Puts a number in.
    pub fn insert(&mut self, number: usize) {
        self.0 |= 1u128.checked_shl(number as u32).unwrap_or(0);
    }

    /// Takes a number out.
    pub fn remove(&mut self, number: usize) {
        *self = self.without(Self::of(number));
    }

    /// Whether a number is in it.
    pub fn contains(self, number: usize) -> bool {
        self.0.checked_shr(number as u32).is_some_and(|rest| rest & 1 == 1)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether more than one number is in it.
    pub fn is_several(self) -> bool {
        self.0 & self.0.wrapping_sub(1) != 0
    }

    /// Whether the two share a number.
    pub fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of this is in `other`.
    pub fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// What is in either.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this, but not in `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The numbers in it, from the least.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let next = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(next)
        })
    }
}
