// The recipe for a webmail that nobody listed: the body is what looks like a
// message by its role or name, the sender the address nearest above it.

/** What message bodies are called, or how they are marked. */
const BODY_LIKE = [
  '[role=document]',
  '[itemprop=articleBody]',
  '[id*=message-body i]',
  '[id*=messagebody i]',
  '[id*=mail-body i]',
  '[id*=mailbody i]',
  '[class*=message-body i]',
  '[class*=messagebody i]',
  '[class*=message_body i]',
  '[class*=mail-body i]',
  '[class*=mailbody i]',
  '[class*=mail-content i]',
  '[class*=mailcontent i]',
  '[class*=message-content i]',
  '[class*=messagecontent i]',
  '[class*=message-text i]',
  '[class*=msg-body i]',
  '[class*=msgbody i]',
  'article',
];

/** Words for "from" before a sender. */
const FROM_WORD =
  /^\s*(from|von|de|da|van|od|fra|från|expéditeur|absender|remetente|mittente|afzender|nadawca|remitente)\s*:?\s*$/i;

/** Elements that carry an address. */
const CARRIERS =
  'a[href^="mailto:"], [email], [data-email], [title*="@"], [aria-label*="@"]';

/** How many levels above the body a header may stand. */
const HIGHEST = 8;

/**
 * The bodies of open messages in a document that no recipe knows.
 *
 * @param {Document} document
 * @returns {Element[]}
 */
function genericContainers(document) {
  const frames = findAll(document, 'iframe').filter(
    (frame) => isShown(frame) && isLarge(frame),
  );
  const named = BODY_LIKE.flatMap((selector) =>
    findAll(document, selector),
  ).filter((element) => isShown(element) && isBodyLike(element));
  const bodies = [...frames, ...named].filter(
    (element) => nearestAddress(element) !== null,
  );
  if (!bodies.length) {
    return bodyBelowSender(document);
  }
  const readable = bodies.filter(
    (body) => !isFrame(body) || frameDocument(body),
  );
  return [...new Set(readable.length ? readable : bodies)]
    .filter((a) => !bodies.some((b) => b !== a && holds(b, a)))
    .slice(0, 20);
}

/**
 * The body of a message that is called nothing in particular: what follows
 * an address that stands after the word "from" and is large enough.
 *
 * @param {Document} document
 * @returns {Element[]}
 */
function bodyBelowSender(document) {
  const body = /** @type {HTMLElement} */ (bodyIn(document));
  const sender = [...findAll(body, CARRIERS), ...textAddresses(body, null)]
    .slice(0, 200)
    .find((element) => isShown(element) && followsFrom(element));
  let at = sender ?? null;
  for (let level = 0; at && at !== body && level < HIGHEST; level++) {
    for (
      let next = at.nextElementSibling;
      next;
      next = next.nextElementSibling
    ) {
      const text = (next.textContent ?? '').trim();
      const isHeader = text.length < 400 && addressIn(text) !== '';
      if (text && !isHeader && isShown(next) && isBodyLike(next)) {
        return [next];
      }
    }
    at = at.parentElement;
  }
  return [];
}

/** @param {Element} element */
function isLarge(element) {
  const { width, height } = element.getBoundingClientRect();
  return width >= 200 && height >= 40;
}

/** @param {Element} element */
function isBodyLike(element) {
  return (
    isLarge(element) &&
    !isA(element, 'body, html, [contenteditable=true], textarea') &&
    !closestTo(element, '[contenteditable=true], form, nav, [role=listbox]')
  );
}

/**
 * The element that shows the sender of the message in a body: in the
 * smallest part of the page around the body that shows an address above it,
 * the one after the word "from", else the first.
 *
 * @param {Element} body
 * @returns {Element | null}
 */
function nearestAddress(body) {
  let below = body;
  /** @type {Node | null} */
  let around = parentOf(body);
  for (let level = 0; level < HIGHEST; level++) {
    if (!around || around.nodeType === Node.DOCUMENT_NODE) {
      const frame = frameAround(below);
      if (!frame) {
        return null;
      }
      below = frame;
      around = parentOf(frame);
      continue;
    }
    const [first, ...rest] = addressesAbove(
      /** @type {ParentNode & Node} */ (around),
      below,
    );
    if (first) {
      return [first, ...rest].find(followsFrom) ?? first;
    }
    if (around.nodeType === Node.DOCUMENT_FRAGMENT_NODE) {
      below = /** @type {ShadowRoot} */ (around).host;
      around = below;
    }
    around = parentOf(around);
  }
  return null;
}

/**
 * @param {ParentNode & Node} around
 * @param {Element} body
 * @returns {Element[]}
 */
function addressesAbove(around, body) {
  const carriers = findAll(around, CARRIERS);
  const found = [...carriers, ...textAddresses(around, body)].filter(
    (element) => isHeaderOf(element, body) && mailboxOf({ element }).address,
  );
  return found.sort((a, b) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}

/**
 * Elements whose own text holds an address, up to a body.
 *
 * @param {Element | Node} around
 * @param {Element | null} body
 */
function textAddresses(around, body) {
  const page = documentAround(around) ?? document;
  const walker = walkIn(page, around, NodeFilter.SHOW_TEXT);
  /** @type {Element[]} */
  const found = [];
  for (let seen = 0; walker.nextNode() && seen < 3000; seen++) {
    const node = walker.currentNode;
    if (body && holds(body, node)) {
      break;
    }
    const parent = node.parentElement;
    if (parent && node.nodeValue?.includes('@')) {
      found.push(parent);
    }
  }
  return found;
}

/**
 * Whether an element may be a header of a body: before it, shown, and not
 * in a list of messages or in a field.
 *
 * @param {Element} element
 * @param {Element} body
 */
function isHeaderOf(element, body) {
  const before = Node.DOCUMENT_POSITION_PRECEDING;
  return (
    (body.compareDocumentPosition(element) & before) !== 0 &&
    !holds(element, body) &&
    !element.closest(
      '[role=option], [role=row], [role=listbox], [role=grid], nav, ' +
        'script, style, textarea, input, [contenteditable=true]',
    ) &&
    isShown(element)
  );
}

/** @param {Element} element */
function followsFrom(element) {
  let at = /** @type {Element | null} */ (element);
  for (let level = 0; at && level < 3; level++) {
    if (FROM_WORD.test(at.previousElementSibling?.textContent ?? '')) {
      return true;
    }
    const before = at.previousSibling;
    if (
      before?.nodeType === Node.TEXT_NODE &&
      FROM_WORD.test(before.nodeValue ?? '')
    ) {
      return true;
    }
    at = at.parentElement;
  }
  return false;
}
