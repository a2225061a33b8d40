//! Names that are counted: `AZ1`, `us-east-1a`, `Zone A`.

/// What the names of a series have in common, in lower case, as one writes it under `[words]`.
pub(super) fn stem(caption: &str) -> String {
    let bare = caption.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    let series = bare.rsplit_once(' ').filter(|(_, last)| last.len() == 1 && bare == caption);
    series.map_or(bare, |(stem, _)| stem).to_lowercase()
}

/// The next of a series: `AZ1` → `AZ2`, `us-east-1a` → `us-east-1b`; any other name with a 2 behind it.
pub(crate) fn next(name: &str) -> String {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (stem, number) = name.split_at(name.len() - digits);
    if let Ok(number) = number.parse::<u32>() {
        return format!("{stem}{}", number.saturating_add(1));
    }
    let mut letters = name.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last @ ('a'..='y' | 'A'..='Y')), Some(before)) if !before.is_alphabetic() => {
            format!("{}{}", &name[..name.len() - 1], char::from(last as u8 + 1))
        }
        _ if name.contains(' ') => format!("{name} 2"),
        _ => format!("{name}2"),
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn a_series_goes_on() {
        for (name, expected) in [
            ("AZ1", "AZ2"),
            ("Availability Zone 1", "Availability Zone 2"),
            ("us-east-1a", "us-east-1b"),
            ("Zone A", "Zone B"),
            ("App", "App2"),
            ("App server", "App server 2"),
        ] {
            assert_eq!(next(name), expected);
        }
    }
}
