// Guards the links of a message: an activation of a bad one opens a card
// instead. Listens in the capture phase, before the page does.

/** How many links get a mark. */
const MOST_MARKS = 200;

/** Ways to follow a link, or to hand it on. */
const ACTIVATIONS = ['click', 'auxclick', 'keydown', 'dragstart', 'submit'];
/** What a page might act on before. */
const BEFORE = ['pointerdown', 'mousedown', 'pointerup', 'mouseup'];

/** The guard of one message. */
class Guard {
  /**
   * @param {Content} content
   * @param {import('../protocol').Answer['check']} answer
   */
  constructor(content, answer) {
    this.content = content;
    this.verdict = answer.verdict;
    this.trusted = answer.trusted !== null;
    /** The worst finding of each link, by the link's index. */
    /** @type {Map<number, import('../protocol').Finding>} */
    this.bad = new Map();
    for (const finding of answer.verdict?.findings ?? []) {
      const { link } = finding.evidence;
      const counts = finding.level === 'danger' || finding.level === 'caution';
      if (counts && typeof link === 'number' && !this.bad.has(link)) {
        this.bad.set(link, finding);
      }
    }
    /** Where each link leads. */
    this.targets = new Map(
      (answer.verdict?.links ?? []).map((target) => [target.link, target]),
    );
    /** Links that the user chose to open. */
    /** @type {WeakSet<Element>} */
    this.passed = new WeakSet();
    /** @type {Map<Element, HTMLElement>} */
    this.marks = new Map();
    this.marking = false;
    this.removed = false;
  }

  /**
   * Why a link must not open at once; null when it may.
   *
   * @param {Element} element
   * @returns {Stop | null}
   */
  stopFor(element) {
    const href = targetOf(element);
    if (href === null || this.passed.has(element)) {
      return null;
    }
    const index = this.content.places.get(element);
    const checked = this.content.links[index ?? -1];
    if (checked && hostname(checked.href) !== hostname(href)) {
      return this.stop(element, href, null, say('card_changed'));
    }
    if (this.trusted || !this.verdict) {
      return null;
    }
    if (!checked) {
      const warned = this.verdict.level === 'danger';
      return warned
        ? this.stop(element, href, null, say('card_unchecked'))
        : null;
    }
    return this.isBad(/** @type {number} */ (index))
      ? this.stop(element, href, index ?? null, '')
      : null;
  }

  /**
   * In a danger mail every link is suspect that does not lead to a known
   * vendor; in a milder one those that a finding names.
   *
   * @param {number} index
   */
  isBad(index) {
    if (this.bad.has(index)) {
      return true;
    }
    const target = this.targets.get(index);
    const href = this.content.links[index]?.href ?? '';
    return (
      this.verdict?.level === 'danger' &&
      /^(https?|ftp):/i.test(href) &&
      !target?.identity
    );
  }

  /**
   * @param {Element} element
   * @param {string} href
   * @param {number | null} index
   * @param {string} reason
   * @returns {Stop}
   */
  stop(element, href, index, reason) {
    const target = this.targets.get(index ?? -1);
    const vendor = this.verdict?.vendors[this.verdict.vendor ?? ''];
    const host = index === null ? plainHost(href) : (target?.host ?? null);
    return {
      element,
      says: readLink(element).text,
      href,
      host,
      marks: host && this.verdict ? marksOf(host, this.verdict) : [],
      reason,
      poses: this.trusted ? null : (vendor ?? null),
      level: this.verdict?.level === 'danger' ? 'danger' : 'caution',
      go: () => this.open(element, href),
    };
  }

  /**
   * Follows a link after all: in a tab of its own, or by sending the form.
   *
   * @param {Element} element
   * @param {string} href
   */
  open(element, href) {
    this.passed.add(element);
    if (element.matches('a, area')) {
      const link = ownLink(element.ownerDocument, href, '', '');
      OURS.add(link);
      link.click();
    } else {
      const button = /** @type {HTMLButtonElement} */ (element);
      const form = /** @type {HTMLFormElement} */ (
        element.closest('form') ?? button.form
      );
      this.passed.add(form);
      form?.requestSubmit(element === form ? null : button);
    }
    setTimeout(() => this.passed.delete(element), 0);
  }

  /** Marks the bad links, so that they are seen before they are clicked. */
  async mark() {
    if (this.trusted || this.marking) {
      return;
    }
    this.marking = true;
    let slice = performance.now();
    for (const [element, index] of this.content.places) {
      if (this.removed || this.marks.size >= MOST_MARKS) {
        break;
      }
      if (performance.now() - slice > SLICE) {
        await breathe();
        slice = performance.now();
      }
      const known = this.marks.get(element);
      if (this.isBad(index) && element.isConnected && !known?.isConnected) {
        this.markOne(element);
      }
    }
    this.marking = false;
  }

  /** @param {Element} element */
  markOne(element) {
    const document = element.ownerDocument;
    const style = /** @type {HTMLElement} */ (element).style;
    const level = this.verdict?.level === 'danger' ? 'danger' : 'caution';
    const dark = isDarkBehind(element);
    const color = MARK_COLORS[level]?.[dark ? 1 : 0] ?? '';
    const line = level === 'danger' ? 'solid' : 'dashed';
    style.setProperty('outline', `2px ${line} ${color}`, 'important');
    style.setProperty('outline-offset', '2px', 'important');
    if (!element.matches('a')) {
      return;
    }
    const host = smallMark(document, level, say('mark_label'), dark);
    element.after(host);
    this.marks.set(element, host);
  }

  remove() {
    this.removed = true;
    for (const [element, host] of this.marks) {
      host.remove();
      const style = /** @type {HTMLElement} */ (element).style;
      style.removeProperty('outline');
      style.removeProperty('outline-offset');
    }
    this.marks.clear();
  }
}

/** @param {string} href */
function hostname(href) {
  return URL.canParse(href)
    ? new URL(href).protocol + new URL(href).host
    : href;
}

/**
 * @param {string} href
 * @returns {import('../protocol').HostParts | null}
 */
function plainHost(href) {
  const host = URL.canParse(href) ? new URL(href).hostname : '';
  return host ? { host, unicode: host, registrable: host } : null;
}

/**
 * Watches a document for activations. Adding the same listener again does
 * nothing, so this may run at every scan: `document.open` drops listeners.
 *
 * @param {Document} document
 */
function guardDocument(document) {
  for (const event of [...ACTIVATIONS, ...BEFORE]) {
    document.addEventListener(event, onActivation, true);
  }
}

/** @param {Event} event */
function onActivation(event) {
  const isKey = event.type === 'keydown';
  if (isKey && /** @type {KeyboardEvent} */ (event).key !== 'Enter') {
    return;
  }
  const element = activated(event);
  const stop = element && !OURS.has(element) ? guardOf(element) : null;
  if (!stop) {
    return;
  }
  event.stopImmediatePropagation();
  if (BEFORE.includes(event.type)) {
    return;
  }
  event.preventDefault();
  if (event.isTrusted || event.type === 'submit') {
    showCard(stop);
  }
}

/**
 * What an event activates: a link, a button that sends a form, a form.
 *
 * @param {Event} event
 * @returns {Element | null}
 */
function activated(event) {
  if (event.type === 'submit') {
    const { submitter } = /** @type {SubmitEvent} */ (event);
    const form = /** @type {Element} */ (event.target);
    return submitter?.hasAttribute('formaction') ? submitter : form;
  }
  for (const node of event.composedPath()) {
    const element = /** @type {Element} */ (node);
    if (element.nodeType === Node.ELEMENT_NODE && element.matches(LEADS)) {
      return element.localName === 'form' ? null : element;
    }
  }
  return null;
}

/**
 * @param {Element} element
 * @returns {Stop | null}
 */
function guardOf(element) {
  for (const message of watched) {
    if (
      message.root?.contains(element) ||
      message.content?.places.has(element)
    ) {
      return message.guard?.stopFor(element) ?? null;
    }
  }
  return null;
}
