/**
 * Webmail that the user or the administrator added: the content script is
 * registered there once the browser granted the permission.
 *
 * @typedef {import('../protocol').Site} Site
 */

import { objectsIn, storedPolicy } from './policy.js';
import { inTurn } from './queue.js';

/** How long a frame may hold up those that ask after it, in milliseconds. */
const TURN = 100;

/**
 * @typedef {{site: string, recipe: string}} Added
 * @returns {Promise<Added[]>}
 */
async function addedByUser() {
  const { sites } = await chrome.storage.local.get('sites');
  return Array.isArray(sites) ? sites : [];
}

/** @returns {Promise<Added[]>} */
async function addedByPolicy() {
  const { webmail } = (await storedPolicy()).policy;
  return objectsIn(webmail)
    .map(({ host, recipe }) => ({
      site: String(host ?? ''),
      recipe: String(recipe ?? ''),
    }))
    .filter(({ site }) => originOf(site) !== '');
}

/**
 * The match pattern for a site. Patterns name no port: Firefox refuses one,
 * and without it both browsers match every port.
 *
 * @param {string} site `host` or `host:port`
 * @returns {string} the pattern; empty where the site is none
 */
export function originOf(site) {
  const url = `http://${site}/`;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host && !/[/?#@\s*]/.test(site) ? `*://${host}/*` : '';
}

/** @returns {Promise<Site[]>} */
export async function allSites() {
  // Browsers let the user take back what the manifest names.
  const { origins = [] } = await chrome.permissions.getAll();
  const builtIn = builtInOrigins().map((origin) => ({
    site: patternHost(origin),
    origin,
    by: /** @type {const} */ ('built-in'),
    granted: origins.includes(origin),
    recipe: '',
  }));
  const policy = await addedByPolicy();
  const user = (await addedByUser()).filter(
    ({ site }) => !policy.some((other) => other.site === site),
  );
  return [
    ...builtIn,
    ...(await Promise.all(policy.map((added) => siteOf(added, 'policy')))),
    ...(await Promise.all(user.map((added) => siteOf(added, 'user')))),
  ];
}

/**
 * @param {Added} added
 * @param {'user' | 'policy'} by
 * @returns {Promise<Site>}
 */
async function siteOf({ site, recipe }, by) {
  const origin = originOf(site);
  const granted = await chrome.permissions.contains({ origins: [origin] });
  return { site, origin, by, granted, recipe };
}

/**
 * Why a page is not read where no content script speaks of it.
 *
 * @param {string} site
 * @returns {Promise<import('../protocol').Access>}
 */
export async function accessTo(site) {
  const origin = originOf(site);
  if (!origin) {
    return null;
  }
  const host = hostOf(site);
  const listed = (await allSites()).some((other) =>
    isWithin(host, hostOf(other.site)),
  );
  if (!listed) {
    return 'unlisted';
  }
  const allowed = await chrome.permissions.contains({ origins: [origin] });
  return allowed ? 'absent' : 'forbidden';
}

/**
 * Whether a site is a listed one, or below one that begins with a star.
 *
 * @param {string} host
 * @param {string} listed
 */
function isWithin(host, listed) {
  return listed.startsWith('*.')
    ? host === listed.slice(2) || host.endsWith(listed.slice(1))
    : host === listed;
}

/**
 * The recipe set for a host; empty where none is.
 *
 * @param {string} host `host` or `host:port`
 */
export async function recipeOf(host) {
  const added = [...(await addedByPolicy()), ...(await addedByUser())];
  const bare = hostOf(host);
  const found =
    added.find(({ site }) => site === host) ??
    added.find(({ site }) => site === bare);
  return found?.recipe ?? '';
}

/**
 * @param {string} site
 * @param {string} recipe
 */
export async function addSite(site, recipe) {
  if (!originOf(site)) {
    throw new Error(`“${site}” is no host`);
  }
  const others = (await addedByUser()).filter((other) => other.site !== site);
  await chrome.storage.local.set({ sites: [...others, { site, recipe }] });
  await registerSites();
  await enterOpenTabs(originOf(site));
}

/** @param {string} site */
export async function removeSite(site) {
  const others = (await addedByUser()).filter((other) => other.site !== site);
  await chrome.storage.local.set({ sites: others });
  const origin = originOf(site);
  // Sites on other ports of the same host share its permission.
  const isShared =
    builtInSites().some((other) => isWithin(hostOf(site), other)) ||
    others.some((other) => originOf(other.site) === origin);
  if (!isShared) {
    await chrome.permissions.remove({ origins: [origin] }).catch(() => false);
  }
  await registerSites();
}

/** Registers the content script wherever it may run, and nowhere else. */
export function registerSites() {
  return inTurn('register', register);
}

async function register() {
  const everywhere = builtInOrigins();
  const origins = (await allSites())
    .filter(({ by, granted }) => by !== 'built-in' && granted)
    .map(({ origin }) => origin)
    .filter((origin) => !everywhere.includes(origin));
  const wanted = [...new Set(origins)].flatMap(registrationsFor);
  const known = await chrome.scripting.getRegisteredContentScripts();
  const stale = known.filter(({ id }) => !wanted.some((one) => one.id === id));
  const missing = wanted.filter(
    ({ id }) => !known.some((one) => one.id === id),
  );
  if (stale.length) {
    const ids = stale.map(({ id }) => id);
    await chrome.scripting.unregisterContentScripts({ ids });
  }
  if (missing.length) {
    await chrome.scripting.registerContentScripts(missing);
  }
}

/**
 * What is registered for a site: all that the manifest names.
 *
 * @param {string} origin
 * @returns {chrome.scripting.RegisteredContentScript[]}
 */
function registrationsFor(origin) {
  return contentScripts().map(({ js, allFrames }) => ({
    id: allFrames ? `frames of ${origin}` : origin,
    matches: [origin],
    js,
    allFrames,
    runAt: 'document_idle',
    matchOriginAsFallback: true,
    persistAcrossSessions: true,
  }));
}

/** Starts the content script in every open tab that it may read. */
export async function enterAll() {
  const sites = (await allSites()).filter(({ granted }) => granted);
  await Promise.all(sites.map(({ origin }) => enterOpenTabs(origin)));
}

/**
 * Starts the content script in tabs that are open already.
 *
 * @param {string} origin
 */
async function enterOpenTabs(origin) {
  const tabs = await chrome.tabs.query({ url: origin });
  await Promise.all(tabs.map(({ id }) => enterTab(id ?? -1)));
}

/**
 * Starts the content script in a tab where it does not run. In one that is
 * still loading the browser starts it by itself.
 *
 * @param {number} tab
 */
async function enterTab(tab) {
  const ping = () =>
    chrome.tabs.sendMessage(tab, { order: 'ping' }).catch(() => false);
  const target = { tabId: tab, allFrames: true };
  /** @param {chrome.scripting.ScriptInjection<[], boolean>} what */
  const start = (what) => chrome.scripting.executeScript(what).catch(() => []);
  if (await ping()) {
    return;
  }
  await hasLoaded(tab);
  // Whatever the browser starts in a loaded page comes before this.
  await start({ target, func: () => true });
  if (!(await ping())) {
    await Promise.all(
      contentScripts().map(({ js, allFrames }) =>
        start({ target: { tabId: tab, allFrames }, files: js }),
      ),
    );
  }
}

/**
 * Starts the content script in a frame that asks for it. A mail may hold
 * hundreds: one after the other leaves the page time of its own.
 *
 * @param {number} tab
 * @param {number} frame
 */
export function enterFrame(tab, frame) {
  const files = contentScripts()
    .filter(({ allFrames }) => !allFrames)
    .flatMap(({ js }) => js);
  const target = { tabId: tab, frameIds: [frame] };
  return inTurn(`enter ${tab}`, () =>
    Promise.race([
      chrome.scripting.executeScript({ target, files }),
      // Firefox never answers where the frame goes to another page meanwhile.
      new Promise((resolve) => setTimeout(resolve, TURN, null)),
    ]),
  );
}

/**
 * Waits until a tab has loaded or is gone.
 *
 * @param {number} tab
 * @returns {Promise<void>}
 */
function hasLoaded(tab) {
  return new Promise((resolve) => {
    const done = () => {
      chrome.tabs.onUpdated.removeListener(look);
      chrome.tabs.onRemoved.removeListener(closed);
      resolve();
    };
    /** @type {(id: number, change: {status?: string}) => void} */
    const look = (id, { status }) => {
      if (id === tab && status === 'complete') {
        done();
      }
    };
    const closed = (/** @type {number} */ id) => {
      if (id === tab) {
        done();
      }
    };
    chrome.tabs.onUpdated.addListener(look);
    chrome.tabs.onRemoved.addListener(closed);
    chrome.tabs.get(tab).then(({ status }) => {
      if (status !== 'loading') {
        done();
      }
    }, done);
  });
}

function builtInSites() {
  return builtInOrigins().map(patternHost);
}

/** @param {string} pattern */
function patternHost(pattern) {
  return pattern.replace(/^\*:\/\/|^https:\/\/|\/\*$/g, '');
}

/** @param {string} site `host` or `host:port` */
function hostOf(site) {
  return site.replace(/:\d+$/, '');
}

function builtInOrigins() {
  const [script] = chrome.runtime.getManifest().content_scripts ?? [];
  return script?.matches ?? [];
}

/** Firefox gives whole addresses, and takes them from nobody. */
function contentScripts() {
  const scripts = chrome.runtime.getManifest().content_scripts ?? [];
  const root = chrome.runtime.getURL('');
  return scripts.map(({ js = [], all_frames: allFrames = false }) => ({
    js: js.map((path) => path.replace(root, '')),
    allFrames,
  }));
}
