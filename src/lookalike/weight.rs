//! What a name inside a longer label weighs, by what stands around it:
//! false alarms cost more than the last attack, so the less a name says by
//! itself, the more must stand beside it.

use super::keys::{Key, Strength};
use super::keywords::Beside;
use super::sought;
use super::suffixes::Ground;
use crate::verdict::Level;

/// What stands around a name inside a label.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one observation, and any may hold beside any"
)]
pub(super) struct Surroundings {
    /// Dots or hyphens, or the label's ends, stand on both sides.
    pub(super) aligned: bool,
    /// They stand before it.
    pub(super) starts: bool,
    /// They stand behind it.
    pub(super) ends: bool,
    /// It is written as it is, not in letters that look alike.
    pub(super) literal: bool,
    /// It is written with letters that look alike one by one.
    pub(super) disguised: bool,
    /// Other parts of the label stand beside it, by hyphen.
    pub(super) hyphen: bool,
    /// What the rest of the label says.
    pub(super) beside: Beside,
    /// Whether all of the rest is words and numbers of the lists.
    pub(super) known: bool,
    /// Whether a word of the lists stands in the rest, whatever else does.
    pub(super) holds: bool,
    /// Whether a telling word stands in the rest, whatever else does.
    pub(super) tells: bool,
    /// Whether a telling word stands anywhere in the host.
    pub(super) presses: bool,
    /// Whether a pressing word stands anywhere in the host.
    pub(super) pressed: bool,
    /// Whether it is a tenant of a hosting service.
    pub(super) tenant: bool,
    /// Under a country's suffix or an office's, where a name shared by
    /// hundreds (Santander, the savings banks) belongs to places and
    /// members.
    pub(super) in_country: bool,
    /// Whether the name stands in the label of the registrable domain.
    pub(super) in_name: bool,
    /// Whether a digit stands right before or behind it.
    pub(super) numbered: bool,
    /// Whether `www` stands before it without its dot.
    pub(super) after_www: bool,
    /// Whether it is a whole label below `www.`.
    pub(super) below_www: bool,
    /// Whether a telling word stands in any part beside it, whatever else
    /// does.
    pub(super) hinted: bool,
    /// How many letters the rest of the label has.
    pub(super) rest: usize,
    /// What the end of the host says.
    pub(super) ground: Ground,
    /// Whether a bank's name stands as another part.
    pub(super) beside_bank: bool,
    /// Whether a word of quick money stands as another part.
    pub(super) tempts: bool,
    /// Whether letters of no list stand before it, and words of the lists
    /// behind.
    pub(super) between: bool,
    /// Whether the rest of the label holds the same name once more.
    pub(super) twice: bool,
    /// Whether known words that end in a country's sign follow: `netbr`.
    pub(super) before_country: bool,
}

/// A sought word of so many letters is no part of other words.
pub(super) const LONG: usize = 9;

/// A name of so many letters may be written wrong twice.
const VERY_LONG: usize = 12;

impl Surroundings {
    /// Whether something stands at the name that no shop and no fan puts
    /// there: `www` without its dot, or a digit and as many letters as an
    /// onion service's address has.
    fn is_copied(&self) -> bool {
        let gibberish = self.starts && self.rest >= 20 && !self.known;
        self.after_www || self.numbered && gibberish
    }
}

/// What a name inside a longer label weighs.
pub(super) fn weigh(key: &Key, at: &Surroundings) -> Option<Level> {
    let telling = at.beside >= Beside::Telling;
    let long = key.name.len() >= 6;
    let alarms = match key.strength {
        Strength::Sought if at.aligned || at.presses || at.tenant => true,
        Strength::Sought => {
            let own = long && !sought::is_trade_word(&key.name);
            let disguised = at.disguised && key.is_alone();
            disguised
                || at.literal && (own || at.starts || at.known)
                || at.starts && at.ground.odd
        }
        Strength::SoughtWord if long && at.is_copied() => true,
        Strength::SoughtWord if at.aligned => part_alarms(key, at),
        Strength::SoughtWord => {
            glued_word_alarms(key, at) || glued_number_alarms(key, at)
        }
        Strength::Slip if key.name.len() >= LONG => {
            let written = at.literal || key.name.len() >= VERY_LONG;
            written && (at.starts || at.after_www || at.tenant) || at.pressed
        }
        Strength::Slip => {
            let other = sought::is_ordinary(&key.name) && !at.presses;
            (at.tenant || at.aligned) && at.literal && !other
                || at.pressed
                || telling && at.known && at.starts
                || at.literal && slip_alarms(key, at)
        }
        Strength::Known => {
            at.aligned && at.beside == Beside::Pressing && at.known
        }
        Strength::Further | Strength::Word => return None,
    };
    match alarms {
        true => Some(Level::Caution),
        false if at.aligned && key.strength >= Strength::Known => {
            Some(Level::Note)
        }
        false => None,
    }
}

/// Whether a name with a letter wrong alarms beside plain words alone:
/// `mycoinbse`. Short ones are other names (`pawpal`), a surname needs a
/// suffix that no family and no house has.
fn slip_alarms(key: &Key, at: &Surroundings) -> bool {
    let edge = at.starts || at.ends;
    let long = key.name.len() >= 7;
    if sought::is_ordinary(&key.name) {
        return at.starts && at.ground.throwaway && at.rest <= 6;
    }
    long && edge && (at.known || at.ground.odd || at.ground.sold)
        || key.name.len() == 5 && at.tells
}

/// Whether a sought word alarms as a part of its own.
fn part_alarms(key: &Key, at: &Surroundings) -> bool {
    let long = key.name.len() >= 6;
    let plain = key.is_word && !long;
    let local = at.in_country && !key.is_worldwide;
    let rare = sought::is_rare_part(&key.name);
    let own = long && !key.is_word && key.is_worldwide;
    let spoken = at.presses && !plain || at.pressed;
    let hinted = at.hinted && !(plain && at.in_name);
    let at_home =
        at.ground.at_home && at.known && (key.name.len() >= 5 || rare);
    // Where a partner's own host would carry the partner's name.
    let foreign = !at.in_name && !at.ground.at_home;
    let stands_out = rare && (foreign || !at.in_country)
        || own && (foreign || !at.in_name && !at.in_country)
        || key.name.len() >= LONG && !at.in_name && !at.in_country;
    spoken
        || hinted
        || at.hyphen && (long && !local || at_home || rare && at.known)
        || at.tenant && (!plain || at.presses)
        || stands_out
        || plain_part_alarms(key, at)
}

/// Whether a short word alarms as a part of its own, by what only attackers
/// put there.
fn plain_part_alarms(key: &Key, at: &Surroundings) -> bool {
    let name = &*key.name;
    let speaks = at.hyphen && at.known && at.presses;
    // A bank's sign with a word of banking, where no branch of it is; a firm
    // of the same letters writes its trade beside them (`spk-rhubarb`).
    let bank = sought::is_abbreviation(name)
        && speaks
        && at.in_name
        && !at.in_country
        && (name.len() > 3 || at.ground.odd || at.ground.sold);
    // Cards are a bank's, and papers for travellers are not; an agency for
    // them has a name that can be said.
    let card = sought::is_card(name)
        && (at.beside_bank
            || at.ground.made_up && at.hyphen && !at.known && !at.in_name
            || at.ground.made_up && !at.hyphen && at.ground.throwaway);
    // Who makes a bot glues the craze to his own name (`rhubarbgpt`).
    let craze = sought::is_craze(name)
        && at.in_name
        && !at.tenant
        && (at.tempts || at.hyphen && at.between);
    // `www.ledger.example.com`: an accountant's books are at `ledger.`; a
    // hosting panel puts `www.` before every site that it is given.
    let hosted =
        key.is_worldwide && at.below_www && !at.in_name && !at.in_country;
    let thrown = speaks && at.ground.throwaway && !sought::is_card(name);
    bank || card || craze || hosted || thrown
}

/// Whether a sought word alarms with other letters glued to it.
fn glued_word_alarms(key: &Key, at: &Surroundings) -> bool {
    let length = key.name.len();
    let pressing = at.beside == Beside::Pressing;
    let edge = at.starts || at.ends;
    let place = sought::is_place(&key.name);
    let begins = at.starts && (at.ground.odd || at.rest <= 4);
    let nearly_whole = length >= LONG
        && (begins
            || at.ends && at.rest <= 3
            || at.rest <= 2
            // `mobilacmebankbr.com`: a bank's pages for a country would
            // stand under its suffix.
            || at.before_country);
    let nearly_long = length + 1 >= LONG
        && (at.holds || at.starts && !place && !sought::is_card(&key.name));
    let seven = length >= 7
        && !place
        && (at.tells || at.starts && at.ground.throwaway);
    let unsayable =
        !key.is_sayable() && (edge || length >= 4 || at.known && pressing);
    let asks = at.starts && at.presses && !key.is_word;
    at.tenant && (length >= 6 || asks)
        || glued_to_words_alarms(key, at)
        || !at.in_country && (nearly_whole || nearly_long || seven)
        || unsayable
}

/// Whether a sought word alarms with words of the lists alone glued to it:
/// which they must be, and where it must stand, by how many letters it has.
fn glued_to_words_alarms(key: &Key, at: &Surroundings) -> bool {
    let length = key.name.len();
    let telling = at.beside >= Beside::Telling;
    let pressing = at.beside == Beside::Pressing;
    let edge = at.starts || at.ends;
    let own = !sought::is_shared(&key.name);
    let nobody_else = !key.is_word && key.is_worldwide && !at.in_country;
    let rare = sought::is_rare_part(&key.name);
    let known = length >= 5 && edge && pressing
        || length >= 6 && at.starts && nobody_else
        || length >= 6 && (pressing || at.starts && telling)
        || length >= 6 && at.starts && at.ground.odd && own
        || length >= 7 && at.ends && telling
        || length >= 6 && at.ends && telling && !key.is_word
        || rare && edge && (pressing || at.ground.odd);
    let unbegun = sought::begins_no_word(&key.name)
        && at.starts
        && (at.ground.odd || !at.in_name);
    at.known && known || unbegun
}

/// Whether a sought word alarms with a number glued to it: nobody's branch,
/// but one of a hundred copies.
fn glued_number_alarms(key: &Key, at: &Surroundings) -> bool {
    let own = !sought::is_shared(&key.name);
    let rare = sought::is_rare_part(&key.name) && key.is_sayable();
    let stall = key.is_worldwide && (at.ground.throwaway || at.ground.stall);
    let suffix = at.ground.at_home
        || at.ground.old
        || at.ground.odd && own
        || at.ground.sold
        || stall;
    let long = at.known && key.name.len() >= 6 && suffix;
    let telling = at.beside == Beside::Pressing
        || at.beside == Beside::Telling && (own || at.tenant);
    // Lots of betting sites go by a number and Visa's name.
    let telling = telling && &*key.name != "visa";
    at.numbered
        && (at.twice || long || rare && at.starts || at.known && telling)
}
