//! What the receiving server says about the sender (RFC 8601).
//!
//! Anybody can write an `Authentication-Results` into a mail, so only those
//! of the receiving server count. Servers put their trace on top of what
//! they receive, hence:
//!
//! 1. The **receiver** is the registrable domain of the topmost `Received`
//!    whose `by` is a public host; hosts of the same operator count as one.
//! 2. The receiver's trace ends at the first `Received` whose `by` is a
//!    public host of somebody else. What stands below came with the mail.
//! 3. In the trace, results count whose authserv-id is the receiver's.
//!    Microsoft leaves the id out; that counts where it is the receiver.
//! 4. For each method the topmost result counts, so that a forged one below
//!    a true one says nothing. A DMARC pass that does not stand in the
//!    topmost results must be backed by an aligned DKIM or SPF pass.
//! 5. A mail without any `Received` has not been received: results count
//!    where they stand above all that a sender writes.
//! 6. Forwarding breaks DMARC. Where the receiver confirmed the ARC chain,
//!    the results that a known forwarder sealed take the place of a failure.
//!
//! 7. Where another gateway takes the mail in before Microsoft 365, that
//!    sees the gateway's address and finds everybody's mail forged. Where it
//!    says that its own verdict left these results aside, so do we.
//!
//! Where nothing counts all is unknown, never a pass.

mod results;

use self::results::{Results, Verdict, without_comments};
use super::mime::{Field, Header};
use crate::host::Host;
use crate::{AuthResult, Authentication, Mailbox, order};

/// Operators that receive mail under several registrable domains.
const OPERATORS: [&[&str]; 8] = [
    &["outlook.com", "office365.com", "microsoft.com", "hotmail.com"],
    &["google.com", "googlemail.com", "gmail.com"],
    &["icloud.com", "apple.com", "me.com", "mac.com"],
    &["yahoo.com", "yahoodns.net", "aol.com"],
    &["messagingengine.com", "fastmail.com"],
    &["protonmail.ch", "proton.me", "proton.ch", "protonmail.com"],
    &["gmx.net", "gmx.de", "web.de", "mail.com", "1and1.com"],
    &["t-online.de", "telekom.de"],
];
const MICROSOFT: usize = 0;

/// Operators whose sealed results are believed when they forward: large
/// mailbox and alias services that check what they take in.
const FORWARDERS: [&str; 20] = [
    "outlook.com",
    "microsoft.com",
    "google.com",
    "icloud.com",
    "apple.com",
    "yahoo.com",
    "messagingengine.com",
    "fastmail.com",
    "protonmail.ch",
    "proton.me",
    "cloudflare-email.net",
    "cloudflare.com",
    "simplelogin.co",
    "simplelogin.io",
    "gmx.net",
    "zohomail.com",
    "mailbox.org",
    "forwardemail.net",
    "improvmx.com",
    "duck.com",
];

/// Last labels of hosts that exist inside one network only.
const PRIVATE: [&str; 8] = [
    "internal",
    "local",
    "lan",
    "localdomain",
    "localhost",
    "intern",
    "home",
    "corp",
];

/// Fields that a sender writes, above which only a receiver can write.
const SENDERS_FIELDS: [&str; 8] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "DKIM-Signature",
];

/// Reads what the receiving server found out.
pub(super) fn read(header: &Header<'_>, from: &[Mailbox]) -> Authentication {
    let receiver = Receiver::of(header);
    let own = |name: &str| -> Vec<Results> {
        let trace = header.fields[..receiver.trace].iter();
        trace
            .filter(|field| field.is(name))
            .map(|field| Results::parse(&field.text()))
            .filter(|results| receiver.is_own(&results.server))
            .collect()
    };
    let mut results = own("Authentication-Results");
    if results.is_empty() {
        results = own("ARC-Authentication-Results");
        results.truncate(1);
    }
    let mut found = merge(&results, from);
    let chain_held = results.iter().any(|r| r.says("arc", AuthResult::Pass));
    if found.dmarc == AuthResult::Fail
        && chain_held
        && let Some(sealed) = sealed_by_forwarder(header)
    {
        found = merge(&[sealed], from);
    }
    if found == Authentication::default() {
        found = failures(header, &receiver, from);
    }
    if found.spf == AuthResult::Unknown {
        received_spf(header, &receiver, &mut found);
    }
    if receiver.is_microsoft() && results.iter().any(Results::is_bypassed) {
        forget_failures(&mut found);
    }
    found
}

/// Takes failures for unknown, as a receiver does that does not trust its
/// own view of them.
fn forget_failures(found: &mut Authentication) {
    for result in [&mut found.spf, &mut found.dkim, &mut found.dmarc] {
        if *result == AuthResult::Fail {
            *result = AuthResult::Unknown;
        }
    }
}

/// The failures that the receiver wrote elsewhere in the header: some servers
/// put their results below the sender's trace. Nobody forges a failure
/// against himself, so these are believed where a pass is not.
fn failures(
    header: &Header<'_>,
    receiver: &Receiver,
    from: &[Mailbox],
) -> Authentication {
    let results: Vec<Results> = header
        .all("Authentication-Results")
        .map(|field| Results::parse(&field.text()))
        .filter(|results| receiver.is_own(&results.server))
        .collect();
    let mut found = merge(&results, from);
    found.hosts.clear();
    for result in [&mut found.spf, &mut found.dkim, &mut found.dmarc] {
        if *result != AuthResult::Fail {
            *result = AuthResult::Unknown;
        }
    }
    found
}

/// The server that took the mail in, and its part of the header.
struct Receiver {
    /// Its registrable domain or, where it has none, its name.
    domain: String,
    /// How many fields from the top are its trace.
    trace: usize,
}

impl Receiver {
    fn of(header: &Header<'_>) -> Self {
        let mut received = false;
        let (mut domain, mut name) = (String::new(), String::new());
        for (index, field) in header.fields.iter().enumerate() {
            if !field.is("Received") {
                continue;
            }
            received = true;
            let by = by_host(field);
            let Some(public) = public_domain(&by) else {
                if name.is_empty() {
                    name = by;
                }
                continue;
            };
            if domain.is_empty() {
                domain = public;
            } else if !is_same_operator(&domain, &public) {
                return Self { domain, trace: index };
            }
        }
        if received {
            let domain = if domain.is_empty() { name } else { domain };
            return Self { domain, trace: header.fields.len() };
        }
        Self::without_trace(header)
    }

    /// The rule for a mail that no `Received` stands in.
    fn without_trace(header: &Header<'_>) -> Self {
        let is_senders =
            |f: &Field<'_>| SENDERS_FIELDS.iter().any(|name| f.is(name));
        let trace = header.fields.iter().position(is_senders).unwrap_or(0);
        let first = header.fields[..trace]
            .iter()
            .find(|f| f.is("Authentication-Results"))
            .map(|f| Results::parse(&f.text()).server);
        let server = first.unwrap_or_default();
        let domain = public_domain(&server).unwrap_or(server);
        Self { domain, trace }
    }

    fn is_microsoft(&self) -> bool {
        OPERATORS[MICROSOFT].contains(&&*self.domain)
    }

    /// Whether a server's name is the receiver's.
    fn is_own(&self, server: &str) -> bool {
        if self.domain.is_empty() {
            return false;
        }
        if server.is_empty() {
            return self.is_microsoft();
        }
        server == self.domain
            || public_domain(server)
                .is_some_and(|other| is_same_operator(&self.domain, &other))
    }
}

fn is_same_operator(one: &str, other: &str) -> bool {
    one == other
        || OPERATORS
            .iter()
            .any(|all| all.contains(&one) && all.contains(&other))
}

/// The host that a `Received` says took the mail in.
fn by_host(field: &Field<'_>) -> String {
    let text = without_comments(&field.text());
    let mut words = text.split_ascii_whitespace();
    words.find(|word| word.eq_ignore_ascii_case("by"));
    let host = words.next().unwrap_or_default();
    host.trim_end_matches([';', '.']).to_ascii_lowercase()
}

/// The registrable domain of a host that the whole internet knows.
fn public_domain(host: &str) -> Option<String> {
    let host = Host::parse(host).ok()?;
    let public = !host.is_ip()
        && !host.label().is_empty()
        && !PRIVATE.contains(&host.suffix());
    public.then(|| host.registrable().to_owned())
}

/// Puts results together, the topmost of each method first.
fn merge(all: &[Results], from: &[Mailbox]) -> Authentication {
    let mut found = Authentication::default();
    for results in all {
        for (method, slot) in [
            ("spf", &mut found.spf),
            ("dkim", &mut found.dkim),
            ("dmarc", &mut found.dmarc),
        ] {
            if *slot != AuthResult::Unknown {
                continue;
            }
            let verdicts = || results.of(method);
            *slot = verdicts()
                .map(Verdict::result)
                .fold(AuthResult::Unknown, better);
            for passed in verdicts().filter(|v| v.passed()) {
                let host = Host::parse(&passed.host()).ok();
                let host = host.map(|h| h.ascii().to_owned());
                found.hosts.extend(host.filter(|_| method != "dmarc"));
            }
        }
    }
    order::sort_by(&mut found.hosts, String::cmp);
    found.hosts.dedup();
    let topmost = all.first().is_some_and(|r| r.of("dmarc").next().is_some());
    if found.dmarc == AuthResult::Pass && !is_credible(&found, from, topmost) {
        found.dmarc = AuthResult::Unknown;
    }
    found
}

/// Of several results of one method the one that says most: one good
/// signature is enough.
fn better(one: AuthResult, other: AuthResult) -> AuthResult {
    use AuthResult::{Fail, None, Pass, Unknown};
    match (one, other) {
        (Pass, _) | (_, Pass) => Pass,
        (Fail, _) | (_, Fail) => Fail,
        (None, _) | (_, None) => None,
        (Unknown, Unknown) => Unknown,
    }
}

/// Whether a DMARC pass can be about the sender that a person sees.
fn is_credible(
    found: &Authentication,
    from: &[Mailbox],
    topmost: bool,
) -> bool {
    let [sender] = from else { return false };
    let host = sender.address.rsplit_once('@').map_or("", |(_, h)| h);
    let Ok(host) = Host::parse(host) else { return false };
    let aligned = |other: &String| {
        Host::parse(other).is_ok_and(|o| o.registrable() == host.registrable())
    };
    topmost || found.hosts.iter().any(aligned)
}

/// The oldest results that a known forwarder sealed. The results' own name
/// proves nothing; the seal of the same place in the chain does, which the
/// receiver has checked.
fn sealed_by_forwarder(header: &Header<'_>) -> Option<Results> {
    let sealer = |instance: u32| {
        let mut seals = header.all("ARC-Seal").map(|f| tags(&f.text()));
        let seal = seals.find(|seal| {
            seal.iter().any(|(k, v)| k == "i" && v.parse() == Ok(instance))
        })?;
        let domain = seal.into_iter().find(|(key, _)| key == "d")?.1;
        public_domain(&domain)
    };
    header
        .all("ARC-Authentication-Results")
        .map(|field| Results::parse(&field.text()))
        .filter(|results| {
            sealer(results.instance)
                .is_some_and(|domain| FORWARDERS.contains(&&*domain))
        })
        .min_by_key(|results| results.instance)
}

/// The tags of a signature: `i=1; d=example.com`.
fn tags(value: &str) -> Vec<(String, String)> {
    value
        .split(';')
        .filter_map(|tag| tag.split_once('='))
        .map(|(k, v)| (k.trim().to_lowercase(), v.trim().to_lowercase()))
        .collect()
}

/// Takes SPF from the receiver's `Received-SPF` where nothing else has it.
fn received_spf(
    header: &Header<'_>,
    receiver: &Receiver,
    found: &mut Authentication,
) {
    let trace = &header.fields[..receiver.trace];
    let Some(field) = trace.iter().find(|f| f.is("Received-SPF")) else {
        return;
    };
    let text = field.text();
    let (word, rest) = text
        .trim()
        .split_once(|c: char| !c.is_alphanumeric())
        .unwrap_or((text.trim(), ""));
    // Who wrote it stands at `receiver=` or first in the comment.
    let property = |name: &str| {
        let at = rest.to_ascii_lowercase().find(name)? + name.len();
        let value = rest.get(at..)?.trim_start_matches('"');
        value.split(|c: char| c.is_whitespace() || ";\"".contains(c)).next()
    };
    let commented = rest
        .trim_start_matches([' ', '('])
        .split_once(": ")
        .map(|(server, _)| server);
    let server = property("receiver=").or(commented).unwrap_or_default();
    if server.is_empty() || !receiver.is_own(&server.to_ascii_lowercase()) {
        return;
    }
    found.spf = results::of_word(word);
    if found.spf == AuthResult::Pass
        && let Some(sender) = property("envelope-from=")
        && let Some((_, host)) = sender.rsplit_once('@')
        && let Ok(host) = Host::parse(host.trim_end_matches('>'))
    {
        found.hosts.push(host.ascii().to_owned());
    }
}

#[cfg(test)]
mod tests;
