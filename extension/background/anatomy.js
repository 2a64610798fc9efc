/**
 * Takes anything that a user pastes apart: an address, a link, a host, or a
 * text that holds one.
 *
 * @typedef {import('../protocol').Anatomy} Anatomy
 */

import { engine, vendorsNamed } from './engine.js';

/**
 * @param {string} pasted
 * @returns {Promise<Anatomy>}
 */
export async function anatomy(pasted) {
  const text = pasted.slice(0, 20000).trim();
  const link = /\b(?:https?|ftp):\/\/[^\s<>"]+/i.exec(text)?.[0];
  if (link) {
    return ofLink(link, text === link ? '' : (text.split(link)[0] ?? ''));
  }
  const address = /[^\s<>"(),;:]+@[^\s<>"(),;:]+/u.exec(text);
  if (address) {
    return ofAddress(address[0], text.slice(0, address.index));
  }
  return ofHost(text.split(/\s+/).find((w) => w.includes('.')) ?? text);
}

/**
 * @param {string} url
 * @param {string} label
 * @returns {Promise<Anatomy>}
 */
async function ofLink(url, label) {
  const core = await engine();
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
    vendors: await vendorsOf(vendor, identity, findings),
  };
}

/**
 * @param {string} address
 * @param {string} before
 * @returns {Promise<Anatomy>}
 */
async function ofAddress(address, before) {
  const core = await engine();
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
    vendors: await vendorsOf(vendor, identity, findings),
  };
}

/**
 * @param {string} name
 * @returns {Promise<Anatomy>}
 */
async function ofHost(name) {
  const core = await engine();
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
    vendors: await vendorsOf(vendor, identity, findings),
  };
}

/**
 * @param {string | null} vendor
 * @param {string | null} identity
 * @param {import('../protocol').Finding[]} findings
 */
async function vendorsOf(vendor, identity, findings) {
  const named = [vendor, identity, ...findings.map((f) => f.vendor)];
  const found = await Promise.all([...new Set(named)].map(vendorsNamed));
  return Object.assign({}, ...found);
}
