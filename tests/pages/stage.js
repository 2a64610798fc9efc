// Plays a webmail: fills a page's list with the mails of `mails.html`; opens,
// switches and closes messages the way the webmail's own script does it.
// `tests/pages/README.md` explains what a page says with `data-…`.

/** @typedef {Record<string, string>} Values */

/** Attributes that are for this script; no webmail has them. */
const OWN = ['data-body', 'data-if', 'data-raw', 'data-sender', 'data-content'];

/**
 * @param {string} text
 * @param {Values} values
 */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/** @type {Map<string, {values: Values, body: DocumentFragment}>} */
const MAILS = new Map();
for (const template of document.querySelectorAll('template[data-mail]')) {
  const { mail = '', ...values } = template.dataset;
  const number = 41 + MAILS.size;
  MAILS.set(mail, {
    values: {
      mail,
      // Long enough for every webmail's ids.
      id: `FMfcgzQbdrVtCLqNkzzTrjWdXhGfMlZqSaVbPcYdTuKw${number}`,
      number: String(number),
      to: 'alice@vault.example',
      date: '16 Nov 2026, 08:12',
      replyTo: '',
      ...values,
    },
    body: template.content,
  });
  template.remove();
}

/** @type {Map<string, DocumentFragment>} */
const PARTS = new Map();
for (const template of document.querySelectorAll('template[data-part]')) {
  PARTS.set(template.dataset.part ?? '', template.content);
  template.remove();
}
document.currentScript?.remove();

/**
 * Turns the templates that stand for shadow roots into such.
 *
 * @param {ParentNode & Node} root
 * @returns {ParentNode[]} the root and those within
 */
function attachShadows(root) {
  const roots = [root];
  for (const template of root.querySelectorAll('template[data-shadow]')) {
    const host = template.parentElement;
    const mode = template.dataset.shadow;
    template.remove();
    const shadow = host?.attachShadow({ mode });
    if (shadow) {
      shadow.append(document.importNode(template.content, true));
      roots.push(...attachShadows(shadow));
    }
  }
  return roots;
}

/** What a template became in the page; it can be filled again and again. */
class Scene {
  /**
   * @param {string} part
   * @param {string} [without] what the page lacks: `sender` or `content`
   */
  constructor(part, without) {
    this.without = without;
    this.fragment = document.importNode(partNamed(part), true);
    /** @type {((values: Values) => void)[]} */
    this.fills = [];
    /** What is only done once the nodes stand in the page. */
    /** @type {((values: Values) => void)[]} */
    this.bodies = [];
    this.nodes = [...this.fragment.children];
    const [, ...shadows] = attachShadows(this.fragment);
    this.shadows = shadows;
    for (const root of [this.fragment, ...shadows]) {
      this.takeElements(root);
      this.takeTexts(root);
    }
  }

  /** @param {ParentNode} root */
  takeElements(root) {
    for (const element of root.querySelectorAll('*')) {
      const { body, sender, content, raw, if: needed } = element.dataset;
      for (const { name, value } of [...element.attributes]) {
        if (OWN.includes(name)) {
          element.removeAttribute(name);
        } else if (value.includes('{')) {
          this.fills.push((values) =>
            element.setAttribute(name, filled(value, values)),
          );
        }
      }
      const lacks =
        (this.without === 'sender' && sender !== undefined) ||
        (this.without === 'content' && content !== undefined);
      if (lacks) {
        element.remove();
      } else if (needed !== undefined) {
        this.takeOptional(element, needed);
      }
      if (raw !== undefined) {
        this.fills.push((values) => {
          element.innerHTML = filled(raw, values);
        });
      }
      if (body !== undefined) {
        this.bodies.push((values) => showBody(element, body, values));
      }
    }
  }

  /**
   * An element that is there only where the mail has a value.
   *
   * @param {Element} element
   * @param {string} needed
   */
  takeOptional(element, needed) {
    const absent = document.createComment('');
    this.fills.push((values) => {
      const [from, to] = values[needed] ? [absent, element] : [element, absent];
      if (from.parentNode) {
        from.replaceWith(to);
      }
    });
  }

  /** @param {Node} root */
  takeTexts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const text = node.nodeValue ?? '';
      if (text.includes('{')) {
        this.fills.push((values) => {
          node.nodeValue = filled(text, values);
        });
      }
    }
  }

  /** @param {Values} values */
  fill(values) {
    this.mail = values.mail;
    for (const fill of this.fills) {
      fill(values);
    }
  }

  /**
   * Puts the nodes into an element, if they are not there yet.
   *
   * @param {Element | DocumentFragment} place
   * @param {Values} values
   */
  show(place, values) {
    this.fill(values);
    place.append(this.fragment);
    for (const body of this.bodies) {
      body(values);
    }
  }

  /** @param {string} selector */
  holds(selector) {
    return [...this.nodes, ...this.shadows].some((root) =>
      root.querySelector(selector),
    );
  }
}

/** @param {string} name */
function partNamed(name) {
  const part = PARTS.get(name);
  if (!part) {
    throw new Error(`the page has no part “${name}”`);
  }
  return part;
}

/**
 * A mail's body as the webmail writes it: links as the page's part `link`
 * has them, and for a mail that imitates the webmail a whole message of it.
 *
 * @param {Values} values
 */
function bodyOf({ mail = '', mimic }) {
  const known = MAILS.get(mail);
  const body = document.createDocumentFragment();
  // A frame's own document has none of the webmail's elements to imitate.
  if (mimic && PARTS.has('message')) {
    const scene = new Scene('message');
    scene.show(body, { ...MAILS.get(mimic)?.values, mail: '' });
  }
  if (known) {
    body.append(document.importNode(known.body, true));
  }
  const pattern = PARTS.get('link')?.firstElementChild;
  for (const link of pattern ? body.querySelectorAll('a[href]') : []) {
    const href = link.getAttribute('href') ?? '';
    const values = { href, encoded: encodeURIComponent(href) };
    for (const { name, value } of pattern?.attributes ?? []) {
      link.setAttribute(name, filled(value, values));
    }
  }
  return body;
}

/**
 * Shows a body in an element, or in a frame: `script`, `srcdoc` and `blob`
 * say how the webmail fills the frame, after a colon stands the part of the
 * page that the frame's document is made of.
 *
 * @param {Element} element
 * @param {string} kind
 * @param {Values} values
 */
function showBody(element, kind, values) {
  const [how, part = ''] = kind.split(':');
  const document = part ? frameScene(part, values) : bodyOf(values);
  switch (how) {
    case 'script':
      fillFrame(element, document);
      break;
    case 'srcdoc':
      element.srcdoc = markup(document);
      break;
    case 'blob': {
      const blob = new Blob([markup(document)], { type: 'text/html' });
      element.src = URL.createObjectURL(blob);
      break;
    }
    default:
      element.replaceChildren(document);
  }
}

/**
 * @param {string} part
 * @param {Values} values
 */
function frameScene(part, values) {
  const fragment = document.createDocumentFragment();
  new Scene(part).show(fragment, values);
  return fragment;
}

/** @param {DocumentFragment} fragment */
function markup(fragment) {
  const box = document.createElement('div');
  box.append(fragment);
  return `<!doctype html><body>${box.innerHTML}`;
}

/**
 * Writes into an empty frame, again when the browser makes its document new.
 *
 * @param {HTMLIFrameElement} frame
 * @param {DocumentFragment} fragment
 */
function fillFrame(frame, fragment) {
  const nodes = [...fragment.childNodes];
  const write = () => frame.contentDocument?.body?.replaceChildren(...nodes);
  frame.onload = write;
  write();
}

const roots = attachShadows(document);
const home = location.href;
const titled = document.querySelector('title')?.dataset.titled;
document.querySelector('title')?.removeAttribute('data-titled');

/** @param {string} selector */
function placeOf(selector) {
  return roots.map((root) => root.querySelector(selector)).find(Boolean);
}

/** @type {Scene[]} */
let shown = [];
/** @type {Scene | null} */
let head = null;

/**
 * Opens messages in place of those that are open: in new elements, or in
 * the same ones where the page says `data-pane="again"`.
 *
 * @param {string[]} mails
 * @param {{without?: string, mimic?: string, renamed?: boolean}} [how]
 */
function open(mails, how = {}) {
  const pane = placeOf('[data-pane]');
  if (!pane) {
    tellFrames({ mails, how });
    return;
  }
  const again = pane.getAttribute('data-pane') === 'again' && !how.renamed;
  if (
    !again ||
    shown.length !== mails.length ||
    shown[0]?.without !== how.without
  ) {
    close();
    shown = mails.map(
      (_, i) => new Scene('message', i ? undefined : how.without),
    );
  }
  const [values = {}, ...others] = mails.map((mail) => ({
    ...MAILS.get(mail)?.values,
    mimic: '',
  }));
  values.mimic = how.mimic ?? '';
  showHead(values);
  shown.forEach((scene, i) => {
    scene.show(pane, [values, ...others][i] ?? {});
    if (how.renamed) {
      scene.nodes.forEach(rename);
    }
  });
  if (titled) {
    document.title = filled(titled, values);
  }
  goTo(values);
}

/**
 * What the webmail shows once above all messages of a thread.
 *
 * @param {Values} values
 */
function showHead(values) {
  const place = placeOf('[data-head]');
  if (place) {
    head ??= new Scene('head');
    place.append(...head.nodes);
    head.fill(values);
  }
}

/**
 * What a webmail does to us when it changes: other names everywhere.
 *
 * @param {Element} node
 */
function rename(node) {
  for (const element of [node, ...node.querySelectorAll('*')]) {
    for (const { name } of [...element.attributes]) {
      if (/^(class|id|name|data-|aria-|role|email|ng-)/.test(name)) {
        element.removeAttribute(name);
      }
    }
  }
}

/** @param {Values} values */
function goTo(values) {
  const { open: address } = document.body.dataset;
  if (address) {
    history.replaceState(null, '', filled(address, values));
  }
}

/** Closes what is open. */
function close() {
  if (!placeOf('[data-pane]')) {
    tellFrames({ mails: [], how: {} });
    return;
  }
  for (const node of [...shown, ...(head ? [head] : [])].flatMap(
    ({ nodes }) => nodes,
  )) {
    node.remove();
  }
  shown = [];
  head = null;
  history.replaceState(null, '', home);
}

/** @type {Scene[]} */
const rows = [];
let first = 0;

/** Shows the list from another mail on, in the same rows. */
function scroll() {
  const mails = [...MAILS.values()];
  rows.forEach((row, i) => {
    row.fill(mails[(first + i) % mails.length]?.values ?? {});
  });
  first += 1;
}

const list = placeOf('[data-rows]');
for (let i = 0; list && i < MAILS.size; i++) {
  const row = new Scene('row');
  rows.push(row);
  list.append(row.fragment);
}
scroll();

// A webmail whose messages stand in a frame of its own page: the frame is told
// what to show, or loads a page for it where the frame says `data-anew`.

/** @param {{mails: string[], how: {}}} message */
function tellFrames(message) {
  for (const frame of document.querySelectorAll('iframe, frame')) {
    const { anew } = frame.dataset;
    if (anew === undefined) {
      frame.contentWindow?.postMessage(message, '*');
    } else {
      const told = encodeURIComponent(JSON.stringify(message));
      frame.src = `${anew}?told=${told}`;
    }
  }
}

/** @param {{mails: string[], how: {}}} message */
function obey({ mails, how }) {
  if (mails.length) {
    open(mails, how);
  } else {
    close();
  }
}

window.addEventListener('message', ({ data }) => obey(data));
const told = new URL(location.href).searchParams.get('told');
if (told) {
  obey(JSON.parse(told));
}

// A frame that holds only a body is told by its address which one.
const { searchParams } = new URL(location.href);
const alone = document.querySelector('[data-alone]');
alone?.replaceChildren(
  bodyOf({
    mail: searchParams.get('mail') ?? '',
    mimic: searchParams.get('mimic') ?? '',
  }),
);

/** What the extension put there has no name, only a style. */
const OURS = 'div[style*="all: initial"]';

/** The mails whose rows are marked. */
function marked() {
  return rows.filter((row) => row.holds(OURS)).map(({ mail }) => mail);
}

/** How many banners there are where messages are shown; marks are small. */
function banners() {
  const places = [...roots, ...shown.flatMap(({ shadows }) => shadows)];
  const found = places.flatMap((root) => [...root.querySelectorAll(OURS)]);
  return new Set(
    found.filter((one) => getComputedStyle(one).display === 'block'),
  ).size;
}

Object.assign(window, { stage: { open, close, scroll, marked, banners } });
