import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NextFunction, Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { Door } from '../admin-api/door.ts';
import { logFailure, logLine } from '../log-line.ts';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import type { Pack } from '../pack.ts';
import { Metrics } from './metrics.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import { otlpSettings } from './otlp-settings.ts';
import { Traces } from './traces.ts';

/** A tenant's name in a header is a word of the business, too. */
const isSecretHeader = /auth|key|token|secret|password|cookie/i;
/** Node-RED, told to stop, waits for the last spans at most so long. */
const lastFlushMs = 2_000;
const metricsPath = '/ps-connect/metrics';
/** Shorter ones can be guessed. */
const leastToken = 16;

/**
 * What machines ask that look after machines: `/ps-connect/metrics` for Prometheus, `/ps-connect/livez` and `/ps-connect/readyz` for whoever starts and
 * stops processes. The latter say nothing but yes or no, and need no sign-in.
 */
export function registerTelemetry(RED: NodeAPI, pack: Pack): void {
  const version = versionOfPack();
  const metrics = new Metrics(pack, version);
  beginTraces(RED, pack, version);
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

/** Spans go to a collector where the environment names one. */
function beginTraces(RED: NodeAPI, pack: Pack, version: string): void {
  try {
    const settings = otlpSettings(process.env);
    if (!settings) return;
    // a key of the collector's is as secret as one of a system's
    knownSecrets.learnAll(Object.entries(settings.headers).flatMap(([name, value]) => (isSecretHeader.test(name) ? [value] : [])));
    const exporter = new OtlpExporter(settings, { version, clock: pack.clock, say: (line) => logLine(RED.log, 'warn', line) });
    new Traces(pack, settings, exporter);
    pack.beforeLeaving = () => exporter.flushWithin(lastFlushMs);
  } catch (error) {
    logFailure(RED.log, Failure.from(error));
  }
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
