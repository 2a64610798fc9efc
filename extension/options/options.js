/**
 * The options: where Doppelcheck works, whom the user knows, own vendors,
 * memory, language, and what the administrator set.
 *
 * @typedef {import('../protocol').Site} Site
 * @typedef {import('../protocol').Settings} Settings
 * @typedef {import('../protocol').PolicyState} PolicyState
 */

import { ask, speak } from '../ui/background.js';
import { button, byId, el } from '../ui/dom.js';
import { sign } from '../ui/shapes.js';
import { bareHost } from '../ui/verdict.js';
import { allow, webmailAt } from '../ui/webmail.js';

/** The languages by folder of `_locales`, as their speakers name them. */
const LANGUAGES = {
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
};

const LOCK =
  'M5 7V5a3 3 0 0 1 6 0v2h.5A1.5 1.5 0 0 1 13 8.5v4A1.5 1.5 0 0 1 ' +
  '11.5 14h-7A1.5 1.5 0 0 1 3 12.5v-4A1.5 1.5 0 0 1 4.5 7zm1.5 0h3V5a1.5 1.5 0 0 0-3 0z';

byId('mark').append(sign('mark', 48));
byId('version').textContent = `Doppelcheck ${
  chrome.runtime.getManifest().version
}`;
byId('add-site').addEventListener('submit', addSite);
byId('add-vendor').addEventListener('submit', addVendor);
byId('familiarity').addEventListener('change', switchFamiliarity);
byId('forget').addEventListener('click', forget);
byId('language').addEventListener('change', changeLanguage);
await show();

/** Shows everything as it is now, in the language that is chosen now. */
async function show() {
  await speak();
  document.title = say('options_title');
  const [settings, policy] = await Promise.all([
    ask({ kind: 'settings' }),
    ask({ kind: 'policy' }),
  ]);
  showVendors(settings, policy);
  showLanguage(settings, policy);
  showPolicy(policy);
  showPaused(settings);
  await Promise.all([showSites(), showTrusted(), showMemory(settings)]);
}

/**
 * Shows everything anew after something was done, tells screen readers so,
 * and keeps the keyboard in the section where it was done.
 *
 * @param {string} section
 */
async function done(section) {
  await show();
  byId('said').textContent = say('options_saved');
  const { activeElement } = document;
  if (activeElement === document.body || activeElement?.matches(':disabled')) {
    byId(`${section}-title`).focus();
  }
}

/** @returns {HTMLElement} */
function lock() {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('width', '12');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', LOCK);
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return el('span', { class: 'lock' }, svg, say('options_locked'));
}

/**
 * @param {string} section
 * @param {string} what what the button takes away, for screen readers
 * @param {() => Promise<unknown>} does
 */
function removal(section, what, does) {
  const made = button(say('options_remove'), async () => {
    await does();
    await done(section);
  });
  made.setAttribute('aria-label', `${say('options_remove')}: ${what}`);
  return made;
}

// --- webmail ---------------------------------------------------------------

async function showSites() {
  const sites = await ask({ kind: 'sites' });
  const builtIn = sites.filter(({ by }) => by === 'built-in');
  const added = sites.filter(({ by }) => by !== 'built-in');
  const withheld = builtIn.filter(({ granted }) => !granted);
  byId('built-in').replaceChildren(
    ...builtIn
      .filter(({ granted }) => granted)
      .map(({ site }) => el('li', {}, bareHost(site))),
  );
  byId('sites').replaceChildren(...[...added, ...withheld].map(siteNode));
}

/** @param {Site} site */
function siteNode({ site, origin, by, granted, recipe }) {
  const item = el('li', {}, el('span', { class: 'grow' }, bareHost(site)));
  if (!granted) {
    const grant = button(
      say('options_grant'),
      async () => {
        await (by === 'built-in'
          ? chrome.permissions.request({ origins: [origin] })
          : allow(site, origin, recipe));
        await done('sites');
      },
      'primary',
    );
    grant.setAttribute('aria-label', `${say('options_grant')}: ${site}`);
    item.append(grant);
  }
  const remove = () => ask({ kind: 'remove-site', site });
  if (by === 'policy') {
    item.append(lock());
  } else if (by === 'user') {
    item.append(removal('sites', site, remove));
  }
  return item;
}

/** @param {Event} event */
async function addSite(event) {
  event.preventDefault();
  const field = inputOf('site');
  const webmail = webmailAt(field.value);
  if (!webmail) {
    complain('site', say('options_site_bad'));
    return;
  }
  const { site, origin } = webmail;
  const granted = await allow(site, origin);
  if (granted) {
    field.value = '';
  } else {
    await ask({ kind: 'remove-site', site });
  }
  complain('site', granted ? '' : say('options_site_denied', site));
  await done('sites');
}

/** @param {Settings} settings */
function showPaused({ paused }) {
  byId('paused-box').hidden = paused.length === 0;
  byId('paused').replaceChildren(
    ...paused.map((site) => {
      const resume = button(say('popup_resume'), async () => {
        await ask({ kind: 'pause', site, paused: false });
        await done('sites');
      });
      resume.setAttribute('aria-label', `${say('popup_resume')}: ${site}`);
      const host = el('span', { class: 'grow' }, bareHost(site));
      return el('li', {}, host, resume);
    }),
  );
}

// --- senders and vendors ---------------------------------------------------

async function showTrusted() {
  const trusted = await ask({ kind: 'trusted' });
  byId('no-trusted').hidden = trusted.length > 0;
  byId('trusted').replaceChildren(
    ...trusted.map(({ id, scope, domain, day }) =>
      el(
        'li',
        {},
        el(
          'span',
          { class: 'grow' },
          say(`options_scope_${scope}`, domain),
          ' ',
          el('span', { class: 'soft small day' }, dated(day)),
        ),
        removal('trusted', domain, () => ask({ kind: 'untrust', id })),
      ),
    ),
  );
}

/** @param {string} day `YYYY-MM-DD` */
function dated(day) {
  const spoken = document.documentElement.lang;
  const format = new Intl.DateTimeFormat(spoken, { dateStyle: 'medium' });
  return format.format(new Date(`${day}T12:00`));
}

/**
 * @param {Settings} settings
 * @param {PolicyState} state
 */
function showVendors({ vendors }, { policy }) {
  const theirs = Array.isArray(policy.vendors) ? policy.vendors : [];
  byId('vendors').replaceChildren(
    ...theirs.map((vendor) => vendorNode(vendor, lock())),
    ...vendors.map((vendor) => {
      const others = vendors.filter((other) => other !== vendor);
      const remove = () => ask({ kind: 'set', settings: { vendors: others } });
      return vendorNode(vendor, removal('vendors', vendor.name, remove));
    }),
  );
}

/**
 * @param {{name?: unknown, domains?: unknown}} vendor
 * @param {HTMLElement} end
 */
function vendorNode({ name, domains }, end) {
  const hosts = Array.isArray(domains) ? domains.join(', ') : '';
  return el(
    'li',
    {},
    el('span', { class: 'label' }, String(name ?? '')),
    el('span', { class: 'grow soft' }, hosts),
    end,
  );
}

/** @param {Event} event */
async function addVendor(event) {
  event.preventDefault();
  const [name, domains] = [inputOf('vendor-name'), inputOf('vendor-domains')];
  const hosts = domains.value.split(/[\s,;]+/).filter((host) => host);
  const bad = hosts.find((host) => !isDomain(host));
  if (bad || hosts.length === 0) {
    complain('vendor-domains', say('options_domain_bad', bad ?? ''));
    return;
  }
  const { vendors: before } = await ask({ kind: 'settings' });
  const added = { name: name.value.trim(), domains: hosts };
  await ask({ kind: 'set', settings: { vendors: [...before, added] } });
  const { errors } = await ask({ kind: 'policy' });
  // The engine has the last word: what it refuses is not kept.
  const refused = errors.find(({ key }) => isVendor(key, before.length));
  if (refused) {
    await ask({ kind: 'set', settings: { vendors: before } });
    complain('vendor-domains', refused.reason);
    return;
  }
  name.value = '';
  domains.value = '';
  complain('vendor-domains', '');
  await done('vendors');
}

/**
 * Whether an error of the policy is about the user's own vendor: those come
 * after the administrator's in the engine's list.
 *
 * @param {string} key
 * @param {number} index
 */
function isVendor(key, index) {
  const position = /^vendors\[(\d+)\]/.exec(key)?.[1];
  return position !== undefined && Number(position) >= index;
}

/** @param {string} text */
function isDomain(text) {
  const url = `https://${text}/`;
  return (
    !/[/?#@:*\s]/.test(text) &&
    URL.canParse(url) &&
    /^[^.]+(\.[^.]+)+$/.test(new URL(url).hostname)
  );
}

// --- memory and language ---------------------------------------------------

/** @param {Settings} settings */
async function showMemory({ familiarity }) {
  const { domains, allowed } = await ask({ kind: 'familiarity' });
  const { policy } = await ask({ kind: 'policy' });
  const locked = policy.disableFamiliarity === true;
  const box = inputOf('familiarity');
  box.checked = familiarity && (allowed || !locked);
  box.disabled = locked;
  box.parentElement?.querySelector('.lock')?.remove();
  if (locked) {
    box.parentElement?.append(lock());
  }
  byId('remembered').textContent = say('options_remembered', String(domains));
  /** @type {HTMLButtonElement} */ (byId('forget')).disabled = domains === 0;
}

async function switchFamiliarity() {
  const familiarity = inputOf('familiarity').checked;
  await ask({ kind: 'set', settings: { familiarity } });
  await done('memory');
}

async function forget() {
  await ask({ kind: 'forget' });
  await done('memory');
}

/**
 * @param {Settings} settings
 * @param {PolicyState} state
 */
function showLanguage({ language }, { policy }) {
  const select = /** @type {HTMLSelectElement} */ (byId('language'));
  const locked = Boolean(policy.language);
  select.replaceChildren(
    el('option', { value: '' }, say('options_language_browser')),
    ...Object.entries(LANGUAGES).map(([value, name]) =>
      el('option', { value, lang: value }, name),
    ),
  );
  select.value = language;
  select.disabled = locked;
  select.parentElement?.querySelector('.lock')?.remove();
  if (locked) {
    select.after(lock());
  }
}

async function changeLanguage() {
  const select = /** @type {HTMLSelectElement} */ (byId('language'));
  await ask({ kind: 'set', settings: { language: select.value } });
  await done('language');
}

// --- administrator ---------------------------------------------------------

/** @param {PolicyState} state */
function showPolicy({ status, policy, errors }) {
  byId('policy-none').textContent = say(
    status === 'set' ? 'options_policy_set' : 'options_policy_none',
  );
  byId('policy').replaceChildren(
    ...Object.entries(policy).flatMap(([key, value]) => [
      el('dt', {}, say(`policy_${snake(key)}`) || key),
      el('dd', {}, ...readable(value)),
    ]),
  );
  byId('policy-errors').hidden = errors.length === 0;
  byId('errors').replaceChildren(
    ...errors.map(({ key, reason }) =>
      el('li', {}, el('b', {}, key), ` ${reason}`),
    ),
  );
}

/** @param {string} key */
function snake(key) {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * What an administrator set, as lines that a person can read.
 *
 * @param {unknown} value
 * @returns {HTMLElement[]}
 */
function readable(value) {
  if (typeof value === 'boolean') {
    return [el('p', {}, say(value ? 'policy_off' : 'policy_free'))];
  }
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => el('p', {}, lineOf(one)));
}

/**
 * A name or text with what belongs to it: "Acme Pay: acmepay.example".
 *
 * @param {unknown} value
 */
function lineOf(value) {
  if (value === null || typeof value !== 'object') {
    return String(value);
  }
  const { name, text, host, ...rest } = /** @type {Record<string, unknown>} */ (
    value
  );
  const more = Object.values(rest).flat().map(String).join(', ');
  return [name ?? text ?? host, more].filter(Boolean).join(': ');
}

// --- helpers ---------------------------------------------------------------

/** @param {string} id */
function inputOf(id) {
  return /** @type {HTMLInputElement} */ (byId(id));
}

/**
 * @param {string} field
 * @param {string} words nothing to take a complaint back
 */
function complain(field, words) {
  const place = byId(`${field}-error`);
  place.textContent = words;
  place.hidden = !words;
  inputOf(field).setAttribute('aria-invalid', String(Boolean(words)));
}
