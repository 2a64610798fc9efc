// What is wrong with the looks of a page or of one of our parts in it. Runs
// in the page, after axe; `roots` are the closed shadow roots of our hosts,
// which only the driver can name.

/**
 * @param {[Element, ShadowRoot][]} roots
 * @returns {Promise<string[]>} what axe finds and what does not fit
 */
async function flaws(roots) {
  const misfit = await misfits(roots);
  const within = roots.length ? roots.map(([host]) => host) : [document.body];
  return [...(await violations(within)), ...misfit];
}

/**
 * @param {[Element, ShadowRoot][]} roots
 * @returns {Promise<string[]>} what does not fit
 */
async function misfits(roots) {
  show(roots);
  const within = roots.length ? roots.map(([host]) => host) : [document.body];
  return within.flatMap(unfit);
}

/**
 * Lets scripts see the closed roots as if they were open.
 *
 * @param {[Element, ShadowRoot][]} roots
 */
function show(roots) {
  for (const [host, root] of roots) {
    Object.defineProperty(host, 'shadowRoot', {
      value: root,
      configurable: true,
    });
  }
}

/** @param {Element[]} within */
async function violations(within) {
  const { violations: found } = await axe.run(
    { include: within },
    {
      resultTypes: ['violations'],
      // A page of the test, not ours, decides on landmarks around us.
      rules: { region: { enabled: within[0] === document.body } },
    },
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) =>
      `axe ${id}: ${html} ${failureSummary}`.replace(/\s+/g, ' '),
    ),
  );
}

/**
 * Texts that are cut, that leave their place, or that lie over each other.
 *
 * @param {Element} root
 * @returns {string[]}
 */
function unfit(root) {
  /** @type {{element: Element, rect: DOMRect, text: string}[]} */
  const pieces = [];
  /** @type {string[]} */
  const found = [];
  for (const element of elementsIn(root)) {
    if (!element.checkVisibility({ visibilityProperty: true })) {
      continue;
    }
    for (const { rect, text } of piecesOf(element)) {
      pieces.push({ element, rect, text });
      const trouble = outside(element, rect);
      if (trouble) {
        found.push(`“${text}” ${trouble}`);
      }
    }
    found.push(...fieldTrouble(element));
  }
  pieces.forEach((a, i) => {
    for (const b of pieces.slice(i + 1)) {
      if (a.element !== b.element && overlap(a.rect, b.rect)) {
        found.push(`“${a.text}” lies over “${b.text}”`);
      }
    }
  });
  return found;
}

/**
 * @param {Element} root
 * @returns {Generator<Element>}
 */
function* elementsIn(root) {
  yield root;
  for (const child of (root.shadowRoot ?? root).children) {
    yield* elementsIn(child);
  }
}

/** @param {Element} element */
function piecesOf(element) {
  const { tagName } = element;
  if (
    /^(SCRIPT|STYLE|OPTION|TEXTAREA|NOSCRIPT)$/.test(tagName) ||
    element.closest('.visually-hidden')
  ) {
    return [];
  }
  return [...element.childNodes]
    .filter((node) => node.nodeType === 3 && node.nodeValue.trim())
    .flatMap((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = node.nodeValue.trim().slice(0, 40);
      return [...range.getClientRects()]
        .filter(({ width, height }) => width > 1 && height > 1)
        .map((rect) => ({ rect, text }));
    });
}

/**
 * @param {Element} element
 * @param {DOMRect} rect of a line of its text
 */
function outside(element, rect) {
  const wide = document.documentElement.clientWidth;
  if (rect.left < -1 || rect.right > wide + 1) {
    return `leaves the page: ${rect.left} to ${rect.right} of ${wide}`;
  }
  for (let at = element; at && at !== document.body; at = above(at)) {
    const style = getComputedStyle(at);
    if (/inline$|contents/.test(style.display)) {
      continue;
    }
    const box = at.getBoundingClientRect();
    // Firefox counts the space at the end of a line that runs from the right.
    const space = style.direction === 'rtl' ? rect.height / 3 : 1;
    if (rect.left < box.left - space || rect.right > box.right + 1) {
      return `is wider than ${at.tagName}.${at.className}`;
    }
    const cuts = /hidden|clip/.test(style.overflowY) || at.tagName === 'BUTTON';
    if (cuts && (rect.top < box.top - 1 || rect.bottom > box.bottom + 1)) {
      return `is higher than ${at.tagName}.${at.className}`;
    }
    if (/auto|scroll/.test(style.overflowY)) {
      return '';
    }
  }
  return '';
}

/** @param {Element} element */
function above(element) {
  return element.parentElement ?? element.getRootNode().host ?? null;
}

/**
 * Hints and choices of fields, which have no text nodes of their own.
 *
 * @param {Element} element
 */
function fieldTrouble(element) {
  const isSelect = element.tagName === 'SELECT';
  const text = isSelect
    ? element.selectedOptions[0]?.textContent
    : element.getAttribute('placeholder');
  if (!text) {
    return [];
  }
  const style = getComputedStyle(element);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const room =
    element.clientWidth -
    Number.parseFloat(style.paddingLeft) -
    Number.parseFloat(style.paddingRight);
  const needs = pen.measureText(text).width;
  return needs > room + 1 ? [`“${text}” needs ${needs} of ${room}`] : [];
}

/**
 * @param {DOMRect} a
 * @param {DOMRect} b
 */
function overlap(a, b) {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > 2 && high > 0.35 * Math.min(a.height, b.height);
}

globalThis.faces = { flaws, misfits };
