//! Sorting without a copy of the algorithm for every type: each copy is four
//! kilobytes of WebAssembly.

use std::cmp::Ordering;

/// Sorts as `slice::sort_by` does, for lists whose sorting nobody waits for.
pub(crate) fn sort_by<T>(
    items: &mut Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering,
) {
    // Most hosts have no finding or one.
    if items.len() < 2 {
        return;
    }
    let order =
        order(items.len(), &|one, other| compare(&items[one], &items[other]));
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|place| taken[place].take()));
}

/// The places of so many items, in their order; equal ones stay as they
/// stand.
fn order(
    count: usize,
    compare: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_stay_as_they_stand() {
        let mut items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        sort_by(&mut items, |one, other| one.0.cmp(&other.0));
        assert_eq!(items, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
