/**
 * Small helpers to build pages of ours: elements and text nodes only, nothing
 * is ever parsed as markup.
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/**
 * @param {string} words
 * @param {() => unknown} does
 * @param {string} [kind] classes
 */
export function button(words, does, kind = '') {
  const made = el('button', { type: 'button', class: kind }, words);
  made.addEventListener('click', does);
  return made;
}

/**
 * A link that opens in a tab of its own, and tells no site where it was.
 *
 * @param {string} words
 * @param {string} href
 * @param {string} [kind] classes
 */
export function outward(words, href, kind = 'button') {
  return el(
    'a',
    { href, class: kind, target: '_blank', rel: 'noopener noreferrer' },
    words,
  );
}

/**
 * The element with this id, which the page's own markup has.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no “${id}”`);
  }
  return /** @type {T} */ (found);
}

/** Puts texts where the markup names their keys, and says which language. */
export function putTexts() {
  document.documentElement.lang = say('language_code');
  document.documentElement.dir = say('language_direction');
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = say(element.getAttribute('data-text') ?? '');
  }
  for (const element of document.querySelectorAll('[data-hint]')) {
    element.setAttribute(
      'placeholder',
      say(element.getAttribute('data-hint') ?? ''),
    );
  }
}
