/**
 * What the user set.
 *
 * @typedef {import('../protocol').Settings} Settings
 */

import { storedPolicy } from './policy.js';

/** @type {Settings} */
const DEFAULTS = { language: '', familiarity: true, vendors: [], paused: [] };

/**
 * What the user set, as far as the administrator leaves it to them.
 *
 * @returns {Promise<Settings>}
 */
export async function settings() {
  const { policy } = await storedPolicy();
  const chosen = await chosenSettings();
  return {
    ...chosen,
    language: String(policy.language || chosen.language),
    paused: policy.disablePause === true ? [] : chosen.paused,
    familiarity: policy.disableFamiliarity !== true && chosen.familiarity,
  };
}

/** @returns {Promise<Settings>} */
async function chosenSettings() {
  const { settings: stored } = await chrome.storage.local.get('settings');
  return { ...DEFAULTS, .../** @type {Partial<Settings>} */ (stored ?? {}) };
}

/**
 * @param {Partial<Settings>} changes
 * @returns {Promise<Settings>}
 */
export async function changeSettings(changes) {
  const changed = { ...(await chosenSettings()), ...changes };
  await chrome.storage.local.set({ settings: changed });
  return settings();
}
