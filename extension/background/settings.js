/**
 * What the user set.
 *
 * @typedef {import('../protocol').Settings} Settings
 */

/** @type {Settings} */
const DEFAULTS = { language: '', familiarity: true, vendors: [], paused: [] };

/** @returns {Promise<Settings>} */
export async function settings() {
  const { settings: stored } = await chrome.storage.local.get('settings');
  return { ...DEFAULTS, .../** @type {Partial<Settings>} */ (stored ?? {}) };
}

/**
 * @param {Partial<Settings>} changes
 * @returns {Promise<Settings>}
 */
export async function changeSettings(changes) {
  const changed = { ...(await settings()), ...changes };
  await chrome.storage.local.set({ settings: changed });
  return changed;
}
