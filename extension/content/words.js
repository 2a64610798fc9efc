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
  const element = document.createElement(name);
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
  const kind = letters.length > 42 ? 'host long' : 'host';
  const node = make(document, 'bdi', { class: kind, dir: 'ltr' });
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
      ? say(`pressure_${code.replaceAll('-', '_')}`)
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
 * The one sentence that says what is wrong.
 *
 * @param {Document} document
 * @param {import('../protocol').Verdict} verdict
 * @returns {(Node | string)[]}
 */
function headline(document, verdict) {
  const lead = verdict.findings.find(
    (finding) => finding.level === verdict.level,
  );
  if (!lead) {
    return [];
  }
  const sender = verdict.sender ?? undefined;
  if (lead.vendor && lead.code === 'reply-to-elsewhere') {
    return sentence('headline_reply', partsOf(document, lead, verdict));
  }
  const own = HEADLINES[lead.code];
  if (own) {
    const words = String(lead.evidence.text ?? '');
    const key = own === 'headline_mismatch' && !words ? 'headline_plain' : own;
    return sentence(key, partsOf(document, lead, verdict));
  }
  if (!lead.vendor) {
    return sentence('headline_plain', partsOf(document, lead, verdict, sender));
  }
  if (!OF_SENDER.test(lead.place)) {
    return sentence('headline_link', partsOf(document, lead, verdict));
  }
  return sentence('headline_sender', partsOf(document, lead, verdict, sender));
}

/**
 * The reasons, most telling first, each said once.
 *
 * @param {Document} document
 * @param {import('../protocol').Verdict} verdict
 * @returns {HTMLElement[]}
 */
function reasons(document, verdict) {
  /** @type {Map<string, HTMLElement>} */
  const said = new Map();
  for (const finding of verdict.findings) {
    if (finding.code === 'incident' || said.size >= 8) {
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
  const never =
    vendor && things.length
      ? ` ${say('banner_never', vendor.name, listed(things))}`
      : '';
  return `${say('banner_advice')}${never}`;
}
