/**
 * Takes anything that a user pastes apart: an address, a link, a host, or a
 * text that holds some of them.
 *
 * It takes the engine from its caller: the training page has one of its own.
 *
 * @typedef {import('../protocol').Anatomy} Anatomy
 * @typedef {typeof import('../engine/doppelcheck.js')} Core
 */

/** How much of what is pasted is looked at, in UTF-16 units. */
const MOST_TEXT = 20000;
/** How many addresses, links and hosts of a text are taken apart. */
const MOST_PARTS = 6;
/** How much before a link or an address counts as its text or name. */
const MOST_LABEL = 300;

/** The levels, the worst first. */
const LEVELS = ['danger', 'caution', 'note', 'none'];

/** A link, an address, or a host as people write it in a text. */
const PARTS = new RegExp(
  [
    String.raw`(?<link>\b(?:https?|ftp):\/\/[^\s<>"]+)`,
    String.raw`(?<address>[^\s<>"(),;:]+@[^\s<>"(),;:]+)`,
    String.raw`(?<host>(?:[\p{L}\p{M}\p{N}_-]+\.)+[\p{L}\p{M}\p{N}-]+)` +
      String.raw`(?:[/?#:][^\s<>"]*)?`,
  ].join('|'),
  'giu',
);

/**
 * @param {Core} core
 * @param {string} pasted
 * @returns {Anatomy[]} the worst first; one that is of no kind where nothing
 *   was understood
 */
export function anatomies(core, pasted) {
  const text = pasted.slice(0, MOST_TEXT).trim();
  const alone = !/\s/.test(text);
  /** @type {Map<string, Anatomy>} */
  const found = new Map();
  let end = 0;
  for (const match of text.matchAll(PARTS)) {
    const { link, address, host } = match.groups ?? {};
    const before = text.slice(end, match.index).slice(-MOST_LABEL);
    end = match.index + match[0].length;
    const part = trimmed(link ?? address ?? host ?? '');
    if (found.has(part) || (host && !alone && !isHostInText(part))) {
      continue;
    }
    if (link) {
      found.set(part, ofLink(core, part, before));
    } else {
      const named = text.charAt(match.index - 1) === '<' ? before : '';
      found.set(
        part,
        address ? ofAddress(core, part, named) : ofHost(core, part),
      );
    }
    if (found.size >= MOST_PARTS) {
      break;
    }
  }
  const whole = alone ? [] : ofText(core, text);
  const parts = [...whole, ...found.values()].filter(({ kind }) => kind);
  parts.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  const host = text.replace(/:\d+$/, '');
  const isHost = alone && /[.:]/.test(host);
  return parts.length ? parts : [isHost ? ofHost(core, host) : NOTHING];
}

/**
 * Without what ends the sentence around it.
 *
 * @param {string} part
 */
function trimmed(part) {
  return part.replace(/[.,;:!?'’”»)\]]+$/u, '');
}

/**
 * Whether what stands in a text is meant as a host: not two sentences without
 * a space between them, nor an abbreviation.
 *
 * @param {string} part
 */
function isHostInText(part) {
  const last = part.split('.').pop() ?? '';
  return (
    /^(\d+\.){3}\d+$/.test(part) || /^(xn--.+|[\p{Ll}\p{Lo}]{2,})$/u.test(last)
  );
}

/**
 * What nothing was found in.
 *
 * @type {Anatomy}
 */
const NOTHING = {
  kind: null,
  level: 'none',
  vendor: null,
  identity: null,
  findings: [],
  host: null,
  destination: null,
  vendors: {},
};

/**
 * What was found in a part of the text.
 *
 * @param {Core} core
 * @param {Anatomy['kind']} kind
 * @param {Pick<Anatomy, 'level' | 'vendor' | 'findings'>} told
 * @param {string | null} identity
 * @param {Anatomy['host']} host
 * @returns {Anatomy}
 */
function part(core, kind, { level, vendor, findings }, identity, host) {
  const vendors = vendorsOf(core, vendor, identity, findings);
  const judged = { kind, level, vendor, identity, findings, host, vendors };
  return { ...judged, destination: null };
}

/**
 * The text as a whole, where it says whose it is and nothing backs that.
 *
 * @param {Core} core
 * @param {string} text
 * @returns {Anatomy[]}
 */
function ofText(core, text) {
  const told = core.checkText(text);
  return told.level === 'none' ? [] : [part(core, 'text', told, null, null)];
}

/**
 * @param {Core} core
 * @param {string} url
 * @param {string} label
 * @returns {Anatomy}
 */
function ofLink(core, url, label) {
  const told = core.checkLink(url, label.trim());
  const { destination } = told;
  const host =
    destination && URL.canParse(destination)
      ? core.hostParts(new URL(destination).hostname)
      : null;
  const identity = host ? core.checkHost(host.host).identity : null;
  const judged = part(core, 'link', told, identity, host ?? null);
  return { ...judged, destination };
}

/**
 * @param {Core} core
 * @param {string} address
 * @param {string} before
 * @returns {Anatomy}
 */
function ofAddress(core, address, before) {
  const name = before.replace(/[<"\s]+$/u, '').replace(/^["\s]+/u, '');
  const told = core.checkMessage({ from: [{ name, address }] });
  const host = told.sender ?? null;
  const identity = host ? core.checkHost(host.host).identity : null;
  return part(core, 'address', told, identity, host);
}

/**
 * @param {Core} core
 * @param {string} name
 * @returns {Anatomy}
 */
function ofHost(core, name) {
  const host = core.hostParts(name) ?? null;
  if (!host) {
    return NOTHING;
  }
  const told = core.checkHost(name);
  return part(core, 'host', told, told.identity, host);
}

/**
 * @param {Core} core
 * @param {string | null} vendor
 * @param {string | null} identity
 * @param {import('../protocol').Finding[]} findings
 */
function vendorsOf(core, vendor, identity, findings) {
  const named = [vendor, identity, ...findings.map((f) => f.vendor)];
  const ids = [...new Set(named)].filter((id) => id !== null);
  return Object.fromEntries(
    ids.flatMap((id) => {
      const known = core.vendor(id);
      if (!known) {
        return [];
      }
      const { name, domains, open, report, never_asks: neverAsks } = known;
      const home = domains[0] ?? '';
      return [[id, { id, name, home, open, report, neverAsks }]];
    }),
  );
}
