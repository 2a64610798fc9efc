/**
 * The background: a service worker in Chromium, an event page in Firefox.
 * It sleeps when nothing happens, so every listener is registered at once
 * and everything that lasts is in storage.
 *
 * @typedef {import('../protocol').Request} Request
 * @typedef {import('../protocol').Answer} Answer
 */

import { loadTexts } from '../texts.js';
import { anatomies } from './anatomy.js';
import { check, messageOf, open, rows, unread } from './check.js';
import { engine, policyErrors, reconfigure } from './engine.js';
import { countDomains, forgetDomains, isAllowed } from './familiarity.js';
import { objectsIn, refreshPolicy, storedPolicy } from './policy.js';
import { pose } from './posed.js';
import { changeSettings, settings } from './settings.js';
import {
  accessTo,
  addSite,
  allSites,
  enterAll,
  enterFrame,
  originOf,
  recipeOf,
  registerSites,
  removeSite,
} from './sites.js';
import { changeTab, emptyTab, forgetTab, readTab } from './tabs.js';
import { allTrusted, trust, untrust } from './trust.js';

chrome.runtime.onMessage.addListener((request, sender, answer) => {
  respond(request, sender).then(answer, (error) =>
    answer({ error: String(error) }),
  );
  return true;
});
chrome.runtime.onInstalled.addListener(({ reason }) => begin(reason));
chrome.runtime.onStartup.addListener(() => begin('startup'));
chrome.tabs.onRemoved.addListener(forgetTab);
chrome.permissions.onAdded.addListener(enterAllowed);
chrome.permissions.onRemoved.addListener(registerSites);
chrome.storage.onChanged.addListener((_, area) => {
  if (area === 'managed') {
    takePolicy();
  }
});
takePolicy();

/** @param {string} why */
async function begin(why) {
  await registerSites();
  if (why === 'install') {
    await enterAll();
  }
}

/** The user allowed sites, here or in the browser's own settings. */
async function enterAllowed() {
  await registerSites();
  await enterAll();
}

/** Asks for the policy; another one than before is put to work. */
async function takePolicy() {
  if (await refreshPolicy()) {
    const { policy } = await storedPolicy();
    if (policy.disableFamiliarity === true) {
      await forgetDomains();
    }
    await reconfigure();
    await registerSites();
    await recheckAll();
  }
}

/** Has every open message judged again. */
async function recheckAll() {
  for (const { id } of await chrome.tabs.query({})) {
    tell(id ?? -1, { order: 'recheck' });
  }
  return null;
}

/**
 * Requests that only the extension's own pages may make.
 *
 * @type {Set<Request['kind']>}
 */
const OWN_PAGES = new Set([
  'set',
  'trusted',
  'add-site',
  'remove-site',
  'forget',
  'pause',
  'diagnostic',
]);

/**
 * @param {Request} request
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<unknown>}
 */
async function respond(request, sender) {
  const own = sender.url?.startsWith(chrome.runtime.getURL('')) ?? false;
  if (OWN_PAGES.has(request.kind) && !own) {
    throw new Error(`“${request.kind}” is not for pages`);
  }
  await speak();
  return own ? forOwnPages(request) : forContent(request, sender);
}

/** @type {string | null} */
let spoken = null;

/** Loads the texts in the language that the user chose. */
async function speak() {
  const { language } = await settings();
  if (language !== spoken) {
    spoken = language;
    await loadTexts(language);
  }
}

/**
 * Requests of content scripts.
 *
 * @param {Request} request
 * @param {chrome.runtime.MessageSender} sender
 */
async function forContent(request, sender) {
  const tab = sender.tab?.id ?? -1;
  const site = hostOf(sender.tab?.url ?? sender.url);
  const from = { tab, frame: sender.frameId ?? 0, site };
  switch (request.kind) {
    case 'enter':
      return enterFrame(tab, from.frame);
    case 'begin':
      if (request.fresh && from.frame === 0) {
        await startAgain(tab, site);
      }
      return {
        texts: await loadTexts((await settings()).language),
        recipe: await recipeOf(site),
        recipes: objectsIn((await storedPolicy()).policy.recipes),
      };
    case 'check':
      return check(request, from);
    case 'open':
      return open(request, from);
    case 'unread':
      return unread(request, from);
    case 'rows':
      return (await settings()).paused.includes(site)
        ? []
        : rows(request.senders);
    case 'part':
      return tell(tab, {
        order: 'part',
        frame: from.frame,
        part: request.part,
      });
    case 'guard':
      return tell(
        tab,
        { order: 'guard', answer: request.answer },
        request.frame,
      );
    case 'typed': {
      const { text, answering } = request;
      return (await engine()).findSecret(text, answering) ?? null;
    }
    case 'posed':
      return pose(request.senders, request.vendor);
    case 'trust':
      return know(tab, request.key, request.scope);
    case 'untrust':
      await untrust(request.id);
      return recheckAll();
    default:
      throw new Error(`“${request.kind}” is not known`);
  }
}

/**
 * A page was loaded: what frames of the page before said is over. Frames of
 * the new one that spoke already are asked again.
 *
 * @param {number} tab
 * @param {string} site
 */
async function startAgain(tab, site) {
  const frames = Object.keys((await readTab(tab))?.frames ?? {});
  if (frames.some((frame) => frame !== '0')) {
    await changeTab(tab, site, (state) => {
      state.frames = {};
      state.messages = [];
      state.unread = null;
    });
    tell(tab, { order: 'recheck' });
  }
}

/**
 * Hands an order to a tab's frames, or to one of them. Nobody waits until it
 * arrived: Firefox never answers for a frame that goes away meanwhile.
 *
 * @param {number} tab
 * @param {import('../protocol').Order} order
 * @param {number} [frameId]
 */
function tell(tab, order, frameId) {
  const options = frameId === undefined ? {} : { frameId };
  chrome.tabs.sendMessage(tab, order, options).catch(() => null);
  return null;
}

/**
 * Requests of the popup and the options page.
 *
 * @param {Request} request
 * @returns {Promise<unknown>}
 */
async function forOwnPages(request) {
  switch (request.kind) {
    case 'state':
      return stateFor(request.tab);
    case 'anatomy':
      return anatomies(await engine(), request.text);
    case 'mail':
      return (await engine()).checkMail(
        new TextEncoder().encode(request.source),
      );
    case 'diagnostic':
      return diagnosticOf(request.tab);
    case 'trust':
      return know(request.tab ?? -1, request.key, request.scope);
    case 'untrust':
      await untrust(request.id);
      return recheckAll();
    case 'trusted':
      return allTrusted();
    case 'pause':
      return pause(request.site, request.paused);
    case 'settings':
      return settings();
    case 'set':
      return set(request.settings);
    case 'sites':
      return allSites();
    case 'add-site':
      await addSite(request.site, request.recipe);
      return allSites();
    case 'remove-site':
      await removeSite(request.site);
      return allSites();
    case 'policy':
      return policy();
    case 'familiarity':
      return { domains: await countDomains(), allowed: await isAllowed() };
    case 'forget':
      return forgetDomains();
    default:
      throw new Error(`“${request.kind}” is not for pages of ours`);
  }
}

/**
 * The structure of a tab's page: of the outermost document and of every
 * frame in which a content script of its own works.
 *
 * @param {number} tab
 */
async function diagnosticOf(tab) {
  const frames = Object.keys((await readTab(tab))?.frames ?? {}).map(Number);
  const outlines = await Promise.all(
    [...new Set([0, ...frames])].map((frameId) =>
      chrome.tabs
        .sendMessage(tab, { order: 'diagnostic' }, { frameId })
        .catch(() => ''),
    ),
  );
  return outlines.filter(Boolean).join('\n\n');
}

/** @returns {Promise<import('../protocol').PolicyState>} */
async function policy() {
  const stored = await storedPolicy();
  await engine();
  return { ...stored, errors: policyErrors };
}

/**
 * @param {number} tab
 * @param {string} key
 * @param {import('../protocol').Scope} scope
 */
async function know(tab, key, scope) {
  const message = await messageOf(tab, key);
  if (message?.scopes.includes(scope)) {
    await trust(scope, message.hashes, message.domain);
    await recheckAll();
  }
  return null;
}

/**
 * @param {string} site
 * @param {boolean} paused
 */
async function pause(site, paused) {
  const others = (await settings()).paused.filter((other) => other !== site);
  await changeSettings({ paused: paused ? [...others, site] : others });
  await recheckAll();
  return null;
}

/** @param {Partial<import('../protocol').Settings>} changes */
async function set(changes) {
  const changed = await changeSettings(changes);
  await speak();
  await reconfigure();
  await recheckAll();
  return changed;
}

/**
 * @param {number} tab
 * @returns {Promise<import('../protocol').TabView>}
 */
async function stateFor(tab) {
  const site = hostOf((await chrome.tabs.get(tab).catch(() => null))?.url);
  const known = await readTab(tab);
  if (known && (site === '' || known.site === site)) {
    return { ...known, access: null, origin: '' };
  }
  const { paused } = await settings();
  return {
    ...emptyTab(site),
    state: paused.includes(site) ? 'paused' : 'idle',
    access: await accessTo(site),
    origin: originOf(site),
  };
}

/** @param {string | undefined} url */
function hostOf(url) {
  const isWeb = url !== undefined && /^https?:/.test(url);
  return isWeb ? new URL(url).host : '';
}
