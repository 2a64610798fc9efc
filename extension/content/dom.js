// Finding one's way in the page: frames, shadow roots, what is shown.

/** The most frames that are entered; a hostile mail may nest thousands. */
const MOST_FRAMES = 60;

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
          : [...at.querySelectorAll(select)],
      )
      .map(shadowOf)
      .filter((shadow) => shadow !== null);
  }
  return roots.flatMap((at) => [...at.querySelectorAll(last)]);
}

/**
 * An element's shadow root, open or closed.
 *
 * @param {Element} element
 * @returns {ShadowRoot | null}
 */
function shadowOf(element) {
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
      dom?.openOrClosedShadowRoot(/** @type {HTMLElement} */ (element))
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
  if (element.localName !== 'iframe' && element.localName !== 'frame') {
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
  return element.localName === 'iframe' || element.localName === 'frame';
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
    for (const frame of found[at]?.querySelectorAll('iframe, frame') ?? []) {
      if (found.length >= MOST_FRAMES) {
        return found;
      }
      const inner = frameDocument(frame);
      if (inner?.body) {
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
    if (at.getClientRects().length === 0 || !at.checkVisibility()) {
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
    return element.ownerDocument.defaultView?.frameElement ?? null;
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
  const parent = node.parentNode;
  if (parent?.nodeType === Node.DOCUMENT_FRAGMENT_NODE) {
    return /** @type {ShadowRoot} */ (parent).host ?? null;
  }
  return parent?.nodeType === Node.ELEMENT_NODE
    ? /** @type {Element} */ (parent)
    : null;
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

/** Lets the page work; no task of ours is to exceed its frame. */
function breathe() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
