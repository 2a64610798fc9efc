/**
 * How well each mailbox knows the domains that write to it: a bounded set of
 * salted hashes with the first and last day and a count. Nothing readable.
 *
 * @typedef {[first: number, last: number, count: number]} Known
 * @typedef {Record<string, Record<string, Known>>} Mailboxes
 */

import { hash } from './hash.js';
import { inTurn } from './queue.js';
import { settings } from './settings.js';

const MOST_DOMAINS = 2000;
const MOST_MAILBOXES = 20;
/** A mailbox must know so many domains before a new one means anything. */
const ENOUGH = 20;
const DAY = 86400000;

/** Whether the administrator and the user let domains be remembered. */
export async function isAllowed() {
  return (await settings()).familiarity;
}

/** @returns {Promise<Mailboxes>} */
async function stored() {
  const { familiarity } = await chrome.storage.local.get('familiarity');
  return /** @type {Mailboxes} */ (familiarity ?? {});
}

/**
 * How well a mailbox knows a domain, as the engine takes it.
 *
 * @param {string} mailbox
 * @param {string} domain
 */
export async function familiarityOf(mailbox, domain) {
  const domains = (await stored())[await hash('mailbox', mailbox)] ?? {};
  const known = domains[await hash('seen', domain)];
  if (known) {
    const days = Math.max(0, today() - known[0]);
    return { kind: 'seen', days, count: known[2] };
  }
  const enough = Object.keys(domains).length >= ENOUGH;
  return { kind: enough ? 'new' : 'unknown' };
}

/**
 * Remembers that a domain wrote without giving an alarm.
 *
 * @param {string} mailbox
 * @param {string} domain
 */
export function remember(mailbox, domain) {
  return inTurn('familiarity', () => add(mailbox, domain));
}

/**
 * @param {string} mailbox
 * @param {string} domain
 */
async function add(mailbox, domain) {
  const mailboxes = await stored();
  const box = await hash('mailbox', mailbox);
  const name = await hash('seen', domain);
  const [first, , count] = mailboxes[box]?.[name] ?? [today(), 0, 0];
  const domains = { ...mailboxes[box], [name]: [first, today(), count + 1] };
  const kept = newest(Object.entries(domains), MOST_DOMAINS);
  const others = Object.entries(mailboxes).filter(([other]) => other !== box);
  await chrome.storage.local.set({
    familiarity: Object.fromEntries([
      ...others.slice(1 - MOST_MAILBOXES),
      [box, Object.fromEntries(kept)],
    ]),
  });
}

/**
 * @template {unknown[]} T
 * @param {[string, T][]} entries
 * @param {number} most
 */
function newest(entries, most) {
  return entries
    .sort(([, a], [, b]) => Number(b[1]) - Number(a[1]))
    .slice(0, most);
}

/** How many domains are remembered in all mailboxes. */
export async function countDomains() {
  return Object.values(await stored())
    .map((domains) => Object.keys(domains).length)
    .reduce((sum, count) => sum + count, 0);
}

/** Forgets all of them. */
export async function forgetDomains() {
  await chrome.storage.local.remove('familiarity');
}

function today() {
  return Math.floor(Date.now() / DAY);
}
