// Serves a folder on a free port of the loopback interface and prints the
// address: `node tools/serve.mjs DIR`.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

const root = resolve(process.argv[2] ?? '.');

/**
 * The file that a request means; null where it leaves the folder.
 * @param {string} url
 */
function fileOf(url) {
  const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  const file = normalize(
    join(root, path.endsWith('/') ? `${path}index.html` : path),
  );
  return file.startsWith(root + sep) ? file : null;
}

const server = createServer(async (request, response) => {
  try {
    const file = fileOf(request.url ?? '/');
    if (!file) throw new Error('outside the folder');
    const body = await readFile(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type }).end(body);
  } catch {
    response.writeHead(404).end('not found\n');
  }
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') {
    console.log(`http://127.0.0.1:${address.port}/`);
  }
});
