/**
 * The mark of Doppelcheck and the signs of its states, drawn once: the pages
 * show them, `tools/icons.mjs` makes the toolbar's pictures of them. States
 * differ by shape, so that nobody needs to tell the colours apart.
 *
 * @typedef {import('../protocol').State} State
 * @typedef {[name: string, attributes: Record<string, string>]} Piece
 */

/** Colours that stand out from light and from dark toolbars. */
export const COLORS = {
  mark: '#7a76ec',
  grey: '#80868b',
  caution: '#c27c00',
  danger: '#e0383e',
};

/**
 * The letter and its double behind it. Edges lie on whole pixels of the
 * smallest picture.
 *
 * @param {string} color
 * @param {boolean} [hollow] whether the letter is drawn as an outline
 * @returns {Piece[]}
 */
function letter(color, hollow = false) {
  const double = {
    d: 'M5 4V3.8A1.8 1.8 0 0 1 6.8 2h5.4A1.8 1.8 0 0 1 14 3.8V9',
    fill: 'none',
    stroke: color,
    'stroke-width': '2',
    'stroke-linecap': 'round',
    opacity: '0.65',
  };
  const flap = {
    d: 'm3.5 9 3 2.5 3-2.5',
    fill: 'none',
    stroke: hollow ? color : '#fff',
    'stroke-width': '1.5',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  };
  const full = { x: '1', y: '6', width: '11', height: '9', rx: '2' };
  const outline = {
    x: '1.75',
    y: '6.75',
    width: '9.5',
    height: '7.5',
    rx: '1.5',
    fill: 'none',
    stroke: color,
    'stroke-width': '1.5',
  };
  return [
    ['path', double],
    ['rect', hollow ? outline : { ...full, fill: color }],
    ['path', flap],
  ];
}

/**
 * @param {string} d
 * @param {string} width
 * @returns {Piece}
 */
function stroke(d, width = '2') {
  return [
    'path',
    {
      d,
      fill: 'none',
      stroke: '#fff',
      'stroke-width': width,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    },
  ];
}

/**
 * What each sign is made of, on 16 by 16.
 *
 * @type {Record<State | 'mark', Piece[]>}
 */
export const SIGNS = {
  mark: letter(COLORS.mark),
  idle: letter(COLORS.grey, true),
  fine: letter(COLORS.mark),
  note: [
    [
      'rect',
      { x: '1', y: '1', width: '14', height: '14', rx: '4', fill: COLORS.mark },
    ],
    stroke('M8 7.5V12M8 4.1v.1'),
  ],
  caution: [
    [
      'path',
      {
        d: 'M8 1.9 14.9 14H1.1z',
        fill: COLORS.caution,
        stroke: COLORS.caution,
        'stroke-width': '1.8',
        'stroke-linejoin': 'round',
      },
    ],
    stroke('M8 6v3M8 12.1v.1'),
  ],
  danger: [
    [
      'path',
      {
        d: 'M4.9.6h6.2l4.3 4.3v6.2l-4.3 4.3H4.9L.6 11.1V4.9z',
        fill: COLORS.danger,
      },
    ],
    stroke('M8 4.1v4.4M8 11.9v.1'),
  ],
  unread: [
    [
      'circle',
      {
        cx: '8',
        cy: '8',
        r: '6.8',
        fill: COLORS.grey,
        stroke: COLORS.grey,
        'stroke-width': '1',
      },
    ],
    stroke('M5.7 6a2.3 2.3 0 1 1 3.4 2c-.8.5-1.1.9-1.1 1.6M8 12.4v.1', '1.8'),
  ],
  paused: [
    [
      'rect',
      { x: '1', y: '1', width: '14', height: '14', rx: '4', fill: COLORS.grey },
    ],
    stroke('M6 5v6M10 5v6'),
  ],
};

const SPACE = 'http://www.w3.org/2000/svg';

/**
 * A sign for a page; screen readers skip it, as words stand beside it.
 *
 * @param {State | 'mark'} name
 * @param {number} size
 * @returns {SVGSVGElement}
 */
export function sign(name, size) {
  const svg = document.createElementNS(SPACE, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('width', String(size));
  svg.setAttribute('height', String(size));
  svg.setAttribute('aria-hidden', 'true');
  for (const [kind, attributes] of SIGNS[name]) {
    const piece = document.createElementNS(SPACE, kind);
    for (const [key, value] of Object.entries(attributes)) {
      piece.setAttribute(key, value);
    }
    svg.append(piece);
  }
  return svg;
}
