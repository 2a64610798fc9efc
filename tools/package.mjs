// Packs what the stores take: `node tools/package.mjs VERSION`. The same
// files give the same bytes: names in order, one fixed moment for all.

import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01 00:00, the first moment that a zip file knows. */
const TIME = 0;
const DATE = (1 << 5) | 1;
/** Names are UTF-8. */
const FLAGS = 1 << 11;
const DEFLATED = 8;

const [version] = process.argv.slice(2);
for (const browser of ['chromium', 'firefox']) {
  const folder = join('dist', browser);
  await pack(`doppelcheck-${version}-${browser}`, folder, await under(folder));
}
const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' });
const sources = tracked.split('\0').filter((path) => path);
await pack(`doppelcheck-${version}-source`, '.', sources);

/**
 * Every file in a folder and below.
 *
 * @param {string} folder
 */
async function under(folder) {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {string[]} paths
 */
async function pack(name, folder, paths) {
  const locals = [];
  const centrals = [];
  let offset = 0;
  for (const path of [...paths].sort()) {
    const content = await readFile(join(folder, path));
    const entry = describe(path, content);
    locals.push(header(0x04034b50, entry, null), entry.packed);
    centrals.push(header(0x02014b50, entry, offset));
    offset += 30 + entry.name.length + entry.packed.length;
  }
  const central = Buffer.concat(centrals);
  const file = join('dist/packages', `${name}.zip`);
  const end = ending(paths.length, central.length, offset);
  await writeFile(file, Buffer.concat([...locals, central, end]));
  console.log(`  ${file}`);
}

/**
 * @typedef {{name: Buffer, packed: Buffer, size: number, sum: number}} Entry
 */

/**
 * @param {string} path
 * @param {Buffer} content
 * @returns {Entry}
 */
function describe(path, content) {
  return {
    name: Buffer.from(path),
    packed: deflateRawSync(content, { level: 9 }),
    size: content.length,
    sum: crc32(content),
  };
}

/**
 * An entry's header, in its place (`offset` null) or in the list at the end.
 *
 * @param {number} signature
 * @param {Entry} entry
 * @param {number | null} offset
 */
function header(signature, { name, packed, size, sum }, offset) {
  const listed = offset !== null;
  const start = Buffer.alloc(listed ? 8 : 6);
  start.writeUInt32LE(signature);
  start.writeUInt16LE(20, listed ? 6 : 4);
  if (listed) {
    start.writeUInt16LE(20, 4);
  }
  const middle = Buffer.alloc(24);
  middle.writeUInt16LE(FLAGS, 0);
  middle.writeUInt16LE(DEFLATED, 2);
  middle.writeUInt16LE(TIME, 4);
  middle.writeUInt16LE(DATE, 6);
  middle.writeUInt32LE(sum, 8);
  middle.writeUInt32LE(packed.length, 12);
  middle.writeUInt32LE(size, 16);
  middle.writeUInt16LE(name.length, 20);
  const last = Buffer.alloc(listed ? 14 : 0);
  if (listed) {
    last.writeUInt32LE(offset, 10);
  }
  return Buffer.concat([start, middle, last, name]);
}

/**
 * @param {number} count
 * @param {number} size
 * @param {number} offset
 */
function ending(count, size, offset) {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
