// The card at a guarded link: where it says it leads, where it leads. Leaving
// is the default; going on takes a deliberate second act and a short delay.

/** How many seconds "open anyway" stays closed. */
const DELAY = 2;

/**
 * What a card shows.
 *
 * @typedef {object} Stop
 * @property {'link' | 'form' | 'send'} kind what is held
 * @property {Element} element the link, button or form
 * @property {string} says what a person reads on it
 * @property {string} href where it leads now, as the browser would go
 * @property {import('../protocol').HostParts | null} host
 * @property {number[]} marks the characters of the host that differ
 * @property {string} reason a sentence of its own, or empty
 * @property {import('../protocol').VendorInfo | null} poses who the message
 * poses as
 * @property {'danger' | 'caution'} level
 * @property {() => void} go opens it
 */

/** The open card; there is one at most. */
/** @type {HTMLElement | null} */
let openCard = null;

/** @param {Stop} stop */
function showCard(stop) {
  openCard?.remove();
  const { element } = stop;
  // An editor's own document is what is sent: nothing is put into that.
  const document =
    stop.kind === 'send' ? window.document : roomyDocument(documentOf(element));
  const { host, shadow } = makeHost(document, CARD_STYLE);
  openCard = host;
  const dialog = /** @type {HTMLDialogElement} */ (
    make(document, 'dialog', {
      ...spoken(),
      class: `dc ${stop.level}`,
      role: 'alertdialog',
      'aria-labelledby': 'title',
      'aria-describedby': 'where',
    })
  );
  dialog.classList.toggle('dark', isDarkBehind(element));
  const card = make(document, 'div', { class: `dc card ${stop.level}` });
  card.classList.toggle('dark', dialog.classList.contains('dark'));
  card.append(cardTitle(document, stop), cardPlaces(document, stop));
  if (stop.reason) {
    card.append(make(document, 'p', { class: 'advice' }, stop.reason));
  }
  card.append(cardActions(document, stop, dialog));
  dialog.append(card);
  shadow.append(dialog);
  for (const event of OWN_EVENTS) {
    host.addEventListener(event, (e) => e.stopPropagation());
  }
  dialog.addEventListener('close', () => {
    host.remove();
    openCard = null;
    focusOn(element);
  });
  topOf(document).append(host);
  dialog.showModal();
  putCard(dialog, element);
}

/** How much room a card needs, in pixels. */
const ROOM = { width: 300, height: 320 };

/**
 * The document around a link with room for a card: a message may stand in a
 * frame that is just as high as its text.
 *
 * @param {Document} document
 */
function roomyDocument(document) {
  let at = document;
  for (;;) {
    const view = viewOf(at);
    const frame = frameAround(topOf(at));
    const isSmall =
      view && (view.innerHeight < ROOM.height || view.innerWidth < ROOM.width);
    if (!frame || !isSmall) {
      return at;
    }
    at = documentOf(frame);
  }
}

/** @param {Element} element */
function focusOn(element) {
  const space = spaceOf(element);
  const kind = space === HTML ? HTMLElement : space === SVG ? SVGElement : null;
  kind?.prototype.focus.call(element, { preventScroll: true });
}

/** The host of a card takes no room of its own. */
const CARD_STYLE =
  'all: initial !important; display: block !important; ' +
  'position: fixed !important; width: 0 !important; height: 0 !important; ' +
  'visibility: visible !important; opacity: 1 !important;';

/** What a card says, by what it holds. */
const WORDS = {
  link: {
    title: 'card_title',
    says: 'card_says',
    leads: 'card_leads',
    leave: 'card_leave',
    go: 'card_open',
    wait: 'card_wait',
  },
  form: {
    title: 'card_title_form',
    says: 'card_says',
    leads: 'card_leads',
    leave: 'card_leave',
    go: 'card_open',
    wait: 'card_wait',
  },
  send: {
    title: 'send_title',
    says: 'send_to',
    leads: 'send_host',
    leave: 'send_leave',
    go: 'send_open',
    wait: 'send_wait',
  },
};

/**
 * @param {Document} document
 * @param {Stop} stop
 */
function cardTitle(document, stop) {
  return make(
    document,
    'h2',
    { id: 'title' },
    icon(document, stop.level),
    make(document, 'span', {}, say(WORDS[stop.kind].title)),
  );
}

/**
 * @param {Document} document
 * @param {Stop} stop
 */
function cardPlaces(document, stop) {
  const code = /^(javascript|data|vbscript):/i.test(stop.href);
  const leads = stop.host
    ? hostNode(document, stop.host, stop.marks)
    : say(code ? 'card_code' : 'card_hidden');
  const places = make(document, 'dl', { id: 'where' });
  if (stop.says) {
    places.append(
      make(document, 'dt', {}, say(WORDS[stop.kind].says)),
      make(
        document,
        'dd',
        { class: 'said' },
        make(document, 'bdi', {}, stop.says),
      ),
    );
  }
  if (stop.host || stop.kind !== 'send') {
    places.append(
      make(document, 'dt', {}, say(WORDS[stop.kind].leads)),
      make(document, 'dd', { class: 'big' }, leads),
    );
  }
  if (stop.poses?.home) {
    const { name, home } = stop.poses;
    const real = { host: home, unicode: home, registrable: home };
    places.append(
      make(document, 'dt', {}, say('compare_real', name)),
      make(document, 'dd', {}, hostNode(document, real)),
    );
  }
  return places;
}

/**
 * @param {Document} document
 * @param {Stop} stop
 * @param {HTMLDialogElement} dialog
 */
function cardActions(document, stop, dialog) {
  const leave = make(
    document,
    'button',
    { type: 'button', class: 'primary', autofocus: '' },
    say(WORDS[stop.kind].leave),
  );
  leave.addEventListener('click', () => dialog.close());
  const row = make(document, 'div', { class: 'actions' });
  if (!/^(javascript|data|vbscript):/i.test(stop.href)) {
    row.append(goButton(document, stop, dialog));
  }
  row.append(leave);
  return row;
}

/**
 * @param {Document} document
 * @param {Stop} stop
 * @param {HTMLDialogElement} dialog
 */
function goButton(document, stop, dialog) {
  const button = make(document, 'button', {
    type: 'button',
    class: 'quiet',
    disabled: '',
  });
  // A milder warning holds nobody up.
  let left = stop.level === 'danger' ? DELAY : 0;
  const count = () => {
    const { wait, go } = WORDS[stop.kind];
    button.textContent = left ? say(wait, String(left)) : say(go);
    if (left) {
      left -= 1;
      setTimeout(count, 1000);
    } else {
      button.removeAttribute('disabled');
    }
  };
  count();
  button.addEventListener('click', (event) => {
    if (event.isTrusted) {
      dialog.close();
      stop.go();
    }
  });
  return button;
}

/**
 * Puts the card below the link, or above where there is no room.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Element} element
 */
function putCard(dialog, element) {
  const document = documentOf(dialog);
  const view = /** @type {Window} */ (viewOf(document));
  const link = placeIn(document, element);
  const { width, height } = dialog.getBoundingClientRect();
  const below = link.bottom + 8;
  const above = link.top - height - 8;
  const fits = below + height <= view.innerHeight - 8 || above < 8;
  const top = Math.min(
    fits ? below : above,
    Math.max(8, view.innerHeight - height - 8),
  );
  const left = Math.min(link.left, view.innerWidth - width - 8);
  dialog.style.top = `${Math.max(8, top)}px`;
  dialog.style.left = `${Math.max(8, left)}px`;
}

/**
 * Where an element stands in a document around it.
 *
 * @param {Document} document
 * @param {Element} element
 */
function placeIn(document, element) {
  let { left, right, top, bottom } = boxOf(element);
  /** @type {Element | null} */
  let at = element;
  while (at && documentOf(at) !== document) {
    at = frameAround(at);
    const frame = at ? boxOf(at) : { left: 0, top: 0 };
    left += frame.left;
    right += frame.left;
    top += frame.top;
    bottom += frame.top;
  }
  return { left, right, top, bottom };
}
