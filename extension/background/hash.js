/**
 * Salted hashes: what is remembered of senders can be recognised again, but
 * not read.
 */

/** @type {Promise<string> | null} */
let salt = null;

/**
 * @param {...string} parts
 * @returns {Promise<string>}
 */
export async function hash(...parts) {
  salt ??= loadSalt();
  const text = [await salt, ...parts].join('\n');
  const bytes = new TextEncoder().encode(text);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest).slice(0, 12)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

async function loadSalt() {
  const { salt: known } = await chrome.storage.local.get('salt');
  if (typeof known === 'string') {
    return known;
  }
  const fresh = crypto.randomUUID();
  await chrome.storage.local.set({ salt: fresh });
  return fresh;
}
