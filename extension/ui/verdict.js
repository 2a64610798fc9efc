/**
 * A verdict for a page: what it poses as beside what is real, the reasons,
 * and what to do now.
 *
 * @typedef {import('../protocol').Verdict} Verdict
 * @typedef {import('../protocol').Anatomy} Anatomy
 */

import { el, outward } from './dom.js';
import { sign } from './shapes.js';

/** How many reasons a page of ours lists: more is a mail full of links. */
const MOST_REASONS = 40;

/**
 * What is wrong: one sentence, and the false host over the real one.
 *
 * @param {Verdict} verdict
 * @returns {HTMLElement[]}
 */
export function told(verdict) {
  const beside = compared(document, verdict);
  return [
    el('p', { class: 'headline' }, ...headline(document, verdict)),
    ...(beside ? [beside] : []),
  ];
}

/**
 * Why: the reasons, most telling first, and what leaked.
 *
 * @param {Verdict} verdict
 * @returns {HTMLElement[]}
 */
export function why(verdict) {
  const found = reasons(document, verdict, MOST_REASONS);
  return [
    ...(found.length ? [el('ul', {}, ...found)] : []),
    ...incidentOf(verdict),
  ];
}

/** @param {string} host */
export function bareHost(host) {
  return hostNode(document, { host, unicode: host, registrable: host });
}

/** @param {Verdict} verdict */
export function incidentOf(verdict) {
  const words = incident(verdict);
  return words ? [el('p', { class: 'note-line' }, words)] : [];
}

/**
 * What to do now: the advice, and ways to the vendor that lead to it.
 *
 * @param {Verdict} verdict
 * @returns {HTMLElement[]}
 */
export function whatNow(verdict) {
  const vendor = verdict.vendors[verdict.vendor ?? ''];
  const ways = el('div', { class: 'row ways' });
  if (vendor?.open) {
    ways.append(
      outward(say('banner_open', vendor.name), vendor.open, 'button primary'),
    );
  }
  if (vendor?.report) {
    const { report } = vendor;
    const href = report.includes('://') ? report : `mailto:${report}`;
    ways.append(
      outward(say('banner_report', vendor.name), href, 'button plain'),
    );
  }
  const said = el('p', { class: 'soft' }, advice(verdict));
  return ways.childElementCount ? [said, ways] : [said];
}

/**
 * Everything that was found in a pasted text, the worst first.
 *
 * @param {Anatomy[]} parts
 * @returns {HTMLElement[]}
 */
export function anatomyNodes(parts) {
  return parts.map(anatomyNode);
}

/**
 * An address, link, host or text taken apart.
 *
 * @param {Anatomy} anatomy
 * @returns {HTMLElement}
 */
function anatomyNode(anatomy) {
  const shown = anatomy.host || anatomy.destination;
  if (!anatomy.kind || !(shown || anatomy.kind === 'text')) {
    return el('p', { class: 'soft' }, say(unreadable(anatomy)));
  }
  const { host, level, identity, vendors, findings } = anatomy;
  const verdict = asVerdict(anatomy);
  const warned = level === 'danger' || level === 'caution';
  const box = el('div', { class: `verdict level-${level} appear` });
  if (warned) {
    box.append(
      el(
        'div',
        { class: 'row' },
        sign(level, 20),
        el('p', { class: 'label word' }, say(`level_${level}`)),
      ),
    );
  }
  if (host) {
    box.append(placed(anatomy.kind, host, verdict));
  }
  const owner = vendors[identity ?? '']?.name;
  if (owner) {
    box.append(el('p', {}, say('anatomy_owner', owner)));
  } else if (!warned) {
    box.append(el('p', {}, say('anatomy_nothing')));
  }
  if (findings.length) {
    box.append(el('ul', {}, ...reasons(document, verdict)));
  }
  if (anatomy.destination) {
    box.append(el('p', { class: 'soft small url' }, anatomy.destination));
  }
  return box;
}

/**
 * The domain that counts, large, over the one that it imitates.
 *
 * @param {string} kind
 * @param {import('../protocol').HostParts} host
 * @param {Verdict} verdict
 */
function placed(kind, host, verdict) {
  const leads = kind === 'link' ? 'anatomy_leads' : 'anatomy_domain';
  const vendor = verdict.vendors[verdict.vendor ?? ''];
  return el(
    'dl',
    { class: 'compare' },
    el('dt', {}, say(leads)),
    el('dd', {}, hostNode(document, host, marksOf(host, verdict))),
    ...(vendor?.home && vendor.home !== host.registrable
      ? [
          el('dt', {}, say('compare_real', vendor.name)),
          el('dd', {}, bareHost(vendor.home)),
        ]
      : []),
  );
}

/** @param {Anatomy} anatomy */
function unreadable({ kind, findings }) {
  return kind === 'link' && findings.length
    ? 'anatomy_hidden'
    : 'anatomy_unread';
}

/**
 * @param {Anatomy} anatomy
 * @returns {Verdict}
 */
function asVerdict({ level, vendor, findings, host, vendors }) {
  return { level, vendor, findings, sender: host, links: [], vendors };
}
