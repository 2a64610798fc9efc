/**
 * The engine: WebAssembly, loaded once per life of the background.
 */

import init, * as core from '../engine/doppelcheck.js';
import { storedPolicy } from './policy.js';
import { settings } from './settings.js';

/**
 * What of the policy takes no effect, and why.
 *
 * @type {import('../protocol').PolicyState['errors']}
 */
export let policyErrors = [];

/** @type {Promise<typeof core> | null} */
let started = null;

/** The engine, ready to judge. */
export function engine() {
  started ??= start();
  return started;
}

async function start() {
  const path = chrome.runtime.getURL('engine/doppelcheck_bg.wasm');
  await init({ module_or_path: path });
  await configure();
  return core;
}

/** Hands the engine the policy and the user's own vendors anew. */
export async function reconfigure() {
  if (started) {
    await started;
    await configure();
  }
}

async function configure() {
  const [{ policy }, { vendors }] = [await storedPolicy(), await settings()];
  const theirs = Array.isArray(policy.vendors) ? policy.vendors : [];
  policyErrors = core.configure({
    ...policy,
    vendors: [...theirs, ...vendors],
  });
}
