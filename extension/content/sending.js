// Asks once more before an answer goes to whoever sent a dangerous message.
// What is known of such messages are hashes of addresses and subjects, for as
// long as the browser runs; without an engine nothing is held.

/**
 * Which messages were at danger: the vendor that each posed as, by the hash
 * of its sender's address and of its subject.
 *
 * @type {Map<string, import('../protocol').Posed>}
 */
let posed = new Map();
/** What addresses are hashed with. */
let salt = '';
/** When that was last asked for. */
let askedAt = Number.NEGATIVE_INFINITY;
/** How long what is known is taken for new, in milliseconds. */
const NEW_FOR = 1000;

/** Editors whose answer the user chose to send. */
/** @type {WeakSet<Element>} */
const AGREED = new WeakSet();

/** What a control is called that sends, in the languages of the texts. */
const SENDS =
  /^(send|send now|send message|senden|absenden|jetzt senden|envoyer|enviar|invia|inviare|verzenden|verstuur|versturen|wyślij|wyslij)$/i;
/** Controls that may send. */
const CONTROLS =
  'button, [role=button], input[type=submit], input[type=button], a';
/** What holds the text of a message that is written. */
const EDITORS = `${FIELDS}, iframe`;
/** Where an address may stand beside a text. */
const CARRYING = ['value', 'title', 'email', 'data-email', 'data-hovercard-id'];
/** How far above a control the area is looked for that it sends. */
const HIGHEST_AREA = 30;

/** @param {Document} document */
function watchSending(document) {
  const view = viewOf(document);
  if (view) {
    // The page itself may give a field the focus before anybody listens.
    for (const event of ['focusin', 'input']) {
      listen(view, event, onWriting, true);
    }
    for (const event of ['click', 'keydown', 'submit']) {
      listen(view, event, onSend, true);
    }
  }
}

/** @param {Event} event */
function onWriting(event) {
  const isOld = performance.now() - askedAt > NEW_FOR;
  if (event.isTrusted && isOld && fieldOf(event)) {
    learnPosed();
  }
}

/** Asks whose messages were at danger. */
async function learnPosed() {
  askedAt = performance.now();
  const known = await ask({ kind: 'posed', senders: [], vendor: null });
  posed = new Map(known?.senders ?? []);
  salt = known?.salt ?? '';
}

/** @param {Event} event */
function onSend(event) {
  const control = posed.size ? sendingControl(event) : null;
  const area = control ? areaOf(control) : null;
  const agreed = area && editorsIn(area).some((one) => AGREED.has(one));
  const to = area && !agreed ? answeredIn(area) : null;
  if (!control || !area || !to) {
    return;
  }
  event.stopImmediatePropagation();
  event.preventDefault();
  if (event.isTrusted) {
    showCard(sendingStop(control, area, to, event));
  }
}

/**
 * What sends, in an event: the control, the form, or the field in which
 * somebody pressed the keys for it.
 *
 * @param {Event} event
 * @returns {Element | null}
 */
function sendingControl(event) {
  const target = event.composedPath()[0];
  if (!target || !isElement(target)) {
    return null;
  }
  const element = /** @type {Element} */ (target);
  if (event.type === 'keydown') {
    const { key, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event);
    return key === 'Enter' && (ctrlKey || metaKey) ? element : null;
  }
  if (event.type === 'submit') {
    return editorsIn(element).length ? element : null;
  }
  const control = closestTo(element, CONTROLS);
  return control && isSending(control) ? control : null;
}

/** @param {Element} control */
function isSending(control) {
  const names = [
    attributeOf(control, 'aria-label'),
    attributeOf(control, 'title'),
    attributeOf(control, 'value'),
    textIn(control),
  ];
  return (
    (recipe?.send ?? []).some((select) => isA(control, select)) ||
    names.some((name) => SENDS.test(tidy(name, 100)))
  );
}

/**
 * The part of the page that a control sends: the smallest around it in which
 * a message is written and that names an address. It goes no further than
 * to where messages are read or listed, whose addresses are others.
 *
 * @param {Element} control
 * @returns {Element | null}
 */
function areaOf(control) {
  /** @type {Element | null} */
  let area = null;
  /** @type {Element | null} */
  let at = control;
  for (let level = 0; at && level < HIGHEST_AREA; level++) {
    if (showsMessages(at)) {
      return area;
    }
    if (editorsIn(at).length) {
      area = at;
      if (addressesIn(at).length) {
        return area;
      }
    }
    at = around(at);
  }
  return area;
}

/** @param {Element} element */
function showsMessages(element) {
  const rows = recipe?.rows?.row;
  return (
    watched.some(({ place }) => holds(element, place)) ||
    (rows !== undefined && deepQueryAll(element, rows).length > 0)
  );
}

/**
 * The addresses that an area writes to: in its fields and beside them, not
 * in the text that is written.
 *
 * @param {Element} area
 * @returns {string[]}
 */
function addressesIn(area) {
  const bodies = editorsIn(area);
  const found = new Set();
  const take = (/** @type {string | null | undefined} */ text) => {
    for (const address of (text ?? '').slice(0, 2000).match(ADDRESS) ?? []) {
      found.add(address.toLowerCase());
    }
  };
  const elements = findAll(area, '*').slice(0, MOST_IN_AREA);
  for (const element of elements) {
    if (bodies.some((body) => holds(body, element))) {
      continue;
    }
    for (const attribute of CARRYING) {
      take(attributeOf(element, attribute));
    }
    if (/^(input|textarea)$/.test(nameOf(element))) {
      take(/** @type {HTMLInputElement} */ (element).value);
    }
    for (let node = firstOf(element); node; node = nextOf(node)) {
      if (typeOf(node) === Node.TEXT_NODE) {
        take(node.nodeValue);
      }
    }
  }
  return [...found];
}

/**
 * The editors of an area that are high enough for a text.
 *
 * @param {Element} area
 */
function editorsIn(area) {
  return [area, ...findAll(area, EDITORS)].filter(
    (editor) =>
      isA(editor, EDITORS) &&
      boxOf(editor).height >= BODY_HEIGHT &&
      (!isFrame(editor) || isEditable(editor)),
  );
}

/**
 * Whether a frame may be written in. Nobody knows of one of another site, in
 * which iCloud has its editor: it may.
 *
 * @param {Element} frame
 */
function isEditable(frame) {
  const inner = frameDocument(frame);
  return (
    inner === null ||
    inner.designMode === 'on' ||
    bodyIn(inner)?.isContentEditable === true
  );
}

/** How many elements of an area are looked at. */
const MOST_IN_AREA = 2000;
/** A field as high as this holds the text, not who it goes to. */
const BODY_HEIGHT = 90;

/**
 * Whose dangerous message is answered: by the address that the answer goes
 * to, else by its subject, as some webmails show no address to answer to.
 *
 * @param {Element} area
 * @returns {{address: string, vendor: import('../protocol').Posed} | null}
 */
function answeredIn(area) {
  for (const address of addressesIn(area)) {
    const vendor = posed.get(fingerprint(salt, address));
    if (vendor) {
      return { address, vendor };
    }
  }
  for (const input of findAll(area, 'input')) {
    const { value } = /** @type {HTMLInputElement} */ (input);
    const vendor = ANSWERS.test(value) && posed.get(subjectHash(value));
    if (vendor) {
      return { address: '', vendor };
    }
  }
  return null;
}

/** @param {string} subject */
function subjectHash(subject) {
  let bare = subject.slice(0, 1000);
  while (ANSWERS.test(bare)) {
    bare = bare.replace(ANSWERS, '');
  }
  return fingerprint(salt, 'subject', tidy(bare, 1000).toLowerCase());
}

/**
 * @param {Element} control
 * @param {Element} area
 * @param {{address: string, vendor: import('../protocol').Posed}} to
 * @param {Event} event
 * @returns {Stop}
 */
function sendingStop(control, area, { address, vendor }, event) {
  const at = address.lastIndexOf('@');
  const host = at < 0 ? null : plainHost(`https://${address.slice(at + 1)}/`);
  return {
    kind: 'send',
    element: control,
    says: address,
    href: '',
    host,
    marks: [],
    reason: say('send_reason', vendor.name, vendor.home),
    poses: null,
    level: 'danger',
    go: () => {
      for (const editor of editorsIn(area)) {
        AGREED.add(editor);
      }
      send(control, area, event);
    },
  };
}

/**
 * Sends after all, the way it was asked for; keys cannot be pressed by a
 * script, so that the control beside the field is taken for them.
 *
 * @param {Element} control
 * @param {Element} area
 * @param {Event} event
 */
function send(control, area, event) {
  if (event.type === 'submit') {
    const { submitter } = /** @type {SubmitEvent} */ (event);
    submitForm(/** @type {HTMLFormElement} */ (control), submitter);
    return;
  }
  const again = { bubbles: true, cancelable: true, composed: true };
  const button = event.type === 'keydown' ? controlNear(area) : control;
  button?.dispatchEvent(new MouseEvent('click', again));
}

/**
 * The control that sends what is written in an area, or around it.
 *
 * @param {Element} area
 */
function controlNear(area) {
  for (let at = /** @type {Element | null} */ (area); at; at = around(at)) {
    const found = findAll(at, CONTROLS).find(
      (control) => isShown(control) && isSending(control),
    );
    if (found) {
      return found;
    }
  }
  return null;
}

/**
 * Remembers, for as long as the browser runs, that a message was at danger,
 * or that the user knows its sender after all.
 *
 * @param {Found} found
 * @param {import('../protocol').Answer['check']} answer
 */
async function rememberPosed({ from, replyTo, subject }, { verdict, trusted }) {
  const vendor = verdict?.vendors[verdict.vendor ?? ''];
  if (verdict?.level !== 'danger' || !vendor) {
    return;
  }
  if (!salt) {
    await learnPosed();
  }
  const senders = [from, ...replyTo]
    .filter(hasAddress)
    .map(({ address }) => fingerprint(salt, address.toLowerCase()));
  if (subject) {
    senders.push(subjectHash(subject));
  }
  const { name, home } = vendor;
  const posing = trusted ? null : { name, home };
  // Here from the moment that the warning stands there; elsewhere once the
  // background knows.
  for (const sender of senders) {
    if (posing) {
      posed.set(sender, posing);
    } else {
      posed.delete(sender);
    }
  }
  const known = await ask({ kind: 'posed', senders, vendor: posing });
  posed = new Map(known?.senders ?? []);
}
