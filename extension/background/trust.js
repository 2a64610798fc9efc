/**
 * "I know this sender": what the user said to know, as domains and salted
 * hashes; listed and undoable.
 *
 * @typedef {import('../protocol').Scope} Scope
 * @typedef {import('../protocol').Trusted} Trusted
 * @typedef {Record<Scope, string>} Hashes
 */

import { hash } from './hash.js';

/** @type {Scope[]} */
const SCOPES = ['message', 'sender', 'domain'];
const MOST = 2000;

/** @returns {Promise<(Trusted & {hash: string})[]>} */
async function stored() {
  const { trusted } = await chrome.storage.local.get('trusted');
  return Array.isArray(trusted) ? trusted : [];
}

/** @returns {Promise<Trusted[]>} */
export async function allTrusted() {
  return (await stored()).map(withoutHash);
}

/**
 * What a message is recognised by.
 *
 * @param {string} key
 * @param {string} address
 * @param {string} domain
 * @returns {Promise<Hashes>}
 */
export async function hashesOf(key, address, domain) {
  const [message, sender, whole] = await Promise.all([
    hash('message', key),
    hash('sender', address.toLowerCase()),
    hash('domain', domain),
  ]);
  return { message, sender, domain: whole };
}

/**
 * How far a sender may be trusted: a danger only message by message, as well
 * as a message that may not be from this sender at all; and never a whole
 * domain that imitates another.
 *
 * @param {import('../protocol').Verdict} verdict
 * @param {Record<string, unknown>} policy
 * @returns {Scope[]}
 */
export function scopesOf(verdict, policy) {
  const isForged = verdict.findings.some(
    ({ code }) => code === 'authentication-failed',
  );
  const whole = policy.disableTrustSenders !== true && !isForged;
  const imitates = verdict.findings.some(
    ({ code, place }) =>
      (code === 'lookalike-host' || code === 'deceptive-host') &&
      place === 'sender-host',
  );
  switch (verdict.level) {
    case 'danger':
      return ['message'];
    case 'caution':
      if (!whole) {
        return ['message'];
      }
      return imitates || !verdict.sender ? ['message', 'sender'] : SCOPES;
    default:
      return [];
  }
}

/**
 * @param {Hashes} hashes
 * @param {Scope[]} scopes how far trust may reach here
 * @returns {Promise<Trusted | null>}
 */
export async function trustFor(hashes, scopes) {
  const found = (await stored()).find(
    (one) => scopes.includes(one.scope) && hashes[one.scope] === one.hash,
  );
  return found ? withoutHash(found) : null;
}

/**
 * @param {Scope} scope
 * @param {Hashes} hashes
 * @param {string} domain
 */
export async function trust(scope, hashes, domain) {
  const one = {
    id: crypto.randomUUID(),
    scope,
    domain,
    day: new Date().toISOString().slice(0, 10),
    hash: hashes[scope],
  };
  const others = (await stored()).filter((other) => other.hash !== one.hash);
  await chrome.storage.local.set({
    trusted: [...others, one].slice(-MOST),
  });
}

/** @param {string} id */
export async function untrust(id) {
  const others = (await stored()).filter((one) => one.id !== id);
  await chrome.storage.local.set({ trusted: others });
}

/**
 * @param {Trusted} one
 * @returns {Trusted}
 */
function withoutHash({ id, scope, domain, day }) {
  return { id, scope, domain, day };
}
