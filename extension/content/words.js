// Turns codes and evidence into sentences. Everything is built from text
// nodes: nothing of a message is ever parsed as markup.

/**
 * The texts in the language the user chose; null for the browser's.
 *
 * @type {{texts: import('../protocol').Catalog | null}}
 */
const LANGUAGE = { texts: null };

/**
 * @param {string} key
 * @param {...string} substitutions
 * @returns {string}
 */
function say(key, ...substitutions) {
  const entry = LANGUAGE.texts?.[key];
  if (!entry) {
    // The training page has no extension around it.
    return globalThis.chrome?.i18n?.getMessage(key, substitutions) ?? '';
  }
  return entry.message
    .replace(
      /\$([a-z0-9_@]+)\$/gi,
      (_, name) => entry.placeholders?.[name.toLowerCase()]?.content ?? '',
    )
    .replace(/\$([1-9])/g, (_, index) => substitutions[index - 1] ?? '');
}

/** The language that the texts are in, as attributes: pages speak others. */
function spoken() {
  return {
    lang: say('language_code') || 'en',
    dir: say('language_direction') || 'ltr',
  };
}

/** The code point that stands for the first substitution in {@link sentence}. */
const FIRST_MARK = 0xe000;

/**
 * A sentence whose substitutions are nodes.
 *
 * @param {string} key
 * @param {(() => Node | string)[]} parts
 * @returns {(Node | string)[]}
 */
function sentence(key, parts) {
  const marks = parts.map((_, i) => String.fromCodePoint(FIRST_MARK + i));
  return [...say(key, ...marks).split(/([\ue000-\ue008])/u)].map((piece) => {
    const part = parts[(piece.codePointAt(0) ?? 0) - FIRST_MARK];
    return part ? part() : piece;
  });
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
function make(document, name, attributes = {}, ...children) {
  // A page's own `createElement`, a picture of that name, is not asked.
  const element = Document.prototype.createElement.call(document, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/**
 * A host as a person must read it: the registrable domain stands out, the
 * characters that differ from the real one are marked, and an international
 * name has its ASCII form beside it.
 *
 * @param {Document} document
 * @param {import('../protocol').HostParts} parts
 * @param {number[]} [marks] ranges of characters that differ
 */
function hostNode(document, parts, marks = []) {
  const letters = [...parts.unicode];
  const node = make(document, 'bdi', { class: 'host', dir: 'ltr' });
  const labels = parts.registrable.split('.').length;
  const all = parts.unicode.split('.');
  const tail = all.slice(-labels).join('.');
  const start = letters.length - [...tail].length;
  // A top-level domain differs as a whole, not letter by letter.
  const top = letters.lastIndexOf('.') + 1;
  const topDiffers = marks.some((end, at) => at % 2 === 1 && end > top);
  /** @type {{kind: string, text: string} | null} */
  let run = null;
  const flush = () => {
    if (run) {
      node.append(make(document, run.kind, {}, run.text));
    }
  };
  letters.forEach((letter, i) => {
    const within = marks.some(
      (from, at) => at % 2 === 0 && i >= from && i < (marks[at + 1] ?? 0),
    );
    const differs = i >= top ? topDiffers : within;
    const kind = differs ? 'mark' : i < start ? 'span' : 'b';
    if (run?.kind === kind) {
      run.text += letter;
    } else {
      flush();
      run = { kind, text: letter };
    }
  });
  flush();
  if (parts.unicode !== parts.host) {
    node.append(make(document, 'small', {}, ` (${parts.host})`));
  }
  return node;
}

/**
 * The host that a finding is about.
 *
 * @param {import('../protocol').Finding} finding
 * @param {import('../protocol').Verdict} verdict
 * @returns {import('../protocol').HostParts}
 */
function hostOf(finding, verdict) {
  const { host, unicode, registrable, link } = finding.evidence;
  if (typeof host === 'string') {
    return {
      host,
      unicode: typeof unicode === 'string' ? unicode : host,
      registrable: typeof registrable === 'string' ? registrable : host,
    };
  }
  const target = verdict.links.find((other) => other.link === link);
  const none = { host: '?', unicode: '?', registrable: '?' };
  return target?.host ?? verdict.sender ?? none;
}

/**
 * The characters of a host that differ from the vendor's, where a finding
 * tells them.
 *
 * @param {import('../protocol').HostParts} host
 * @param {import('../protocol').Verdict} verdict
 * @returns {number[]}
 */
function marksOf(host, verdict) {
  for (const { evidence } of verdict.findings) {
    const { marks, unicode } = evidence;
    const same = (unicode ?? evidence.host) === host.unicode;
    if (same && Array.isArray(marks)) {
      return marks;
    }
  }
  return [];
}

/**
 * The four substitutions that every sentence about a finding takes: vendor,
 * host, real host, text.
 *
 * @param {Document} document
 * @param {import('../protocol').Finding} finding
 * @param {import('../protocol').Verdict} verdict
 * @param {import('../protocol').HostParts} [host]
 * @returns {(() => Node | string)[]}
 */
function partsOf(document, finding, verdict, host) {
  const vendor = verdict.vendors[finding.vendor ?? verdict.vendor ?? ''];
  const { real, text, address } = finding.evidence;
  const home = typeof real === 'string' && real ? real : (vendor?.home ?? '');
  const shown = host ?? hostOf(finding, verdict);
  const plain = { host: home, unicode: home, registrable: home };
  const code = finding.evidence.class;
  const press =
    finding.code === 'pressure' && typeof code === 'string'
      ? code
          .split(',')
          .map((kind) => say(`pressure_${kind.replaceAll('-', '_')}`))
          .filter((words) => words)
          .join('; ')
      : '';
  const words = press || String(text ?? address ?? '');
  return [
    () => make(document, 'b', {}, vendor?.name ?? words),
    () => hostNode(document, shown, marksOf(shown, verdict)),
    () => hostNode(document, plain),
    () => (press ? press : make(document, 'bdi', { class: 'quote' }, words)),
  ];
}

/** Places that stand for the sender. */
const OF_SENDER =
  /^(display-name|local-part|sender-host|reply-to|subject|body|image-text)$/;

/** The headlines of findings that have one of their own. */
/** @type {Record<string, string>} */
const HEADLINES = {
  'address-in-name': 'headline_address',
  'link-mismatch': 'headline_mismatch',
  'link-userinfo': 'finding_link_userinfo',
  'link-ip': 'finding_link_ip',
  'link-scheme': 'finding_link_scheme',
  'deceptive-host': 'headline_deceptive',
  'authentication-failed': 'headline_authentication',
  'own-organisation': 'headline_organisation',
  'form-in-mail': 'finding_form_in_mail',
};

/**
 * The finding that a verdict is named after.
 *
 * @param {import('../protocol').Verdict} verdict
 */
function leadOf(verdict) {
  return verdict.findings.find((finding) => finding.level === verdict.level);
}

/**
 * The one sentence that says what is wrong.
 *
 * @param {Document} document
 * @param {import('../protocol').Verdict} verdict
 * @returns {(Node | string)[]}
 */
function headline(document, verdict) {
  const lead = leadOf(verdict);
  if (!lead) {
    return [];
  }
  const key = headlineKey(lead);
  const host = key === 'headline_plain' ? verdict.sender : null;
  const parts = partsOf(document, lead, verdict, host ?? undefined);
  return sentence(key, parts);
}

/** @param {import('../protocol').Finding} lead */
function headlineKey({ code, level, vendor, place, evidence }) {
  if (vendor && code === 'reply-to-elsewhere') {
    return 'headline_reply';
  }
  if (vendor && code === 'link-mismatch') {
    return 'headline_link';
  }
  const own = HEADLINES[code];
  if (own) {
    const shows = code !== 'link-mismatch' || evidence.text;
    return shows ? own : 'headline_plain';
  }
  if (!vendor) {
    return 'headline_plain';
  }
  if (!OF_SENDER.test(place)) {
    return 'headline_link';
  }
  return level === 'danger' ? 'headline_sender' : 'headline_claim';
}

/**
 * The false host over the real one, so that an eye can go from letter to
 * letter; null where there is no real one.
 *
 * @param {Document} document
 * @param {import('../protocol').Verdict} verdict
 */
function compared(document, verdict) {
  const lead = leadOf(verdict);
  const vendor = verdict.vendors[lead?.vendor ?? verdict.vendor ?? ''];
  if (!lead || !vendor) {
    return null;
  }
  const { real, link } = lead.evidence;
  const home = typeof real === 'string' && real ? real : vendor.home;
  const named = hostOf(lead, verdict);
  const isLink = link !== undefined || !OF_SENDER.test(lead.place);
  const isReply = lead.code === 'reply-to-elsewhere';
  const shown = isLink || isReply ? named : (verdict.sender ?? named);
  const leads =
    typeof lead.evidence.host === 'string' ||
    verdict.links.some((target) => target.link === link && target.host);
  const isKnown = isLink ? leads : shown.host !== '?';
  if (!home || !isKnown || shown.registrable === home) {
    return null;
  }
  const from = isReply ? 'compare_reply' : 'compare_from';
  const plain = { host: home, unicode: home, registrable: home };
  return make(
    document,
    'dl',
    { class: 'compare' },
    make(document, 'dt', {}, say(isLink ? 'compare_link' : from)),
    make(
      document,
      'dd',
      {},
      hostNode(document, shown, marksOf(shown, verdict)),
    ),
    make(document, 'dt', {}, say('compare_real', vendor.name)),
    make(document, 'dd', {}, hostNode(document, plain)),
  );
}

/**
 * The reasons, most telling first, each said once.
 *
 * @param {Document} document
 * @param {import('../protocol').Verdict} verdict
 * @param {number} [most] how many
 * @returns {HTMLElement[]}
 */
function reasons(document, verdict, most = 8) {
  /** @type {Map<string, HTMLElement>} */
  const said = new Map();
  for (const finding of pressedOnce(verdict.findings)) {
    if (finding.code === 'incident' || said.size >= most) {
      continue;
    }
    const key = `finding_${finding.code.replaceAll('-', '_')}`;
    const words = sentence(key, partsOf(document, finding, verdict));
    const item = make(document, 'li', {}, ...words);
    said.set(item.textContent ?? '', item);
  }
  return [...said.values()].filter((item) => item.textContent);
}

/**
 * The findings, with every kind of pressure told in the place of the first.
 *
 * @param {import('../protocol').Finding[]} findings
 */
function pressedOnce(findings) {
  const pressure = findings.filter(({ code }) => code === 'pressure');
  const kinds = [...new Set(pressure.map((f) => String(f.evidence.class)))];
  return findings
    .filter((finding) => !pressure.slice(1).includes(finding))
    .map((finding) =>
      finding === pressure[0]
        ? { ...finding, evidence: { ...finding.evidence, class: kinds.join() } }
        : finding,
    );
}

/**
 * Things in a row: "a, b or c".
 *
 * @param {string[]} things
 */
function listed(things) {
  const last = things.pop() ?? '';
  return things.length
    ? `${things.join(', ')} ${say('list_or')} ${last}`
    : last;
}

/**
 * What to do now, and what the vendor never asks for.
 *
 * @param {import('../protocol').Verdict} verdict
 */
function advice(verdict) {
  const vendor = verdict.vendors[verdict.vendor ?? ''];
  const things = (vendor?.neverAsks ?? [])
    .map((thing) => say(`never_${thing.replaceAll('-', '_')}`))
    .filter((thing) => thing);
  return [
    say(verdict.level === 'danger' ? 'advice_danger' : 'advice_caution'),
    vendor && things.length
      ? say('advice_never', vendor.name, listed(things))
      : say('advice_secrets'),
    vendor ? '' : say('advice_ask'),
  ]
    .filter((words) => words)
    .join(' ');
}

/**
 * What is known of a leak at the vendor; empty where nothing is.
 *
 * @param {import('../protocol').Verdict} verdict
 */
function incident(verdict) {
  const finding = verdict.findings.find((f) => f.code === 'incident');
  if (!finding) {
    return '';
  }
  const vendor = verdict.vendors[finding.vendor ?? '']?.name ?? '';
  const id = String(finding.evidence.incident ?? '').replaceAll('-', '_');
  return say(`incident_${id}`, vendor) || say('finding_incident', vendor);
}
