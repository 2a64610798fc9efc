/**
 * Judges open messages and keeps the tabs' states.
 *
 * @typedef {import('../protocol').Request} Request
 * @typedef {import('../protocol').Answer} Answer
 */

import { stateOf } from '../ui/state.js';
import { engine } from './engine.js';
import { familiarityOf, isAllowed, remember } from './familiarity.js';
import { storedPolicy } from './policy.js';
import { settings } from './settings.js';
import { changeTab, noteUnread, readTab } from './tabs.js';
import { hashesOf, scopesOf, trustFor } from './trust.js';

/**
 * Where a request comes from.
 *
 * @typedef {{tab: number, frame: number, site: string}} From
 */

/**
 * @param {Extract<Request, {kind: 'check'}>} request
 * @param {From} from
 * @returns {Promise<Answer['check']>}
 */
export async function check(request, from) {
  const { policy } = await storedPolicy();
  const nothing = { verdict: null, trusted: null, scopes: [], support: null };
  if ((await settings()).paused.includes(from.site)) {
    return { state: 'paused', ...nothing };
  }
  const verdict = await judge(request).catch(() => null);
  const sender = request.message.from[0]?.address ?? '';
  const domain = verdict?.sender?.registrable ?? '';
  const hashes = await hashesOf(request.key, sender, domain);
  const scopes = verdict ? scopesOf(verdict, policy) : [];
  const trusted = await trustFor(hashes, scopes);
  const message = {
    key: request.key,
    frame: from.frame,
    verdict,
    unread: verdict ? request.unread : /** @type {const} */ ('no-engine'),
    trusted,
    scopes,
    hashes,
    domain,
  };
  await changeTab(from.tab, from.site, (state) => {
    state.recipe = request.recipe;
    state.webmail = request.webmail;
    state.messages = [
      ...state.messages.filter((other) => other.key !== request.key),
      message,
    ];
  });
  const support = supportIn(policy);
  return { state: stateOf(message), verdict, trusted, scopes, support };
}

/**
 * @param {Record<string, unknown>} policy
 * @returns {import('../protocol').Support | null}
 */
function supportIn({ support }) {
  const given = /** @type {Record<string, unknown> | undefined} */ (support);
  const [text = '', url = '', email = ''] = [
    given?.text,
    given?.url,
    given?.email,
  ].map((value) => (typeof value === 'string' ? value : ''));
  return text || url || email ? { text, url, email } : null;
}

/**
 * @param {Extract<Request, {kind: 'check'}>} request
 * @returns {Promise<import('../protocol').Verdict>}
 */
async function judge({ message, mailbox, key }) {
  const core = await engine();
  const host = message.from[0]?.address.split('@').pop() ?? '';
  const domain = core.hostParts(host)?.registrable ?? '';
  const knows = domain !== '' && (await isAllowed());
  const familiarity = knows
    ? await familiarityOf(mailbox, domain)
    : { kind: 'unknown' };
  const verdict = core.checkMessage({ ...message, familiarity });
  const calm = verdict.level === 'none' || verdict.level === 'note';
  if (knows && calm && (await isFirstSight(key))) {
    await remember(mailbox, domain);
  }
  return verdict;
}

/**
 * Whether a message is seen for the first time since the browser started:
 * one that is opened again counts once.
 *
 * @param {string} key
 */
async function isFirstSight(key) {
  const { seen } = await chrome.storage.session.get('seen');
  const keys = Array.isArray(seen) ? seen : [];
  if (keys.includes(key)) {
    return false;
  }
  await chrome.storage.session.set({ seen: [...keys, key].slice(-500) });
  return true;
}

/**
 * What is open now; everything else in that frame was closed.
 *
 * @param {Extract<Request, {kind: 'open'}>} request
 * @param {From} from
 */
export async function open(request, from) {
  const paused = (await settings()).paused.includes(from.site);
  await changeTab(from.tab, from.site, (state) => {
    state.recipe = request.recipe;
    state.webmail = request.webmail;
    noteUnread(state, from.frame, request.unread);
    state.messages = paused
      ? []
      : state.messages.filter(
          ({ key, frame }) =>
            frame !== from.frame || request.keys.includes(key),
        );
    state.state = paused ? 'paused' : 'idle';
  });
  return null;
}

/**
 * @param {Extract<Request, {kind: 'unread'}>} request
 * @param {From} from
 */
export async function unread({ key, reason }, from) {
  await changeTab(from.tab, from.site, (state) => {
    for (const message of state.messages) {
      if (message.key === key) {
        message.unread = reason;
      }
    }
  });
  return null;
}

/**
 * Judges sender lines of a list: those that are damning alone.
 *
 * @param {import('../protocol').Mailbox[]} senders
 * @returns {Promise<Answer['rows']>}
 */
export async function rows(senders) {
  const core = await engine();
  return senders.slice(0, 100).flatMap((from, index) => {
    const { level, vendor, findings, vendors } = core.checkMessage({
      from: [from],
    });
    const [lead] = findings;
    const damning = level === 'danger' || level === 'caution';
    const known = vendors[vendor ?? ''];
    return damning && lead && known
      ? [{ index, level, vendor: known.name, real: known.home }]
      : [];
  });
}

/**
 * One open message of a tab.
 *
 * @param {number} tab
 * @param {string} key
 */
export async function messageOf(tab, key) {
  const state = await readTab(tab);
  return state?.messages.find((message) => message.key === key) ?? null;
}
