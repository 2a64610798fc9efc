//! What a person sees, in both stock browsers: the built extension, real
//! webmail, real policy files, driven through WebDriver.
//!
//! `./build.sh test` runs this; a browser, a driver or a server that is
//! missing fails with a sentence that says so. Each scenario runs in a fresh
//! browser. Nothing is tried twice.

mod driver;
mod faces;
mod hand;
mod mails;
mod page;
mod pages;
mod policy;
mod scenarios;
mod served;
mod site;
mod stage;
mod web;
#[path = "../webmail/mod.rs"]
mod webmail;
mod webmails;
mod world;

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};

use driver::Browser;
use world::World;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if let Err(e) = policy::clear_leftovers() {
        eprintln!("{e}");
        return ExitCode::FAILURE;
    }
    let world = Arc::new(World::default());
    let trials = scenarios::ALL
        .iter()
        .chain(scenarios::HOSTILE)
        .flat_map(|scenario| {
            let world = &world;
            Browser::ALL.map(|browser| {
                let name = format!("{}::{}", browser.name(), scenario.name);
                let world = Arc::clone(world);
                let run = move || world.run(scenario, browser);
                Trial::test(name, run).with_ignored_flag(scenario.on_demand)
            })
        })
        .collect::<Vec<Trial>>();
    let conclusion = libtest_mimic::run(&arguments, trials);
    // `exit` would end the program before the servers are ended.
    drop(world);
    conclusion.exit_code()
}
