// Finding one's way in the page: frames, shadow roots, what is shown.

/** The most frames that are entered; a hostile mail may nest thousands. */
const MOST_FRAMES = 60;

/**
 * A property as the browser defines it. Forms and documents also have one
 * for every named field or picture in them, and that comes first: a mail
 * with `<input name="parentNode">` would answer in its form's place.
 *
 * @template {object} T
 * @template {keyof T & string} K
 * @param {{prototype: T}} kind
 * @param {K} name
 * @returns {(object: T) => T[K]}
 */
function property({ prototype }, name) {
  const { get } = /** @type {PropertyDescriptor} */ (
    Object.getOwnPropertyDescriptor(prototype, name)
  );
  const call = /** @type {() => T[K]} */ (get);
  return (object) => call.call(object);
}

/**
 * The same for a method.
 *
 * @template {object} T
 * @template {keyof T & string} K
 * @param {{prototype: T}} kind
 * @param {K} name
 * @returns {T[K] extends (...args: infer A) => infer R
 *   ? (object: T, ...args: A) => R : never}
 */
function method({ prototype }, name) {
  const own = /** @type {Function} */ (prototype[name]);
  const call = (/** @type {T} */ object, /** @type {unknown[]} */ ...args) =>
    own.apply(object, args);
  return /** @type {any} */ (call);
}

const typeOf = property(Node, 'nodeType');
const parentOf = property(Node, 'parentNode');
const firstOf = property(Node, 'firstChild');
const nextOf = property(Node, 'nextSibling');
const isConnected = property(Node, 'isConnected');
const baseOf = property(Node, 'baseURI');
const holds = method(Node, 'contains');
const rootOf = method(Node, 'getRootNode');
const nameOf = property(Element, 'localName');
const spaceOf = property(Element, 'namespaceURI');
const attributeOf = method(Element, 'getAttribute');
const isA = method(Element, 'matches');
const closestTo = method(Element, 'closest');
const boxOf = method(Element, 'getBoundingClientRect');
const rectsOf = method(Element, 'getClientRects');
const isVisible = method(Element, 'checkVisibility');
const bodyIn = property(Document, 'body');
const topOf = property(Document, 'documentElement');
const viewOf = property(Document, 'defaultView');
const scrollerIn = property(Document, 'scrollingElement');
const listen = method(EventTarget, 'addEventListener');
const createIn = method(Document, 'createElementNS');
const walkIn = method(Document, 'createTreeWalker');
const pathIn = method(Document, 'evaluate');
const documentAround = property(Node, 'ownerDocument');
const textOf = property(Node, 'textContent');
const upFrom = property(Node, 'parentElement');
const compare = method(Node, 'compareDocumentPosition');
const beforeOf = property(Element, 'previousElementSibling');
const afterOf = property(Element, 'nextElementSibling');
const countIn = property(Element, 'childElementCount');
const childrenOf = property(Element, 'children');
const attributesOf = property(Element, 'attributes');

/**
 * Whether a node stands in a page. Firefox lets nothing be asked of one whose
 * frame is gone.
 *
 * @param {Node} node
 */
function isAttached(node) {
  try {
    return isConnected(node);
  } catch {
    return false;
  }
}

/**
 * The document that an element stands in.
 *
 * @param {Element} element
 */
function documentOf(element) {
  return /** @type {Document} */ (documentAround(element));
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Element[]}
 */
function findAll(root, selector) {
  return [...kindOf(root).prototype.querySelectorAll.call(root, selector)];
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Element | null}
 */
function findFirst(root, selector) {
  return kindOf(root).prototype.querySelector.call(root, selector);
}

/** @param {ParentNode} root */
function kindOf(root) {
  switch (typeOf(root)) {
    case Node.DOCUMENT_NODE:
      return Document;
    case Node.ELEMENT_NODE:
      return Element;
    default:
      return DocumentFragment;
  }
}

/**
 * Our own elements in the page.
 *
 * @type {WeakSet<Node>}
 */
const OURS = new WeakSet();

/**
 * The elements a selector finds; `>>>` enters shadow roots, closed ones too.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Element[]}
 */
function deepQueryAll(root, selector) {
  /** @type {ParentNode[]} */
  let roots = [root];
  const steps = selector.split('>>>');
  const last = /** @type {string} */ (steps.pop()).trim();
  for (const step of steps) {
    const select = step.trim();
    roots = roots
      .flatMap((at) =>
        select === ':scope'
          ? [/** @type {Element} */ (at)]
          : findAll(at, select),
      )
      .map(shadowOf)
      .filter((shadow) => shadow !== null);
  }
  return roots.flatMap((at) => findAll(at, last));
}

/** The elements that may have a shadow root. */
const SHADOWED =
  /-|^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;

/**
 * An element's shadow root, open or closed.
 *
 * @param {Element} element
 * @returns {ShadowRoot | null}
 */
function shadowOf(element) {
  if (!SHADOWED.test(nameOf(element))) {
    return null;
  }
  if (element.shadowRoot) {
    return element.shadowRoot;
  }
  try {
    // Firefox has a property for closed roots, Chromium a function.
    const { dom } = chrome;
    return (
      /** @type {{openOrClosedShadowRoot?: ShadowRoot | null}} */ (
        /** @type {unknown} */ (element)
      ).openOrClosedShadowRoot ??
      dom?.openOrClosedShadowRoot(/** @type {HTMLElement} */ (element)) ??
      null
    );
  } catch {
    return null;
  }
}

/**
 * The document of a frame, where this script may read it.
 *
 * @param {Element} element
 * @returns {Document | null}
 */
function frameDocument(element) {
  if (!isFrame(element)) {
    return null;
  }
  try {
    return /** @type {HTMLIFrameElement} */ (element).contentDocument;
  } catch {
    return null;
  }
}

/** @param {Element} element */
function isFrame(element) {
  return /^i?frame$/.test(nameOf(element));
}

/**
 * A document and the readable ones in its frames, outer ones first.
 *
 * @param {Document} outermost
 * @returns {Document[]}
 */
function readableDocuments(outermost) {
  const found = [outermost];
  for (let at = 0; at < found.length; at++) {
    const document = /** @type {Document} */ (found[at]);
    for (const frame of findAll(document, 'iframe, frame')) {
      if (found.length >= MOST_FRAMES) {
        return found;
      }
      const inner = frameDocument(frame);
      if (inner && bodyIn(inner)) {
        found.push(inner);
      }
    }
  }
  return found;
}

/**
 * Whether an element is laid out, together with every frame around it.
 *
 * @param {Element} element
 */
function isShown(element) {
  /** @type {Element | null} */
  let at = element;
  while (at) {
    if (rectsOf(at).length === 0 || !isVisible(at)) {
      return false;
    }
    at = frameAround(at);
  }
  return true;
}

/**
 * The frame element whose document an element stands in.
 *
 * @param {Element} element
 * @returns {Element | null}
 */
function frameAround(element) {
  try {
    return viewOf(documentOf(element))?.frameElement ?? null;
  } catch {
    return null;
  }
}

/**
 * The parent, through shadow roots.
 *
 * @param {Node} node
 * @returns {Element | null}
 */
function parentAcross(node) {
  const parent = parentOf(node);
  const type = parent ? typeOf(parent) : 0;
  if (type === Node.DOCUMENT_FRAGMENT_NODE) {
    return /** @type {ShadowRoot} */ (parent).host ?? null;
  }
  return type === Node.ELEMENT_NODE ? /** @type {Element} */ (parent) : null;
}

/**
 * What a node stands in: an element, a shadow's host, a frame.
 *
 * @param {Node} node
 * @returns {Element | null}
 */
function around(node) {
  const parent = parentAcross(node);
  return parent && nameOf(parent) === 'html' ? frameAround(parent) : parent;
}

/**
 * Whether a node stands in an element, through frames and shadow roots.
 *
 * @param {Element} outer
 * @param {Node} node
 */
function isWithin(outer, node) {
  if (holds(outer, node)) {
    return true;
  }
  if (rootOf(outer) === rootOf(node)) {
    return false;
  }
  /** @type {Node | null} */
  let at = node;
  while (at && at !== outer) {
    at = typeOf(at) === Node.DOCUMENT_NODE ? null : around(at);
  }
  return at === outer;
}

/**
 * Text without lone surrogates, its white space folded, cut at a length.
 *
 * @param {string | null | undefined} text
 * @param {number} most
 */
function tidy(text, most) {
  const start = (text ?? '').slice(0, most * 4).toWellFormed();
  return start.replace(/\s+/g, ' ').trim().slice(0, most).toWellFormed();
}

/** How long one slice of work may take, in milliseconds. */
const SLICE = 8;
/** After how much work the clock is looked at. */
const STEPS = 32;

/** Work in slices: after each the page has its turn. */
class Slices {
  constructor() {
    this.begun = performance.now();
    this.steps = 0;
    /** How long all slices before this one took. */
    this.spent = 0;
  }

  /** Whether the slice is used up; asked after every step of the work. */
  isFull() {
    this.steps += 1;
    return this.steps % STEPS === 0 && performance.now() - this.begun > SLICE;
  }

  /** Lets the page work. */
  async next() {
    this.spent += performance.now() - this.begun;
    await turn();
    this.begun = performance.now();
  }
}

/** Who waits for a turn. */
/** @type {(() => void)[]} */
const WAITING = [];
const TURNS = new MessageChannel();
TURNS.port2.onmessage = () => WAITING.shift()?.();

/**
 * Lets the page have its turn. A timer would do, but in a tab that is not
 * shown it takes a second.
 *
 * @returns {Promise<void>}
 */
function turn() {
  return new Promise((resolve) => {
    WAITING.push(resolve);
    TURNS.port1.postMessage(null);
  });
}
