/**
 * A verdict for a page: what it poses as beside what is real, the reasons,
 * and what to do now.
 *
 * @typedef {import('../protocol').Verdict} Verdict
 * @typedef {import('../protocol').Anatomy} Anatomy
 */

import { el, outward } from './dom.js';
import { sign } from './shapes.js';

/**
 * The parts of a verdict that warns, in the order in which they are read.
 *
 * @param {Verdict} verdict
 * @returns {HTMLElement[]}
 */
export function explained(verdict) {
  const found = reasons(document, verdict);
  /** @type {HTMLElement[]} */
  const parts = [
    el('p', { class: 'headline' }, ...headline(document, verdict)),
  ];
  const beside = compared(verdict);
  if (beside) {
    parts.push(beside);
  }
  if (found.length > 0) {
    parts.push(el('ul', {}, ...found));
  }
  return [...parts, ...incidentOf(verdict)];
}

/**
 * The real domain over the false one, the differing characters marked.
 *
 * @param {Verdict} verdict
 */
function compared(verdict) {
  const vendor = verdict.vendors[verdict.vendor ?? ''];
  const lead = verdict.findings.find((f) => f.level === verdict.level);
  if (!vendor?.home || !lead) {
    return null;
  }
  const { host, unicode, registrable, link, real } = lead.evidence;
  const target = verdict.links.find((other) => other.link === link)?.host;
  const named =
    typeof host === 'string'
      ? {
          host,
          unicode: String(unicode ?? host),
          registrable: String(registrable ?? host),
        }
      : null;
  const shown = named ?? target ?? verdict.sender;
  const home = typeof real === 'string' && real ? real : vendor.home;
  return shown
    ? el(
        'dl',
        { class: 'compare' },
        el('dt', {}, say('popup_real', vendor.name)),
        el('dd', {}, bareHost(home)),
        el('dt', {}, say(link === undefined ? 'popup_here' : 'card_leads')),
        el('dd', {}, hostNode(document, shown, marksOf(shown, verdict))),
      )
    : null;
}

/** @param {string} host */
export function bareHost(host) {
  return hostNode(document, { host, unicode: host, registrable: host });
}

/** @param {Verdict} verdict */
export function incidentOf(verdict) {
  const finding = verdict.findings.find((f) => f.code === 'incident');
  if (!finding) {
    return [];
  }
  const vendor = verdict.vendors[finding.vendor ?? '']?.name ?? '';
  const id = String(finding.evidence.incident ?? '').replaceAll('-', '_');
  const words =
    say(`incident_${id}`, vendor) || say('finding_incident', vendor);
  return [el('p', { class: 'note-line' }, words)];
}

/**
 * What to do now: the advice, and ways to the vendor that lead to it.
 *
 * @param {Verdict} verdict
 * @returns {HTMLElement[]}
 */
export function whatNow(verdict) {
  const vendor = verdict.vendors[verdict.vendor ?? ''];
  const ways = el('div', { class: 'row' });
  if (vendor?.open) {
    ways.append(outward(say('banner_open', vendor.name), vendor.open));
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
 * An address, link or host taken apart.
 *
 * @param {Anatomy} anatomy
 * @returns {HTMLElement}
 */
export function anatomyNode(anatomy) {
  if (!anatomy.kind || !(anatomy.host || anatomy.destination)) {
    return el('p', { class: 'soft' }, say(unreadable(anatomy)));
  }
  const { host, level, identity, vendors, findings } = anatomy;
  const verdict = asVerdict(anatomy);
  const box = el('div', { class: `verdict level-${level} appear` });
  if (host) {
    const big = el(
      'p',
      { class: 'anatomy' },
      hostNode(document, host, marksOf(host, verdict)),
    );
    const leads = anatomy.kind === 'link' ? 'anatomy_leads' : 'anatomy_domain';
    box.append(
      el('div', {}, el('p', { class: 'soft small' }, say(leads)), big),
    );
  }
  const owner = vendors[identity ?? '']?.name;
  const warned = level === 'danger' || level === 'caution';
  if (warned) {
    box.append(
      el(
        'div',
        { class: 'row' },
        sign(level, 20),
        el('p', { class: 'label' }, say(`level_${level}`)),
      ),
    );
  } else {
    const words = owner ? say('anatomy_owner', owner) : say('anatomy_nothing');
    box.append(el('p', {}, words));
  }
  if (findings.length) {
    box.append(el('ul', {}, ...reasons(document, verdict)));
  }
  if (anatomy.destination && !warned) {
    box.append(el('p', { class: 'soft small' }, anatomy.destination));
  }
  return box;
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
