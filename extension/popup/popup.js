/**
 * The popup: what the open message is, why, and what to do now.
 *
 * @typedef {import('../protocol').TabView} TabState
 * @typedef {import('../protocol').OpenMessage} OpenMessage
 * @typedef {import('../protocol').State} State
 */

import { ask, speak } from '../ui/background.js';
import { button, byId, el } from '../ui/dom.js';
import { sign } from '../ui/shapes.js';
import { stateOf } from '../ui/state.js';
import { anatomyNodes, told, whatNow, why } from '../ui/verdict.js';
import { allow } from '../ui/webmail.js';

/** The tab that the popup speaks of; tests name one in the address. */
const tab = await currentTab();
await speak();
await show();
byId('options').addEventListener('click', () => openOptions());
byId('training').addEventListener('click', () => openTraining());
byId('pasted').addEventListener('input', takeApart);
chrome.storage.session.onChanged.addListener((changes) => {
  if (`tab-${tab}` in changes) {
    showAgain();
  }
});

async function currentTab() {
  const named = new URLSearchParams(location.search).get('tab');
  if (named) {
    return Number(named);
  }
  const query = { active: true, currentWindow: true };
  const [active] = await chrome.tabs.query(query);
  return active?.id ?? -1;
}

/** Shows the tab's state, as it is now. */
async function show() {
  const state = await ask({ kind: 'state', tab });
  const policy = await ask({ kind: 'policy' });
  document.body.className = `level-${state.state}`;
  byId('sign').replaceChildren(sign(state.state, 36));
  byId('state').textContent = say(`popup_${state.state}`);
  byId('site').textContent = under(state);
  const many = state.messages.length > 1;
  byId('messages').replaceChildren(
    ...state.messages.map((message, i) => messageNode(message, state, many, i)),
    ...besideMessages(state),
  );
  showPause(state, policy.policy.disablePause === true);
}

/**
 * Shows the tab again after something was done here; what had the keyboard
 * may be gone.
 */
async function showAgain() {
  await show();
  if (document.activeElement === document.body) {
    byId('state').focus();
  }
}

/**
 * What to do where no message is seen, or where one was not checked beside
 * those that were.
 *
 * @param {TabState} state
 */
function besideMessages(state) {
  if (state.unread) {
    return [unreadNode(state.unread, state.webmail)];
  }
  return state.state === 'idle' && state.access ? [accessNode(state)] : [];
}

/** @param {TabState} state */
function accessNode({ access, site, origin }) {
  const does =
    access === 'absent'
      ? button(say('popup_reload'), reload, 'primary')
      : button(
          say(access === 'forbidden' ? 'options_grant' : 'popup_add'),
          async () => {
            await allow(site, origin);
            await showAgain();
          },
          'primary',
        );
  return el(
    'div',
    { class: 'verdict level-unread' },
    el('p', {}, say(`popup_${access}`, site)),
    el('div', { class: 'row' }, does),
  );
}

async function reload() {
  await chrome.tabs.reload(tab);
  window.close();
}

/** @param {TabState} state */
function under(state) {
  if (state.state === 'fine') {
    return say('popup_fine_more');
  }
  if (state.state === 'idle' && !state.site) {
    return say('popup_no_page');
  }
  return [state.webmail, state.site].filter(Boolean).join(' · ');
}

/**
 * @param {TabState} state
 * @param {boolean} locked
 */
function showPause({ site, state, webmail }, locked) {
  const pause = byId('pause');
  const paused = state === 'paused';
  pause.hidden = locked || !(paused || webmail);
  pause.textContent = say(paused ? 'popup_resume' : 'popup_pause');
  pause.onclick = async () => {
    await ask({ kind: 'pause', site, paused: !paused });
    await showAgain();
  };
}

/**
 * @param {OpenMessage} message
 * @param {TabState} state
 * @param {boolean} many
 * @param {number} index
 * @returns {HTMLElement}
 */
function messageNode(message, state, many, index) {
  const content = contentOf(message, state);
  if (!many) {
    return content;
  }
  const level = stateOf(message);
  const { sender } = message.verdict ?? {};
  const fold = el(
    'details',
    { class: 'message' },
    el(
      'summary',
      {},
      `${say(`short_${level}`)}: `,
      sender ? sender.unicode : say('popup_message', String(index + 1)),
    ),
    content,
  );
  fold.open = index === 0;
  return fold;
}

/**
 * @param {OpenMessage} message
 * @param {TabState} state
 */
function contentOf(message, state) {
  const { verdict, unread, trusted } = message;
  const level = stateOf(message);
  const box = el('div', { class: 'stack' });
  if (unread || !verdict) {
    box.append(unreadNode(unread ?? 'no-engine', state.webmail));
  }
  if (!verdict || verdict.level === 'none') {
    return box;
  }
  const warns = level === 'danger' || level === 'caution';
  const inner = el('div', { class: `verdict level-${level}` });
  if (warns) {
    inner.append(...told(verdict), ...whatNow(verdict));
    inner.append(el('h2', {}, say('banner_reasons')));
  }
  inner.append(...why(verdict));
  inner.append(trusted ? knownNode(trusted) : knowNode(message));
  box.append(inner);
  return box;
}

/**
 * Why a message was not checked and what to do, with the page's structure
 * for a report.
 *
 * @param {import('../protocol').UnreadReason} reason
 * @param {string | null} webmail
 */
function unreadNode(reason, webmail) {
  const key = `unread_${reason.replaceAll('-', '_')}`;
  const copy = button(say('popup_diagnostic'), async () => {
    const structure = await ask({ kind: 'diagnostic', tab });
    await navigator.clipboard.writeText(structure);
    copy.textContent = say('popup_copied');
  });
  return el(
    'div',
    { class: 'verdict level-unread' },
    el('p', { class: 'headline' }, say(key, webmail ?? say('popup_page'))),
    el('p', { class: 'soft' }, say('popup_unread_help')),
    el('div', { class: 'row' }, copy),
    el('p', { class: 'soft small' }, say('popup_diagnostic_note')),
  );
}

/** @param {import('../protocol').Trusted} trusted */
function knownNode(trusted) {
  const undo = button(say('banner_undo'), async () => {
    await ask({ kind: 'untrust', id: trusted.id });
    await showAgain();
  });
  return el(
    'div',
    { class: 'row' },
    el('p', { class: 'grow' }, say(`known_${trusted.scope}`, trusted.domain)),
    undo,
  );
}

/** @param {OpenMessage} message */
function knowNode({ key, scopes, verdict }) {
  const fold = el('details', {}, el('summary', {}, say('banner_known')));
  const choices = el('div', { class: 'scopes' });
  for (const scope of scopes) {
    const domain = verdict?.sender?.registrable ?? '';
    choices.append(
      button(say(`banner_known_${scope}`, domain), async () => {
        await ask({ kind: 'trust', key, scope, tab });
        await showAgain();
      }),
    );
  }
  fold.append(choices);
  fold.hidden = scopes.length === 0;
  return fold;
}

async function takeApart() {
  const pasted = /** @type {HTMLTextAreaElement} */ (byId('pasted'));
  const text = pasted.value.trim();
  const parts = text ? await ask({ kind: 'anatomy', text }) : [];
  if (pasted.value.trim() === text) {
    byId('anatomy').replaceChildren(...anatomyNodes(parts));
  }
}

async function openOptions() {
  await chrome.runtime.openOptionsPage();
  window.close();
}

async function openTraining() {
  const url = chrome.runtime.getURL('training.html');
  await chrome.tabs.create({ url });
  window.close();
}
