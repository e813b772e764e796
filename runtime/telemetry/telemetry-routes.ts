import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NextFunction, Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { Door } from '../admin-api/door.ts';
import { logFailure } from '../log-line.ts';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import type { Pack } from '../pack.ts';
import { Metrics } from './metrics.ts';

const metricsPath = '/ps-connect/metrics';
/** Shorter ones can be guessed. */
const leastToken = 16;

/**
 * What machines ask that look after machines: `/ps-connect/metrics` for Prometheus, `/ps-connect/livez` and `/ps-connect/readyz` for whoever starts and
 * stops processes. The latter say nothing but yes or no, and need no sign-in.
 */
export function registerTelemetry(RED: NodeAPI, pack: Pack): void {
  const metrics = new Metrics(pack, versionOfPack());
  const send = (_request: Request, response: Response, next: NextFunction) => {
    metrics.text().then((text) => {
      response.set({ 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
      response.end(text); // `send` would turn the parameters of the content type round
    }, next);
  };
  const { metricsToken } = pack.settings;
  if (metricsToken !== undefined && metricsToken.length < leastToken) {
    logFailure(RED.log, new Failure({ class: 'contract.invalid', ...inWords('METRICS_TOKEN_SHORT', { least: leastToken }) }));
  } else if (metricsToken !== undefined) {
    knownSecrets.learn(metricsToken);
    // a scraper cannot sign in as people do
    RED.httpAdmin.get(metricsPath, (request: Request, response: Response, next: NextFunction) =>
      holds(request, metricsToken) ? send(request, response, next) : next(),
    );
  }
  const door = new Door(RED, pack.settings.hosts);
  door.open(metricsPath);
  RED.httpAdmin.get(metricsPath, ...door.admits('ps-connect.read'), send);
  const answers = (path: string, holdsNow: () => boolean) =>
    RED.httpAdmin.get(path, (_request: Request, response: Response) => {
      const well = holdsNow();
      response
        .status(well ? 200 : 503)
        .set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
        .type('application/health+json')
        .send(JSON.stringify({ status: well ? 'pass' : 'fail' }));
    });
  answers('/ps-connect/livez', () => true);
  answers('/ps-connect/readyz', () => pack.ready);
}

function holds({ headers: { authorization = '' } }: Request, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization), digest(`Bearer ${token}`));
}

/** Beside `dist/`; from the source tree, its root. */
function versionOfPack(): string {
  const root = typeof __dirname === 'undefined' ? join(import.meta.dirname, '..', '..') : join(__dirname, '..');
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
