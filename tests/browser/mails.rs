//! The mails in `tests/browser/mails` and what must be seen of them.

/// A mail and what a person must be told about it.
pub struct Attack {
    /// The file under `tests/browser/mails`.
    pub file: &'static str,
    /// A piece of its subject.
    pub subject: &'static str,
    /// Whom it pretends to be.
    pub vendor: &'static str,
    /// The vendor's own domain.
    pub real: &'static str,
    /// The host that it comes from or leads to.
    pub host: &'static str,
    /// Findings that Roundcube's page hides: it drops a name that holds an
    /// address.
    pub hidden: &'static [&'static str],
    /// Findings about the links that `CiderWebMail` makes of addresses
    /// in a plain text.
    pub linked: &'static [&'static str],
}

/// Mails that pose as somebody.
pub const ATTACKS: &[Attack] = &[
    OPENAI_BILLING,
    Attack {
        file: "paypal-name.eml",
        subject: "Your PayPal account is limited",
        vendor: "PayPal",
        real: "paypal.com",
        host: "paypa1-support.example",
        hidden: &["address-in-name"],
        linked: &["link-text"],
    },
    Attack {
        file: "openai-idn.eml",
        subject: "Your API key expires today",
        vendor: "OpenAI",
        real: "openai.com",
        host: "xn--penai-lub.example",
        hidden: &[],
        linked: &[],
    },
    Attack {
        file: "paypal-deutsch.eml",
        subject: "Ihr PayPal-Konto wurde eingeschränkt",
        vendor: "PayPal",
        real: "paypal.com",
        host: "konto-abgleich.example",
        hidden: &[],
        linked: &[],
    },
];

/// The main one: a false bill with a link that shows another address.
pub const OPENAI_BILLING: Attack = Attack {
    file: "openai-billing.eml",
    subject: "Payment failed: confirm your ChatGPT Plus card",
    vendor: "OpenAI",
    real: "openai.com",
    host: "account-desk.example",
    hidden: &[],
    linked: &[],
};

/// A false mail whose markup works against the extension.
pub const OPENAI_HOSTILE: Attack = Attack {
    file: "openai-hostile.eml",
    subject: "Unusual usage: confirm your OpenAI account",
    vendor: "OpenAI",
    real: "openai.com",
    host: "usage-desk.example",
    hidden: &[],
    linked: &[],
};

/// Mails about which nothing must be said: file, subject.
pub const GENUINE: &[(&str, &str)] = &[
    ("openai-receipt.eml", "Your receipt from OpenAI"),
    ("rechnung.eml", "Ihre Rechnung für November"),
];

/// A mail in the name of a vendor that only a policy knows: file, subject.
pub const ACME_PAY: (&str, &str) =
    ("acme-pay.eml", "Release your Acme Pay transfer");
