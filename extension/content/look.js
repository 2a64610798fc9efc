// How our own parts look, and how they are kept apart from the page.

/** The sheet of every closed shadow root of ours. */
const STYLE = `
:host { all: initial; }
* { box-sizing: border-box; }
.dc {
  --ground: #fdf4f2; --ink: #1f1b1a; --soft: #5f5350; --line: #efc9c3;
  --accent: #b3261e; --on-accent: #fff; --mark: #f9d0cb; --press: #f6e3e0;
  color: var(--ink); background: var(--ground);
  font: 400 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
    "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  text-align: start; letter-spacing: normal; text-transform: none;
  -webkit-font-smoothing: antialiased;
}
.dc.caution {
  --ground: #fdf8ea; --line: #ecdcab; --accent: #8a5a00; --soft: #625640;
  --mark: #f7e2a4; --press: #f5ecd2;
}
.dc.dark {
  --ground: #2b1d1b; --ink: #f4ebe9; --soft: #cdb9b5; --line: #5b3530;
  --accent: #f2a49b; --on-accent: #3b0a06; --mark: #73302a; --press: #3a2724;
}
.dc.dark.caution {
  --ground: #28231a; --line: #574a2b; --accent: #f0c24f; --soft: #cfc4ab;
  --on-accent: #2e2100; --mark: #665017; --press: #352e22;
}
.banner {
  display: flex; gap: 12px; padding: 14px 16px 12px; margin: 0;
  border: 1px solid var(--line); border-inline-start: 4px solid var(--accent);
  border-radius: 10px; overflow-wrap: anywhere;
}
.icon { flex: none; width: 22px; height: 22px; color: var(--accent); }
.main { flex: 1; min-width: 0; }
p { margin: 0; }
.headline { font-size: 14.5px; line-height: 1.5; }
.word { color: var(--accent); font-weight: 650; margin-inline-end: 4px; }
.advice, .note { margin-top: 4px; font-size: 13px; color: var(--soft); }
.note {
  margin-top: 8px; padding-inline-start: 10px;
  border-inline-start: 2px solid var(--line);
}
ul {
  margin: 8px 0 2px; padding: 0; padding-inline-start: 18px; font-size: 13px;
}
li { margin: 3px 0; padding-inline-start: 2px; }
li::marker { color: var(--accent); }
b { font-weight: 650; }
.host {
  font-weight: 400; unicode-bidi: isolate;
  font-variant-ligatures: none; white-space: nowrap;
}
.host.long { white-space: normal; }
.host span { color: var(--soft); }
.host small { font-size: 12px; color: var(--soft); }
.quote::before { content: open-quote; } .quote::after { content: close-quote; }
mark {
  font-weight: 650; color: inherit; background: var(--mark);
  border-radius: 3px; padding: 0 1px;
  text-decoration: underline 2px var(--accent); text-underline-offset: 3px;
}
.actions {
  display: flex; flex-wrap: wrap; gap: 4px 6px; margin-top: 10px;
  margin-inline-start: -8px; align-items: center;
}
button, .button {
  appearance: none; font: inherit; font-size: 13px; font-weight: 550;
  line-height: 18px; min-height: 30px; padding: 5px 10px; margin: 0;
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
.actions > .primary { margin-inline-start: 8px; }
.primary:hover { filter: brightness(1.08); }
.quiet { color: var(--soft); font-weight: 450; }
.push { margin-inline-start: auto; }
[hidden] { display: none !important; }
dialog {
  position: fixed; inset: auto; margin: 0; padding: 0; border: 0;
  width: min(400px, calc(100vw - 16px)); max-height: calc(100vh - 16px);
  overflow: auto; border-radius: 12px; background: none; color: inherit;
  box-shadow: 0 1px 3px rgb(0 0 0 / .2), 0 10px 34px rgb(0 0 0 / .24);
}
dialog::backdrop { background: rgb(0 0 0 / .12); }
.card {
  padding: 16px 18px 14px; border: 1px solid var(--line);
  border-radius: 12px; overflow-wrap: anywhere;
}
.card h2 {
  display: flex; gap: 9px; align-items: center; margin: 0 0 12px;
  font-size: 15px; font-weight: 650; line-height: 1.35;
}
.card dl { margin: 0 0 10px; }
.card dt { font-size: 12px; color: var(--soft); }
.card dd { margin: 0 0 10px; font-size: 14px; }
.card .big { font-size: 18px; line-height: 1.35; }
.card .big span, .card .big small { font-size: 14px; }
.card .said {
  max-height: 4.5em; overflow: hidden;
}
.card .actions { justify-content: flex-end; margin: 14px 0 0; }
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
  .banner, .card { border: 2px solid CanvasText; }
  .primary, button, .button { border: 1px solid ButtonText; }
  mark { background: Mark; color: MarkText; forced-color-adjust: none; }
}
@media (max-width: 420px) {
  .banner { padding: 12px; gap: 9px; }
}
`;

/** What every host element of ours insists on, whatever the page's styles. */
const HOST_STYLE =
  'all: initial !important; display: block !important; ' +
  'position: relative !important; box-sizing: border-box !important; ' +
  'width: auto !important; height: auto !important; ' +
  'margin: 8px 0 !important; padding: 0 !important; ' +
  'visibility: visible !important; opacity: 1 !important; ' +
  'transform: none !important; clip-path: none !important; ' +
  'filter: none !important; float: none !important; ' +
  'pointer-events: auto !important; flex: none !important; ' +
  'grid-column: 1 / -1 !important; contain: inline-size !important;';

/**
 * An element of ours with a closed shadow root.
 *
 * @param {Document} document
 * @param {string} style
 * @returns {{host: HTMLElement, shadow: ShadowRoot}}
 */
function makeHost(document, style) {
  const host = make(document, 'div', { style });
  const shadow = host.attachShadow({ mode: 'closed' });
  dress(shadow, document);
  OURS.add(host);
  return { host, shadow };
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
    const view = /** @type {Window & typeof globalThis} */ (
      document.defaultView
    );
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
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  (SHAPES[level] ?? []).forEach((shape, i) => {
    const path = document.createElementNS(space, 'path');
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
    const style = at.ownerDocument.defaultView?.getComputedStyle(at);
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
  'width: 16px !important; height: 16px !important; ' +
  'margin: 0 5px !important; vertical-align: -2px !important; ' +
  'visibility: visible !important; opacity: 1 !important;';

/**
 * A small mark beside a bad link or sender.
 *
 * @param {Document} document
 * @param {string} level
 * @param {string} words what it says to a screen reader and on hovering
 * @returns {HTMLElement}
 */
function smallMark(document, level, words) {
  const { host, shadow } = makeHost(document, MARK_STYLE);
  const color = level === 'danger' ? '#c5221f' : '#b06f00';
  const box = make(document, 'span', {
    class: `dc ${level}`,
    role: 'img',
    'aria-label': words,
    title: words,
    style: `background: none; --accent: ${color}; --ground: #fff`,
  });
  const shape = icon(document, level);
  shape.setAttribute('style', 'width: 16px; height: 16px');
  box.append(shape);
  shadow.append(box);
  return host;
}
