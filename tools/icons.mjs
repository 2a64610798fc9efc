// Makes extension/icons/*.png of extension/ui/shapes.js with Chromium:
// `node tools/icons.mjs`. The pictures are committed; run this after a
// change of the shapes.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIGNS } from '../extension/ui/shapes.js';

const OUT = new URL('../extension/icons/', import.meta.url);

const pictures = Object.keys(SIGNS).flatMap((name) =>
  name === 'mark'
    ? [16, 32, 48, 128].map((size) => ({ name, size, file: `icon-${size}` }))
    : [16, 32].map((size) => ({ name, size, file: `${name}-${size}` })),
);

/** @param {{name: string, size: number, file: string}} picture */
function drawing({ name, size, file }) {
  const pieces = SIGNS[name].map(([kind, attributes]) => {
    const words = Object.entries(attributes).map(([k, v]) => `${k}="${v}"`);
    return `<${kind} ${words.join(' ')}/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"
    width="${size}" height="${size}">${pieces.join('')}</svg>`;
  const source = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  return `<img alt="${file}" src="${source}">`;
}

/** Runs in the page: paints each drawing and leaves it as a data URL. */
function paint() {
  for (const image of document.querySelectorAll('img')) {
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d').drawImage(image, 0, 0);
    image.src = canvas.toDataURL();
  }
}

const page = join(mkdtempSync(join(tmpdir(), 'doppelcheck-')), 'icons.html');
const images = pictures.map(drawing).join('');
writeFileSync(page, `${images}<script>onload = ${paint}</script>`);
const painted = execFileSync(
  process.env.DOPPELCHECK_CHROMIUM ?? 'chromium',
  [
    '--headless',
    '--no-sandbox',
    '--virtual-time-budget=2000',
    '--dump-dom',
    page,
  ],
  { encoding: 'utf8', maxBuffer: 1 << 24 },
);
const found = painted.matchAll(
  /alt="([^"]+)" src="data:image\/png;base64,([^"]+)"/g,
);
let written = 0;
for (const [, file, data] of found) {
  writeFileSync(new URL(`${file}.png`, OUT), Buffer.from(data, 'base64'));
  written += 1;
}
if (written !== pictures.length) {
  throw new Error(`${written} of ${pictures.length} pictures were painted`);
}
