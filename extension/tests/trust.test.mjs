// How far "I know this sender" may reach.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scopesOf } from '../background/trust.js';

/**
 * @param {string} level
 * @param {...{code: string, place?: string}} findings
 */
function verdict(level, ...findings) {
  return { level, findings, sender: { registrable: 'linde.example' } };
}

test('a caution can be known as far as the user wants', () => {
  const all = ['message', 'sender', 'domain'];
  assert.deepEqual(scopesOf(verdict('caution', { code: 'subject' }), {}), all);
});

test('a danger is known message by message', () => {
  assert.deepEqual(scopesOf(verdict('danger'), {}), ['message']);
});

test('no domain is known that imitates another', () => {
  const imitates = { code: 'lookalike-host', place: 'sender-host' };
  const scopes = scopesOf(verdict('caution', imitates), {});
  assert.deepEqual(scopes, ['message', 'sender']);
});

test('a known address that was forged is not known', () => {
  const forged = verdict('caution', { code: 'authentication-failed' });
  assert.deepEqual(scopesOf(forged, {}), ['message']);
});

test('the administrator may leave single messages only', () => {
  const policy = { disableTrustSenders: true };
  assert.deepEqual(scopesOf(verdict('caution'), policy), ['message']);
});

test('what raises no warning needs no trust', () => {
  assert.deepEqual(scopesOf(verdict('note'), {}), []);
});
