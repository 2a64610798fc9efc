//! The scenarios, each run in both browsers.

mod attacks;
mod bench;
mod faces;
mod genuine;
mod guard;
mod hostile;
mod keyboard;
mod options;
mod policies;
mod popup;
mod recipes;
mod reply;
mod screens;
mod training;
mod trust;

pub use hostile::HOSTILE;

use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

use crate::driver::Result;
use crate::page::Page;
use crate::webmails::Webmail::{Ciderwebmail, Maildev, Roundcube, Sogo};
use crate::world::World;

/// A running scenario.
pub type Play<'a> = Pin<Box<dyn Future<Output = Result> + 'a>>;

/// Starts a scenario.
pub type Start = for<'a> fn(&'a World, &'a Page) -> Play<'a>;

/// Something that a person does and sees.
pub struct Scenario {
    /// Its name: the place, and what holds there.
    pub name: &'static str,
    /// What is done and asserted.
    pub play: Start,
    /// The policy that is in force, where there is one.
    pub policy: Option<fn() -> Value>,
    /// Whether it only runs when it is asked for (`--ignored`).
    pub on_demand: bool,
}

/// A scenario without a policy.
const fn plain(name: &'static str, play: Start) -> Scenario {
    Scenario { name, play, policy: None, on_demand: false }
}

/// Turns a call into a [`Start`].
macro_rules! play {
    (|$world:ident, $page:ident| $call:expr) => {
        |$world, $page| Box::pin($call)
    };
}

/// Every scenario.
pub const ALL: &[Scenario] = &[
    plain(
        "roundcube::attacks_are_named",
        play!(|w, p| attacks::are_named(w, p, Roundcube)),
    ),
    plain(
        "roundcube::attack_in_full_view",
        play!(|w, p| attacks::in_full_view(w, p)),
    ),
    plain(
        "roundcube::genuine_mail_shows_nothing",
        play!(|w, p| genuine::shows_nothing(w, p, Roundcube)),
    ),
    plain(
        "roundcube::warning_goes_with_its_message",
        play!(|w, p| genuine::after_an_attack(w, p, Roundcube)),
    ),
    plain(
        "roundcube::guarded_link",
        play!(|w, p| guard::link(w, p, Roundcube)),
    ),
    plain(
        "sogo::attacks_are_named",
        play!(|w, p| attacks::are_named(w, p, Sogo)),
    ),
    plain(
        "sogo::genuine_mail_shows_nothing",
        play!(|w, p| genuine::shows_nothing(w, p, Sogo)),
    ),
    plain(
        "sogo::warning_goes_with_its_message",
        play!(|w, p| genuine::after_an_attack(w, p, Sogo)),
    ),
    plain("sogo::guarded_link", play!(|w, p| guard::link(w, p, Sogo))),
    plain(
        "roundcube::hostile_mail",
        play!(|w, p| attacks::in_hostile_markup(w, p, Roundcube)),
    ),
    plain(
        "sogo::hostile_mail",
        play!(|w, p| attacks::in_hostile_markup(w, p, Sogo)),
    ),
    plain(
        "roundcube::answer_to_an_attack",
        play!(|w, p| reply::to_attack(w, p, Roundcube)),
    ),
    plain(
        "roundcube::answer_to_a_genuine_mail",
        play!(|w, p| reply::to_genuine(w, p, Roundcube)),
    ),
    plain(
        "roundcube::answer_in_rich_text",
        play!(|w, p| reply::in_rich_text(w, p)),
    ),
    plain(
        "faces::answer_in_a_strange_frame",
        play!(|_w, p| reply::in_a_strange_frame(p)),
    ),
    plain(
        "sogo::answer_to_an_attack",
        play!(|w, p| reply::to_attack(w, p, Sogo)),
    ),
    plain(
        "sogo::answer_to_a_genuine_mail",
        play!(|w, p| reply::to_genuine(w, p, Sogo)),
    ),
    plain(
        "maildev::attacks_are_named",
        play!(|w, p| attacks::are_named(w, p, Maildev)),
    ),
    plain(
        "maildev::genuine_mail_shows_nothing",
        play!(|w, p| genuine::shows_nothing(w, p, Maildev)),
    ),
    plain(
        "maildev::warning_goes_with_its_message",
        play!(|w, p| genuine::after_an_attack(w, p, Maildev)),
    ),
    plain(
        "ciderwebmail::attacks_are_named",
        play!(|w, p| attacks::are_named(w, p, Ciderwebmail)),
    ),
    plain(
        "ciderwebmail::genuine_mail_shows_nothing",
        play!(|w, p| genuine::shows_nothing(w, p, Ciderwebmail)),
    ),
    plain(
        "ciderwebmail::warning_goes_with_its_message",
        play!(|w, p| genuine::after_an_attack(w, p, Ciderwebmail)),
    ),
    plain(
        "ciderwebmail::html_without_header_is_not_checked",
        play!(|w, p| genuine::without_header(w, p)),
    ),
    plain(
        "ciderwebmail::answer_to_an_attack",
        play!(|w, p| reply::to_attack(w, p, Ciderwebmail)),
    ),
    Scenario {
        policy: Some(policies::acme_pay),
        ..plain(
            "policy::own_vendor_is_caught",
            play!(|w, p| policies::own_vendor(w, p)),
        )
    },
    Scenario {
        policy: Some(policies::everything),
        ..plain(
            "policy::what_is_set_is_locked",
            play!(|w, p| policies::is_locked(w, p)),
        )
    },
    plain(
        "policy::without_it_nobody_knows_the_vendor",
        play!(|w, p| policies::without(w, p)),
    ),
    plain("popup::names_vendor_and_host", play!(|w, p| popup::names(w, p))),
    plain("faces::pages", play!(|w, p| faces::pages(w, p))),
    plain("faces::warnings", play!(|w, p| faces::warnings(w, p))),
    plain("faces::pages_in_every_language", play!(|w, p| faces::spoken(w, p))),
    plain(
        "faces::warnings_in_every_language",
        play!(|w, p| faces::warnings_spoken(w, p)),
    ),
    plain(
        "faces::keyboard_in_banner_and_card",
        play!(|w, p| keyboard::parts(w, p)),
    ),
    plain(
        "faces::keyboard_in_popup_and_options",
        play!(|w, p| keyboard::pages(w, p)),
    ),
    plain("faces::trust_and_undo", play!(|w, p| trust::scopes(w, p))),
    plain("faces::every_control", play!(|w, p| options::controls(w, p))),
    plain("recipes::are_read", play!(|w, p| recipes::are_read(w, p))),
    plain(
        "recipes::what_is_missing_is_said",
        play!(|w, p| recipes::are_not_read(w, p)),
    ),
    plain("training::engine_and_checker", play!(|w, p| training::page(w, p))),
    Scenario {
        on_demand: true,
        ..plain("gaps", play!(|w, p| hostile::gaps(w, p)))
    },
    Scenario {
        on_demand: true,
        ..plain("screens", play!(|w, p| screens::take(w, p)))
    },
    Scenario {
        on_demand: true,
        ..plain("bench", play!(|_w, p| bench::engine(p)))
    },
];
