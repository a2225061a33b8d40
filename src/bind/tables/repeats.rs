//! Whether rows of a table repeat one another.

use std::mem;

use crate::bind::tables::row_name;
use crate::bind::tables::standing::Standing;
use crate::markdown::model::Row;
use crate::markdown::plain::plain;

impl Standing<'_> {
    /// Whether two rows say the same in all cells.
    pub(crate) fn has_equal_rows(&self) -> bool {
        let cells = |row: &Row| -> Vec<&str> { self.table.cells(row).iter().map(|cell| self.slice(*cell)).collect() };
        let mut rows: Vec<Vec<&str>> = self.table.rows.iter().map(cells).collect();
        rows.sort_unstable();
        rows.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Whether two different rows have one name: `duplicate-row` speaks of them, and one may be a row that seems missing.
    pub(crate) fn repeats_a_name(&self) -> bool {
        let Some(key) = self.unique_key().filter(|&key| self.may_repeat(key)) else { return false };
        let names = self.table.rows.iter().map(|row| row_name(self.table, row, key, self.text));
        let mut names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1]) && !self.has_equal_rows()
    }

    /// The column in which no two rows may say the same.
    pub(crate) fn unique_key(&self) -> Option<usize> {
        self.bound.key.filter(|_| self.wanted.unique && !self.bound.transposed)
    }

    /// Whether two cells of a column may have one name: they begin alike, or nobody knows with what. Mostly none do, and
    /// nothing is copied to see that.
    pub(crate) fn may_repeat(&self, column: usize) -> bool {
        // Bits of the beginnings so far, two of each: by chance alone hardly both are those of others.
        let mut seen = [0_u64; 16];
        self.table.rows.iter().any(|row| {
            let Some(cell) = self.table.cell(row, column) else { return true };
            let written = self.slice(cell);
            let Some(beginning) = beginning(written).or_else(|| beginning(plain(written).trim())) else { return true };
            // Multiplied, the top bits depend on all others.
            let hash = beginning.wrapping_mul(0x9e37_79b1);
            let mut is_seen = |place: u32| {
                let (bits, bit) = (&mut seen[place as usize >> 6 & 15], 1 << (place & 63));
                mem::replace(bits, *bits | bit) & bit != 0
            };
            is_seen(hash >> 22) & is_seen(hash >> 12)
        })
    }
}

/// The first bytes of a name, where they are the same for all that have one [`normal`](crate::text::normal) form, or are
/// alike but for their case and decoration.
fn beginning(name: &str) -> Option<u32> {
    let (mut bytes, mut last) = (0, b' ');
    for &byte in name.as_bytes().iter().take(4) {
        let folded = FOLDED[usize::from(byte)];
        if folded == 0 || folded == b' ' && last == b' ' {
            return None;
        }
        (bytes, last) = (bytes << 8 | u32::from(folded), folded);
    }
    // What stands at the end may be dropped.
    while matches!(bytes.to_le_bytes()[0], b' ' | b'.') {
        bytes >>= 8;
    }
    Some(bytes)
}

/// By byte: how it counts in a name, and 0 where that depends on others.
const FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        folded[byte as usize] = match byte {
            b' ' | b'-' | b'/' => b' ',
            b'.' | b',' | b'%' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => byte.to_ascii_lowercase(),
            _ => 0,
        };
        byte += 1;
    }
    folded
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normal;

    #[test]
    fn names_that_are_one_begin_alike() {
        let names =
            ["Web", "web.", "WEB-", "Web (EU)", "Web - EU", "S3-a", "S3 A", "s3/a", "a/ b", "a b", "-a", "a", "**a**"];
        for (one, other) in names.iter().flat_map(|one| names.iter().map(move |other| (one, other))) {
            if let (Some(begins), Some(as_well)) = (beginning(one), beginning(other))
                && normal(one) == normal(other)
            {
                assert_eq!(begins, as_well, "{one} {other}");
            }
        }
        assert_ne!(beginning("Compute"), beginning("Total"));
    }
}
