import { join } from 'node:path';
import type { NextFunction, Request, Response } from 'express';
import type { NodeAPI } from 'node-red';

/** What the build puts into `dist/console/`, and nothing else. */
const files: Record<string, string> = {
  '/ps-connect/page.js': 'page.js',
  '/ps-connect/page.css': 'page.css',
};

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
  for (const [path, file] of Object.entries(files)) {
    RED.httpAdmin.get(path, ofOurPages, (_request, response) => response.sendFile(file, { root, headers }));
  }
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
