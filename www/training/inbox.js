/**
 * The mock inbox: the reader decides first, then sees the verdict with the
 * marks in the message itself, and a score at the end.
 *
 * @typedef {typeof import('../engine/doppelcheck.js')} Engine
 * @typedef {import('./mails.js').Mail} Mail
 * @typedef {import('./mails.js').Link} Link
 * @typedef {import('../../extension/protocol').Verdict} Verdict
 * @typedef {import('../../extension/protocol').HostParts} HostParts
 */

import { button, byId, el } from '../ui/dom.js';
import { sign } from '../ui/shapes.js';
import { incidentOf, told, why } from '../ui/verdict.js';
import { asMessage, MAILS } from './mails.js';

/**
 * @param {Engine} engine
 * @returns {{redraw: () => void}}
 */
export function startInbox(engine) {
  /** What the reader said, by the message's id: true for fake. */
  /** @type {Map<string, boolean>} */
  const answers = new Map();
  let open = MAILS[0]?.id ?? '';

  /** @param {string} id */
  function show(id) {
    open = id;
    redraw();
    const pane = byId('mail');
    pane.focus({ preventScroll: true });
    if (pane.getBoundingClientRect().top < 0 || isNarrow()) {
      pane.scrollIntoView({ block: 'start' });
    }
  }

  function redraw() {
    const right = MAILS.filter(({ id, fake }) => answers.get(id) === fake);
    byId('progress').textContent = say(
      'www_progress',
      String(answers.size),
      String(MAILS.length),
    );
    byId('list').replaceChildren(
      ...MAILS.map((mail) => listItem(mail, mail.id === open, answers, show)),
    );
    const done = answers.size === MAILS.length;
    const mail = MAILS.find(({ id }) => id === open);
    byId('mail').replaceChildren(
      ...(mail
        ? pane(engine, mail, answers, {
            say: (fake) => {
              answers.set(mail.id, fake);
              show(mail.id);
            },
            next: () => show(next(mail)),
            last: done,
          })
        : result(right.length, again)),
    );
  }

  /** @param {Mail} mail */
  function next(mail) {
    const at = MAILS.indexOf(mail);
    const order = [...MAILS.slice(at + 1), ...MAILS.slice(0, at)];
    return order.find(({ id }) => !answers.has(id))?.id ?? '';
  }

  function again() {
    answers.clear();
    show(MAILS[0]?.id ?? '');
  }

  redraw();
  return { redraw };
}

function isNarrow() {
  return matchMedia('(max-width: 47.5rem)').matches;
}

/**
 * @param {Mail} mail
 * @param {boolean} current
 * @param {Map<string, boolean>} answers
 * @param {(id: string) => void} show
 */
function listItem(mail, current, answers, show) {
  const { id, name, subject, time, lang, fake } = mail;
  const said = answers.get(id);
  const entry = button('', () => show(id), 'entry');
  entry.setAttribute('aria-current', String(current));
  const state =
    said === undefined ? '' : say(said === fake ? 'www_right' : 'www_wrong');
  entry.append(
    avatar(name),
    el(
      'span',
      { class: 'entry-text' },
      el(
        'span',
        { class: 'entry-top' },
        el('span', { class: 'entry-name' }, name),
        el('span', { class: 'soft small' }, state || dayOf(time)),
      ),
      el('span', { class: 'entry-subject', lang }, subject),
    ),
  );
  return el('li', { class: said === undefined ? 'unread' : '' }, entry);
}

/** @param {string} time a time of today; empty for a message of yesterday */
function dayOf(time) {
  return time || say('www_yesterday');
}

/** @param {string} name */
function avatar(name) {
  const letters = name
    .split(' ')
    .map((word) => word.charAt(0))
    .slice(0, 2);
  const hue = [...name].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 4;
  return el(
    'span',
    { class: `avatar hue-${hue}`, 'aria-hidden': 'true' },
    letters.join(''),
  );
}

/**
 * @param {Engine} engine
 * @param {Mail} mail
 * @param {Map<string, boolean>} answers
 * @param {{say: (fake: boolean) => void, next: () => void, last: boolean}} does
 * @returns {HTMLElement[]}
 */
function pane(engine, mail, answers, does) {
  const said = answers.get(mail.id);
  const verdict =
    said === undefined ? null : engine.checkMessage(asMessage(mail));
  byId('mail').className = `mail-pane level-${verdict?.level ?? 'none'}`;
  const parts = [head(engine, mail, verdict)];
  if (verdict && said !== undefined) {
    parts.push(judgement(engine, mail, said, verdict, does));
  }
  parts.push(body(engine, mail, verdict));
  if (!verdict) {
    parts.push(question(does.say));
  }
  return parts;
}

/**
 * @param {Engine} engine
 * @param {Mail} mail
 * @param {Verdict | null} verdict
 */
function head(engine, { name, address, replyTo, subject, lang }, verdict) {
  const [local, domain = ''] = address.split('@');
  const parts = engine.hostParts(domain);
  const shown =
    verdict && parts ? [`${local}@`, shownHost(parts, verdict)] : [address];
  const lines = [
    el('h3', { id: 'subject', lang }, subject),
    el(
      'div',
      { class: 'from' },
      avatar(name),
      el(
        'div',
        { class: 'grow' },
        el('p', { class: 'entry-name' }, name),
        el('p', { class: 'soft address' }, '<', ...shown, '>'),
        ...(replyTo
          ? [el('p', { class: 'soft address' }, say('www_reply_to', replyTo))]
          : []),
      ),
    ),
  ];
  return el('header', {}, ...lines);
}

/**
 * @param {HostParts} parts
 * @param {Verdict} verdict
 */
function shownHost(parts, verdict) {
  return hostNode(document, parts, marksOf(parts, verdict));
}

/**
 * What the message is, what the reader said, and what the engine says.
 *
 * @param {Engine} engine
 * @param {Mail} mail
 * @param {boolean} said
 * @param {Verdict} verdict
 * @param {{next: () => void, last: boolean}} does
 */
function judgement(engine, mail, said, verdict, does) {
  const { level } = verdict;
  const warns = level === 'danger' || level === 'caution';
  const right = said === mail.fake;
  const words = say(
    `www_${right ? 'right' : 'wrong'}_${mail.fake ? 'fake' : 'real'}`,
  );
  const state = warns ? level : level === 'note' ? 'note' : 'fine';
  const title = el(
    'div',
    { class: 'row judged' },
    sign(state, 28),
    el('p', { class: 'grow label', role: 'status' }, words),
    button(say(does.last ? 'www_result' : 'www_next'), does.next, 'primary'),
  );
  return el(
    'div',
    { class: `verdict level-${level} appear` },
    title,
    ...(warns
      ? [...told(verdict), ...why(verdict)]
      : [el('p', {}, quiet(engine, mail)), ...incidentOf(verdict)]),
  );
}

/**
 * Why nothing is said: whose the sender's domain is.
 *
 * @param {Engine} engine
 * @param {Mail} mail
 */
function quiet(engine, { address }) {
  const host = address.split('@')[1] ?? '';
  const { identity } = engine.checkHost(host);
  const owner = identity ? engine.vendor(identity)?.name : undefined;
  return owner
    ? say('www_quiet_owner', host, owner)
    : say('www_quiet_nobody', host);
}

/**
 * @param {Engine} engine
 * @param {Mail} mail
 * @param {Verdict | null} verdict
 */
function body(engine, mail, verdict) {
  const status = el('p', { class: 'leads', 'aria-live': 'polite' });
  status.textContent = say('www_hover');
  const box = el('div', { class: 'body', lang: mail.lang });
  for (const part of mail.body) {
    box.append(
      typeof part === 'string'
        ? el('p', {}, part)
        : el('p', {}, ...linkNodes(engine, part, verdict, status)),
    );
  }
  return el('div', { class: 'paper' }, box, status);
}

/**
 * A link of a message: it opens nothing and tells where it would lead.
 *
 * @param {Engine} engine
 * @param {Link} link
 * @param {Verdict | null} verdict
 * @param {HTMLElement} status
 */
function linkNodes(engine, { text, href, button: isButton }, verdict, status) {
  const tell = () => {
    status.textContent = `${say('card_leads')}: ${href}`;
  };
  const node = button(text, tell, isButton ? 'primary' : 'mock-link');
  node.addEventListener('pointerenter', tell);
  node.addEventListener('focus', tell);
  const parts = verdict ? engine.hostParts(new URL(href).hostname) : null;
  return verdict && parts
    ? [node, el('span', { class: 'truth' }, '→ ', shownHost(parts, verdict))]
    : [node];
}

/** @param {(fake: boolean) => void} does */
function question(does) {
  return el(
    'div',
    { class: 'question', role: 'group', 'aria-labelledby': 'asked' },
    el('p', { id: 'asked', class: 'label grow' }, say('www_question')),
    el(
      'div',
      { class: 'answers' },
      button(say('www_real'), () => does(false)),
      button(say('www_fake'), () => does(true)),
    ),
  );
}

/**
 * @param {number} right
 * @param {() => void} again
 * @returns {HTMLElement[]}
 */
function result(right, again) {
  const rank =
    right === MAILS.length
      ? 'all'
      : right >= MAILS.length - 2
        ? 'most'
        : 'some';
  const rules = [1, 2, 3, 4].map((n) => el('li', {}, say(`www_rule_${n}`)));
  return [
    el(
      'div',
      { class: 'result' },
      el('h3', { id: 'subject' }, say('www_score', String(right), '8')),
      el('p', {}, say(`www_score_${rank}`)),
      el('ol', {}, ...rules),
      button(say('www_again'), again, 'primary'),
    ),
  ];
}
