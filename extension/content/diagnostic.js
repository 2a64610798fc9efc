// The structure of the page for a bug report: tags, which attributes are
// there, and the names that the webmail gave its elements. Every text and
// address is left out, and every part of a name that is a word of the page's
// texts too, unless recipes know it.

/** Attributes whose values name things of the webmail, not of a person. */
const TELLING =
  /^(class|role|type|id|name|data-test-?id|data-qa|data-tid|data-app-section|itemprop)$/;
const MOST_LINES = 3000;
const DEEPEST = 60;
/** The shortest word that counts as said by the page. */
const SHORTEST_WORD = 3;
/** How much of the page's words is compared, in UTF-16 units. */
const MOST_SAID = 2_000_000;

/**
 * @param {Document} page
 * @param {Recipe | null} recipe
 */
function diagnostic(page, recipe) {
  const outline = new Outline();
  outline.add(0, `recipe: ${recipe?.id ?? 'none'} (${recipe?.seen ?? ''})`);
  const documents = readableDocuments(page);
  for (const document of documents) {
    outline.listen(/** @type {Element} */ (bodyIn(document)));
  }
  for (const document of documents) {
    outline.add(0, document === page ? 'page' : 'frame');
    outline.draw(/** @type {Element} */ (bodyIn(document)), 1);
  }
  return outline.lines.join('\n');
}

/** An outline that is being drawn. */
class Outline {
  constructor() {
    /** @type {string[]} */
    this.lines = [];
    /** What the page says, which no line may repeat. */
    /** @type {Set<string>} */
    this.said = new Set();
    this.left = MOST_SAID;
    const known = [JSON.stringify(RECIPES), ...Object.values(LABEL_WORDS)];
    this.known = new Set(known.flatMap(wordsIn));
  }

  /**
   * Takes up the words of texts and of attributes that are for people.
   *
   * @param {Element} root
   */
  listen(root) {
    for (const element of findAll(root, '*')) {
      const shadow = shadowOf(element);
      for (const child of shadow?.children ?? []) {
        this.hear(textOf(child) ?? '');
        this.listen(child);
      }
      for (const { name, value } of attributesOf(element)) {
        if (!TELLING.test(name) && name !== 'style') {
          this.hear(value);
        }
      }
    }
    this.hear(textOf(root) ?? '');
  }

  /** @param {string} text */
  hear(text) {
    for (const word of wordsIn(text.slice(0, this.left))) {
      this.said.add(word);
    }
    this.left -= Math.min(this.left, text.length);
  }

  /**
   * @param {number} depth
   * @param {string} line
   */
  add(depth, line) {
    if (this.lines.length < MOST_LINES) {
      this.lines.push(' '.repeat(depth) + line);
    }
  }

  /**
   * @param {Element} element
   * @param {number} depth
   */
  draw(element, depth) {
    if (depth > DEEPEST || OURS.has(element)) {
      return;
    }
    const attributes = [...attributesOf(element)].map(({ name, value }) =>
      TELLING.test(name)
        ? `${this.censored(name)}="${this.censored(value)}"`
        : this.censored(name),
    );
    const texts = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
    );
    const localName = nameOf(element);
    const tag = /^h[1-6]$/.test(localName)
      ? localName
      : this.censored(localName);
    const words = [tag, ...attributes].join(' ');
    this.add(depth, `<${words}>${texts ? ' text' : ''}`);
    const shadow = shadowOf(element);
    if (shadow) {
      this.add(depth + 1, '#shadow');
    }
    for (const child of [...(shadow?.children ?? []), ...childrenOf(element)]) {
      this.draw(child, depth + 1);
    }
  }

  /**
   * A name without what may be personal: addresses, numbers, long runs of
   * letters that mean nothing, and words that the page's texts use.
   *
   * @param {string} value
   */
  censored(value) {
    return value
      .slice(0, 300)
      .split(/\s+/)
      .map((name) =>
        /[@.%/\\]|[^\x21-\x7e]/.test(name)
          ? '…'
          : name
              .replace(/\d+/g, '0')
              .replace(/[A-Za-z]{3,}/g, (run) => this.censoredRun(run)),
      )
      .join(' ');
  }

  /** @param {string} run letters without a break */
  censoredRun(run) {
    const personal =
      run.length > 24 ||
      [run, ...run.split(/(?<=[a-z])(?=[A-Z])/)]
        .map((word) => word.toLowerCase())
        .some((word) => this.said.has(word) && !this.known.has(word));
    return personal ? '…' : run;
  }
}

/** @param {string} text */
function wordsIn(text) {
  return (text.toLowerCase().match(/[a-z]+/g) ?? []).filter(
    (word) => word.length >= SHORTEST_WORD,
  );
}
