// Reads a message's body in slices: its text, links and images.

/** How much text is judged, in UTF-16 units. */
const MOST_TEXT = 256 * 1024;
const MOST_QUOTED = 64 * 1024;
/** How many different links are judged. */
const MOST_LINKS = 2000;
/** How long one slice may take, in milliseconds. */
const SLICE = 12;
/** How many nodes are read at most. */
const MOST_NODES = 400000;

const LEADS =
  'a[href], area[href], form[action], button[formaction], ' +
  'input[formaction], a[*|href]';
const BLOCKS =
  /^(p|div|tr|li|ul|ol|table|h[1-6]|br|hr|section|article|blockquote|pre|td|th)$/;
const SKIPPED = /^(script|style|template|noscript|head|title)$/;

/**
 * Reads a body.
 *
 * @param {Element} root
 * @param {string[]} quotedBy selectors of what is quoted
 * @returns {Promise<Content>}
 */
async function readBody(root, quotedBy) {
  /** @type {Content} */
  const content = {
    text: '',
    quoted: '',
    links: [],
    images: [],
    places: new Map(),
    unread: null,
  };
  const walk = new BodyWalk(content, quotedBy);
  let slice = performance.now();
  let count = 0;
  for (const node of walk.nodes(root)) {
    walk.take(node);
    count += 1;
    if (count > MOST_NODES) {
      content.unread = 'too-many-links';
      break;
    }
    if (count % 64 === 0 && performance.now() - slice > SLICE) {
      await breathe();
      slice = performance.now();
    }
  }
  walk.finish();
  return content;
}

/** One pass over a body. */
class BodyWalk {
  /**
   * @param {Content} content
   * @param {string[]} quotedBy
   */
  constructor(content, quotedBy) {
    this.content = content;
    this.quotes = ['blockquote', ...quotedBy].join(', ');
    /** @type {Map<string, number>} */
    this.known = new Map();
    /** @type {string[]} */
    this.text = [];
    /** @type {string[]} */
    this.quoted = [];
    this.left = MOST_TEXT;
    this.quotedLeft = MOST_QUOTED;
    this.frames = 0;
    /** @type {Element | null} */
    this.quote = null;
  }

  /**
   * The nodes of a body in reading order, through frames and shadow roots,
   * without what is not shown. The walk keeps its own stack: a mail may nest
   * deeper than calls can.
   *
   * @param {Element} root
   * @returns {Generator<Node>}
   */
  *nodes(root) {
    /** @type {Node | null} */
    let node = root;
    while (node) {
      yield node;
      /** @type {Node | null} */
      let next = this.enters(node) ? this.firstIn(node) : null;
      while (!next && node) {
        if (node === root) {
          return;
        }
        next = node.nextSibling;
        if (!next) {
          node = parentAcross(node) ?? this.frameOf(node);
        }
      }
      node = next;
    }
  }

  /** @param {Node} node */
  enters(node) {
    if (node.nodeType !== Node.ELEMENT_NODE || OURS.has(node)) {
      return false;
    }
    const element = /** @type {Element} */ (node);
    return (
      !SKIPPED.test(element.localName) &&
      (element.localName === 'body' || element.checkVisibility())
    );
  }

  /** @param {Node} node */
  firstIn(node) {
    const element = /** @type {Element} */ (node);
    if (isFrame(element)) {
      this.frames += 1;
      return this.frames <= MOST_FRAMES
        ? (frameDocument(element)?.body ?? null)
        : null;
    }
    const custom = element.localName.includes('-');
    const shadow = custom ? shadowOf(element) : element.shadowRoot;
    return shadow?.firstChild ?? element.firstChild;
  }

  /**
   * Back from a frame's body to the frame.
   *
   * @param {Node} node
   */
  frameOf(node) {
    return node.nodeType === Node.ELEMENT_NODE
      ? frameAround(/** @type {Element} */ (node))
      : null;
  }

  /** @param {Node} node */
  take(node) {
    if (OURS.has(node)) {
      return;
    }
    if (node.nodeType === Node.TEXT_NODE) {
      this.takeText(node.nodeValue ?? '', this.isQuoted(node));
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      this.takeElement(/** @type {Element} */ (node));
    }
  }

  /** @param {Node} node */
  isQuoted(node) {
    if (this.quote?.contains(node)) {
      return true;
    }
    const parent = parentAcross(node);
    if (parent?.matches(this.quotes)) {
      this.quote = parent;
      return true;
    }
    return false;
  }

  /**
   * @param {string} text
   * @param {boolean} quoted
   */
  takeText(text, quoted) {
    const piece = text.slice(0, quoted ? this.quotedLeft : this.left);
    if (quoted) {
      this.quoted.push(piece);
      this.quotedLeft -= piece.length;
    } else {
      this.text.push(piece);
      this.left -= piece.length;
    }
  }

  /** @param {Element} element */
  takeElement(element) {
    if (BLOCKS.test(element.localName)) {
      this.takeText('\n', this.isQuoted(element));
    }
    if (element.localName === 'img') {
      const alt = tidy(element.getAttribute('alt'), 300);
      if (alt && this.content.images.length < 200) {
        this.content.images.push(alt);
      }
    }
    const href = targetOf(element);
    if (href !== null) {
      this.takeLink(element, href);
    }
  }

  /**
   * @param {Element} element
   * @param {string} href
   */
  takeLink(element, href) {
    const quoted = this.isQuoted(element);
    const { kind, text } = readLink(element);
    const known = `${href}\n${text}\n${quoted}`;
    let index = this.known.get(known);
    if (index === undefined) {
      if (this.content.links.length >= MOST_LINKS) {
        this.content.unread = 'too-many-links';
        return;
      }
      index = this.content.links.push({ href, text, kind, quoted }) - 1;
      this.known.set(known, index);
    }
    this.content.places.set(element, index);
  }

  finish() {
    this.content.text = this.text.join('').toWellFormed();
    this.content.quoted = this.quoted.join('').toWellFormed();
  }
}

/**
 * Where an element leads as the browser would go; null where it leads
 * nowhere.
 *
 * @param {Element} element
 * @returns {string | null}
 */
function targetOf(element) {
  const written =
    element.getAttribute('href') ??
    element.getAttribute('xlink:href') ??
    element.getAttribute('formaction') ??
    element.getAttribute('action');
  if (written === null || !element.matches(LEADS)) {
    return null;
  }
  if (written.startsWith('#')) {
    return null;
  }
  const base = element.ownerDocument.baseURI;
  const url = URL.canParse(written, base)
    ? new URL(written, base).href
    : written;
  return url.slice(0, 8192).toWellFormed();
}

/**
 * The kind of a place that leads somewhere and what a person reads on it.
 *
 * @param {Element} element
 * @returns {{
 *   kind: import('../protocol').MessageLink['kind'],
 *   text: string,
 * }}
 */
function readLink(element) {
  if (element.localName === 'area') {
    return { kind: 'area', text: tidy(element.getAttribute('alt'), 300) };
  }
  if (element.localName === 'form') {
    const button = element.querySelector('button, [type=submit]');
    const text = button?.textContent || button?.getAttribute('value');
    return { kind: 'form', text: tidy(text, 300) };
  }
  if (element.localName !== 'a') {
    const text = element.textContent || element.getAttribute('value');
    return { kind: 'form', text: tidy(text, 300) };
  }
  const text = tidy(element.textContent, 300);
  const image = element.querySelector('img');
  return text || !image
    ? { kind: 'anchor', text }
    : { kind: 'image', text: tidy(image.getAttribute('alt'), 300) };
}

/**
 * A short name for what was read; equal for equal content.
 *
 * @param {...string} parts
 */
function fingerprint(...parts) {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      const unit = part.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x85ebca6b);
    }
    a = Math.imul(a ^ 0xffff, 0x01000193);
    b = Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
