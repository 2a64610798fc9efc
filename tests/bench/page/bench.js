/**
 * How long the engine takes in this browser, in milliseconds: what the
 * extension's background does when it wakes, and what a check costs. Writes
 * the figures as JSON into `#figures`.
 */

import init, * as core from './engine/doppelcheck.js';

const LINKS = 500;
const ROUNDS = 21;

/**
 * A message as a recipe reads it: a newsletter, its links of many hosts.
 *
 * @param {number} links
 * @param {string} name the sender's
 */
function message(links, name) {
  return {
    from: [{ name, address: 'news@weekly.example' }],
    sender: null,
    replyTo: [],
    to: [{ name: '', address: 'reader@home.example' }],
    subject: 'The news of this week',
    text: 'What happened, what comes, and what it means. '.repeat(40),
    quoted: '',
    links: Array.from({ length: links }, (_, number) => ({
      href: `https://www.site-${number}.example/articles/${number}?from=news`,
      text: `Read article ${number}`,
      kind: 'anchor',
      quoted: false,
    })),
    images: ['The week in pictures'],
    attachments: [],
    authentication: { spf: 'pass', dkim: 'pass', dmarc: 'pass', hosts: [] },
    list: false,
    familiarity: { kind: 'unknown' },
  };
}

/** @param {() => unknown} work */
function time(work) {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** @param {() => unknown} work */
function median(work) {
  const times = Array.from({ length: ROUNDS }, () => time(work));
  return times.sort((one, other) => one - other)[ROUNDS >> 1];
}

async function measure() {
  const begun = performance.now();
  await init();
  const compiled = performance.now();
  core.configure({});
  const built = performance.now();
  const usual = message(10, 'Weekly News');
  core.checkMessage(usual);
  const checked = performance.now();
  const many = message(LINKS, 'Weekly News');
  const warned = message(LINKS, 'PayPal Support');
  return {
    'fetching and compiling the module': compiled - begun,
    'building the engine': built - compiled,
    'the first check, 10 links': checked - built,
    'a warm check, 10 links': median(() => core.checkMessage(usual)),
    'a warm check, 500 links': median(() => core.checkMessage(many)),
    'the same with a warning': median(() => core.checkMessage(warned)),
  };
}

const figures = await measure().catch((error) => ({ error: String(error) }));
const output = document.querySelector('#figures');
if (output) output.textContent = JSON.stringify(figures);
