// How our own parts look, and how they are kept apart from the page.

/**
 * The sheet of every closed shadow root of ours. Lengths grow with the letters
 * that the reader set in the browser: `:host` starts from `medium`, whatever
 * the page's own root says.
 */
const STYLE = `
:host::before, :host::after { content: none !important; }
* { box-sizing: border-box; }
.dc {
  --ground: #fdf4f2; --ink: #1f1b1a; --soft: #5f5350; --line: #efc9c3;
  --accent: #b3261e; --on-accent: #fff; --mark: #f9d0cb; --press: #f6e3e0;
  color: var(--ink); background: var(--ground);
  font: 400 0.875em/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
    "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  text-align: start; letter-spacing: normal; text-transform: none;
  overflow-wrap: anywhere; -webkit-font-smoothing: antialiased;
}
.dc.caution {
  --ground: #fdf8ea; --line: #ecdcab; --accent: #805300; --soft: #625640;
  --mark: #f7e2a4; --press: #f5ecd2;
}
.dc.known {
  --ground: #f6f6f9; --line: #dfdfe8; --accent: #4d47c3; --soft: #5a5a68;
  --press: #ebebf4;
}
.dc.dark {
  --ground: #2b1d1b; --ink: #f4ebe9; --soft: #d2bfbb; --line: #5b3530;
  --accent: #f2a49b; --on-accent: #3b0a06; --mark: #73302a; --press: #3a2724;
}
.dc.dark.caution {
  --ground: #28231a; --line: #574a2b; --accent: #f0c24f; --soft: #cfc4ab;
  --on-accent: #2e2100; --mark: #665017; --press: #352e22;
}
.dc.dark.known {
  --ground: #212127; --line: #3a3a45; --accent: #a9a6f6; --soft: #adadba;
  --on-accent: #1b1850; --press: #2b2b33;
}
.banner {
  display: flex; gap: 0.85em; padding: 1em 1.15em 0.9em; margin: 0;
  border: 1px solid var(--line); border-inline-start: 4px solid var(--accent);
  border-radius: 10px;
}
.icon { flex: none; width: 1.6em; height: 1.6em; color: var(--accent); }
.main { flex: 1; min-width: 0; container-type: inline-size; }
p { margin: 0; text-wrap: pretty; }
.headline { font-size: 1.07em; line-height: 1.5; }
.headline strong { color: var(--accent); font-weight: 650; }
.advice, .note { margin-top: 0.5em; font-size: 0.93em; color: var(--soft); }
.advice:first-child { margin-top: 0; }
.note {
  margin-top: 0.7em; padding-inline-start: 0.8em;
  border-inline-start: 2px solid var(--line);
}
ul {
  margin: 0.4em 0 0.15em; padding: 0; padding-inline-start: 1.4em;
  font-size: 0.93em;
}
li { margin: 0.25em 0; padding-inline-start: 0.15em; }
li::marker { color: var(--accent); }
b { font-weight: 650; }
dl, dd { margin: 0; }
.compare {
  display: grid; grid-template-columns: fit-content(50%) 1fr;
  gap: 0.1em 1em; align-items: baseline; margin-top: 0.5em;
}
.compare dt { color: var(--soft); font-size: 0.93em; }
.compare dd { min-width: 0; font-size: 1.14em; line-height: 1.4; }
.compare dd + dt, .compare dd + dt + dd { padding-top: 0.1em; }
@container (max-width: 26em) {
  .compare { grid-template-columns: 1fr; gap: 0; }
  .compare dd + dt { padding-top: 0.4em; }
}
.host {
  display: inline-block; max-width: 100%; font-weight: 400;
  unicode-bidi: isolate; font-variant-ligatures: none;
}
.host span { color: var(--soft); }
.host small { font-size: 0.86em; color: var(--soft); }
.quote::before { content: open-quote; } .quote::after { content: close-quote; }
mark {
  font-weight: 650; color: inherit; background: var(--mark);
  border-radius: 3px; padding: 0 1px;
  text-decoration: underline 2px var(--accent); text-underline-offset: 3px;
}
.actions {
  display: flex; flex-wrap: wrap; gap: 0.3em 0.4em; margin-top: 0.75em;
  margin-inline-start: -0.6em; align-items: center;
}
button, .button {
  appearance: none; display: inline-block; max-width: 100%; margin: 0;
  font: inherit; font-size: 0.93em; font-weight: 550; line-height: 1.4;
  min-height: 2.3em; padding: 0.4em 0.75em; text-align: center;
  color: var(--accent); background: transparent; border: 1px solid transparent;
  border-radius: 7px; cursor: pointer; text-decoration: none;
}
button:hover, .button:hover { background: var(--press); }
button:focus-visible, .button:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 1px;
}
button[disabled] { color: var(--soft); cursor: default; background: none; }
.primary, .primary:hover {
  color: var(--on-accent); background: var(--accent);
}
.actions > .primary { margin-inline-start: 0.6em; }
.primary:hover { filter: brightness(1.08); }
.quiet { color: var(--soft); font-weight: 450; }
.push { margin-inline-start: auto; }
[hidden] { display: none !important; }
.floating {
  box-shadow: 0 1px 3px rgb(0 0 0 / .2), 0 8px 26px rgb(0 0 0 / .2);
}
dialog {
  position: fixed; inset: auto; margin: 0; padding: 0; border: 0;
  width: min(29em, calc(100vw - 16px)); max-height: calc(100vh - 16px);
  overflow: auto; border-radius: 12px; background: none; color: inherit;
  box-shadow: 0 1px 3px rgb(0 0 0 / .2), 0 10px 34px rgb(0 0 0 / .24);
}
dialog::backdrop { background: rgb(0 0 0 / .12); }
.card {
  font-size: 1em; padding: 1.15em 1.3em 1em; border: 1px solid var(--line);
  border-radius: 12px;
}
.card h2 {
  display: flex; gap: 0.6em; align-items: center; margin: 0 0 0.8em;
  font-size: 1.07em; font-weight: 650; line-height: 1.35;
  text-wrap: balance;
}
.card .icon { width: 1.5em; height: 1.5em; }
.card dl { margin: 0 0 0.7em; }
.card dt { font-size: 0.86em; color: var(--soft); }
.card dd { margin: 0 0 0.7em; }
.card .big { font-size: 1.29em; line-height: 1.35; }
.card .big span, .card .big small { font-size: 0.78em; }
.card .actions { justify-content: flex-end; margin: 1em 0 0; }
.card .actions .primary { margin: 0; }
@media (prefers-reduced-motion: no-preference) {
  .banner, .card { animation: appear .16s ease-out; }
  @keyframes appear { from { opacity: 0; } }
}
@media (prefers-contrast: more) {
  .banner, .card { border-color: var(--accent); }
  .dc { --soft: var(--ink); }
}
@media (forced-colors: active) {
  .dc.dc.dc {
    --ground: Canvas; --ink: CanvasText; --soft: CanvasText;
    --line: CanvasText; --accent: CanvasText; --on-accent: Canvas;
  }
  .banner, .card { border: 2px solid CanvasText; }
  .primary, button, .button { border: 1px solid ButtonText; }
  a.button { border-color: LinkText; }
  mark { background: Mark; color: MarkText; forced-color-adjust: none; }
  .sign { forced-color-adjust: none; }
}
@media (max-width: 26em) {
  .banner { padding: 0.85em; gap: 0.65em; }
}
`;

/** What every host element of ours insists on, whatever the page's styles. */
const HOST_STYLE =
  'all: initial !important; display: block !important; ' +
  'position: relative !important; z-index: 1 !important; ' +
  'box-sizing: border-box !important; ' +
  'width: auto !important; height: auto !important; ' +
  'margin: 8px 0 !important; padding: 0 !important; ' +
  'visibility: visible !important; opacity: 1 !important; ' +
  'transform: none !important; clip-path: none !important; ' +
  'filter: none !important; float: none !important; ' +
  'pointer-events: auto !important; flex: none !important; ' +
  'grid-column: 1 / -1 !important; contain: inline-size !important;';

/**
 * An element of ours with a closed shadow root. What it insists on stands in
 * the root: there, an important rule weighs more than any of the page's.
 *
 * @param {Document} document
 * @param {string} style
 * @returns {{
 *   host: HTMLElement,
 *   shadow: ShadowRoot,
 *   restyle: (style: string) => void,
 * }}
 */
function makeHost(document, style) {
  const host = make(document, 'div', { style: 'all: initial' });
  const shadow = host.attachShadow({ mode: 'closed' });
  dress(shadow, document);
  const own = make(document, 'style');
  const restyle = (/** @type {string} */ insists) => {
    own.textContent = `:host { ${insists} }`;
  };
  restyle(style);
  shadow.append(own);
  OURS.add(host);
  return { host, shadow, restyle };
}

/**
 * One sheet a document, shared by all our roots in it.
 *
 * @type {WeakMap<Document, CSSStyleSheet>}
 */
const SHEETS = new WeakMap();

/**
 * @param {ShadowRoot} shadow
 * @param {Document} document
 */
function dress(shadow, document) {
  try {
    const view = /** @type {Window & typeof globalThis} */ (viewOf(document));
    let sheet = SHEETS.get(document);
    if (!sheet) {
      sheet = new view.CSSStyleSheet();
      sheet.replaceSync(STYLE);
      SHEETS.set(document, sheet);
    }
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox lets no sheet of another document's script be adopted.
    shadow.append(make(document, 'style', {}, STYLE));
  }
}

/** Shapes differ by level, as colours alone do not tell them apart. */
/** @type {Record<string, string[]>} */
const SHAPES = {
  danger: ['M8 1.8h8L22.2 8v8L16 22.2H8L1.8 16V8z', 'M12 6.6v7.2M12 17.1v.3'],
  caution: ['M12 2.6 22.4 20.8H1.6z', 'M12 9.4v5.2M12 17.6v.2'],
};

/**
 * @param {Document} document
 * @param {string} level
 */
function icon(document, level) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = createIn(document, space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  (SHAPES[level] ?? []).forEach((shape, i) => {
    const path = createIn(document, space, 'path');
    path.setAttribute('d', shape);
    path.setAttribute('fill', i ? 'none' : 'currentColor');
    path.setAttribute('stroke', i ? 'var(--ground)' : 'currentColor');
    path.setAttribute('stroke-width', i ? '2.4' : '2');
    path.setAttribute('stroke-linecap', 'round');
    path.setAttribute('stroke-linejoin', 'round');
    svg.append(path);
  });
  return svg;
}

/**
 * Whether what lies behind an element is dark; where nothing is painted,
 * what the reader's system prefers does not matter: the canvas is white.
 *
 * @param {Element} element
 */
function isDarkBehind(element) {
  /** @type {Element | null} */
  let at = element;
  while (at) {
    const style = styleOf(at);
    const parts = /rgba?\(([^)]*)\)/.exec(style?.backgroundColor ?? '');
    const [r = 0, g = 0, b = 0, a = 1] = (parts?.[1] ?? '')
      .split(/[\s,/]+/)
      .map(Number);
    if (parts && a > 0.5) {
      return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
    }
    if (!parentAcross(at) && style?.colorScheme.includes('dark')) {
      return matchMedia('(prefers-color-scheme: dark)').matches;
    }
    at = parentAcross(at) ?? frameAround(at);
  }
  return false;
}

const MARK_STYLE =
  'all: initial !important; display: inline-block !important; ' +
  'width: 1em !important; height: 1em !important; ' +
  'margin: 0 5px !important; vertical-align: -2px !important; ' +
  'visibility: visible !important; opacity: 1 !important;';

/** Colours of a small mark on light and on dark ground. */
/** @type {Record<string, [light: string, dark: string]>} */
const MARK_COLORS = {
  danger: ['#c5221f', '#e46a62'],
  caution: ['#a56300', '#d59a1b'],
};

/**
 * A small mark beside a bad link or sender.
 *
 * @param {Document} document
 * @param {string} level
 * @param {string} words what it says to a screen reader and on hovering
 * @param {boolean} dark whether it stands on dark ground
 * @returns {HTMLElement}
 */
function smallMark(document, level, words, dark) {
  const { host, shadow } = makeHost(document, MARK_STYLE);
  const [light, onDark] = MARK_COLORS[level] ?? ['', ''];
  const ground = dark ? '#1b1b1f' : '#fff';
  const box = make(document, 'span', {
    ...spoken(),
    class: `dc sign ${level}`,
    role: 'img',
    'aria-label': words,
    title: words,
    style:
      'background: none; font-size: 1em; ' +
      `--accent: ${dark ? onDark : light}; --ground: ${ground}`,
  });
  const shape = icon(document, level);
  shape.setAttribute('style', 'width: 1em; height: 1em; display: block');
  box.append(shape);
  shadow.append(box);
  return host;
}
