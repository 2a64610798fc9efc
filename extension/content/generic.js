// The recipe for a webmail that nobody listed, and for a listed one that has
// changed: finds the open message by meaning. A body is what is called or
// marked as one, or what follows the sender; the sender is the address above
// it that the page calls so, else the nearest that it calls nothing else.

/** Attributes in which elements are named. */
const NAMED_IN = ['id', 'class', 'data-testid', 'data-test-id'];
/** What may be a message's body by its name or its mark; a first choice. */
const BODY_LIKE = [
  '[role=document]',
  '[itemprop=articleBody]',
  'article',
  ...NAMED_IN.flatMap((attribute) =>
    ['body', 'content', 'text', 'html'].map(
      (word) => `[${attribute}*=${word} i]`,
    ),
  ),
].join(', ');
/** The names of message bodies among those. */
const BODY_NAME =
  /(?:mail|message|msg)[-_]*(?:body|content|text|html)|(?:^|[^a-z])bodytext/i;
/** What a name ends with where it is that of something beside a body. */
const BESIDE_BODY =
  /(?:notice|note|hint|info|warning|alert|header|head|title|label|menu|toolbar|button|icon|footer)s?$/i;

/** How many elements a label may hold. */
const LABEL_PARTS = 2;
/** How many levels above the body a header may stand. */
const HIGHEST = 8;
/** Up to here an address that the page calls nothing may be the sender. */
const NEAR = 5;

/**
 * The bodies of open messages in a document that no recipe knows, and why a
 * message that is shown cannot be read.
 *
 * @param {Document} document
 * @returns {Containers}
 */
function genericContainers(document) {
  if (!bodyIn(document)) {
    return { containers: [], unread: null };
  }
  const frames = findAll(document, 'iframe').filter(
    (frame) => isShown(frame) && isBodyLike(frame),
  );
  const named = findAll(bodyIn(document), BODY_LIKE)
    .filter(isCalledBody)
    .slice(0, 200)
    .filter((element) => isShown(element) && isBodyLike(element));
  const candidates = [...frames, ...named];
  const chosen = chosenBodies(candidates);
  if (chosen.length) {
    const lacks = named.some(
      (body) =>
        !chosen.some((one) => holds(one, body) || holds(body, one)) &&
        hasRecipient(body, candidates),
    );
    const unread = lacks ? 'no-sender' : null;
    return { containers: chosen.slice(0, 20), unread };
  }
  const sender = labelledSender(document);
  const below = sender && bodyBelow(sender.element);
  if (!below) {
    return { containers: [], unread: whyNot(document, sender, named) };
  }
  const { body, isWhole } = below;
  return isBetween(sender, body)
    ? { containers: [], unread: null }
    : { containers: [body], unread: null, isPart: !isWhole };
}

/**
 * Whether another sender stands between one and a body: they are rows of a
 * list, and what follows it is no message.
 *
 * @param {Carrier} sender
 * @param {Element} body
 */
function isBetween(sender, body) {
  return carriersIn(documentOf(body)).some(
    ({ spoken, mailbox, node, element }) =>
      spoken === 'from' &&
      mailbox.address !== sender.mailbox.address &&
      isBefore(sender.node, node) &&
      isBefore(element, body) &&
      !holds(element, body) &&
      isShown(element),
  );
}

/** @param {Element} element */
function isCalledBody(element) {
  return (
    isMarkedBody(element) ||
    NAMED_IN.flatMap((attribute) =>
      (attributeOf(element, attribute) ?? '').slice(0, 500).split(/\s+/),
    ).some((name) => BODY_NAME.test(name) && !BESIDE_BODY.test(name))
  );
}

/**
 * Whether an element is marked as a text of any kind.
 *
 * @param {Element} element
 */
function isMarkedBody(element) {
  return isA(element, 'article, [role=document], [itemprop=articleBody]');
}

/**
 * Why no body was found, where a message is shown all the same.
 *
 * @param {Document} document
 * @param {Carrier | null} sender
 * @param {Element[]} named what is called a body
 * @returns {import('../protocol').UnreadReason | null}
 */
function whyNot(document, sender, named) {
  if (sender) {
    return isBeingWritten(sender.element) ? null : 'no-body';
  }
  const lacks =
    carriersIn(document).some(isRecipientOfMail) ||
    named.some((body) => hasAuthor(body) || hasHeader(body));
  return lacks ? 'no-sender' : null;
}

/** What a webmail's own page has, and a mail's HTML has not. */
const OF_WEBMAIL = 'script, button, [role], [tabindex]';

/**
 * Whether a page shows nothing of the webmail's own and leads away from it:
 * a webmail opened a mail's HTML there, without a header.
 *
 * @param {Document} document
 */
function isMailAlone(document) {
  const leading = findAll(document, 'a[href], area[href], form').filter(
    (element) => !/^(?:#|mailto:)/i.test(attributeOf(element, 'href') ?? ''),
  );
  return (
    window === window.top &&
    !findFirst(document, OF_WEBMAIL) &&
    leading.length > 0 &&
    leading.every(leadsAway)
  );
}

/**
 * Whether a recipient is shown above a body that has no sender.
 *
 * @param {Element} body
 * @param {Element[]} bodies
 */
function hasRecipient(body, bodies) {
  for (const [around, level] of partsAround(body)) {
    const carriers = carriersAbove(around, body, bodies);
    if (carriers.length || level + 1 >= NEAR) {
      return carriers.some(({ spoken }) => spoken === 'to');
    }
  }
  return false;
}

/**
 * Of bodies within each other the outermost with a sender of its own: what
 * lies within may be a mail's imitation. One whose sender is but a bare
 * address somewhere above gives way to one inside it, as it may be what is
 * around the message.
 *
 * @param {Element[]} candidates
 */
function chosenBodies(candidates) {
  const found = [...new Set(candidates)].flatMap((body) => {
    const above = senderAbove(body, candidates);
    return above ? [{ body, weak: above.weak }] : [];
  });
  const good = found.filter(
    (one) =>
      !one.weak ||
      !found.some((other) => isIn(other.body, one.body) && !other.weak),
  );
  return good
    .filter((one) => !good.some((other) => isIn(one.body, other.body)))
    .map(({ body }) => onlyFrameIn(body));
}

/**
 * @param {Element} inner
 * @param {Element} outer
 */
function isIn(inner, outer) {
  return inner !== outer && holds(outer, inner);
}

/**
 * The frame that holds all of a body, or the body.
 *
 * @param {Element} body
 */
function onlyFrameIn(body) {
  const [frame, more] = findAll(body, 'iframe');
  const alone =
    frame && !more && isLarge(frame) && !(textOf(body) ?? '').trim();
  return alone ? frame : body;
}

/**
 * The first address that the page calls the sender's, or one that it calls
 * nothing and that a recipient follows.
 *
 * @param {Document} document
 * @returns {Carrier | null}
 */
function labelledSender(document) {
  const carriers = carriersIn(document).filter(
    ({ element, ofPage }) => isShown(element) && !ofPage,
  );
  const sender =
    carriers.find(({ spoken }) => spoken === 'from') ??
    carriers.find((one, i) => {
      const next = carriers[i + 1];
      return (
        one.spoken === null &&
        next?.spoken === 'to' &&
        next.mailbox.address !== one.mailbox.address &&
        isBeside(next, one) &&
        !one.listed
      );
    });
  return sender ? realOne(carriers, sender) : null;
}

/**
 * Whether two addresses stand in the same small part of the page.
 *
 * @param {Carrier} a
 * @param {Carrier} b
 */
function isBeside(a, b) {
  /** @type {Element | null} */
  let around = b.element;
  for (let level = 0; level < NEAR && around; level++) {
    around = upFrom(around);
    if (around && isA(around, 'body, main')) {
      return false;
    }
    if (around && holds(around, a.element)) {
      return true;
    }
  }
  return false;
}

/** How much is written in what must be a body, in UTF-16 units. */
const SURE_LENGTH = 40;
/** What is for the hand, not to be read. */
const FOR_THE_HAND =
  'button, select, label, nav, time, [role=button], [role=tab], ' +
  '[role=tooltip], [role=toolbar], [role=menu]';

/**
 * @typedef {object} Below
 * @property {Element} body
 * @property {boolean} isWhole whether all that is written there is in it
 */

/**
 * The body of a message that is called nothing in particular: of what
 * follows its sender, the nearest in which something is written. Whatever
 * else is written there may be of the message, too, where the page puts its
 * parts beside each other.
 *
 * @param {Element} sender
 * @returns {Below | null}
 */
function bodyBelow(sender) {
  if (goesOn(sender)) {
    return null;
  }
  const body = bodyIn(documentOf(sender));
  /** @type {Element | null} */
  let best = null;
  let most = 0;
  /** @type {Element[]} */
  let beside = [];
  /** @type {Element | null} */
  let at = sender;
  for (let level = 0; at && at !== body && level < HIGHEST; level++) {
    const found = [];
    let ended = false;
    for (let next = afterOf(at); next; next = afterOf(next)) {
      const frame = onlyFrameIn(next);
      if (isFrame(frame) && isShown(frame) && isBodyLike(frame)) {
        return { body: frame, isWhole: true };
      }
      // What a rule sets apart below a text is something else.
      ended ||= nameOf(next) === 'hr' && found.length > 0;
      const written =
        isHeader(next) || isNextLine(next, at) ? 0 : proseLength(next);
      if (written > 0 && isShown(next)) {
        found.push(next);
        if (written > most && !ended && isBodyLike(next)) {
          best = next;
          most = written;
        }
      }
    }
    if (best && found.includes(best)) {
      beside = found.filter((one) => one !== best);
    }
    if (most >= SURE_LENGTH) {
      break;
    }
    at = parentAcross(at);
  }
  return best && { body: asTyped(best, most), isWhole: !areOfMessage(beside) };
}

/**
 * Whether header and text stand in one element as they were typed: the text
 * is no element that could be read.
 *
 * @param {Element} sender
 */
function goesOn(sender) {
  const typed = closestTo(sender, 'pre');
  return /@.*\n\s*\n\s*\S/s.test((typed && textOf(typed)) ?? '');
}

/**
 * Whether an element is another line of the list that a header's line stands
 * in.
 *
 * @param {Element} element
 * @param {Element} line
 */
function isNextLine(element, line) {
  return nameOf(line) === 'li' && nameOf(element) === 'li';
}

/**
 * Whether something of a message may stand in these parts of a page: a link
 * that leads away from the webmail, or more text than a menu's.
 *
 * @param {Element[]} parts
 */
function areOfMessage(parts) {
  const links = parts.flatMap((part) =>
    nameOf(part) === 'a' ? [part] : findAll(part, 'a[href]'),
  );
  const [all, linked] = [parts, links].map((elements) =>
    elements.map(proseLength).reduce((sum, length) => sum + length, 0),
  );
  return links.some(leadsAway) || (all ?? 0) - (linked ?? 0) >= SURE_LENGTH;
}

/** @param {Element} link */
function leadsAway(link) {
  const target = targetOf(link) ?? '';
  const url = URL.canParse(target) ? new URL(target) : null;
  return /^https?:$/.test(url?.protocol ?? '') && url?.host !== location.host;
}

/**
 * How much is written in an element beside its buttons, in UTF-16 units.
 *
 * @param {Element} element
 */
function proseLength(element) {
  const controls = findAll(element, FOR_THE_HAND).filter(
    (control) => !upFrom(control)?.closest(FOR_THE_HAND),
  );
  return [element, ...controls]
    .map((part) => (textOf(part) ?? '').trim().length)
    .reduce((all, control) => all - control);
}

/** @param {Element} element */
function insideControl(element) {
  const outer = upFrom(element);
  return outer !== null && closestTo(outer, FOR_THE_HAND) !== null;
}

/**
 * The text as it was typed, where that is nearly all that is written.
 *
 * @param {Element} body
 * @param {number} written
 */
function asTyped(body, written) {
  const [pre, more] = findAll(body, 'pre');
  const length = (pre?.textContent ?? '').trim().length;
  return pre && !more && length > 0.8 * written ? pre : body;
}

/** A time of day, as the date of a mail shows it. */
const CLOCK = /\b\d{1,2}[:.]\d{2}\b/;
/** The longest header that holds an address or a time without a label. */
const LONGEST_HEADER = 120;

/**
 * Whether an element below the sender is another header: it begins with a
 * label, or is short and holds an address or a time. What a rule sets apart,
 * or is shown as it was typed, is none.
 *
 * @param {Element} element
 */
function isHeader(element) {
  if (isA(element, 'pre, hr ~ *')) {
    return false;
  }
  const text = (textOf(element) ?? '').trim();
  const short = text.length < LONGEST_HEADER;
  if (!short && findFirst(element, 'p, blockquote')) {
    return false;
  }
  const before = beforeOf(element)?.textContent ?? '';
  const first = findFirst(element, 'th, dt, label, b, strong, span');
  return (
    nameOf(element) === 'time' ||
    leadingLabel(text.split('\n', 1)[0] ?? '') !== null ||
    [text, before, first?.textContent].some((t) => labelIn(t ?? '')) ||
    (short && (addressIn(text) !== '' || CLOCK.test(text)))
  );
}

/**
 * Whether a message is being written around an element.
 *
 * @param {Element} element
 */
function isBeingWritten(element) {
  /** @type {Element | null} */
  let at = element;
  for (let level = 0; at && level < NEAR && !isA(at, 'body'); level++) {
    if (findFirst(at, 'textarea, [contenteditable=true], input[type=text]')) {
      return true;
    }
    at = upFrom(at);
  }
  return false;
}

/** @param {Element} element */
function isLarge(element) {
  const { width, height } = boxOf(element);
  return width >= 120 && height >= 12;
}

/** @param {Element} element */
function isBodyLike(element) {
  const inner = frameDocument(element);
  return (
    isLarge(element) &&
    inner?.designMode !== 'on' &&
    !inner?.body?.isContentEditable &&
    !isA(element, 'body, html, textarea, nav, header, footer') &&
    !closestTo(element, '[contenteditable=true], nav, [role=listbox]') &&
    !findFirst(element, 'textarea, [contenteditable=true]')
  );
}

/**
 * The sender above a body: in the smallest part of the page around it that
 * shows one, the address that the page calls so, else a near one that it
 * calls nothing else. Above a frame, which may hold anything, a recipient
 * must be there too.
 *
 * @param {Element} body
 * @param {Element[]} [bodies] others, whose headers are not this one's
 * @returns {Sender | null}
 *
 * @typedef {object} Sender
 * @property {Carrier} carrier
 * @property {number} level how far above the body
 * @property {boolean} weak whether it is nothing but an address
 */
function senderAbove(body, bodies = []) {
  /** @type {Sender | null} */
  let unspoken = null;
  let recipients = NEAR;
  for (const [around, level] of partsAround(body)) {
    const carriers = carriersAbove(around, body, bodies);
    const spoken = carriers.find((one) => one.spoken === 'from');
    if (spoken) {
      return { carrier: realOne(carriers, spoken), level, weak: false };
    }
    const others = carriers.filter(
      ({ label }) => label !== null && label !== 'from',
    );
    const near = carriers.filter(
      ({ label, mailbox, listed }) =>
        (label === 'from' || label === null) &&
        !others.some((other) => other.mailbox.address === mailbox.address) &&
        !listed,
    );
    const carrier = near.find(({ label }) => label === 'from') ?? near[0];
    if (!carrier) {
      unspoken = null;
    } else if (!isFrame(body) || others.length) {
      const weak =
        carrier.label === null && !carrier.mailbox.name && !others.length;
      unspoken ??= { carrier: realOne(carriers, carrier), level, weak };
    }
    if (others.some(({ label }) => label === 'to')) {
      recipients = Math.min(recipients, level);
    }
    // A message's sender and recipients stand side by side.
    const far = level >= Math.min(recipients + 1, NEAR - 1);
    if (far || (unspoken && level > unspoken.level)) {
      break;
    }
  }
  return unspoken ?? farSender(body, bodies);
}

/**
 * A sender farther above, whom the page calls so in words.
 *
 * @param {Element} body
 * @param {Element[]} bodies
 * @returns {Sender | null}
 */
function farSender(body, bodies) {
  for (const [around, level] of partsAround(body)) {
    const carriers = carriersAbove(around, body, bodies);
    const carrier = carriers.find((one) => one.spoken === 'from');
    if (carrier) {
      return { carrier: realOne(carriers, carrier), level, weak: false };
    }
  }
  return null;
}

/**
 * The parts of the page around a body, from the smallest on, through frames
 * and shadow roots.
 *
 * @param {Element} body
 * @returns {Generator<[ParentNode & Node, number]>}
 */
function* partsAround(body) {
  /** @type {Node | null} */
  let around = parentOf(body);
  /** @type {Element | null} */
  let below = body;
  for (let level = 0; level < HIGHEST; ) {
    if (!around || typeOf(around) === Node.DOCUMENT_NODE) {
      below = below ? frameAround(below) : null;
      around = below?.parentNode ?? null;
      if (!around) {
        return;
      }
      continue;
    }
    yield [/** @type {ParentNode & Node} */ (around), level];
    level += 1;
    if (typeOf(around) === Node.DOCUMENT_FRAGMENT_NODE) {
      around = /** @type {ShadowRoot} */ (around).host;
    }
    around = parentOf(around);
  }
}

/**
 * @param {ParentNode & Node} around
 * @param {Element} body
 * @param {Element[]} [bodies]
 * @returns {Carrier[]}
 */
function carriersAbove(around, body, bodies = []) {
  const start = startOf(around, body);
  const before = bodies.filter(
    (other) => !holds(other, start) && isBefore(other, start),
  );
  return carriersIn(rootOf(around))
    .filter(
      ({ element }) =>
        holds(around, element) &&
        isBefore(element, start) &&
        !holds(element, start) &&
        !before.some(
          (other) => holds(other, element) || isBefore(element, other),
        ) &&
        isShown(element),
    )
    .filter(({ ofPage }) => !ofPage);
}

/**
 * What in a part of the page holds the body: the body, or the frame around.
 *
 * @param {Node} around
 * @param {Element} body
 */
function startOf(around, body) {
  let start = body;
  while (rootOf(start) !== rootOf(around)) {
    const root = rootOf(start);
    const outer =
      typeOf(root) === Node.DOCUMENT_FRAGMENT_NODE
        ? /** @type {ShadowRoot} */ (root).host
        : frameAround(start);
    if (!outer) {
      break;
    }
    start = outer;
  }
  return start;
}

/**
 * Whether an address is called a recipient's, beside a subject or a date: a
 * message is shown, and its sender is missing.
 *
 * @param {Carrier} carrier
 */
function isRecipientOfMail({ spoken, element }) {
  if (spoken !== 'to' || !isShown(element) || isBeingWritten(element)) {
    return false;
  }
  /** @type {Element | null} */
  let around = upFrom(element);
  for (let level = 0; around && level < NEAR; level++) {
    if ((textOf(around) ?? '').length < LONGEST_TEXT && isMailHeader(around)) {
      return true;
    }
    around = upFrom(around);
  }
  return false;
}

/**
 * Whether something above a mail's body is called its author, who is shown
 * without an address.
 *
 * @param {Element} body
 */
function hasAuthor(body) {
  if (isMarkedBody(body)) {
    return false;
  }
  for (const [around, level] of partsAround(body)) {
    const start = startOf(around, body);
    const author = findAll(around, AUTHOR_LIKE).some(
      (element) =>
        isBefore(element, start) &&
        !holds(element, start) &&
        !closestTo(element, NOT_HEADER) &&
        nameLabel(element) === 'from' &&
        (textOf(element) ?? '').trim() !== '' &&
        isShown(element),
    );
    if (author || level + 1 >= NEAR) {
      return author;
    }
  }
  return false;
}

const AUTHOR_LIKE = '[class*=from i], [class*=sender i], [class*=author i]';

/**
 * Whether a sender and something else are labelled above a mail's body: who
 * is named there has no address.
 *
 * @param {Element} body
 */
function hasHeader(body) {
  for (const [around, level] of partsAround(body)) {
    const labels = elementsAbove(around, body)
      .filter(isLabelOfValue)
      .map((element) => labelIn(textOf(element) ?? ''));
    if (labels.includes('from') && labels.some((one) => one !== 'from')) {
      return true;
    }
    if (level + 1 >= NEAR) {
      return false;
    }
  }
  return false;
}

/**
 * Whether an element labels what follows it, not a column of a list.
 *
 * @param {Element} element
 */
function isLabelOfValue(element) {
  if (countIn(element) > LABEL_PARTS || !labelIn(textOf(element) ?? '')) {
    return false;
  }
  /** @type {Element | null} */
  let at = element;
  for (let level = 0; at && level < 3; level++) {
    const next = afterOf(at);
    const value = (next && textOf(next))?.trim() ?? '';
    if (value) {
      return !labelIn(value);
    }
    at = upFrom(at);
  }
  return false;
}

/** @param {Element} around */
function isMailHeader(around) {
  return (
    findFirst(around, 'h1, h2, h3, [role=heading], time') !== null ||
    findAll(around, '*').some(
      (element) =>
        countIn(element) <= LABEL_PARTS &&
        ['subject', 'other'].includes(labelIn(textOf(element) ?? '') ?? ''),
    )
  );
}

/** How many elements above a body are looked through for its subject. */
const MOST_HEADINGS = 400;

/**
 * The subject of the message in a body: what follows such a label beside the
 * sender, else the nearest heading above, else what the page's title repeats.
 * A heading between them may be the body's own name for who cannot see it.
 *
 * @param {Element} body
 * @returns {Hit | null}
 */
function subjectAbove(body) {
  const sender = senderAbove(body);
  for (const [around, level] of partsAround(body)) {
    const labelled = labelledSubject(elementsAbove(around, body));
    if (labelled) {
      return labelled;
    }
    if (level >= (sender?.level ?? 0)) {
      break;
    }
  }
  return subjectUnlabelled(body, sender);
}

/**
 * @param {Element} body
 * @param {Sender | null} sender
 * @returns {Hit | null}
 */
function subjectUnlabelled(body, sender) {
  for (const [around, level] of partsAround(body)) {
    const above = elementsAbove(around, body);
    const labelled = labelledSubject(above);
    if (labelled) {
      return labelled;
    }
    const named =
      above.findLast((element) =>
        isA(element, '[class*=subject i], [id*=subject i]'),
      ) ??
      above.findLast((element) => isA(element, 'h1, h2, h3, [role=heading]')) ??
      (sender && level <= sender.level ? titledSubject(above) : null);
    if (named) {
      return { element: named };
    }
  }
  return null;
}

/**
 * What stands above a body in a part of the page around it, but for lists
 * and fields.
 *
 * @param {ParentNode & Node} around
 * @param {Element} body
 */
function elementsAbove(around, body) {
  const start = startOf(around, body);
  return findAll(around, '*')
    .slice(0, MOST_HEADINGS)
    .filter(
      (element) =>
        isBefore(element, start) &&
        !holds(element, start) &&
        !closestTo(element, NOT_HEADER),
    );
}

/** What follows a label's colon in the same line. */
const AFTER_COLON = '^[^:：]*[:：]\\s*([^]*)$';

/**
 * @param {Element[]} elements
 * @returns {Hit | null}
 */
function labelledSubject(elements) {
  const label = elements.find(
    (element) =>
      countIn(element) <= LABEL_PARTS &&
      labelIn(textOf(element) ?? '') === 'subject',
  );
  /** @type {Element | null | undefined} */
  let at = label;
  for (let level = 0; at && level < 3; level++) {
    const element = afterOf(at);
    if (element) {
      return { element };
    }
    at = upFrom(at);
    const line = (at && textOf(at))?.trim() ?? '';
    if (at && leadingLabel(line.split('\n', 1)[0] ?? '') && !labelIn(line)) {
      return { element: at, pattern: AFTER_COLON };
    }
  }
  return null;
}

/** How much of a page's title must stand in its subject, in UTF-16 units. */
const LEAST_TITLED = 8;

/**
 * The longest text that the page's title repeats, as it may name the message
 * that is shown.
 *
 * @param {Element[]} elements
 * @returns {Element | null}
 */
function titledSubject(elements) {
  /** @type {Element | null} */
  let longest = null;
  let most = LEAST_TITLED - 1;
  for (const element of elements) {
    const text = countIn(element) ? '' : (textOf(element) ?? '').trim();
    const page = documentOf(element);
    const title = findFirst(page, 'title')?.textContent ?? '';
    if (text.length > most && !text.includes('@') && title.includes(text)) {
      longest = element;
      most = text.length;
    }
  }
  return longest;
}

/**
 * Where answers to the message in a body go, as far as the page says so.
 *
 * @param {Element} body
 * @returns {Carrier[]}
 */
function answersAbove(body) {
  for (const [around, level] of partsAround(body)) {
    const found = carriersAbove(around, body).filter(
      ({ label }) => label === 'reply',
    );
    if (found.length || level >= NEAR) {
      return found;
    }
  }
  return [];
}
