/**
 * Which messages were at danger, for the question before an answer is sent:
 * salted hashes of their senders' addresses and subjects, made in the page,
 * and the vendor that each posed as. In memory only, until the browser ends.
 *
 * @typedef {import('../protocol').Posed} Posed
 * @typedef {[sender: string, vendor: Posed][]} Senders
 */

import { inTurn } from './queue.js';

const MOST = 100;

/**
 * Adds senders, or takes them away where no vendor is given.
 *
 * @param {string[]} senders
 * @param {Posed | null} vendor
 * @returns {Promise<{salt: string, senders: Senders}>}
 */
export function pose(senders, vendor) {
  return inTurn('posed', () => change(senders, vendor));
}

/**
 * @param {string[]} senders
 * @param {Posed | null} vendor
 */
async function change(senders, vendor) {
  const { posed } = await chrome.storage.session.get('posed');
  const before = /** @type {{salt: string, senders: Senders} | undefined} */ (
    posed
  );
  const salt = before?.salt ?? crypto.randomUUID();
  const others = (before?.senders ?? []).filter(
    ([sender]) => !senders.includes(sender),
  );
  /** @type {Senders} */
  const added = vendor ? senders.map((sender) => [sender, vendor]) : [];
  const now = { salt, senders: [...others, ...added].slice(-MOST) };
  await chrome.storage.session.set({ posed: now });
  return now;
}
