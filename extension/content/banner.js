// The banner above a message: what is wrong, who it pretends to be, what the
// real domain is, what to do now.

/** How often a banner is put back within ten seconds. */
const MOST_REPAIRS = 12;

/** A banner above one message. */
class Banner {
  /**
   * @param {Found} found
   * @param {import('../protocol').Answer['check']} answer
   * @param {{
   *   onTrust: (scope: import('../protocol').Scope) => void,
   *   onUndo: (id: string) => void,
   *   onLost: () => void,
   * }} does
   */
  constructor(found, answer, does) {
    this.found = found;
    this.answer = answer;
    this.does = does;
    /** @type {number[]} */
    this.repairs = [];
    this.lost = false;
    this.raised = false;
    this.looking = false;
    /** Since when it cannot be seen; 0 while it can. */
    this.unseenSince = 0;
    /** What it stands before. */
    this.before = /** @type {HTMLElement} */ (found.place);
    /** @type {HTMLElement | null} */
    this.host = null;
    /** @type {ShadowRoot | null} */
    this.shadow = null;
    this.draw();
  }

  /** Builds it anew and puts it in its place. */
  draw() {
    this.host?.remove();
    const document = documentOf(this.found.place);
    const { host, shadow, restyle } = makeHost(document, HOST_STYLE);
    this.host = host;
    this.shadow = shadow;
    this.restyle = restyle;
    shadow.append(this.content(document));
    for (const event of OWN_EVENTS) {
      // Webmails act on clicks and keys within a message's head.
      host.addEventListener(event, (e) => e.stopPropagation());
    }
    if (this.raised) {
      this.lift();
    } else {
      this.put();
    }
  }

  /**
   * Puts it above the body and, where it does not come to stand there as
   * wide as the message, above what is around. Where things stand is asked
   * of an observer: measuring at once would have the page laid out in our
   * own time.
   *
   * @param {Element} [before]
   * @param {number} [level]
   */
  put(before = this.found.place, level = 0) {
    const host = /** @type {HTMLElement} */ (this.host);
    this.settle(before);
    parentOf(before)?.insertBefore(host, before);
    const parent = parentAcross(before);
    if (level >= 4 || !parent || isA(parent, 'body, html')) {
      return;
    }
    whereAre([host, before], ([box, body]) => {
      const page = topOf(documentOf(host)).clientWidth;
      if (host === this.host && !this.raised && box && body) {
        const [ours, theirs] = [
          box.boundingClientRect,
          body.boundingClientRect,
        ];
        if (!isAbove(ours, theirs, page)) {
          this.put(parent, level + 1);
        }
      }
    });
  }

  /**
   * Takes what it stands before for a layer of its own, below the banner:
   * nothing in a message can then lie over it.
   *
   * @param {Element | null} before
   */
  settle(before) {
    if (before !== this.before) {
      inlineStyle(this.before).removeProperty('isolation');
    }
    if (before) {
      this.before = /** @type {HTMLElement} */ (before);
      inlineStyle(this.before).setProperty('isolation', 'isolate', 'important');
    }
  }

  /** @param {Document} document */
  content(document) {
    const { verdict, trusted } = this.answer;
    const level = verdict?.level === 'danger' ? 'danger' : 'caution';
    const calm = trusted && level === 'caution';
    const box = make(document, 'section', {
      ...spoken(),
      class: `dc banner ${calm ? 'known' : level}`,
      'aria-label': [say('banner_label'), verdict?.sender?.unicode]
        .filter((words) => words)
        .join(': '),
    });
    box.classList.toggle('dark', isDarkBehind(this.found.place));
    if (!verdict) {
      return box;
    }
    const main = make(document, 'div', { class: 'main' });
    // Only what must be heard at once is read out, not every button.
    const told = make(document, 'div', {
      role: level === 'danger' ? 'alert' : 'status',
    });
    main.append(told);
    if (!calm) {
      box.append(icon(document, level));
      told.append(...this.sentences(document, verdict, level));
    }
    box.append(main);
    if (trusted) {
      told.append(make(document, 'p', { class: 'advice' }, this.knows()));
      main.append(this.undoing(document, trusted));
      return box;
    }
    told.append(make(document, 'p', { class: 'advice' }, advice(verdict)));
    const leak = incident(verdict);
    if (leak) {
      main.append(make(document, 'p', { class: 'note' }, leak));
    }
    main.append(...this.actions(document, verdict), ...this.support(document));
    return box;
  }

  /**
   * What is wrong, and the false host over the real one.
   *
   * @param {Document} document
   * @param {import('../protocol').Verdict} verdict
   * @param {string} level
   * @returns {Node[]}
   */
  sentences(document, verdict, level) {
    const beside = compared(document, verdict);
    return [
      make(
        document,
        'p',
        { class: 'headline' },
        make(document, 'strong', {}, `${say(`level_${level}`)}:`),
        ' ',
        ...headline(document, verdict),
      ),
      ...(beside ? [beside] : []),
    ];
  }

  /**
   * @param {Document} document
   * @param {import('../protocol').Verdict} verdict
   * @returns {Node[]}
   */
  actions(document, verdict) {
    const list = make(
      document,
      'ul',
      { id: 'reasons' },
      ...reasons(document, verdict),
    );
    list.hidden = true;
    const why = make(
      document,
      'button',
      { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'reasons' },
      say('banner_reasons'),
    );
    why.addEventListener('click', () => {
      list.hidden = !list.hidden;
      why.setAttribute('aria-expanded', String(!list.hidden));
      why.textContent = say(
        list.hidden ? 'banner_reasons' : 'banner_hide_reasons',
      );
    });
    const row = make(document, 'div', { class: 'actions' });
    const vendor = verdict.vendors[verdict.vendor ?? ''];
    if (vendor && /^https?:/.test(vendor.open)) {
      const words = say('banner_open', vendor.name);
      row.append(ownLink(document, vendor.open, words, 'button primary'));
    }
    if (list.childElementCount) {
      row.append(why);
    }
    if (vendor?.report) {
      const href = vendor.report.includes('://')
        ? vendor.report
        : `mailto:${vendor.report}`;
      const words = say('banner_report', vendor.name);
      row.append(ownLink(document, href, words, 'button'));
    }
    const choices = this.choices(document);
    if (this.answer.scopes.length) {
      row.append(this.knowing(document, choices));
    }
    return [row, choices, list];
  }

  /**
   * Whom to ask, in the administrator's own words.
   *
   * @param {Document} document
   * @returns {Node[]}
   */
  support(document) {
    const { support } = this.answer;
    if (!support) {
      return [];
    }
    const { text, url, email } = support;
    const line = make(document, 'p', { class: 'note' }, text || url || email);
    if (/^https:/.test(url)) {
      line.append(' ', ownLink(document, url, new URL(url).host, 'button'));
    }
    if (email) {
      line.append(' ', ownLink(document, `mailto:${email}`, email, 'button'));
    }
    return [line];
  }

  /**
   * The button "I know this sender", which shows how far that may reach.
   *
   * @param {Document} document
   * @param {HTMLElement} choices
   */
  knowing(document, choices) {
    const button = make(
      document,
      'button',
      {
        type: 'button',
        class: 'quiet push',
        'aria-expanded': 'false',
        'aria-controls': 'choices',
      },
      say('banner_known'),
    );
    button.addEventListener('click', (event) => {
      if (event.isTrusted) {
        choices.hidden = !choices.hidden;
        button.setAttribute('aria-expanded', String(!choices.hidden));
      }
    });
    return button;
  }

  /** @param {Document} document */
  choices(document) {
    const row = make(document, 'div', {
      id: 'choices',
      class: 'actions',
      role: 'group',
      'aria-label': say('banner_known'),
    });
    row.hidden = true;
    const domain = this.answer.verdict?.sender?.registrable ?? '';
    for (const scope of this.answer.scopes) {
      const words = say(`banner_known_${scope}`, domain);
      const button = make(document, 'button', { type: 'button' }, words);
      button.addEventListener('click', (event) => {
        if (event.isTrusted) {
          this.does.onTrust(scope);
        }
      });
      row.append(button);
    }
    return row;
  }

  /** What the user said of the sender. */
  knows() {
    const { trusted } = this.answer;
    const scope = trusted?.scope ?? 'message';
    return say(`known_${scope}`, trusted?.domain ?? '');
  }

  /**
   * @param {Document} document
   * @param {import('../protocol').Trusted} trusted
   */
  undoing(document, trusted) {
    const undo = make(
      document,
      'button',
      { type: 'button' },
      say('banner_undo'),
    );
    undo.addEventListener('click', (event) => {
      if (event.isTrusted) {
        this.does.onUndo(trusted.id);
      }
    });
    return make(document, 'div', { class: 'actions' }, undo);
  }

  /** Whether the keyboard is in the banner. */
  hasFocus() {
    return this.shadow !== null && this.shadow.activeElement !== null;
  }

  /** Takes the keyboard to the banner's first button. */
  focus() {
    this.shadow?.querySelector('button')?.focus({ preventScroll: true });
  }

  /**
   * Puts the banner back when the page removed, moved, hid or covered it;
   * gives up after a while, so that no loop of the page's keeps both busy,
   * and then the toolbar button says that the warning is hidden.
   */
  keep() {
    const { host } = this;
    if (this.lost || !host || !isAttached(this.found.place)) {
      return;
    }
    if (!this.raised) {
      this.settle(this.before);
    }
    if (!this.isInPlace(host)) {
      this.repair(() => this.draw());
    } else if (!this.looking) {
      this.looking = true;
      whereAre([host, this.found.place], ([box, body]) => {
        this.looking = false;
        if (host === this.host && box && body) {
          this.judge(host, box, body);
        }
      });
    }
  }

  /** @param {HTMLElement} host */
  isInPlace(host) {
    const { before, raised } = this;
    return (
      isAttached(host) &&
      documentOf(host) === documentOf(this.found.place) &&
      (raised || parentOf(host) === parentOf(before))
    );
  }

  /**
   * @param {HTMLElement} host
   * @param {IntersectionObserverEntry} box
   * @param {IntersectionObserverEntry} body
   */
  judge(host, box, body) {
    const { width, height } = body.boundingClientRect;
    const unseen =
      width > 0 &&
      height > 0 &&
      !host.closest('[inert]') &&
      (isHidden(host, box) || this.isCovered(host, box.boundingClientRect));
    const now = performance.now();
    if (!unseen) {
      this.unseenSince = 0;
    } else if (!this.unseenSince) {
      // A message may fade in, a menu may pass over it.
      this.unseenSince = now;
    } else if (now - this.unseenSince > PASSING) {
      this.repair(() => this.raise());
    }
  }

  /** @param {() => void} mend */
  repair(mend) {
    const now = performance.now();
    this.repairs = this.repairs.filter((then) => now - then < 10000);
    if (this.repairs.length >= MOST_REPAIRS) {
      this.lost = true;
      this.does.onLost();
      return;
    }
    this.repairs.push(now);
    mend();
  }

  /**
   * Whether something of the message lies over the banner. A menu of the
   * webmail may, for a while.
   *
   * @param {HTMLElement} host
   * @param {DOMRectReadOnly} box
   */
  isCovered(host, box) {
    const document = documentOf(host);
    const { clientWidth, clientHeight } = topOf(document);
    const { place } = this.found;
    const modal = findAll(document, 'dialog:modal');
    if (modal.some((dialog) => !holds(place, dialog))) {
      // The webmail's own: nothing else is asked where the mouse is.
      return false;
    }
    const middle = box.top + box.height / 2;
    return [0.06, 0.5, 0.94].some((share) => {
      const x = box.left + box.width * share;
      const inView =
        x > 0 && middle > 0 && x < clientWidth && middle < clientHeight;
      const asked = inView && !isScrolledAway(host, x, middle);
      const top = asked ? topmost(host, x, middle) : null;
      // Around it, only something that is drawn by a style lies over it.
      return (
        top !== null && top !== host && (holds(place, top) || holds(top, host))
      );
    });
  }

  /** Lifts the banner above everything that the page can stack. */
  raise() {
    if (!this.raised) {
      this.raised = true;
      this.settle(null);
      this.draw();
    } else if (this.host) {
      this.host.hidePopover();
      this.host.showPopover();
    }
  }

  /** Puts it into the browser's top layer, out of all that is around it. */
  lift() {
    const host = /** @type {HTMLElement} */ (this.host);
    topOf(documentOf(host)).append(host);
    this.restyle?.(RAISED);
    host.setAttribute('popover', 'manual');
    host.showPopover();
  }

  remove() {
    this.settle(null);
    this.host?.remove();
    this.host = null;
  }
}

/** How long something may pass over a banner, in milliseconds. */
const PASSING = 900;

/**
 * Tells where elements stand, after the page was laid out in its own time.
 *
 * @param {Element[]} elements
 * @param {(entries: (IntersectionObserverEntry | undefined)[]) => void} use
 */
function whereAre(elements, use) {
  const observer = new IntersectionObserver((entries) => {
    observer.disconnect();
    use(elements.map((one) => entries.find(({ target }) => target === one)));
  });
  for (const element of elements) {
    observer.observe(element);
  }
}

/**
 * The topmost element at a point, in the tree that an element is in.
 *
 * @param {Element} element
 * @param {number} x
 * @param {number} y
 */
function topmost(element, x, y) {
  const root = rootOf(element);
  const kind = typeOf(root) === Node.DOCUMENT_NODE ? Document : ShadowRoot;
  return kind.prototype.elementFromPoint.call(root, x, y);
}

/**
 * Whether a point of an element was scrolled out of what is around it, by
 * whoever reads.
 *
 * @param {Element} element
 * @param {number} x
 * @param {number} y
 */
function isScrolledAway(element, x, y) {
  const document = documentOf(element);
  let at = parentAcross(element);
  for (; at && documentOf(at) === document; at = around(at)) {
    const { left, right, top, bottom } = boxOf(at);
    const outside = x < left || x > right || y < top || y > bottom;
    const scrolls = at.scrollHeight > at.clientHeight;
    if (
      outside &&
      scrolls &&
      /auto|scroll/.test(styleOf(at)?.overflowY ?? '')
    ) {
      return true;
    }
  }
  return false;
}

/**
 * Whether an element of ours cannot be seen, through what its own style
 * cannot undo: the styles of what is around it.
 *
 * @param {HTMLElement} host
 * @param {IntersectionObserverEntry} entry
 */
function isHidden(host, { boundingClientRect: box }) {
  if (box.height < 20 || box.width < 120 || !isVisible(host)) {
    return true;
  }
  if (box.width < host.offsetWidth * 0.7) {
    return true;
  }
  let opacity = 1;
  let place = box;
  for (let at = parentAcross(host); at; at = around(at)) {
    if (isFrame(at)) {
      const { left, top } = boxOf(at);
      const { x, y, width, height } = place;
      place = new DOMRect(x + left, y + top, width, height);
    }
    const style = styleOf(at);
    opacity *= Number.parseFloat(style?.opacity ?? '1');
    if (
      style &&
      (opacity < 0.5 || isMasked(style) || cutsOff(at, style, place))
    ) {
      return true;
    }
  }
  return false;
}

/** @param {CSSStyleDeclaration} style */
function isMasked({ filter, clipPath, maskImage, mixBlendMode }) {
  return (
    [...filter.matchAll(FILTERS)].some(isBlinding) ||
    clipPath !== 'none' ||
    (maskImage !== undefined && maskImage !== 'none') ||
    mixBlendMode !== 'normal'
  );
}

/** A filter's name, its amount, and a percent sign or nothing. */
const FILTERS = /(opacity|blur|brightness|contrast)\(([\d.]+)(%?)/g;

/**
 * Whether a filter lets nothing be read; those that darken a page do.
 *
 * @param {RegExpExecArray} filter
 */
function isBlinding([, name, amount, percent]) {
  const value = Number(amount) / (percent ? 100 : 1);
  return name === 'blur' ? value > 1 : value < 0.4 || value > 4;
}

/**
 * Whether an element cuts off what stands in it, and cannot be scrolled to
 * show it.
 *
 * @param {Element} element
 * @param {CSSStyleDeclaration} style
 * @param {DOMRectReadOnly} box
 */
function cutsOff(element, { overflowX, overflowY }, box) {
  const cuts = /hidden|clip/;
  const whole = isViewports(element) ? scrollerIn(documentOf(element)) : null;
  const cut = whole ?? element;
  const { left, right, top, bottom, width, height } = isViewports(element)
    ? windowOf(element)
    : boxOf(element);
  const tiny = width < 120 || height < 20;
  const outside =
    box.left >= right ||
    box.right <= left ||
    box.top >= bottom ||
    box.bottom <= top;
  const full = cut.scrollHeight <= cut.clientHeight;
  return (
    (cuts.test(overflowX) || cuts.test(overflowY)) &&
    (tiny || (outside && full)) &&
    nameOf(element) !== 'iframe'
  );
}

/**
 * Whether what an element's style says of overflowing is the window's: that
 * of the body is, where the page's own element says nothing.
 *
 * @param {Element} element
 */
function isViewports(element) {
  const page = documentOf(element);
  const { overflowX, overflowY } = styleOf(topOf(page)) ?? {};
  return (
    element === bodyIn(page) &&
    overflowX === 'visible' &&
    overflowY === 'visible'
  );
}

/** @param {Element} element */
function windowOf(element) {
  const { innerWidth = 0, innerHeight = 0 } = viewOf(documentOf(element)) ?? {};
  return new DOMRect(0, 0, innerWidth, innerHeight);
}

/**
 * Whether a banner came to stand above the body, wide enough to be read.
 * It asks for no width of its own, so that it widens no box around it.
 *
 * @param {DOMRectReadOnly} banner
 * @param {DOMRectReadOnly} body
 * @param {number} page the width of the page
 */
function isAbove(banner, body, page) {
  const wide = banner.width >= Math.min(280, page * 0.6);
  return wide && banner.bottom <= body.top + 12;
}

/** Events that stay within our own parts. */
const OWN_EVENTS = [
  'click',
  'auxclick',
  'dblclick',
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'keydown',
  'keyup',
  'keypress',
];

/** A banner in the top layer, over whatever covered it. */
const RAISED = HOST_STYLE.replace(
  'position: relative !important; ',
  'position: fixed !important; inset: 0 0 auto 0 !important; ',
);

/**
 * A link of ours, opened in a tab that knows nothing of the webmail.
 *
 * @param {Document} document
 * @param {string} href
 * @param {string} words
 * @param {string} look
 */
function ownLink(document, href, words, look) {
  return make(
    document,
    'a',
    { href, class: look, target: '_blank', rel: 'noopener noreferrer' },
    words,
  );
}
