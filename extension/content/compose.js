// A quiet note at a field when a secret is written into it: no serious
// vendor asks for one by mail. What is typed goes to the engine in the
// background and nowhere else; nothing of it is kept.

/** How long the user must have stopped typing. */
const REST = 400;
/** How much of a field is looked at, from its end. */
const MOST_TYPED = 4000;

/** Fields whose note the user has put away. */
/** @type {WeakSet<Element>} */
const QUIET = new WeakSet();

/** The note that is shown; there is one at most. */
/** @type {{host: HTMLElement, field: Element, secret: string} | null} */
let note = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;

/** @param {Document} document */
function watchTyping(document) {
  document.addEventListener('input', onTyping, true);
}

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
  const target = /** @type {Element} */ (event.composedPath()[0]);
  const inFrame = target.ownerDocument.designMode === 'on';
  const field = inFrame
    ? target.ownerDocument.body
    : target.closest('textarea, [contenteditable=true], [contenteditable=""]');
  return field;
}

/** @param {Element} field */
async function judgeField(field) {
  const area = /** @type {HTMLTextAreaElement} */ (field);
  const text = (area.value ?? field.textContent ?? '').slice(-MOST_TYPED);
  const danger = watched
    .map((message) => message.guard?.verdict ?? null)
    .find((verdict) => verdict?.level === 'danger');
  const answering = watched.length > 0;
  const secret = await ask({
    kind: 'typed',
    text: text.toWellFormed(),
    answering,
  });
  if (!secret) {
    hideNote();
  } else if (note?.field !== field || note.secret !== secret) {
    const vendor = danger?.vendors[danger.vendor ?? '']?.name ?? '';
    showNote(field, secret, vendor);
  }
}

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
  const document = field.ownerDocument;
  const { host, shadow } = makeHost(document, NOTE_STYLE);
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
  document.documentElement.append(host);
  host.setAttribute('popover', 'manual');
  host.showPopover?.();
  putNote(host, field);
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
 */
function putNote(host, field) {
  const view = /** @type {Window} */ (field.ownerDocument.defaultView);
  const box = field.getBoundingClientRect();
  const { width, height } = host.getBoundingClientRect();
  const above = box.top - height - 8;
  const below = Math.min(box.bottom + 8, view.innerHeight - height - 8);
  const top = Math.max(8, above >= 8 ? above : below);
  const right = Math.min(box.right, view.innerWidth - 8) - width;
  const place = `top: ${top}px !important; left: ${Math.max(8, right)}px !important;`;
  host.setAttribute('style', NOTE_STYLE + place);
}
