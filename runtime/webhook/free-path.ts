import type { NodeAPI } from 'node-red';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import type { App } from './express-app.ts';

/** First parts of addresses that Node-RED's editor and this pack answer themselves: an event sent there would never arrive. */
const ofTheEditor = new Set(
  (
    'auth comms context credentials debug diagnostics flow flows icons inject library locales nodes plugins projects ps-connect red ' +
    'resources settings theme types udp-ports vendor'
  ).split(' '),
);

/** Throws a Failure where a path below the root for HTTP nodes is not to be had, or what is sent to it would not arrive. */
export function mustBeFree(RED: NodeAPI, path: string, method = 'POST'): void {
  const { httpNodeRoot, httpAdminRoot = '/' } = RED.settings as unknown as { httpNodeRoot?: unknown; httpAdminRoot?: unknown };
  if (httpNodeRoot === false) {
    throw new Failure({ class: 'contract.invalid', ...inWords('HTTP_NODES_OFF'), field: 'httpNodeRoot' });
  }
  if (isHttpIn(RED, path, method)) throw pathTaken(inWords('PATH_TAKEN.http-in', { path }));
  if (httpAdminRoot === false) return;
  const admin = withoutSlashes(String(httpAdminRoot));
  const whole = nodeRoot(RED) + path;
  const first = whole.startsWith(`${admin}/`) ? whole.slice(admin.length + 1).split('/')[0]! : '';
  if (!ofTheEditor.has(first.toLowerCase())) return;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('PATH_OF_EDITOR', { whole, first, rest: path.slice(1) }),
    field: 'path',
  });
}

/** @param by whom: words of `PATH_TAKEN` */
export function pathTaken(by: FailureText): Failure {
  return new Failure({ class: 'contract.invalid', ...by, field: 'path' });
}

/** Where the app for HTTP nodes is mounted: `` for the root. */
export function nodeRoot(RED: NodeAPI): string {
  return withoutSlashes((RED.httpNode as unknown as App).path());
}

function isHttpIn(RED: NodeAPI, path: string, method: string): boolean {
  const stack = (RED.httpNode as unknown as App)._router?.stack ?? [];
  return stack.some(
    ({ route }) => typeof route?.path === 'string' && route.methods[method.toLowerCase()] === true && withoutSlashes(route.path) === path,
  );
}

/** `/api/` → `/api`, `/` → `` */
function withoutSlashes(path: string): string {
  const trimmed = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}
