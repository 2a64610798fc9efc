// Every language says the same things, with the same substitutions, and fits
// its place.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import test from 'node:test';

const LOCALES = new URL('../_locales/', import.meta.url);
const TRAINING = new URL('../../www/training/locales/', import.meta.url);
const INCIDENTS = new URL('../../src/vendors/incidents.toml', import.meta.url);
const LANGUAGES = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'];

/** Where room is short: characters that fit. */
const ROOM = [
  [/^summary$/, 132],
  [/^level_/, 20],
  [/^short_/, 18],
  [/^banner_(reasons|hide_reasons|cancel|undo|known)$/, 32],
  [/^banner_known_/, 34],
  [/^card_(leave|open|wait)$/, 34],
  [/^popup_(pause|resume|options|training)$/, 28],
  [/^popup_(diagnostic|copied|anatomy_hint)$/, 24],
  [/^popup_(idle|fine|note|caution|danger|unread|paused)$/, 56],
  [/^options_(add_site|add_vendor|remove|forget|grant)$/, 24],
  [/^options_locked$/, 40],
  [/^www_(real|fake|next|result|again|file)$/, 24],
];

/** @param {URL} url */
async function read(url) {
  return JSON.parse(await readFile(url, 'utf8'));
}

/** @param {{message: string}} entry */
function substitutions({ message }) {
  return [...new Set(message.match(/\$[a-z]+\$/gi) ?? [])]
    .map((name) => name.toLowerCase())
    .sort();
}

/**
 * @param {string} language
 * @param {Record<string, any>} texts
 * @param {Record<string, any>} english
 */
function compare(language, texts, english) {
  assert.deepEqual(
    Object.keys(texts).sort(),
    Object.keys(english).sort(),
    `${language} has the keys of English`,
  );
  for (const [key, entry] of Object.entries(texts)) {
    const where = `${language}: ${key}`;
    assert.ok(entry.message.trim(), `${where} says something`);
    assert.deepEqual(entry.placeholders, english[key].placeholders, where);
    assert.deepEqual(substitutions(entry), substitutions(english[key]), where);
    assert.deepEqual(
      substitutions(entry),
      Object.keys(entry.placeholders ?? {})
        .map((name) => `$${name}$`)
        .sort(),
      `${where} declares its placeholders`,
    );
    assert.doesNotMatch(entry.message, /[<>]|&[a-z]+;|\u00a0 /, where);
    const room = ROOM.find(([pattern]) => pattern.test(key))?.[1] ?? 320;
    const length = entry.message.replace(/\$[A-Z]+\$/g, '').length;
    assert.ok(length <= room, `${where}: ${length} of ${room} characters`);
  }
}

test('there are eight languages', async () => {
  assert.deepEqual((await readdir(LOCALES)).sort(), LANGUAGES);
});

for (const language of LANGUAGES) {
  test(`the extension speaks ${language}`, async () => {
    const english = await read(new URL('en/messages.json', LOCALES));
    const texts = await read(new URL(`${language}/messages.json`, LOCALES));
    compare(language, texts, english);
  });
}

test('the training page speaks German as it speaks English', async () => {
  const english = await read(new URL('en.json', TRAINING));
  compare('de', await read(new URL('de.json', TRAINING)), english);
});

test('every text that a page names is there', async () => {
  const english = {
    ...(await read(new URL('en/messages.json', LOCALES))),
    ...(await read(new URL('en.json', TRAINING))),
  };
  for (const page of [
    '../popup/popup.html',
    '../options/options.html',
    '../../www/index.html',
  ]) {
    const html = await readFile(new URL(page, import.meta.url), 'utf8');
    for (const [, key] of html.matchAll(/data-(?:text|hint)="(\w+)"/g)) {
      assert.ok(english[key], `${page} names ${key}`);
    }
  }
});

/** Keys that are made of a code: the engine's, a state, a setting… */
const STATES = 'idle fine note caution danger unread paused'.split(' ');
const SCOPES = ['message', 'sender', 'domain'];
const FAMILIES = {
  state_: STATES,
  short_: STATES,
  popup_: [...STATES, 'unlisted', 'forbidden', 'absent'],
  level_: ['danger', 'caution'],
  banner_known_: SCOPES,
  known_: SCOPES,
  options_scope_: SCOPES,
  // The engine's codes: its own tests know them.
  finding_: null,
  never_: null,
  pressure_: null,
  secret_: null,
  unread_: null,
};

/** The incidents that the engine may name, as keys end. */
async function incidents() {
  const tables = await readFile(INCIDENTS, 'utf8');
  const ids = [...tables.matchAll(/^\[([\w-]+)\]$/gm)];
  return ids.map(([, id]) => id.replaceAll('-', '_'));
}

test('every incident has its sentence', async () => {
  const english = await read(new URL('en/messages.json', LOCALES));
  for (const id of await incidents()) {
    assert.ok(english[`incident_${id}`], id);
  }
});

test('no text is left over', async () => {
  const english = await read(new URL('en/messages.json', LOCALES));
  const schema = await read(new URL('../policy.schema.json', LOCALES));
  const families = {
    ...FAMILIES,
    incident_: await incidents(),
    policy_: Object.keys(schema.properties).map((key) =>
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ),
  };
  const sources = await sourcesIn(new URL('../', LOCALES));
  sources.push(...(await sourcesIn(new URL('../../www/', LOCALES))));
  const all = sources.join('\n');
  const unused = Object.keys(english).filter(
    (key) =>
      !new RegExp(`['"\`]${key}['"\`]|__MSG_${key}__`).test(all) &&
      !Object.entries(families).some(
        ([prefix, ends]) =>
          key.startsWith(prefix) &&
          (!ends || ends.includes(key.slice(prefix.length))),
      ),
  );
  assert.deepEqual(unused, []);
});

/**
 * The sources that may name a text, tests and catalogs aside.
 *
 * @param {URL} folder
 */
async function sourcesIn(folder) {
  const names = await readdir(folder, { recursive: true });
  const wanted = names.filter(
    (name) => /\.(js|mjs|html)$/.test(name) && !/^tests\//.test(name),
  );
  return Promise.all(
    wanted.map((name) => readFile(new URL(name, folder), 'utf8')),
  );
}
