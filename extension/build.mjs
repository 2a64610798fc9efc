/**
 * Makes what the browsers load, `dist/chromium` and `dist/firefox`, and the
 * training page, `dist/www`, around the same engine and texts.
 *
 *     node extension/build.mjs [ENGINE] [--webmail-host HOST]… [--out DIR]
 *
 * ENGINE is the folder that `wasm-bindgen --target web` wrote (default
 * `dist/wasm`). `--webmail-host` adds an organisation's own webmail, so that
 * its staff need not grant the permission one by one. `--out` names another
 * folder than `dist`.
 */

import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { manifest } from './manifest.mjs';

const HERE = new URL('./', import.meta.url);
const ROOT = new URL('../', HERE);

/** The content script as the browsers load it. */
const CONTENT = 'content/doppelcheck.js';
/** What they start in frames. */
const FRAME = 'content/frame.js';
/** What the content script is made of, after the recipes, in this order. */
const SCRIPTS = [
  'dom',
  'content',
  'reader',
  'labels',
  'carriers',
  'generic',
  'words',
  'look',
  'banner',
  'card',
  'guard',
  'diagnostic',
  'part',
  'rows',
  'compose',
  'sending',
  'main',
];

/** What is shipped as it stands. */
const SHIPPED = [
  '_locales',
  'background',
  FRAME,
  'content/words.js',
  'icons',
  'options',
  'popup',
  'texts.js',
  'ui',
];

/** What the training page shares with the extension. */
const SHARED = [
  '_locales',
  'background/anatomy.js',
  'content/words.js',
  'icons/icon-32.png',
  'ui',
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'webmail-host': { type: 'string', multiple: true },
    out: { type: 'string', default: fileURLToPath(new URL('dist', ROOT)) },
  },
});
const dist = pathToFileURL(`${resolve(values.out)}/`);
const engine = positionals[0] ?? fileURLToPath(new URL('dist/wasm', ROOT));
const recipes = await readRecipes();
const version = await readVersion();
const matches = [
  ...new Set([
    ...recipes.flatMap(({ hosts, parts = [] }) => [
      ...[...hosts, ...parts].map((host) => `https://${host}/*`),
    ]),
    ...(values['webmail-host'] ?? []).map(
      (host) => `*://${host.replace(/:\d+$/, '')}/*`,
    ),
  ]),
].sort();
for (const browser of /** @type {const} */ (['chromium', 'firefox'])) {
  await make(browser);
}
await makePage();

/** The training page, which any web server can serve. */
async function makePage() {
  const out = new URL('www/', dist);
  await rm(out, { recursive: true, force: true });
  await cp(new URL('www/', ROOT), out, { recursive: true });
  for (const name of SHARED) {
    await cp(new URL(name, HERE), new URL(name, out), { recursive: true });
  }
  await putEngine(out);
}

/**
 * The training page within the extension, so that it opens without a network.
 *
 * @param {URL} out
 */
async function putTraining(out) {
  const page = new URL('www/', ROOT);
  await cp(new URL('index.html', page), new URL('training.html', out));
  await cp(new URL('training/', page), new URL('training/', out), {
    recursive: true,
  });
}

/** @param {URL} out */
async function putEngine(out) {
  await mkdir(new URL('engine/', out));
  for (const name of ['doppelcheck.js', 'doppelcheck_bg.wasm']) {
    await cp(`${engine}/${name}`, new URL(`engine/${name}`, out));
  }
}

/** @param {'chromium' | 'firefox'} browser */
async function make(browser) {
  const out = new URL(`${browser}/`, dist);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const name of SHIPPED) {
    await cp(new URL(name, HERE), new URL(name, out), {
      recursive: true,
      filter: (path) => !path.endsWith('.d.ts') && !/tsconfig/.test(path),
    });
  }
  if (browser === 'chromium') {
    const schema = 'policy.schema.json';
    await cp(new URL(schema, HERE), new URL(schema, out));
  }
  await putEngine(out);
  await putTraining(out);
  await putContent(out);
  const content = { matches, page: CONTENT, frame: FRAME };
  await writeFile(
    new URL('manifest.json', out),
    `${JSON.stringify(manifest(browser, version, content), null, 2)}\n`,
  );
}

/**
 * Puts the content script into one file.
 *
 * @param {URL} out
 */
async function putContent(out) {
  const read = (/** @type {string} */ name) =>
    readFile(new URL(`content/${name}.js`, HERE), 'utf8');
  const scripts = await Promise.all(SCRIPTS.map(read));
  const whole = [
    '// Made from extension/recipes/*.json and extension/content/*.js.',
    `const RECIPES = ${JSON.stringify(recipes, null, 2)};`,
    ...scripts,
  ];
  await writeFile(new URL(CONTENT, out), `${whole.join('\n')}\n`);
}

/**
 * The recipes by name, the generic one last.
 *
 * @returns {Promise<{
 *   id: string, hosts: string[], parts?: string[],
 * }[]>}
 */
async function readRecipes() {
  const folder = new URL('recipes/', HERE);
  const names = (await readdir(folder)).filter((n) => n.endsWith('.json'));
  return Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8');
      const recipe = JSON.parse(text);
      if (`${recipe.id}.json` !== name) {
        throw new Error(`recipes/${name} names itself “${recipe.id}”`);
      }
      return recipe;
    }),
  );
}

/** The version of the crate is that of the extension. */
async function readVersion() {
  const cargo = await readFile(new URL('Cargo.toml', ROOT), 'utf8');
  const version = /^version = "([^"]+)"$/m.exec(cargo)?.[1];
  if (!version) {
    throw new Error('Cargo.toml names no version');
  }
  return version;
}
