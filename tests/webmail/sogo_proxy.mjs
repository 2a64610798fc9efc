// Stands in for the web server before SOGo: serves its static files and hands
// everything else on. `node sogo_proxy.mjs PORT SOGOD_PORT`.

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { extname, join, normalize } from 'node:path';

const FILES = '/usr/lib/GNUstep/SOGo';
/** How often a request is handed on again that sogod has dropped. */
const MOST_TRIES = 8;

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const [port, sogod] = process.argv.slice(2).map(Number);

/**
 * The static file that a path means; null where sogod must answer.
 *
 * @param {string} path
 */
function fileOf(path) {
  const own = path.match(/^\/SOGo(?:\.woa)?\/WebServerResources\/(.+)$/);
  const product = path.match(
    /^\/SOGo\/so\/ControlPanel\/Products\/([^/]+)\/Resources\/(.+)$/,
  );
  const file = own
    ? join(FILES, 'WebServerResources', own[1] ?? '')
    : product &&
      join(FILES, `${product[1]}.SOGo`, 'Resources', product[2] ?? '');
  return file && normalize(file).startsWith(`${FILES}/`) ? file : null;
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 */
async function answer(request, response) {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const file = fileOf(decodeURIComponent(path));
  if (file) {
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const body = await readFile(file);
    response.writeHead(200, { 'content-type': type }).end(body);
    return;
  }
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  handOn(request, response, Buffer.concat(parts), MOST_TRIES);
}

/**
 * sogod's watchdog drops a connection now and then when several arrive at
 * once; such a request has not been looked at and is sent again.
 *
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {Buffer} body
 * @param {number} tries
 */
function handOn(request, response, body, tries) {
  const onward = http.request(
    {
      host: '127.0.0.1',
      port: sogod,
      method: request.method,
      path: request.url,
      headers: headersFor(request, body),
      agent: false,
    },
    (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    },
  );
  onward.on('error', (error) => {
    if (response.headersSent) {
      response.destroy();
    } else if (tries > 0) {
      setTimeout(() => handOn(request, response, body, tries - 1), 100);
    } else {
      response.writeHead(502).end(String(error));
    }
  });
  onward.end(body);
}

/**
 * @param {http.IncomingMessage} request
 * @param {Buffer} body
 */
function headersFor(request, body) {
  const headers = { ...request.headers };
  delete headers['transfer-encoding'];
  return {
    ...headers,
    ...(body.length ? { 'content-length': String(body.length) } : {}),
    connection: 'close',
    'x-webobjects-remote-host': '127.0.0.1',
    'x-webobjects-server-name': '127.0.0.1',
    'x-webobjects-server-port': String(port),
    'x-webobjects-server-protocol': 'HTTP/1.0',
    'x-webobjects-server-url': `http://127.0.0.1:${port}`,
  };
}

http
  .createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end());
  })
  .listen(port, '127.0.0.1');
