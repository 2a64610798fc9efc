// The structure of the page for a bug report: tags, roles, class names and
// which attributes are there. Every text, address and value is left out.

/** Attributes whose values name things of the webmail, not of a person. */
const TELLING = /^(class|role|id|type|data-testid|data-test-id|data-qa)$/;
const MOST_LINES = 3000;

/**
 * @param {Document} page
 * @param {Recipe | null} recipe
 */
function diagnostic(page, recipe) {
  /** @type {string[]} */
  const lines = [`recipe: ${recipe?.id ?? 'none'} (${recipe?.seen ?? ''})`];
  for (const document of readableDocuments(page)) {
    lines.push(document === page ? 'page' : 'frame');
    const body = bodyIn(document);
    if (body) {
      outline(body, 1, lines);
    }
  }
  return lines.slice(0, MOST_LINES).join('\n');
}

/**
 * @param {Element} element
 * @param {number} depth
 * @param {string[]} lines
 */
function outline(element, depth, lines) {
  if (lines.length >= MOST_LINES || depth > 60 || OURS.has(element)) {
    return;
  }
  const attributes = [...element.attributes].map(({ name, value }) =>
    TELLING.test(name) ? `${name}="${censored(value)}"` : name,
  );
  const texts = [...element.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
  );
  const words = [element.localName, ...attributes].join(' ');
  lines.push(`${' '.repeat(depth)}<${words}>${texts ? ' text' : ''}`);
  const shadow = shadowOf(element);
  if (shadow) {
    lines.push(`${' '.repeat(depth + 1)}#shadow`);
  }
  for (const child of [...(shadow?.children ?? []), ...element.children]) {
    outline(child, depth + 1, lines);
  }
}

/**
 * A value without what may be personal: addresses, numbers, long runs.
 *
 * @param {string} value
 */
function censored(value) {
  return value
    .slice(0, 200)
    .replace(/\S*@\S*/g, '…')
    .replace(/\d{3,}/g, '0')
    .replace(/[^\x20-\x7e]+/g, '…');
}
