/**
 * The training page: starts the engine, speaks a language, and hands over to
 * the inbox and the checker.
 */

import init, * as engine from '../engine/doppelcheck.js';
import { byId, putTexts } from '../ui/dom.js';
import { sign } from '../ui/shapes.js';
import { startChecker } from './checker.js';
import { startInbox } from './inbox.js';

const LANGUAGES = ['en', 'de'];

await Promise.all([
  init({
    module_or_path: new URL('../engine/doppelcheck_bg.wasm', import.meta.url)
      .href,
  }),
  speak(preferred()),
]);
byId('mark').append(sign('mark', 28));
const inbox = startInbox(engine);
const checker = startChecker(engine);
for (const switcher of switchers()) {
  switcher.addEventListener('click', async () => {
    await speak(switcher.dataset.language ?? 'en');
    inbox.redraw();
    checker.redraw();
  });
}

/** The language in the address, else the browser's, else English. */
function preferred() {
  const asked = new URLSearchParams(location.search).get('lang');
  const wished = [asked ?? '', ...navigator.languages];
  const found = wished.find((tag) => LANGUAGES.includes(tag.slice(0, 2)));
  return found?.slice(0, 2) ?? 'en';
}

/** @param {string} language */
async function speak(language) {
  const [shared, own] = await Promise.all([
    catalog(`../_locales/${language}/messages.json`),
    catalog(`locales/${language}.json`),
  ]);
  LANGUAGE.texts = { ...shared, ...own };
  document.title = `Doppelcheck: ${say('www_title')}`;
  putTexts();
  for (const switcher of switchers()) {
    const chosen = switcher.dataset.language === language;
    switcher.setAttribute('aria-pressed', String(chosen));
  }
}

/**
 * @param {string} path
 * @returns {Promise<import('../../extension/protocol').Catalog>}
 */
async function catalog(path) {
  const answer = await fetch(new URL(path, import.meta.url));
  return answer.json();
}

/** @returns {NodeListOf<HTMLButtonElement>} */
function switchers() {
  return document.querySelectorAll('button[data-language]');
}
