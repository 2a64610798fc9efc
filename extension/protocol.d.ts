/**
 * What the parts of the extension say to each other.
 *
 * Content scripts, the popup and the options page send a {@link Request} with
 * `chrome.runtime.sendMessage` and get the {@link Answer} of its kind; the
 * background sends an {@link Order} to the content script of a tab.
 *
 * The verdict's shape is the engine's (`src/verdict.rs`). Codes and places
 * are turned into sentences with the keys of `_locales` (see `texts.js`):
 *
 * | key | for | substitutions |
 * |---|---|---|
 * | `state_<state>` | the toolbar button and the popup's head | host of the page |
 * | `finding_<code>` | one finding, `-` as `_` | vendor, host, real host, text |
 * | `headline_<…>` | the banner's sentence | vendor, host, real host, text |
 * | `incident_<id>` | an incident's note, `-` as `_` | vendor |
 * | `never_<thing>` | a thing a vendor never asks for, `-` as `_` | vendor |
 * | `pressure_<class>` | a kind of pressure, `-` as `_` | |
 * | `unread_<reason>` | why a message was not checked, `-` as `_` | webmail |
 *
 * Icons: `icons/icon-{16,32,48,128}.png` and, for the toolbar,
 * `icons/<state>-{16,32}.png` for every {@link State}.
 */

/** A `messages.json`. */
export type Catalog = Record<
  string,
  { message: string; placeholders?: Record<string, { content: string }> }
>;

/** How much a finding weighs. */
export type Level = 'none' | 'note' | 'caution' | 'danger';

/** One finding of the engine; `evidence` as in `src/verdict.rs`. */
export interface Finding {
  code: string;
  level: Level;
  vendor: string | null;
  place: string;
  evidence: Record<string, string | number | number[]>;
}

/** A host as a person must read it. */
export interface HostParts {
  /** ASCII, as it goes over the wire. */
  host: string;
  /** As a person sees it. */
  unicode: string;
  /** The registrable domain, in ASCII. */
  registrable: string;
}

/** Where one link of the message leads; the fields are null where unknown. */
export interface LinkTarget {
  /** The index of the link in the message that was sent. */
  link: number;
  /** The URL after unwrapping. */
  destination: string | null;
  /** Its host. */
  host: HostParts | null;
  /** The vendor whose host it is. */
  identity: string | null;
}

/** What the texts need of a vendor. */
export interface VendorInfo {
  id: string;
  name: string;
  /** The domain to show beside a false one. */
  home: string;
  /** The address to open by hand; may be empty. */
  open: string;
  /** Where to report; may be empty. */
  report: string;
  /** Codes of what it never asks for. */
  neverAsks: string[];
}

/** A verdict with everything that is needed to put it into words. */
export interface Verdict {
  level: Level;
  vendor: string | null;
  /** Most telling first. */
  findings: Finding[];
  /** The sender's host; null where there is none. */
  sender: HostParts | null;
  /** Where the links lead; empty when there is nothing to warn of. */
  links: LinkTarget[];
  /** The vendors that the findings name, by id. */
  vendors: Record<string, VendorInfo>;
}

/** `host` or a link judged alone (popup, options, training page). */
export interface HostVerdict {
  host: string;
  level: Level;
  vendor: string | null;
  identity: string | null;
  findings: Finding[];
}
export interface LinkVerdict {
  url: string;
  destination: string | null;
  level: Level;
  vendor: string | null;
  findings: Finding[];
}

/** A judged address, link, host or text, taken apart for a person. */
export interface Anatomy {
  /**
   * What was understood: an address, a link, a host, a text that warns by
   * itself; null when nothing.
   */
  kind: 'address' | 'link' | 'host' | 'text' | null;
  level: Level;
  vendor: string | null;
  /** The vendor whose host it is. */
  identity: string | null;
  findings: Finding[];
  host: HostParts | null;
  /** For a link: where it leads after unwrapping. */
  destination: string | null;
  vendors: Record<string, VendorInfo>;
}

/** A mailbox, a link and a message as the engine reads them. */
export interface Mailbox {
  name: string;
  address: string;
}
export interface MessageLink {
  href: string;
  text: string;
  kind: 'anchor' | 'area' | 'form' | 'image' | 'text';
  quoted: boolean;
}
export interface Message {
  from: Mailbox[];
  replyTo: Mailbox[];
  subject: string;
  text: string;
  quoted: string;
  links: MessageLink[];
  images: string[];
  attachments: string[];
}

/**
 * What the toolbar button says of a tab.
 *
 * `idle`: no webmail, or no message open. `fine`: checked, nothing to say
 * (never shown as "safe"). `unread`: a message is shown that could not be
 * checked. `paused`: the user or the administrator paused this site.
 */
export type State =
  | 'idle'
  | 'fine'
  | 'note'
  | 'caution'
  | 'danger'
  | 'unread'
  | 'paused';

/**
 * Why a message was not checked: no sender or no body was found, a message
 * seems open but the recipe finds none, the body lies in a frame of a site
 * that the extension may not read, the message has more links than are
 * checked, the page hides the warning, or the engine did not start.
 */
export type UnreadReason =
  | 'no-sender'
  | 'no-body'
  | 'no-message'
  | 'closed-frame'
  | 'too-many-links'
  | 'too-large'
  | 'covered'
  | 'no-engine';

/** How far "I know this sender" reaches. */
export type Scope = 'message' | 'sender' | 'domain';

/** Something that the user said to know; listed and undoable. */
export interface Trusted {
  id: string;
  scope: Scope;
  /** The sender's domain; addresses are kept as hashes only. */
  domain: string;
  /** The day it was said, `YYYY-MM-DD`. */
  day: string;
}

/** The vendor that a dangerous message posed as. */
export interface Posed {
  name: string;
  home: string;
}

/** One open message of a tab. */
export interface OpenMessage {
  /** Tells one message from another; says nothing of its content. */
  key: string;
  /** The content script's frame. */
  frame: number;
  verdict: Verdict | null;
  unread: UnreadReason | null;
  /** How the user knows the sender, where they said so. */
  trusted: Trusted | null;
  /** How far the user may trust this sender. */
  scopes: Scope[];
}

/**
 * Why nothing is read on a page: it is no webmail that was listed (`unlisted`),
 * the browser does not let us (`forbidden`), or the page was there before the
 * extension (`absent`); null where it is read, and where there is no page.
 */
export type Access = 'unlisted' | 'forbidden' | 'absent' | null;

/** What is known of a tab; lives in `storage.session`. */
export interface TabState {
  state: State;
  /** `host` or `host:port` of the page; empty where there is no web page. */
  site: string;
  /** The recipe in use; null where no content script runs. */
  recipe: string | null;
  /** The recipe's name for people: "Roundcube". */
  webmail: string | null;
  /** Why the state is `unread`. */
  unread: UnreadReason | null;
  /** The open messages, the worst first. */
  messages: OpenMessage[];
}

/** What the popup shows of a tab. */
export interface TabView extends TabState {
  access: Access;
  /** The match pattern to ask the browser for; empty where there is none. */
  origin: string;
}

/** A vendor that the user or the administrator adds (`src/policy.rs`). */
export interface OwnVendor {
  id?: string;
  name: string;
  aliases?: string[];
  words?: string[];
  domains: string[];
  sends?: string[];
  open?: string;
  report?: string;
}

/** What the user set; lives in `storage.local`. */
export interface Settings {
  /** A locale of `_locales`; empty for the browser's language. */
  language: string;
  /** Whether senders' domains are remembered (as salted hashes). */
  familiarity: boolean;
  /** The user's own vendors. */
  vendors: OwnVendor[];
  /** Sites (`host` or `host:port`) that are paused. */
  paused: string[];
}

/** A webmail that the extension works on. */
export interface Site {
  /** `host` or `host:port`. */
  site: string;
  /** The match pattern that `permissions.request` needs. */
  origin: string;
  /** Whose it is. `built-in` sites cannot be removed. */
  by: 'built-in' | 'user' | 'policy';
  /** Whether the browser granted the permission. */
  granted: boolean;
  /** The recipe set for it; empty to find out by itself. */
  recipe: string;
}

/** The organisation's own help; each may be empty. */
export interface Support {
  text: string;
  url: string;
  email: string;
}

/** What the administrator set. */
export interface PolicyState {
  /** `unknown`: the browser has not answered yet. */
  status: 'unknown' | 'none' | 'set';
  /** What of it takes no effect, and why. */
  errors: { key: string; reason: string }[];
  /** The policy as the browser gave it. */
  policy: Record<string, unknown>;
}

/** Everything that can be asked of the background. */
export type Request =
  /** Content: judge an open message. */
  | {
      kind: 'check';
      key: string;
      recipe: string;
      webmail: string;
      /** The account, as far as the page tells; hashed at once. */
      mailbox: string;
      message: Message;
      /** Set when the message was too large to send whole. */
      unread: UnreadReason | null;
    }
  /** Content: the messages that are open now; others were closed. */
  | {
      kind: 'open';
      recipe: string;
      webmail: string;
      keys: string[];
      unread: UnreadReason | null;
    }
  /** Content: something happened to an open message's warning. */
  | { kind: 'unread'; key: string; reason: UnreadReason }
  /** A frame that no content script reads asks for one of its own. */
  | { kind: 'enter' }
  /** Content: what it needs to begin; `fresh` when the page was loaded. */
  | { kind: 'begin'; fresh: boolean }
  /** Content in a body's own frame: what it holds, for the frame above. */
  | { kind: 'part'; part: BodyPart }
  /** Content above: what to guard and mark in such a frame. */
  | { kind: 'guard'; frame: number; answer: Answer['check'] }
  /** Content: judge sender lines of the list. */
  | { kind: 'rows'; senders: Mailbox[] }
  /** Content: is there a secret in a text that is being written? */
  | { kind: 'typed'; text: string; answering: boolean }
  /** Content: add senders of dangerous messages, or take them away. */
  | { kind: 'posed'; senders: string[]; vendor: Posed | null }
  /** Popup: what is known of a tab. */
  | { kind: 'state'; tab: number }
  /** Popup, options: take an address, link, host or text apart. */
  | { kind: 'anatomy'; text: string }
  /** Pages: judge a mail's source. */
  | { kind: 'mail'; source: string }
  /** Popup: the page's structure, every text and address removed. */
  | { kind: 'diagnostic'; tab: number }
  /** Banner, popup: "I know this sender". */
  | { kind: 'trust'; key: string; scope: Scope; tab?: number }
  | { kind: 'untrust'; id: string }
  | { kind: 'trusted' }
  /** Popup, options: pause or resume a site. */
  | { kind: 'pause'; site: string; paused: boolean }
  | { kind: 'settings' }
  | { kind: 'set'; settings: Partial<Settings> }
  /** Popup, options: webmail sites. Ask for the permission first. */
  | { kind: 'sites' }
  | { kind: 'add-site'; site: string; recipe: string }
  | { kind: 'remove-site'; site: string }
  | { kind: 'policy' }
  /** Options: how many sender domains are remembered; forget them all. */
  | { kind: 'familiarity' }
  | { kind: 'forget' };

/** What each kind of request is answered with; `{error}` on failure. */
export interface Answer {
  check: {
    state: State;
    verdict: Verdict | null;
    trusted: Trusted | null;
    scopes: Scope[];
    /** Whom to ask, where the administrator says so. */
    support: Support | null;
  };
  open: null;
  unread: null;
  enter: null;
  begin: {
    /** The texts in the language the user chose; null for the browser's. */
    texts: Catalog | null;
    /** The recipe set for this host; empty to find out. */
    recipe: string;
    /** Recipes of the administrator, which go before the built-in ones. */
    recipes: unknown[];
  };
  part: null;
  guard: null;
  rows: { index: number; level: Level; vendor: string; real: string }[];
  /** `api-key`, `card`, `iban`, `seed-phrase`, `one-time-code`. */
  typed: string | null;
  /** All such senders, as hashes with this salt. */
  posed: { salt: string; senders: [sender: string, vendor: Posed][] };
  state: TabView;
  /** The worst first. */
  anatomy: Anatomy[];
  mail: { message: Message; verdict: Verdict };
  diagnostic: string;
  trust: null;
  untrust: null;
  trusted: Trusted[];
  pause: null;
  settings: Settings;
  set: Settings;
  sites: Site[];
  'add-site': Site[];
  'remove-site': Site[];
  policy: PolicyState;
  familiarity: { domains: number; allowed: boolean };
  forget: null;
}

/** What a frame that holds only a message's body tells the one above. */
export interface BodyPart {
  /** The frame's address and name, by which the frame above knows it. */
  url: string;
  name: string;
  /** How many frames are around it. */
  depth: number;
  /** When it was read, in milliseconds. */
  at: number;
  text: string;
  quoted: string;
  links: MessageLink[];
  images: string[];
  unread: UnreadReason | null;
}

/** What the background tells the content script of a tab. */
export type Order =
  /** Settings, trust or policy changed: judge again. */
  | { order: 'recheck' }
  /** Answer with the page's structure. */
  | { order: 'diagnostic' }
  /** Answer `true`. */
  | { order: 'ping' }
  /** A body's own frame tells what it holds. */
  | { order: 'part'; frame: number; part: BodyPart }
  /** The frame above tells what to guard. */
  | { order: 'guard'; answer: Answer['check'] };
