/**
 * What the administrator set.
 *
 * Chromium answers two seconds after its start, and with `{}` right after a
 * force-installation; Firefox rejects where there is no policy. So a copy of
 * the last answer is used at once and refreshed behind it.
 *
 * @typedef {import('../protocol').PolicyState} PolicyState
 */

/** @type {PolicyState} */
const UNKNOWN = { status: 'unknown', errors: [], policy: {} };

/**
 * The policy as it was known last.
 *
 * @returns {Promise<PolicyState>}
 */
export async function storedPolicy() {
  const { policy } = await chrome.storage.local.get('policy');
  return /** @type {PolicyState | undefined} */ (policy) ?? UNKNOWN;
}

/**
 * Asks the browser for the policy.
 *
 * @returns {Promise<boolean>} whether it is another than before
 */
export async function refreshPolicy() {
  const before = await storedPolicy();
  const now = await askBrowser(before);
  await chrome.storage.local.set({ policy: now });
  return JSON.stringify(before.policy) !== JSON.stringify(now.policy);
}

/**
 * @param {PolicyState} before
 * @returns {Promise<PolicyState>}
 */
async function askBrowser(before) {
  const policy = await chrome.storage.managed.get(null).catch(() => null);
  if (policy && Object.keys(policy).length) {
    return { status: 'set', errors: [], policy };
  }
  const early = policy !== null && before.status === 'unknown';
  return { status: early ? 'unknown' : 'none', errors: [], policy: {} };
}

/**
 * Objects that a policy may give as JSON text: Chromium's policies on
 * Windows and its schema know no free form.
 *
 * @param {unknown} list
 * @returns {Record<string, unknown>[]}
 */
export function objectsIn(list) {
  return (Array.isArray(list) ? list : [])
    .map(objectIn)
    .filter((o) => o !== null);
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown> | null}
 */
function objectIn(value) {
  try {
    const read = typeof value === 'string' ? JSON.parse(value) : value;
    return read !== null && typeof read === 'object' ? read : null;
  } catch {
    return null;
  }
}
