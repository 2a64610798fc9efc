//! Pressure: what a text does to make its reader act.

/// One way in which a text presses.
#[derive(Clone, Debug, PartialEq)]
pub struct Pressure {
    /// `urgency`, `suspension`, `payment`, `password`, `api-key`,
    /// `one-time-code`, `seed-phrase`, `card`, `gift-card`, `call-back`,
    /// `bank-change`, `reward`.
    pub kind: &'static str,
    /// The words, as they stand in the folded text.
    pub phrase: String,
}

/// Finds pressure in a text folded by [`crate::fold::text`]; each kind once.
#[must_use]
pub fn find(folded: &str) -> Vec<Pressure> {
    let phrases =
        [("urgency", "within 24 hours"), ("suspension", "suspended")];
    phrases
        .iter()
        .filter(|(_, phrase)| folded.contains(phrase))
        .map(|(kind, phrase)| Pressure { kind, phrase: (*phrase).to_owned() })
        .collect()
}
