// Which sites are read: those that are built in, added or set, as far as the
// browser allows, and no others.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

/** @type {Record<string, unknown>} */
let stored = {};
/** @type {Set<string>} */
let allowed = new Set();
/** @type {Map<string, unknown>} */
const registered = new Map();
const BUILT_IN = ['https://mail.proton.me/*', 'https://*.mail.ru.example/*'];

globalThis.chrome = {
  runtime: {
    getManifest: () => ({
      // As Firefox gives them.
      content_scripts: [
        { matches: BUILT_IN, js: ['moz-extension://id/content/page.js'] },
        {
          matches: BUILT_IN,
          js: ['moz-extension://id/content/frame.js'],
          all_frames: true,
        },
      ],
    }),
    getURL: (path) => `moz-extension://id/${path}`,
  },
  storage: {
    local: {
      get: async (key) => (key in stored ? { [key]: stored[key] } : {}),
      set: async (values) => Object.assign(stored, structuredClone(values)),
    },
  },
  permissions: {
    getAll: async () => ({ origins: [...allowed] }),
    contains: async ({ origins: [origin] }) =>
      allowed.has(origin) || allowed.has(origin.replace('*:', 'https:')),
    remove: async ({ origins: [origin] }) => allowed.delete(origin),
  },
  scripting: {
    getRegisteredContentScripts: async () => [...registered.values()],
    registerContentScripts: async (scripts) =>
      scripts.forEach((script) => {
        registered.set(script.id, script);
      }),
    unregisterContentScripts: async ({ ids }) =>
      ids.forEach((id) => {
        registered.delete(id);
      }),
  },
  tabs: { query: async () => [] },
};
const sites = await import('../background/sites.js');

beforeEach(() => {
  stored = {};
  allowed = new Set(BUILT_IN);
  registered.clear();
});

test('hosts, ports and addresses become patterns', () => {
  for (const [site, origin] of [
    ['mail.example.org', '*://mail.example.org/*'],
    ['mail.example.org:8443', '*://mail.example.org/*'],
    ['192.0.2.7:81', '*://192.0.2.7/*'],
    ['[2001:db8::7]:993', '*://[2001:db8::7]/*'],
    ['', ''],
    ['*', ''],
    ['a b', ''],
    ['user@mail.example', ''],
  ]) {
    assert.equal(sites.originOf(site), origin, site);
  }
});

test('the popup is told why a page is not read', async () => {
  assert.equal(await sites.accessTo(''), null);
  assert.equal(await sites.accessTo('shop.example'), 'unlisted');
  assert.equal(await sites.accessTo('mail.proton.me'), 'absent');
  allowed.delete('https://mail.proton.me/*');
  assert.equal(await sites.accessTo('mail.proton.me'), 'forbidden');
  await sites.addSite('mail.verein.example:8443', '');
  assert.equal(await sites.accessTo('mail.verein.example:8443'), 'forbidden');
  allowed.add('*://mail.verein.example/*');
  assert.equal(await sites.accessTo('mail.verein.example'), 'absent');
});

test('nothing is read without permission, nor what is not listed', async () => {
  await sites.addSite('mail.verein.example', '');
  assert.deepEqual([...registered.keys()], []);
  allowed.add('*://mail.verein.example/*').add('*://*/*');
  await sites.registerSites();
  assert.deepEqual(
    [...registered.values()].map(({ matches, js, allFrames }) => ({
      matches,
      js,
      allFrames,
    })),
    [
      {
        matches: ['*://mail.verein.example/*'],
        js: ['content/page.js'],
        allFrames: false,
      },
      {
        matches: ['*://mail.verein.example/*'],
        js: ['content/frame.js'],
        allFrames: true,
      },
    ],
  );
});

test('a permission goes with the last site that needs it', async () => {
  allowed.add('*://mail.verein.example/*');
  await sites.addSite('mail.verein.example', '');
  await sites.addSite('mail.verein.example:8443', '');
  await sites.addSite('mail.proton.me:8443', '');
  await sites.removeSite('mail.verein.example');
  assert.ok(allowed.has('*://mail.verein.example/*'));
  await sites.removeSite('mail.verein.example:8443');
  assert.ok(!allowed.has('*://mail.verein.example/*'));
  await sites.removeSite('mail.proton.me:8443');
  assert.ok(allowed.has('https://mail.proton.me/*'));
});
