// What a page says of an address: whether it is the sender's, where answers
// go, or a recipient's. The words stand before the address, in the names of
// its elements, or in their accessible names.

/**
 * What stands before a header's value. `other` are headers that hold no
 * address of the sender.
 *
 * @typedef {'from' | 'reply' | 'to' | 'subject' | 'other'} Label
 */

/** @type {Record<Label, string>} */
const LABEL_WORDS = {
  from:
    'from|sender|sent by|von|absender|de|expéditeur|da|mittente|remitente|' +
    'remetente|van|afzender|od|nadawca|fra|från|avsändare|afsender|avsender|' +
    'feladó|lähettäjä|odesílatel|odosielateľ|expeditor|pošiljatelj|från|' +
    'kimden|gönderen|από|αποστολέας|от|отправитель|від|відправник|' +
    'من|מאת|差出人|送信者|发件人|寄件者|寄件人|보낸 ?사람|보낸이',
  reply:
    'reply[- ]?to|antwort(?:en)? an|répondre à|rispondi a|responder (?:a|para)|' +
    'antwoord(?:en)? aan|odpowied(?:z|ź) do|svar(?:a)? (?:til|till)|' +
    'відповісти|ответить|返信先|回复至?|回覆|회신',
  to:
    'to|an|a|à|para|aan|do|cc|ccn|cco|bcc|til|till|kopie|kopia|dw|udw|' +
    'recipients?|empfänger|destinataires?|destinatari[oi]?s?|destinatários?|' +
    'ontvangers?|odbiorca|adresat|delivered-to|komu|címzett|vastaanottaja|' +
    'kime|alıcı|προς|кому|копия|копія|إلى|אל|宛先|收件人|收件者|抄送|副本|' +
    '받는 ?사람|참조|logged in as|signed in as|angemeldet als|account',
  subject:
    'subject|betreff|objet|sujet|oggetto|asunto|assunto|onderwerp|temat|' +
    'emne|ämne|předmět|predmet|tárgy|aihe|konu|θέμα|тема|الموضوع|נושא|' +
    '件名|主题|主旨|제목',
  other:
    'date|sent|received|datum|gesendet|empfangen|envoyé|reçu|fecha|enviado|' +
    'data|inviato|verzonden|ontvangen|wysłano|otrzymano|dato|дата|日期|日時|' +
    '時間|날짜|size|größe|taille|return-path|message-id|mailed-by|signed-by|' +
    'x-mailer|user-agent|list-unsubscribe|attachments?|tags?',
};

const COLON = '[\\s\\u00a0]*[:：]';
/** The colon of a label that stands in an element of its own. */
const COLON_FIRST = new RegExp(`^${COLON}\\s*`, 'u');

/** A label alone, with or without a colon. */
/** @type {[Label, RegExp][]} */
const ALONE = labelPatterns((words) => `^(?:${words})(?:${COLON})?$`);
/** A label at the start of a line, which a colon ends. */
const LEADING = labelPatterns((words) => `^(?:${words})${COLON}\\s*`);
/** Words before a recipient that need no colon: "to Alice <…>". */
const LEADING_TO = /^(?:to|cc|bcc|an|à|para|aan)\s/iu;

/**
 * @param {(words: string) => string} pattern
 * @returns {[Label, RegExp][]}
 */
function labelPatterns(pattern) {
  return /** @type {[Label, string][]} */ (Object.entries(LABEL_WORDS)).map(
    ([label, words]) => [label, new RegExp(pattern(words), 'iu')],
  );
}

/** Names of elements that say the same; whole words of a class or id. */
/** @type {[Label, RegExp][]} */
const NAMES = [
  ['reply', /^reply-?to$/],
  ['from', /^(?:from|sender|author|absender|von|expediteur|mittente)$/],
  ['to', /^(?:to|recipients?|cc|bcc|addressee|account|user|owner|login)$/],
];

/**
 * The label that a text is: "From:", "An".
 *
 * @param {string} text
 * @returns {Label | null}
 */
function labelIn(text) {
  const short = text.replace(/\s+/gu, ' ').trim();
  // A letter may be a picture's stand-in, not the Spanish "A".
  return short.length > 40 || /^.$/u.test(short)
    ? null
    : (ALONE.find(([, pattern]) => pattern.test(short))?.[0] ?? null);
}

/**
 * The label at the start of the last line of a text: "To: Alice, Bob <".
 *
 * @param {string} text
 * @returns {Label | null}
 */
function leadingLabel(text) {
  const line = (text.split('\n').pop() ?? '').trimStart().slice(0, 200);
  const found = LEADING.find(([, pattern]) => pattern.test(line));
  if (found) {
    return found[0];
  }
  return LEADING_TO.test(line) ? 'to' : null;
}

/**
 * The last line of a text without the label at its start.
 *
 * @param {string} text
 */
function withoutLabel(text) {
  const line = (text.split('\n').pop() ?? '').trimStart();
  for (const [, pattern] of LEADING) {
    if (pattern.test(line)) {
      return line.replace(pattern, '');
    }
  }
  return line.replace(COLON_FIRST, '');
}

/**
 * What the page says of an address in words.
 *
 * @param {Node} node the element that carries it, or its text
 * @param {string} address
 * @returns {Label | null}
 */
function labelOf(node, address) {
  return ownLabel(node, address) ?? labelBefore(node, address);
}

/**
 * @param {Node} node
 * @param {string} address
 */
function ownLabel(node, address) {
  const spoken =
    node.nodeType === Node.ELEMENT_NODE
      ? /** @type {Element} */ (node).getAttribute('aria-label')
      : '';
  const text = (textOf(node) ?? '').slice(0, LONGEST_TEXT);
  const at = text.indexOf(address);
  const before = at > 0 ? leadingLabel(text.slice(0, at)) : null;
  return leadingLabel(spoken ?? '') ?? before;
}

/** How much of a text is looked at, in UTF-16 units. */
const LONGEST_TEXT = 4000;
const TEXTS = 4; // NodeFilter.SHOW_TEXT
/** How many texts before an address may stand between it and its label. */
const NEAR_TEXTS = 6;

/**
 * The label among the texts before an address. Recipients follow each other,
 * so that theirs holds beyond another address; a label in another row of a
 * table is a column's.
 *
 * @param {Node} node
 * @param {string} address
 * @returns {Label | null}
 */
function labelBefore(node, address) {
  const page = /** @type {Document} */ (documentAround(node));
  const walker = walkIn(page, rootOf(node), TEXTS);
  walker.currentNode = node;
  let beyond = false;
  for (let near = 0; near < NEAR_TEXTS && walker.previousNode(); ) {
    const { nodeValue } = walker.currentNode;
    const parent = upFrom(walker.currentNode);
    const text = (nodeValue ?? '').slice(-LONGEST_TEXT).trim();
    if (!text || SKIPPED.test(parent ? nameOf(parent) : '')) {
      continue;
    }
    const other = text.includes('@') ? addressIn(text) : '';
    beyond ||= other !== '' && other !== address;
    const label = labelIn(text) ?? leadingLabel(text);
    if (label) {
      const counts = !isColumn(parent, node) && (!beyond || label === 'to');
      return counts ? label : null;
    }
    near += 1;
  }
  return null;
}

/**
 * Whether a label stands in another row of a table.
 *
 * @param {Element | null} label
 * @param {Node} node
 */
function isColumn(label, node) {
  const row = label && closestTo(label, 'tr');
  return row != null && !holds(row, node);
}

/**
 * What the names of an element and those around it say.
 *
 * @param {Element} element
 * @returns {Label | null}
 */
function nameLabel(element) {
  /** @type {Element | null} */
  let at = element;
  for (let level = 0; at && level < 4; level++) {
    const words = ['class', 'id', 'name', 'data-testid', 'itemprop']
      .map((attribute) => (at && attributeOf(at, attribute)) ?? '')
      .join(' ')
      .slice(0, 300)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z-]+|(?<!reply)-/);
    const found = NAMES.find(([, pattern]) =>
      words.some((word) => pattern.test(word)),
    );
    if (found) {
      return found[0];
    }
    at = upFrom(at);
  }
  return null;
}
