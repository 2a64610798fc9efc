/**
 * Takes anything that a user pastes apart: an address, a link, a host, or a
 * text that holds one.
 *
 * It takes the engine from its caller: the training page has one of its own.
 *
 * @typedef {import('../protocol').Anatomy} Anatomy
 * @typedef {typeof import('../engine/doppelcheck.js')} Core
 */

/**
 * @param {Core} core
 * @param {string} pasted
 * @returns {Anatomy}
 */
export function anatomy(core, pasted) {
  const text = pasted.slice(0, 20000).trim();
  const link = /\b(?:https?|ftp):\/\/[^\s<>"]+/i.exec(text)?.[0];
  if (link) {
    return ofLink(core, link, text === link ? '' : (text.split(link)[0] ?? ''));
  }
  const address = /[^\s<>"(),;:]+@[^\s<>"(),;:]+/u.exec(text);
  if (address) {
    return ofAddress(core, address[0], text.slice(0, address.index));
  }
  return ofHost(core, text.split(/\s+/).find((w) => w.includes('.')) ?? text);
}

/**
 * @param {Core} core
 * @param {string} url
 * @param {string} label
 * @returns {Anatomy}
 */
function ofLink(core, url, label) {
  const told = core.checkLink(url, label.trim());
  const { destination, level, vendor, findings } = told;
  const host =
    destination && URL.canParse(destination)
      ? core.hostParts(new URL(destination).hostname)
      : null;
  const identity = host ? core.checkHost(host.host).identity : null;
  return {
    kind: 'link',
    level,
    vendor,
    identity,
    findings,
    host: host ?? null,
    destination,
    vendors: vendorsOf(core, vendor, identity, findings),
  };
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
  const { level, vendor, findings } = told;
  return {
    kind: 'address',
    level,
    vendor,
    identity,
    findings,
    host,
    destination: null,
    vendors: vendorsOf(core, vendor, identity, findings),
  };
}

/**
 * @param {Core} core
 * @param {string} name
 * @returns {Anatomy}
 */
function ofHost(core, name) {
  const host = core.hostParts(name) ?? null;
  if (!host) {
    return {
      kind: null,
      level: 'none',
      vendor: null,
      identity: null,
      findings: [],
      host: null,
      destination: null,
      vendors: {},
    };
  }
  const { level, vendor, identity, findings } = core.checkHost(name);
  return {
    kind: 'host',
    level,
    vendor,
    identity,
    findings,
    host,
    destination: null,
    vendors: vendorsOf(core, vendor, identity, findings),
  };
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
