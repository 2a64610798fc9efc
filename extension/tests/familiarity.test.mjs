// What is remembered of senders: unreadable, bounded, forgotten on demand,
// and nothing where it is switched off.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

/** @type {Record<string, unknown>} */
let stored = {};
globalThis.chrome = {
  storage: {
    local: {
      get: async (key) => (key in stored ? { [key]: stored[key] } : {}),
      set: async (values) => Object.assign(stored, structuredClone(values)),
      remove: async (key) => delete stored[key],
    },
  },
};
const memory = await import('../background/familiarity.js');

beforeEach(() => {
  const { salt } = stored;
  stored = salt ? { salt } : {};
});

test('a domain is recognised, and cannot be read', async () => {
  await memory.remember('mail.example', 'linde.example');
  await memory.remember('mail.example', 'linde.example');
  assert.deepEqual(
    await memory.familiarityOf('mail.example', 'linde.example'),
    {
      kind: 'seen',
      days: 0,
      count: 2,
    },
  );
  assert.doesNotMatch(JSON.stringify(stored), /linde|mail\.example/);
});

test('a new domain counts only where enough are known', async () => {
  for (let i = 0; i < 19; i++) {
    await memory.remember('mail.example', `d${i}.example`);
  }
  const ask = () => memory.familiarityOf('mail.example', 'other.example');
  assert.equal((await ask()).kind, 'unknown');
  await memory.remember('mail.example', 'd19.example');
  assert.equal((await ask()).kind, 'new');
  const elsewhere = memory.familiarityOf('second.example', 'd1.example');
  assert.equal((await elsewhere).kind, 'unknown');
});

test('messages at the same moment are all counted', async () => {
  const same = Array.from({ length: 5 }, () =>
    memory.remember('mail.example', 'linde.example'),
  );
  await Promise.all(same);
  const known = await memory.familiarityOf('mail.example', 'linde.example');
  assert.equal(known.count, 5);
});

test('domains and mailboxes are bounded', async () => {
  for (let i = 0; i < 2010; i++) {
    await memory.remember('mail.example', `d${i}.example`);
  }
  assert.equal(await memory.countDomains(), 2000);
  for (let i = 0; i < 25; i++) {
    await memory.remember(`mail${i}.example`, 'linde.example');
  }
  assert.equal(Object.keys(stored.familiarity).length, 20);
});

test('everything is forgotten at once', async () => {
  await memory.remember('mail.example', 'linde.example');
  await memory.forgetDomains();
  assert.equal(await memory.countDomains(), 0);
  assert.equal(stored.familiarity, undefined);
});

test('the user or the administrator may switch it off', async () => {
  assert.equal(await memory.isAllowed(), true);
  stored.settings = { familiarity: false };
  assert.equal(await memory.isAllowed(), false);
  stored.settings = { familiarity: true };
  stored.policy = { status: 'set', policy: { disableFamiliarity: true } };
  assert.equal(await memory.isAllowed(), false);
});
