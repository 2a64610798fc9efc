/**
 * What is known of each tab, and what the toolbar button says of it. Lives
 * in `storage.session`: in memory only, and beyond the background's sleep.
 *
 * @typedef {import('../protocol').TabState} TabState
 * @typedef {import('../protocol').OpenMessage} OpenMessage
 * @typedef {import('../protocol').State} State
 * @typedef {OpenMessage & {
 *   hashes: import('./trust.js').Hashes,
 *   domain: string,
 * }} Kept
 * @typedef {Omit<TabState, 'messages'> & {
 *   messages: Kept[],
 *   frames: Record<number, import('../protocol').UnreadReason | null>,
 * }} KeptTab `frames`: what each frame with a content script cannot read
 */

import { text } from '../texts.js';
import { stateOf } from '../ui/state.js';
import { inTurn } from './queue.js';

/** What the badge says; the icon differs by shape as well. */
/** @type {Record<State, {badge: string, color: string}>} */
const BADGES = {
  idle: { badge: '', color: '#5f6368' },
  fine: { badge: '', color: '#5f6368' },
  note: { badge: '', color: '#5f6368' },
  caution: { badge: '!', color: '#b06f00' },
  danger: { badge: '!!', color: '#c5221f' },
  unread: { badge: '?', color: '#5f6368' },
  paused: { badge: 'II', color: '#5f6368' },
};

/** The states, the worst first. */
/** @type {State[]} */
const ORDER = ['danger', 'caution', 'unread', 'note', 'fine'];

/**
 * @param {number} tab
 * @returns {Promise<KeptTab | null>}
 */
export async function readTab(tab) {
  const key = `tab-${tab}`;
  const stored = (await chrome.storage.session.get(key))[key];
  return /** @type {KeptTab | undefined} */ (stored) ?? null;
}

/**
 * Changes what is known of a tab and shows it.
 *
 * @param {number} tab
 * @param {string} site
 * @param {(state: KeptTab) => void} change
 * @returns {Promise<KeptTab>}
 */
export function changeTab(tab, site, change) {
  return inTurn(`tab ${tab}`, async () => {
    const known = await readTab(tab);
    const state = known?.site === site ? known : emptyTab(site);
    change(state);
    state.messages.sort((a, b) => rank(stateOf(a)) - rank(stateOf(b)));
    if (state.state !== 'paused') {
      state.state = worst(state);
    }
    await chrome.storage.session.set({ [`tab-${tab}`]: state });
    await showState(tab, state.state, site);
    return state;
  });
}

/** @param {number} tab */
export async function forgetTab(tab) {
  await chrome.storage.session.remove(`tab-${tab}`);
}

/**
 * @param {string} site
 * @returns {KeptTab}
 */
export function emptyTab(site) {
  return {
    state: 'idle',
    site,
    recipe: null,
    webmail: null,
    unread: null,
    messages: [],
    frames: {},
  };
}

/**
 * Notes what a frame cannot read; the tab stays unread as long as one does.
 *
 * @param {KeptTab} tab
 * @param {number} frame
 * @param {import('../protocol').UnreadReason | null} reason
 */
export function noteUnread(tab, frame, reason) {
  tab.frames[frame] = reason;
  tab.unread = Object.values(tab.frames).find((one) => one !== null) ?? null;
}

/** @param {State} state */
function rank(state) {
  return ORDER.indexOf(state);
}

/** @param {KeptTab} tab */
function worst({ messages, unread }) {
  const states = messages.map(stateOf);
  if (unread) {
    states.push('unread');
  }
  return ORDER.find((state) => states.includes(state)) ?? 'idle';
}

/**
 * @param {number} tabId
 * @param {State} state
 * @param {string} site
 */
async function showState(tabId, state, site) {
  const { badge, color } = BADGES[state];
  const path = {
    16: `/icons/${state}-16.png`,
    32: `/icons/${state}-32.png`,
  };
  // The tab may be gone by now.
  await Promise.allSettled([
    chrome.action.setBadgeText({ tabId, text: badge }),
    chrome.action.setBadgeBackgroundColor({ tabId, color }),
    chrome.action.setBadgeTextColor({ tabId, color: '#ffffff' }),
    chrome.action.setTitle({ tabId, title: text(`state_${state}`, site) }),
    chrome.action.setIcon({ tabId, path }),
  ]);
}
