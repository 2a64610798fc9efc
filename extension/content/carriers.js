// The places in a page that show or carry an address, each with what the page
// says of it.

/** Elements that carry an address. */
const CARRIERS =
  'a[href^="mailto:"], address, [email], [data-email], [title*="@"], ' +
  '[aria-label*="@"]';

/** Where no header of an open message stands. */
const NOT_HEADER =
  '[role=option], [role=row], [role=listbox], [role=grid], ' +
  '[role=banner], [role=navigation], nav, footer, select, ' +
  'script, style, textarea, input, [contenteditable=true], ' +
  'tr:has(> td > input[type=checkbox])';

/** How many texts are looked through, and how many addresses are taken. */
const MOST_TEXTS = 20000;
const MOST_CARRIERS = 400;
const SNAPSHOT = 7; // XPathResult.ORDERED_NODE_SNAPSHOT_TYPE

/** What follows an address that is the name of another. */
const BEFORE_BRACKETED = /^["'”“\s]*[<(][^<>()@\s]+@/u;

/** A place that shows an address. */
class Carrier {
  /**
   * @param {Element} element
   * @param {Node} node the element that carries it, or the text
   * @param {import('../protocol').Mailbox} mailbox
   * @param {boolean} [bracketed] whether it stands in angle brackets
   */
  constructor(element, node, mailbox, bracketed = false) {
    this.element = element;
    this.node = node;
    this.mailbox = mailbox;
    this.bracketed = bracketed;
  }

  /** What the page says of it in words; found out when it is asked for. */
  get spoken() {
    const spoken = labelOf(this.node, this.mailbox.address);
    Object.defineProperty(this, 'spoken', { value: spoken });
    return spoken;
  }

  /** The same, or else what its elements are called. */
  get label() {
    const label = this.spoken ?? nameLabel(this.element);
    Object.defineProperty(this, 'label', { value: label });
    return label;
  }

  /** Whether it is what the page as a whole is called by. */
  get ofPage() {
    const ofPage = isOfPage(this);
    Object.defineProperty(this, 'ofPage', { value: ofPage });
    return ofPage;
  }

  /** Whether it stands in a row of a list, among others like it. */
  get listed() {
    const listed = isListed(this);
    Object.defineProperty(this, 'listed', { value: listed });
    return listed;
  }
}

/**
 * Whether an address is the name of the place that is shown, a mailbox or a
 * mailing list: the page calls it nothing else, and its title or its own
 * address repeat it.
 *
 * @param {Carrier} carrier
 */
function isOfPage(carrier) {
  const { address } = carrier.mailbox;
  const page = documentOf(carrier.element);
  const title = findFirst(page, 'title')?.textContent ?? '';
  const path = location.pathname.split('/').map(unescapeUrl);
  const repeats = title.split(/[\s<>()[\]]+/).includes(address);
  return (repeats || path.includes(address)) && carrier.label === null;
}

/** How far around an address a row of a list may reach. */
const ROW_LEVELS = 6;
/** The longest text of a row in a list. */
const LONGEST_ROW = 500;

/** @param {Element} row */
function kindOfRow(row) {
  return `${nameOf(row)} ${attributeOf(row, 'class') ?? ''}`;
}

/**
 * Whether an address stands in one of several short elements of the same
 * kind that each show one, none of them called anything in words.
 *
 * @param {Carrier} carrier
 */
function isListed({ element, spoken }) {
  if (spoken !== null) {
    return false;
  }
  const carriers = carriersIn(rootOf(element));
  /** @type {Element | null} */
  let row = element;
  for (let level = 0; row && level < ROW_LEVELS; level++) {
    const kind = kindOfRow(row);
    if ((textOf(row) ?? '').length > LONGEST_ROW) {
      return false;
    }
    const alike = [beforeOf(row), afterOf(row)].filter(
      (other) => other !== null && kindOfRow(other) === kind,
    );
    const isRow = alike.some((other) =>
      carriers.some(
        (one) => other && holds(other, one.element) && one.spoken === null,
      ),
    );
    if (isRow) {
      return true;
    }
    row = upFrom(row);
  }
  return false;
}

/**
 * What was found in each document and shadow root, while the page is looked
 * at once.
 *
 * @type {Map<Node, Carrier[]>}
 */
const CARRIERS_IN = new Map();

/**
 * All that carries an address in a document or shadow root, in order.
 *
 * @param {Node} root
 * @returns {Carrier[]}
 */
function carriersIn(root) {
  let known = CARRIERS_IN.get(root);
  if (!known) {
    const found = [
      ...carryingElements(root),
      ...carryingTags(root),
      ...carryingTexts(root),
    ];
    known = found.sort((a, b) => (isBefore(a.node, b.node) ? -1 : 1));
    CARRIERS_IN.set(root, known);
  }
  return known;
}

/**
 * @param {Node} root
 * @returns {Carrier[]}
 */
function carryingElements(root) {
  const within = /** @type {ParentNode & Node} */ (root);
  return findAll(within, CARRIERS)
    .filter((element) => !closestTo(element, NOT_HEADER))
    .slice(0, MOST_CARRIERS)
    .flatMap((element) => {
      const mailbox = mailboxOf({ element });
      return mailbox.address ? [new Carrier(element, element, mailbox)] : [];
    });
}

/** Elements that no page has on purpose. */
const NAMED_LIKE_ADDRESS = '//*[contains(local-name(), "@")]';

/**
 * Addresses that the browser took for markup: a webmail that writes
 * `Anna <anna@garden.example>` as it came shows the name alone, and has an
 * element of the address's name.
 *
 * @param {Node} root
 * @returns {Carrier[]}
 */
function carryingTags(root) {
  if (typeOf(root) !== Node.DOCUMENT_NODE) {
    return [];
  }
  const page = /** @type {Document} */ (root);
  const tags = pathIn(page, NAMED_LIKE_ADDRESS, page, null, SNAPSHOT, null);
  /** @type {Carrier[]} */
  const found = [];
  for (let i = 0; i < Math.min(tags.snapshotLength, MOST_CARRIERS); i++) {
    const tag = /** @type {Element} */ (tags.snapshotItem(i));
    const shown = upFrom(tag);
    const address = addressIn(nameOf(tag));
    if (shown && address && !closestTo(tag, NOT_HEADER)) {
      const name = nameBefore(tag, '', true);
      found.push(new Carrier(shown, tag, { address, name }, true));
    }
  }
  return found;
}

/**
 * @param {Node} root
 * @returns {Carrier[]}
 */
function carryingTexts(root) {
  const page = documentAround(root) ?? /** @type {Document} */ (root);
  const walker = walkIn(page, root, TEXTS);
  /** @type {Carrier[]} */
  const found = [];
  for (let seen = 0; walker.nextNode() && seen < MOST_TEXTS; seen++) {
    const node = walker.currentNode;
    const element = upFrom(node);
    if (
      !element ||
      !node.nodeValue?.includes('@') ||
      closestTo(element, `${NOT_HEADER}, ${CARRIERS}`)
    ) {
      continue;
    }
    const text = node.nodeValue.slice(0, LONGEST_TEXT);
    for (const { 0: address, index } of text.matchAll(ADDRESS)) {
      const [before, after] = [
        text.slice(0, index),
        text.slice(index + address.length),
      ];
      if (!BEFORE_BRACKETED.test(after)) {
        const bracketed = /[<(]\s*$/.test(before || lastTextBefore(node));
        const name = nameBefore(node, before, bracketed);
        found.push(new Carrier(element, node, { address, name }, bracketed));
      }
    }
    if (found.length >= MOST_CARRIERS) {
      break;
    }
  }
  return found;
}

/**
 * The text before another, where they share a parent's parent.
 *
 * @param {Node} node
 */
function lastTextBefore(node) {
  const before = upFrom(node)?.previousSibling;
  return before?.nodeType === Node.TEXT_NODE ? (before.nodeValue ?? '') : '';
}

/** How far around an address its name may stand. */
const NAME_LEVELS = 3;

/**
 * The name that stands before an address: in the same text, else in the text
 * before it within the same line. It may itself be an address, where this
 * one stands in brackets.
 *
 * @param {Node} node
 * @param {string} before
 * @param {boolean} bracketed
 */
function nameBefore(node, before, bracketed) {
  const own = nameIn(withoutLabel(before), '');
  if (own) {
    return tidy(own, 500);
  }
  /** @type {Node} */
  let line = node;
  for (let level = 0; level < NAME_LEVELS; level++) {
    line = upFrom(line) ?? line;
  }
  const page = /** @type {Document} */ (documentAround(node));
  const walker = walkIn(page, line, TEXTS);
  walker.currentNode = node;
  while (walker.previousNode()) {
    const text = tidy(walker.currentNode.nodeValue, 500);
    const name = nameIn(withoutLabel(text), '');
    if (/[\p{L}\p{N}]/u.test(name)) {
      const isName = !labelIn(name) && (bracketed || !name.includes('@'));
      return isName ? name : '';
    }
  }
  return '';
}

/**
 * The address that one among others is the name of, or that one: a sender
 * may call himself by somebody else's address.
 *
 * @param {Carrier[]} carriers
 * @param {Carrier} one
 */
function realOne(carriers, one) {
  const line = upFrom(one.element);
  let real = one;
  for (const next of carriers.slice(carriers.indexOf(one) + 1)) {
    const isOther = next.spoken !== null && next.spoken !== 'from';
    if (!next.bracketed || !line || !holds(line, next.element) || isOther) {
      break;
    }
    real = next;
  }
  return real;
}

/**
 * @param {Node} a
 * @param {Node} b
 */
function isBefore(a, b) {
  return (compare(b, a) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
}
