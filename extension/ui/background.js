/**
 * Asks the background.
 *
 * @typedef {import('../protocol').Request} Request
 * @typedef {import('../protocol').Answer} Answer
 */

import { loadTexts } from '../texts.js';
import { putTexts } from './dom.js';

/**
 * @template {Request['kind']} K
 * @param {Extract<Request, {kind: K}>} request
 * @returns {Promise<Answer[K]>}
 */
export async function ask(request) {
  const send = () => chrome.runtime.sendMessage(request);
  // A background that is just falling asleep hears only the second call.
  const answer = await send().catch(send);
  if (typeof answer?.error === 'string') {
    throw new Error(answer.error);
  }
  return answer;
}

/** Loads the chosen language and puts its texts into the page. */
export async function speak() {
  const { language } = await ask({ kind: 'settings' });
  LANGUAGE.texts = await loadTexts(language);
  putTexts();
  return language;
}
