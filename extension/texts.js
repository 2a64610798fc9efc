/**
 * Sentences for extension pages and the background, in the language that the
 * user chose, else in the browser's.
 *
 * @typedef {import('./protocol').Catalog} Catalog
 */

/** @type {Catalog | null} */
let chosen = null;

/**
 * Loads the texts of a locale; an empty name gives the browser's language.
 *
 * @param {string} language a folder of `_locales`
 * @returns {Promise<Catalog | null>} the texts, null for the browser's own
 */
export async function loadTexts(language) {
  chosen = null;
  if (/^[a-z]{2}(_[A-Z]{2})?$/.test(language)) {
    const path = `_locales/${language}/messages.json`;
    const answer = await fetch(chrome.runtime.getURL(path)).catch(() => null);
    if (answer?.ok) {
      chosen = await answer.json();
    }
  }
  return chosen;
}

/**
 * The sentence with this key; empty where there is none.
 *
 * @param {string} key
 * @param {...string} substitutions what stands for `$1`, `$2` …
 */
export function text(key, ...substitutions) {
  const entry = chosen?.[key];
  return entry
    ? fill(entry, substitutions)
    : chrome.i18n.getMessage(key, substitutions);
}

/**
 * Fills a catalog's entry as `chrome.i18n` does.
 *
 * @param {Catalog[string]} entry
 * @param {string[]} substitutions
 */
function fill(entry, substitutions) {
  const named = entry.message.replace(
    /\$([a-z0-9_@]+)\$/gi,
    (_, name) => entry.placeholders?.[name.toLowerCase()]?.content ?? '',
  );
  return named.replace(/\$(?:([1-9])|\$)/g, (_, index) =>
    index ? (substitutions[Number(index) - 1] ?? '') : '$',
  );
}
