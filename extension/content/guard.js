// Guards the links of a message: an activation of a bad one opens a card
// instead. Listens in the capture phase, before the page does.

/** How many links get a mark. */
const MOST_MARKS = 200;

/** Ways to follow a link, or to hand it on. */
const ACTIVATIONS = [
  'click',
  'auxclick',
  'keydown',
  'dragstart',
  'contextmenu',
  'submit',
];
/** What a page might act on before. */
const BEFORE = ['pointerdown', 'mousedown', 'pointerup', 'mouseup'];

/**
 * What the user chose to open. It outlives a guard: a message may be judged
 * again, and get another guard, while its card is open.
 */
/** @type {WeakSet<Element>} */
const PASSED = new WeakSet();

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
    /** @type {Map<Element, HTMLElement>} */
    this.marks = new Map();
    /** What has a line around it. */
    /** @type {Set<Element>} */
    this.outlined = new Set();
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
    if (href === null || PASSED.has(element)) {
      return null;
    }
    const index = this.content.places.get(element);
    const checked = this.content.links[index ?? -1];
    if (checked && isChanged(checked, element, href)) {
      return this.stop(element, href, null, say('card_changed'));
    }
    if (this.trusted || !this.verdict) {
      return null;
    }
    if (!checked) {
      return this.verdict.level === 'danger' || this.content.unread
        ? this.stop(element, href, null, say('card_unchecked'))
        : null;
    }
    return this.isBad(/** @type {number} */ (index))
      ? this.stop(element, href, index ?? null, '')
      : null;
  }

  /**
   * Whether a link came into view after the message was read.
   *
   * @param {Element} element
   */
  isNew(element) {
    return (
      this.verdict !== null &&
      !this.trusted &&
      targetOf(element) !== null &&
      !PASSED.has(element) &&
      !this.content.places.has(element)
    );
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
      kind: /^(form|button|input)$/.test(nameOf(element)) ? 'form' : 'link',
      element,
      says: readOne(element)?.text ?? '',
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
    if (/^(form|button|input)$/.test(nameOf(element))) {
      this.send(element);
    } else {
      const link = ownLink(documentOf(element), href, '', '');
      OURS.add(link);
      link.click();
    }
  }

  /**
   * Sends the form of a button, or a form.
   *
   * @param {Element} element
   */
  send(element) {
    const isForm = nameOf(element) === 'form';
    const { form } = /** @type {HTMLButtonElement} */ (element);
    const sent = /** @type {HTMLFormElement | null} */ (
      isForm ? element : form
    );
    if (sent) {
      pass(element);
      pass(sent);
      submitForm(
        sent,
        isForm ? null : /** @type {HTMLButtonElement} */ (element),
      );
    }
  }

  /** Marks the bad links, so that they are seen before they are clicked. */
  async mark() {
    if (this.trusted || this.marking) {
      return;
    }
    this.marking = true;
    const slices = new Slices();
    // All questions come before the first mark: after each mark a question
    // would have the whole page laid out anew.
    for (const [element, isDark] of await this.unmarked(slices)) {
      if (slices.isFull()) {
        await slices.next();
      }
      if (this.removed) {
        break;
      }
      this.markOne(element, isDark);
    }
    this.marking = false;
  }

  /**
   * The bad links without a mark, as many as may get one, and whether each
   * stands on a dark ground.
   *
   * @param {Slices} slices
   * @returns {Promise<[Element, boolean][]>}
   */
  async unmarked(slices) {
    /** @type {[Element, boolean][]} */
    const found = [];
    for (const [element, index] of this.content.places) {
      if (slices.isFull()) {
        await slices.next();
      }
      if (this.removed || this.outlined.size + found.length >= MOST_MARKS) {
        break;
      }
      if (this.isBad(index) && this.isUnmarked(element)) {
        found.push([element, isDarkBehind(element)]);
      }
    }
    return found;
  }

  /** @param {Element} element */
  isUnmarked(element) {
    const mark = this.marks.get(element);
    const known = mark ? isAttached(mark) : this.outlined.has(element);
    return isAttached(element) && !known;
  }

  /**
   * @param {Element} element
   * @param {boolean} dark
   */
  markOne(element, dark) {
    if (spaceOf(element) !== HTML) {
      return;
    }
    const style = inlineStyle(/** @type {HTMLElement} */ (element));
    const level = this.verdict?.level === 'danger' ? 'danger' : 'caution';
    const color = MARK_COLORS[level]?.[dark ? 1 : 0] ?? '';
    const line = level === 'danger' ? 'solid' : 'dashed';
    style.setProperty('outline', `2px ${line} ${color}`, 'important');
    style.setProperty('outline-offset', '2px', 'important');
    this.outlined.add(element);
    if (nameOf(element) !== 'a') {
      return;
    }
    const document = documentOf(element);
    const host = smallMark(document, level, say('mark_label'), dark);
    element.after(host);
    this.marks.set(element, host);
  }

  remove() {
    this.removed = true;
    for (const host of this.marks.values()) {
      host.remove();
    }
    for (const element of this.outlined) {
      const style = inlineStyle(/** @type {HTMLElement} */ (element));
      style.removeProperty('outline');
      style.removeProperty('outline-offset');
    }
    this.marks.clear();
  }
}

const HTML = 'http://www.w3.org/1999/xhtml';
const inlineStyle = property(HTMLElement, 'style');
const submitForm = method(HTMLFormElement, 'requestSubmit');

/**
 * Lets an element be activated once.
 *
 * @param {Element} element
 */
function pass(element) {
  PASSED.add(element);
  setTimeout(() => PASSED.delete(element), 0);
}

/**
 * Whether a link leads elsewhere than when it was read, or now shows another
 * address than where it leads.
 *
 * @param {import('../protocol').MessageLink} checked
 * @param {Element} element
 * @param {string} href
 */
function isChanged(checked, element, href) {
  if (destination(checked.href) !== destination(href)) {
    return true;
  }
  const text = readOne(element)?.text ?? '';
  const host = URL.canParse(href) ? new URL(href).hostname : '';
  return (
    text !== checked.text && /\w\.\w{2}/.test(text) && !text.includes(host)
  );
}

/**
 * What tells one destination from another: the site, and the address that a
 * redirector carries.
 *
 * @param {string} href
 */
function destination(href) {
  if (!URL.canParse(href)) {
    return href;
  }
  const { protocol, host, pathname, search, hash } = new URL(href);
  const carried = /https?(?::|%3a).*/i.exec(pathname + search + hash);
  return protocol + host + (carried?.[0] ?? '');
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
 * Watches a document for activations, at its window, before the page's own
 * listeners. Adding the same listener again does nothing, so this may run at
 * every scan: `document.open` drops listeners.
 *
 * @param {Document} document
 */
function guardDocument(document) {
  const view = viewOf(document);
  if (view) {
    watchActivations(view);
  }
}

/**
 * Watches a shadow root in a message: from outside a closed one, nobody
 * sees which link in it is activated.
 *
 * @param {ShadowRoot} shadow
 */
function guardRoot(shadow) {
  watchActivations(shadow);
  observe(shadow);
}

/** @param {EventTarget} target */
function watchActivations(target) {
  for (const event of [...ACTIVATIONS, ...BEFORE]) {
    listen(target, event, onActivation, true);
  }
}

/** @param {Event} event */
function onActivation(event) {
  if (isIdle(event)) {
    return;
  }
  const element = activated(event);
  const message = element && !OURS.has(element) ? messageWith(element) : null;
  if (!element || !message?.guard) {
    return;
  }
  const stop = message.guard.stopFor(element);
  if (stop) {
    hold(event, stop);
  } else if (
    message.guard.isNew(element) &&
    /^(click|auxclick|submit)$/.test(event.type)
  ) {
    event.stopImmediatePropagation();
    event.preventDefault();
    if (event.isTrusted || event.type === 'submit') {
      judgeFirst(message, message.guard, element, event);
    }
  }
}

/**
 * Whether an event opens nothing: other keys than Enter, other buttons than
 * the wheel.
 *
 * @param {Event} event
 */
function isIdle(event) {
  switch (event.type) {
    case 'keydown':
      return /** @type {KeyboardEvent} */ (event).key !== 'Enter';
    case 'auxclick':
      return /** @type {MouseEvent} */ (event).button !== 1;
    default:
      return false;
  }
}

/**
 * @param {Event} event
 * @param {Stop} stop
 */
function hold(event, stop) {
  if (event.type === 'contextmenu' && stop.level !== 'danger') {
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
 * Follows a link that was not there when its message was read only after
 * the message was judged with it.
 *
 * @param {Watched} message
 * @param {Guard} guard
 * @param {Element} element
 * @param {Event} event
 */
async function judgeFirst(message, guard, element, event) {
  message.dirty = true;
  await judge(message);
  const stop = message.guard?.stopFor(element);
  if (stop) {
    showCard(stop);
    return;
  }
  const now = message.guard ?? guard;
  if (event.type === 'submit') {
    now.send(element);
  } else if (event.type === 'auxclick') {
    now.open(element, targetOf(element) ?? '');
  } else {
    const { ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    const how = { ctrlKey, metaKey, shiftKey };
    pass(element);
    const again = { bubbles: true, cancelable: true, composed: true, ...how };
    element.dispatchEvent(new MouseEvent('click', again));
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
    const { submitter, target } = /** @type {SubmitEvent} */ (event);
    const form = /** @type {Element} */ (target);
    return submitter && targetOf(submitter) !== null ? submitter : form;
  }
  for (const node of event.composedPath()) {
    const element = /** @type {Element} */ (node);
    if (isElement(node) && targetOf(element) !== null) {
      return nameOf(element) === 'form' ? null : element;
    }
  }
  return null;
}

/**
 * @param {EventTarget} target
 * @returns {target is Element}
 */
function isElement(target) {
  try {
    return typeOf(/** @type {Node} */ (target)) === Node.ELEMENT_NODE;
  } catch {
    // A window is no node.
    return false;
  }
}

/**
 * The message that an element belongs to.
 *
 * @param {Element} element
 * @returns {Watched | null}
 */
function messageWith(element) {
  return (
    watched.find(
      (message) =>
        message.content?.places.has(element) ||
        (message.root && isWithin(message.root, element)),
    ) ?? null
  );
}
