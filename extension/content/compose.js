// A quiet note at a field when a secret is written into it: no serious
// vendor asks for one by mail. What is typed goes to the engine in the
// background and nowhere else; nothing of it is kept.

/** How long the user must have stopped typing. */
const REST = 400;
/** How much of a text is looked at, at its start and at its end. */
const MOST_TYPED = 4000;
/** What a message is written in. */
const FIELDS = 'textarea, [contenteditable=true], [contenteditable=""]';

/** Fields whose note the user has put away. */
/** @type {WeakSet<Element>} */
const QUIET = new WeakSet();

/** The note that is shown; there is one at most. */
/** @type {{host: HTMLElement, field: Element, secret: string} | null} */
let note = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;

/** Documents whose fields are watched. */
/** @type {WeakSet<Document>} */
const WATCHED = new WeakSet();

/**
 * Watches what is typed, and looks at the field that was typed in before
 * this script ran.
 *
 * @param {Document} document
 */
function watchTyping(document) {
  listen(document, 'input', onTyping, true);
  if (!WATCHED.has(document)) {
    WATCHED.add(document);
    const focused = focusedIn(document);
    const field = focused ? fieldAt(focused) : null;
    if (field) {
      judgeField(field);
    }
  }
}

const focusedIn = property(Document, 'activeElement');

/** @param {Event} event */
function onTyping(event) {
  const field = event.isTrusted ? fieldOf(event) : null;
  if (field && !QUIET.has(field)) {
    clearTimeout(typing);
    typing = setTimeout(() => judgeField(field), REST);
  }
}

/**
 * The field that is written in, where it is one for a message.
 *
 * @param {Event} event
 * @returns {Element | null}
 */
function fieldOf(event) {
  const target = event.composedPath()[0];
  return target && isElement(target) ? fieldAt(target) : null;
}

/** @param {Element} element */
function fieldAt(element) {
  const document = documentOf(element);
  return document.designMode === 'on'
    ? bodyIn(document)
    : closestTo(element, FIELDS);
}

/** @param {Element} field */
async function judgeField(field) {
  const text = writtenIn(field);
  const area = areaOf(field);
  const vendor = area ? answeredIn(area)?.vendor.name : undefined;
  const secret = await ask({
    kind: 'typed',
    text: `${text.slice(0, MOST_TYPED)}\n${text.slice(MOST_TYPED).slice(-MOST_TYPED)}`,
    answering: watched.length > 0 || (area !== null && isAnswer(area)),
  });
  if (!secret) {
    hideNote();
  } else if (note?.field !== field || note.secret !== secret) {
    showNote(field, secret, vendor ?? openDanger());
  }
}

/** Whom an open dangerous message poses as; empty where none does. */
function openDanger() {
  const danger = watched
    .map((message) => message.guard?.verdict ?? null)
    .find((verdict) => verdict?.level === 'danger');
  return danger?.vendors[danger.vendor ?? '']?.name ?? '';
}

/** How a subject begins that answers another. */
const ANSWERS = /^\s*(re|aw|rép|rif|odp|antw|betr|sv)\s*:/i;

/** @param {Element} area */
function isAnswer(area) {
  return findAll(area, 'input').some((input) =>
    ANSWERS.test(/** @type {HTMLInputElement} */ (input).value),
  );
}

/** Lines of an editor's text. */
const LINES = 'p, div, br, li, tr, h1, h2, h3, blockquote, pre';
/** What an answer quotes. */
const QUOTES = 'blockquote, .gmail_quote, .moz-cite-prefix';

/**
 * What was written in a field, without what an answer quotes.
 *
 * @param {Element} field
 */
function writtenIn(field) {
  if (nameOf(field) === 'textarea') {
    const { value } = /** @type {HTMLTextAreaElement} */ (field);
    return value.replace(/^>.*$/gm, '').toWellFormed();
  }
  const quotes = [QUOTES, ...(recipe?.quoted ?? [])].join(', ');
  const shown = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
  const walker = walkIn(documentOf(field), field, shown);
  let text = '';
  for (let seen = 0; seen < MOST_IN_FIELD && walker.nextNode(); seen++) {
    const node = walker.currentNode;
    const parent = parentAcross(node);
    if (typeOf(node) === Node.TEXT_NODE) {
      text += parent && closestTo(parent, quotes) ? '' : node.nodeValue;
    } else if (isA(/** @type {Element} */ (node), LINES)) {
      text += '\n';
    }
  }
  return `${text}\n${inQuote(field, quotes)}`.toWellFormed();
}

/**
 * The text at the caret where that stands in a quote: some answer there.
 *
 * @param {Element} field
 * @param {string} quotes
 */
function inQuote(field, quotes) {
  const node = viewOf(documentOf(field))?.getSelection()?.anchorNode;
  const parent = node && holds(field, node) ? parentAcross(node) : null;
  const isQuoted = parent && closestTo(parent, quotes);
  return isQuoted ? (node?.nodeValue ?? '') : '';
}

/** How many nodes of a field are looked at. */
const MOST_IN_FIELD = 20000;

function hideNote() {
  note?.host.remove();
  note = null;
}

/**
 * @param {Element} field
 * @param {string} secret
 * @param {string} vendor whom an open dangerous message poses as, or empty
 */
function showNote(field, secret, vendor) {
  hideNote();
  // Not in an editor's own document, which it may read as text.
  const { document } = window;
  const { host, shadow, restyle } = makeHost(document, NOTE_STYLE);
  const level = vendor ? 'danger' : 'caution';
  const box = make(document, 'div', {
    ...spoken(),
    role: 'group',
    class: `dc banner floating ${level}`,
    'aria-label': say('banner_label'),
  });
  box.classList.toggle('dark', isDarkBehind(field));
  const name = say(`secret_${secret.replaceAll('-', '_')}`);
  const told = make(document, 'div', { role: 'status' });
  told.append(
    make(document, 'p', { class: 'headline' }, say('compose_secret', name)),
  );
  if (vendor) {
    const words = say('compose_danger', vendor);
    told.append(make(document, 'p', { class: 'advice' }, words));
  }
  const main = make(document, 'div', { class: 'main' }, told);
  const close = make(
    document,
    'button',
    { type: 'button' },
    say('compose_dismiss'),
  );
  close.addEventListener('click', () => {
    QUIET.add(field);
    hideNote();
    /** @type {HTMLElement} */ (field).focus();
  });
  main.append(make(document, 'div', { class: 'actions' }, close));
  box.append(icon(document, level), main);
  shadow.append(box);
  for (const event of OWN_EVENTS) {
    host.addEventListener(event, (e) => e.stopPropagation());
  }
  topOf(document).append(host);
  host.setAttribute('popover', 'manual');
  host.showPopover?.();
  putNote(host, field, restyle);
  note = { host, field, secret };
}

/** The note floats, so that no editor finds foreign nodes in its text. */
const NOTE_STYLE =
  'all: initial !important; display: block !important; ' +
  'position: fixed !important; width: min(27em, 92vw) !important; ' +
  'visibility: visible !important; opacity: 1 !important; ' +
  'z-index: 2147483647 !important; ';

/**
 * Puts the note at the upper end of a field, or below it.
 *
 * @param {HTMLElement} host
 * @param {Element} field
 * @param {(style: string) => void} restyle
 */
function putNote(host, field, restyle) {
  const box = placeIn(document, field);
  const { width, height } = host.getBoundingClientRect();
  const above = box.top - height - 8;
  const below = Math.min(box.bottom + 8, innerHeight - height - 8);
  const top = Math.max(8, above >= 8 ? above : below);
  const right = Math.min(box.right, innerWidth - 8) - width;
  const left = Math.max(8, right);
  restyle(`${NOTE_STYLE} inset: ${top}px auto auto ${left}px !important;`);
}
