// A small mark on the list's rows whose sender line alone is damning, where
// the page shows the address.

/** How many rows are judged at once. */
const MOST_ROWS = 100;

/**
 * What was found of a sender line; null where it is not damning.
 *
 * @type {Map<string, {level: string, vendor: string} | null>}
 */
const SENDERS = new Map();

/** The mark of each marked row. */
/** @type {WeakMap<Element, HTMLElement>} */
const ROW_MARKS = new WeakMap();

/**
 * @param {Recipe} recipe
 * @param {Document[]} documents
 */
async function markRows(recipe, documents) {
  if (!recipe.rows) {
    return;
  }
  const { row, from } = recipe.rows;
  const lines = documents
    .flatMap((document) => deepQueryAll(document, row))
    .slice(0, 400)
    .map((element) => senderOf(element, from))
    .filter((line) => line !== null);
  const unknown = lines.filter(({ key }) => !SENDERS.has(key));
  const asked = [...new Map(unknown.map((line) => [line.key, line])).values()];
  const some = asked.slice(0, MOST_ROWS);
  if (some.length) {
    const senders = some.map(({ mailbox }) => mailbox);
    const found = (await ask({ kind: 'rows', senders })) ?? [];
    some.forEach(({ key }, i) => {
      SENDERS.set(key, found.find(({ index }) => index === i) ?? null);
    });
  }
  for (const { element, key } of lines) {
    markRow(element, key);
  }
}

/**
 * @param {Element} row
 * @param {Place[]} places
 */
function senderOf(row, places) {
  for (const place of places) {
    const select = selectorOf(place);
    const element = select ? row.querySelector(select) : null;
    if (element) {
      const attribute =
        typeof place === 'string' || !('select' in place)
          ? undefined
          : place.attribute;
      const mailbox = mailboxOf({ element, attribute });
      const key = `${mailbox.name}\n${mailbox.address}`;
      return mailbox.address ? { element, mailbox, key } : null;
    }
  }
  return null;
}

/**
 * @param {Element} element where the sender stands in the row
 * @param {string} key
 */
function markRow(element, key) {
  const found = SENDERS.get(key);
  const known = ROW_MARKS.get(element);
  if (!found) {
    // A list that shows few rows uses them again for others.
    known?.remove();
    ROW_MARKS.delete(element);
    return;
  }
  if (!known?.isConnected) {
    const words = say('row_label', found.vendor);
    const dark = isDarkBehind(element);
    const mark = smallMark(element.ownerDocument, found.level, words, dark);
    ROW_MARKS.set(element, mark);
    element.before(mark);
  }
}
