/**
 * Asks the browser to let Doppelcheck read a webmail.
 */

import { ask } from './background.js';

/**
 * Must be called in the handler of a click, before anything is awaited. The
 * site is listed first: a popup ends when the browser's question opens, and
 * the background begins its work when the answer comes.
 *
 * @param {string} site `host` or `host:port`
 * @param {string} origin the match pattern
 * @param {string} [recipe] the recipe set for it
 * @returns {Promise<boolean>} whether the user agreed
 */
export async function allow(site, origin, recipe = '') {
  const listed = ask({ kind: 'add-site', site, recipe });
  const granted = await chrome.permissions
    .request({ origins: [origin] })
    .catch(() => false);
  await listed;
  return granted;
}

/**
 * What a person may type for a webmail: an address, a host, a host with a
 * port, an IP address.
 *
 * @param {string} typed
 * @returns {{site: string, origin: string} | null}
 */
export function webmailAt(typed) {
  const text = typed.trim();
  const bare = /^[0-9a-f]*(:[0-9a-f]*){2,7}$/i.test(text) ? `[${text}]` : text;
  const full = /^https?:\/\//i.test(bare) ? bare : `https://${bare}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  // Chromium takes spaces for part of a host and escapes them.
  return url && /^[^*\s@%]+$/.test(url.host)
    ? { site: url.host, origin: `*://${url.hostname}/*` }
    : null;
}
