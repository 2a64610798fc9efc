// Reads a message's body in slices: its text, links and images.

/** How much text is judged, in UTF-16 units. */
const MOST_TEXT = 256 * 1024;
const MOST_QUOTED = 64 * 1024;
/** How many different links are judged. */
const MOST_LINKS = 2000;
/** How many nodes are read at most. */
const MOST_NODES = 400000;

const BLOCKS =
  /^(p|div|tr|li|ul|ol|table|h[1-6]|br|hr|section|article|blockquote|pre|td|th)$/;
const SKIPPED = /^(script|style|template|noscript|head|title)$/;
/** What shows another page within the message. */
const FRAMES = /^(i?frame|object|embed)$/;
/** A smaller frame shows nothing; senders count readers with such ones. */
const SMALLEST_FRAME = 20;

/**
 * Reads a body.
 *
 * @param {Element} root
 * @param {string[]} quotedBy selectors of what is quoted
 * @returns {Promise<Content>}
 */
async function readBody(root, quotedBy) {
  const content = emptyContent();
  const walk = new BodyWalk(content, quotedBy);
  const slices = new Slices();
  let count = 0;
  for (const node of walk.nodes(root)) {
    walk.take(node);
    count += 1;
    if (count > MOST_NODES) {
      content.unread = 'too-large';
      break;
    }
    if (slices.isFull()) {
      await slices.next();
    }
  }
  walk.finish();
  return content;
}

/** How much of one link is read again when it is activated. */
const MOST_IN_LINK = 2000;

/**
 * Reads one link alone, as it is now.
 *
 * @param {Element} element
 * @returns {import('../protocol').MessageLink | undefined}
 */
function readOne(element) {
  const content = emptyContent();
  const walk = new BodyWalk(content, []);
  let count = 0;
  for (const node of walk.nodes(element)) {
    walk.take(node);
    count += 1;
    if (count > MOST_IN_LINK) {
      break;
    }
  }
  walk.finish();
  return content.links[content.places.get(element) ?? -1];
}

/** @returns {Content} */
function emptyContent() {
  return {
    text: '',
    quoted: '',
    links: [],
    images: [],
    places: new Map(),
    unread: null,
  };
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
    /** The quote that is being read. */
    /** @type {Node | null} */
    this.quote = null;
    /** What is being read and cannot be seen. */
    /** @type {Node | null} */
    this.veil = null;
    /** The element of the last text, and whether nobody reads that. */
    /** @type {Element | null} */
    this.parent = null;
    this.unseen = false;
    /** The links that are being read, the innermost last. */
    /** @type {{element: Element, href: string, text: string}[]} */
    this.open = [];
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
      while (!next) {
        this.leave(node);
        if (node === root) {
          return;
        }
        next = nextOf(node);
        if (!next) {
          const inner = node;
          node = around(inner);
          if (!node) {
            // The page took it away while it was read.
            this.content.unread ??= 'too-large';
            return;
          }
          if (isShadowRoot(parentOf(inner))) {
            // What is slotted stands beside the shadow.
            next = firstOf(node);
          }
        }
      }
      node = next;
    }
  }

  /** @param {Node} node */
  enters(node) {
    if (typeOf(node) !== Node.ELEMENT_NODE || OURS.has(node)) {
      return false;
    }
    const element = /** @type {Element} */ (node);
    const name = nameOf(element);
    return (
      !SKIPPED.test(name) &&
      (name === 'body' ||
        isVisible(element) ||
        // What is folded away opens without a change in the page.
        closestTo(element, 'details') !== null)
    );
  }

  /** @param {Node} node */
  firstIn(node) {
    const element = /** @type {Element} */ (node);
    if (FRAMES.test(nameOf(element))) {
      return this.bodyInFrame(element);
    }
    const shadow = shadowOf(element);
    if (shadow) {
      guardRoot(shadow);
    }
    return (shadow && firstOf(shadow)) ?? firstOf(element);
  }

  /**
   * The body in a frame; what cannot be read there was not checked.
   *
   * @param {Element} frame
   */
  bodyInFrame(frame) {
    this.frames += 1;
    const inner = this.frames <= MOST_FRAMES ? frameDocument(frame) : null;
    const body = inner ? bodyIn(inner) : null;
    if (!body && !inner) {
      const { width, height } = boxOf(frame);
      if (width >= SMALLEST_FRAME && height >= SMALLEST_FRAME) {
        this.content.unread ??= 'closed-frame';
      }
    }
    return body;
  }

  /** @param {Node} node */
  take(node) {
    if (OURS.has(node)) {
      return;
    }
    const type = typeOf(node);
    if (type === Node.TEXT_NODE) {
      if (!this.isUnseen(node)) {
        this.takeText(node.nodeValue ?? '', this.isQuoted(node));
      }
    } else if (type === Node.ELEMENT_NODE) {
      this.takeElement(/** @type {Element} */ (node));
    }
  }

  /**
   * Whether a text is written so that nobody reads it. An element inside
   * may make itself visible again, so each text's own is asked.
   *
   * @param {Node} text
   */
  isUnseen(text) {
    const parent = parentAcross(text);
    if (parent !== this.parent) {
      this.parent = parent;
      const style = parent ? styleOf(parent) : undefined;
      this.unseen =
        style !== undefined &&
        (style.visibility !== 'visible' ||
          Number.parseFloat(style.fontSize) <= 2);
    }
    return this.unseen;
  }

  /** @param {Node} node */
  isQuoted(node) {
    if (this.quote) {
      return true;
    }
    const parent = parentAcross(node);
    if (parent && isA(parent, this.quotes)) {
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
    if (this.veil) {
      return;
    }
    const left = quoted ? this.quotedLeft : this.left;
    const piece = text.slice(0, left);
    if (piece.length < text.trimEnd().length) {
      this.content.unread ??= 'too-large';
    }
    if (quoted) {
      this.quoted.push(piece);
      this.quotedLeft -= piece.length;
    } else {
      this.text.push(piece);
      this.left -= piece.length;
    }
    for (const link of this.open) {
      link.text += text.slice(0, MOST_READ - link.text.length);
    }
  }

  /** @param {Element} element */
  takeElement(element) {
    const name = nameOf(element);
    if (BLOCKS.test(name)) {
      this.takeText('\n', this.isQuoted(element));
    }
    if (!this.veil && isVeiled(element)) {
      this.veil = element;
    }
    if (name === 'img') {
      const alt = tidy(attributeOf(element, 'alt'), 300);
      if (alt && this.content.images.length < 200) {
        this.content.images.push(alt);
      }
    }
    const href = targetOf(element);
    if (href !== null) {
      this.open.push({ element, href, text: '' });
    }
  }

  /**
   * What is known once all of an element was read.
   *
   * @param {Node} node
   */
  leave(node) {
    if (this.open.at(-1)?.element === node) {
      const link = this.open.pop();
      if (link) {
        this.takeLink(link.element, link.href, link.text);
      }
    }
    if (this.veil === node) {
      this.veil = null;
    }
    if (this.quote === node) {
      this.quote = null;
    }
  }

  /**
   * @param {Element} element
   * @param {string} href
   * @param {string} seen what a person reads in it
   */
  takeLink(element, href, seen) {
    const quoted = this.isQuoted(element);
    const { kind, text } = readLink(element, seen);
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
    for (const { element, href, text } of this.open.reverse()) {
      this.takeLink(element, href, text);
    }
    this.content.text = this.text.join('').toWellFormed();
    this.content.quoted = this.quoted.join('').toWellFormed();
  }
}

/** @param {Node | null} node */
function isShadowRoot(node) {
  return node !== null && typeOf(node) === Node.DOCUMENT_FRAGMENT_NODE;
}

/**
 * Whether a person sees nothing in an element, though it is laid out: it is
 * transparent, cut off, or far off the page. What is animated may come into
 * view.
 *
 * @param {Element} element
 */
function isVeiled(element) {
  const style = styleOf(element);
  if (style?.animationName !== 'none') {
    return false;
  }
  const far = (/** @type {string} */ length) =>
    Number.parseFloat(length) < -900;
  const cut = style.overflowY === 'hidden' || style.overflowY === 'clip';
  const off = style.position === 'absolute' || style.position === 'fixed';
  return (
    style.opacity === '0' ||
    (cut && (style.height === '0px' || style.width === '0px')) ||
    (off && (far(style.left) || far(style.top))) ||
    far(style.textIndent)
  );
}

/** @param {Element} element */
function styleOf(element) {
  return viewOf(documentOf(element))?.getComputedStyle(element);
}

/** How much of a link's text is read. */
const MOST_READ = 1200;
const MATH = 'http://www.w3.org/1998/Math/MathML';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * A link with where it leads after the webmail itself sent the reader on: on
 * the webmail's own host with one address of the web in its query.
 *
 * @param {import('../protocol').MessageLink} link
 * @returns {import('../protocol').MessageLink}
 */
function beyondWebmail(link) {
  const url = URL.canParse(link.href) ? new URL(link.href) : null;
  if (url?.host !== location.host) {
    return link;
  }
  // Firefox lets no extension walk through a query's values.
  const names = url.search
    .slice(1)
    .split('&')
    .map((one) => one.split('=')[0]);
  const [href, more] = [...new Set(names)]
    .map((name) => url.searchParams.get(name ?? '') ?? '')
    .filter((value) => /^https?:\/\//i.test(value) && URL.canParse(value));
  return href && !more ? { ...link, href } : link;
}

/**
 * Where an element leads as the browser would go; null where it leads
 * nowhere.
 *
 * @param {Element} element
 * @returns {string | null}
 */
function targetOf(element) {
  const written = writtenTarget(element);
  if (written === null) {
    return null;
  }
  const document = documentOf(element);
  if (written.startsWith('#') && !findFirst(document, 'base[href]')) {
    return null;
  }
  const base = baseOf(element);
  const url = URL.canParse(written, base)
    ? new URL(written, base).href
    : written;
  return url.slice(0, 8192).toWellFormed();
}

/**
 * @param {Element} element
 * @returns {string | null}
 */
function writtenTarget(element) {
  switch (nameOf(element)) {
    case 'a':
      // A picture's link may be animated to lead elsewhere than it says.
      return spaceOf(element) === SVG
        ? /** @type {SVGAElement} */ (element).href.animVal || null
        : attributeOf(element, 'href');
    case 'area':
      return attributeOf(element, 'href');
    case 'form':
      return attributeOf(element, 'action');
    case 'button':
    case 'input':
      return attributeOf(element, 'formaction');
    case 'meta':
      return refreshOf(element);
    default:
      return spaceOf(element) === MATH
        ? (attributeOf(element, 'href') ?? attributeOf(element, 'xlink:href'))
        : null;
  }
}

/**
 * Where a page sends its reader by itself.
 *
 * @param {Element} meta
 */
function refreshOf(meta) {
  const refreshes = /^refresh$/i.test(attributeOf(meta, 'http-equiv') ?? '');
  const content = (attributeOf(meta, 'content') ?? '').slice(0, 9000);
  const url = /^[\s\d.]*[;,\s]\s*(?:url\s*=\s*)?['"]?([^'"]+)/i;
  return refreshes ? (url.exec(content)?.[1] ?? null) : null;
}

/**
 * The kind of a place that leads somewhere and what a person reads on it.
 *
 * @param {Element} element
 * @param {string} [seen] its text, where it was read already
 * @returns {{
 *   kind: import('../protocol').MessageLink['kind'],
 *   text: string,
 * }}
 */
function readLink(element, seen = textIn(element)) {
  switch (nameOf(element)) {
    case 'area':
      return { kind: 'area', text: tidy(attributeOf(element, 'alt'), 300) };
    case 'meta':
      return { kind: 'text', text: '' };
    case 'form': {
      const button = findFirst(element, 'button, [type=submit]');
      return { kind: 'form', text: button ? wordsOn(button) : '' };
    }
    case 'button':
    case 'input':
      return { kind: 'form', text: wordsOn(element) };
  }
  const text = tidy(seen, 300);
  const image = text ? null : findFirst(element, 'img');
  return image
    ? { kind: 'image', text: tidy(attributeOf(image, 'alt'), 300) }
    : { kind: 'anchor', text };
}

/** @param {Element} button */
function wordsOn(button) {
  return tidy(textIn(button) || attributeOf(button, 'value'), 300);
}

/**
 * The text in an element, as far as it is needed: all of it may be megabytes.
 *
 * @param {Element} element
 */
function textIn(element) {
  const walker = walkIn(documentOf(element), element, NodeFilter.SHOW_TEXT);
  let text = '';
  for (
    let seen = 0;
    seen < 400 && text.length < MOST_READ && walker.nextNode();
    seen++
  ) {
    text += (walker.currentNode.nodeValue ?? '').slice(0, MOST_READ);
  }
  return text;
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
