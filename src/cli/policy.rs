//! `doppelcheck policy`, and `--policy`.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use doppelcheck::policy::Policy;

use super::output::Output;
use super::{Status, words};

/// Reads a policy; what is bad in it is named and the rest holds.
pub(super) fn read(file: &Path, status: &mut Status) -> Policy {
    let path = file.to_string_lossy();
    let source = if file.as_os_str() == "-" {
        let mut source = Vec::new();
        io::stdin().read_to_end(&mut source).map(|_| source)
    } else {
        fs::read(file)
    };
    let source = match source {
        Ok(source) => source,
        Err(e) => {
            status.fail(&path, &e.to_string().to_lowercase());
            return Policy::default();
        }
    };
    let source = String::from_utf8_lossy(&source);
    let (policy, errors) = Policy::from_json(&source);
    for error in errors {
        let error = words::shown(&error.to_string(), 500);
        status.fail(&path, &error);
    }
    policy
}

/// Checks a policy and says what takes effect.
pub(super) fn run(
    file: &Path,
    output: &mut Output,
    status: &mut Status,
) -> io::Result<()> {
    let policy = read(file, status);
    let effects = effects(&policy);
    if effects.is_empty() {
        return output.line("Nothing takes effect.");
    }
    output.line("Takes effect:")?;
    for effect in effects {
        output.line(&format!("  {}", words::shown(&effect, 300)))?;
    }
    Ok(())
}

fn effects(policy: &Policy) -> Vec<String> {
    let mut effects = Vec::new();
    for v in &policy.vendors {
        let (id, name) = (&v.id, &v.name);
        effects.push(format!("vendor {id}: {name}, {}", v.domains.join(", ")));
    }
    let organisation = &policy.organisation;
    if !organisation.name.is_empty() || !organisation.domains.is_empty() {
        let domains = organisation.domains.join(", ");
        effects
            .push(format!("organisation: {}, {domains}", organisation.name));
    }
    for webmail in &policy.webmail {
        let recipe = match webmail.recipe.as_str() {
            "" => "read by the generic recipe",
            recipe => recipe,
        };
        effects.push(format!("webmail {}: {recipe}", webmail.host));
    }
    for domain in &policy.trusted_domains {
        effects.push(format!("trusted domain {domain}"));
    }
    if !policy.recipes.is_empty() {
        effects.push(format!("recipes: {}", policy.recipes.len()));
    }
    let support = &policy.support;
    for (key, value) in [
        ("support text", &support.text),
        ("support page", &support.url),
        ("support mailbox", &support.email),
        ("language", &policy.language),
    ] {
        if !value.is_empty() {
            effects.push(format!("{key}: {value}"));
        }
    }
    for (locked, what) in [
        (policy.disable_pause, "nobody may pause a site"),
        (policy.disable_trust_senders, "nobody may trust a sender for good"),
        (policy.disable_familiarity, "no sender's domain is remembered"),
    ] {
        effects.extend(locked.then(|| what.to_owned()));
    }
    effects
}
