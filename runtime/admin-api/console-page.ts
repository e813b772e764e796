import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { NextFunction, Request, Response } from 'express';
import type { NodeAPI } from 'node-red';

interface Served {
  path: string;
  file: string;
  type: string;
}

/** What the build puts into `dist/console/`, and the words of the console in each language; nothing else. */
function served(root: string): Served[] {
  const locales = join(root, '..', 'locales');
  const languages = existsSync(locales) ? readdirSync(locales) : [];
  const scripts = existsSync(root) ? readdirSync(root).filter((file) => file.endsWith('.js')) : [];
  return [
    ...scripts.map((path) => ({ path, file: join(root, path), type: 'text/javascript; charset=utf-8' })),
    { path: 'page.css', file: join(root, 'page.css'), type: 'text/css; charset=utf-8' },
    ...languages.map((language) => ({
      ...{ path: `words/${language}.json`, file: join(locales, language, 'ps-connect.json'), type: 'application/json; charset=utf-8' },
    })),
  ].filter(({ file }) => existsSync(file));
}

const compress = promisify(gzip);

/** What is asked for with the hash of its content never changes: `page.js?v=…`, or `shared-….js`, which the other scripts name. */
const hashed = /^shared-/;
const forever = 'public, max-age=31536000, immutable';

/** Only what comes from this Node-RED; a page that shows business data is put into no frame of another site. */
const contentPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/**
 * Serves the console at `<httpAdminRoot>/ps-connect/`. The files hold no data and no secret, and are served as the editor's
 * own are: without a sign-in, because a browser that opens an address cannot send an access token. Everything the
 * page shows comes from the admin API, with the token of the editor's sign-in, and is refused without it.
 */
export function registerConsolePage(RED: NodeAPI, root: string = consoleFolder()): void {
  const headers = {
    'Content-Security-Policy': contentPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
  RED.httpAdmin.get('/ps-connect', ofOurPages, (request, response) => {
    const [path = '', query] = request.originalUrl.split('?');
    // addresses on the page are relative to the slash
    if (path.endsWith('/')) response.sendFile('index.html', { root, headers });
    else response.redirect(`${path.split('/').at(-1)}/${query ? `?${query}` : ''}`);
  });
  for (const { path, file, type } of served(root)) {
    const content = readFileSync(file);
    const version = versionOf(content);
    let compressed: Promise<Buffer> | undefined;
    RED.httpAdmin.get(`/ps-connect/${path}`, ofOurPages, async (request, response) => {
      const coding = request.acceptsEncodings('gzip', 'identity') === 'gzip' ? 'gzip' : undefined;
      response.set({
        ...headers,
        'Content-Type': type,
        ...(coding ? { 'Content-Encoding': coding } : {}),
        Vary: 'Accept-Encoding',
        ETag: `"${version}${coding ? `-${coding}` : ''}"`,
        ...(request.query['v'] === version || hashed.test(path) ? { 'Cache-Control': forever } : {}),
      });
      response.send(coding ? await (compressed ??= compress(content, { level: 9 })) : content);
    });
  }
}

/** The beginning of the content's SHA-256, as the build writes it into the page. */
function versionOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** A link of another site may lead to the page; it takes nothing of it into its own. */
function ofOurPages({ headers }: Request, response: Response, next: NextFunction): void {
  const site = headers['sec-fetch-site'];
  const opened = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (site === undefined || site === 'same-origin' || site === 'none' || opened) next();
  else
    response
      .status(403)
      .type('text/plain')
      .set('X-Content-Type-Options', 'nosniff')
      .send('Open the console itself: no other page may show or read it.');
}

/** Beside the bundle in `dist/`; from the source tree, in what was built from it. */
function consoleFolder(): string {
  return typeof __dirname === 'undefined' ? join(import.meta.dirname, '..', '..', 'dist', 'console') : join(__dirname, 'console');
}
