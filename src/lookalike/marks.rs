//! Which characters of a host differ from the real one.

/// Longer hosts are marked between the common start and end only.
const LONGEST: usize = 80;

/// The character ranges `[start, end, start, end …]` of `host` that do not
/// stand in `real` at their place.
pub(super) fn between(host: &str, real: &str) -> Vec<u32> {
    if let Some(ranges) = around_whole(host, real) {
        return ranges;
    }
    if host.is_ascii() && real.is_ascii() {
        return between_letters(host.as_bytes(), real.as_bytes());
    }
    let host: Vec<char> = host.chars().collect();
    let real: Vec<char> = real.chars().collect();
    between_letters(&host, &real)
}

fn between_letters<L: PartialEq>(host: &[L], real: &[L]) -> Vec<u32> {
    let start = host.iter().zip(real).take_while(|(a, b)| a == b).count();
    let ends = host[start..].iter().rev().zip(real[start..].iter().rev());
    let end = ends.take_while(|(a, b)| a == b).count();
    let mut kept =
        kept(&host[start..host.len() - end], &real[start..real.len() - end]);
    drop_strays(&mut kept);
    let mut ranges: Vec<u32> = Vec::new();
    for (place, _) in kept.iter().enumerate().filter(|(_, kept)| !**kept) {
        let place = u32::try_from(start + place).unwrap_or(u32::MAX);
        match ranges.last_mut() {
            Some(last) if *last == place => *last += 1,
            _ => ranges.extend([place, place + 1]),
        }
    }
    ranges
}

/// Everything but the real host, where it stands whole in this one.
fn around_whole(host: &str, real: &str) -> Option<Vec<u32>> {
    let at = host.find(real).filter(|_| !real.is_empty())?;
    let count = |text: &str| u32::try_from(text.chars().count()).ok();
    let (start, all) = (count(&host[..at])?, count(host)?);
    let end = start + count(real)?;
    let around = [(0, start), (end, all)].into_iter();
    Some(around.filter(|(a, b)| a < b).flat_map(|(a, b)| [a, b]).collect())
}

/// A letter that fits with none beside it fits by chance.
fn drop_strays(kept: &mut [bool]) {
    let last = kept.len().saturating_sub(1);
    for at in 1..last {
        if kept[at] && !kept[at - 1] && !kept[at + 1] {
            kept[at] = false;
        }
    }
}

/// Which characters of `host` stand in a longest common subsequence with
/// `real`.
fn kept<L: PartialEq>(host: &[L], real: &[L]) -> Vec<bool> {
    let mut kept = vec![false; host.len()];
    if host.is_empty() || host.len() > LONGEST || real.len() > LONGEST {
        return kept;
    }
    let width = real.len() + 1;
    let mut longest = vec![0_u8; (host.len() + 1) * width];
    for i in (0..host.len()).rev() {
        for j in (0..real.len()).rev() {
            longest[i * width + j] = if host[i] == real[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < host.len() && j < real.len() {
        if host[i] == real[j] {
            kept[i] = true;
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked() {
        for (host, real, marks) in [
            ("acmepay.com", "acmepay.com", vec![]),
            ("acmepаy.com", "acmepay.com", vec![5, 6]), // Cyrillic а
            ("acmepay-login.com", "acmepay.com", vec![7, 13]),
            ("login-acmepay.com", "acmepay.com", vec![0, 6]),
            ("acmepay.com.evil.net", "acmepay.com", vec![11, 20]),
            ("acme-pay.com", "acmepay.com", vec![4, 5]),
            ("app.acmepay.com.pay.net", "acmepay.com", vec![0, 4, 15, 23]),
            ("acmepa1-payroll.net", "acmepay.com", vec![6, 19]),
        ] {
            assert_eq!(between(host, real), marks, "{host}");
        }
    }
}
