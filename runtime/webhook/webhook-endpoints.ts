import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeAPI } from 'node-red';
import { Failure } from '../../model/failure.ts';
import { later, send } from './answers.ts';
import { RecordedBody } from './recorded-body.ts';

/** A node that listens. */
export interface Endpoint {
  /** name of the node, for the one that wants the same path */
  readonly name: string;
  /** `/events/time-approved`, below Node-RED's root for HTTP nodes */
  readonly path: string;
  /** most bytes of a body */
  readonly limit: number;
  /** Answers; never throws. */
  serve(request: IncomingMessage, response: ServerResponse): void;
}

interface Holder {
  endpoint: Endpoint;
  /** its node is closed */
  closing: boolean;
}

type Next = (error?: unknown) => void;
type Middleware = (request: IncomingMessage, response: ServerResponse, next: Next) => unknown;

/** What is used of Node-RED's Express 4 apps. */
interface App {
  path(): string;
  use(layer: Middleware): void;
  _router?: { stack: { handle?: unknown; route?: { path: unknown; methods: Record<string, boolean> } }[] };
}

/** First parts of addresses that Node-RED's editor and this pack answer themselves: an event sent there would never arrive. */
const ofTheEditor = new Set(
  (
    'auth comms context credentials debug diagnostics flow flows icons inject library locales nodes plugins projects ps-connect red ' +
    'resources settings theme types udp-ports vendor'
  ).split(' '),
);

/**
 * Which node listens at which path. Express cannot take a route back, so there is one layer for all of them, put in place
 * once; a deploy only changes the table that it looks into.
 */
export class WebhookEndpoints {
  private readonly RED: NodeAPI;
  private readonly byPath = new Map<string, Holder>();
  private readonly middleware: Middleware[];
  private inPlace = false;

  constructor(RED: NodeAPI) {
    this.RED = RED;
    const { httpNodeMiddleware } = RED.settings as unknown as { httpNodeMiddleware?: unknown };
    this.middleware = [httpNodeMiddleware].flat(5).filter((one): one is Middleware => typeof one === 'function');
  }

  private get app(): App {
    return this.RED.httpNode;
  }

  /** Listens at the endpoint's path from now on; throws a Failure when somebody else does. Asking again changes nothing. */
  claim(endpoint: Endpoint): void {
    const { path } = endpoint;
    const holder = this.byPath.get(path);
    if (holder && !holder.closing && holder.endpoint !== endpoint) throw taken(path, `the node “${holder.endpoint.name}”`);
    if (this.isRouteOfOthers(path)) throw taken(path, 'an “http in” node');
    this.mustReachNodes(path);
    this.byPath.set(path, { endpoint, closing: false });
    this.putInPlace();
  }

  /** The node is closed. Until the flows run again its path answers that they do not: a sender is not to think that it is gone. */
  release(endpoint: Endpoint): void {
    const holder = this.byPath.get(endpoint.path);
    if (holder?.endpoint === endpoint) holder.closing = true;
  }

  /** The flows run: paths that no node has claimed again are nobody's. */
  sweep(): void {
    for (const [path, { closing }] of this.byPath) if (closing) this.byPath.delete(path);
  }

  private isRouteOfOthers(path: string): boolean {
    const stack = this.app._router?.stack ?? [];
    return stack.some(
      ({ route }) => typeof route?.path === 'string' && route.methods['post'] === true && withoutSlashes(route.path) === path,
    );
  }

  private mustReachNodes(path: string): void {
    const { httpNodeRoot, httpAdminRoot = '/' } = this.RED.settings as unknown as { httpNodeRoot?: unknown; httpAdminRoot?: unknown };
    if (httpNodeRoot === false) {
      throw new Failure({
        class: 'contract.invalid',
        code: 'HTTP_NODES_OFF',
        message: 'This Node-RED serves no HTTP nodes.',
        field: 'httpNodeRoot',
        remedy: 'Set httpNodeRoot in settings.js to a path.',
      });
    }
    if (httpAdminRoot === false) return;
    const admin = withoutSlashes(String(httpAdminRoot));
    const whole = this.root() + path;
    const first = whole.startsWith(`${admin}/`) ? whole.slice(admin.length + 1).split('/')[0] : undefined;
    if (first !== undefined && ofTheEditor.has(first.toLowerCase())) {
      throw new Failure({
        class: 'contract.invalid',
        code: 'PATH_OF_EDITOR',
        message: `The address ${whole} belongs to Node-RED's editor.`,
        field: 'path',
        remedy: `Choose a path that does not begin with ${first}, such as events/${path.slice(1)}.`,
      });
    }
  }

  /** Where the app for HTTP nodes is mounted: `` for the root. */
  private root(): string {
    return withoutSlashes(this.app.path());
  }

  private putInPlace(): void {
    if (this.inPlace) return;
    this.inPlace = true;
    // before Node-RED's own listener, and so before anybody reads the body
    this.RED.server?.prependListener('request', (request: IncomingMessage) => this.begin(request));
    if (this.RED.httpAdmin) this.passBy(this.RED.httpAdmin);
    this.app.use((request, response, next) => this.serve(request, response, next));
  }

  private begin(request: IncomingMessage): void {
    if (request.method !== 'POST') return;
    const path = pathIn(request.url ?? '');
    const root = this.root();
    const holder = path.startsWith(root) ? this.byPath.get(path.slice(root.length)) : undefined;
    if (holder) RecordedBody.begin(request, holder.endpoint.limit);
  }

  /**
   * With its root at `/` the admin app gets every request first, and asks each of its hundred routes whether it is theirs:
   * that takes longer than all that is done here. An event leaves it at once, for what comes after it.
   */
  private passBy(admin: App): void {
    const leave: Middleware = (request, _response, next) => next(RecordedBody.isBegun(request) ? 'router' : undefined);
    admin.use(leave);
    const stack = admin._router?.stack ?? [];
    const at = stack.findIndex(({ handle }) => handle === leave);
    if (at > 0) stack.unshift(...stack.splice(at, 1));
  }

  private serve(request: IncomingMessage, response: ServerResponse, next: Next): void {
    // below the mount point; what Express took off is not in it any more
    const holder = this.byPath.get(pathIn(request.url ?? ''));
    if (!holder) next();
    else if (this.middleware.length === 0) answer(holder, request, response);
    else runAll(this.middleware, request, response, (error) => (error ? next(error) : answer(holder, request, response)));
  }
}

function answer({ endpoint, closing }: Holder, request: IncomingMessage, response: ServerResponse): void {
  if (closing) send(response, later(503, 'The flows are being deployed or stopped.'));
  else endpoint.serve(request, response);
}

/** `settings.httpNodeMiddleware`, which Node-RED leaves to each HTTP node to run (21-httpin.js). */
function runAll(middleware: readonly Middleware[], request: IncomingMessage, response: ServerResponse, done: Next): void {
  const run = (at: number, error?: unknown): void => {
    const one = middleware[at];
    if (error || !one) return done(error);
    try {
      const result = one(request, response, (problem) => run(at + 1, problem));
      if (result instanceof Promise) result.catch(done);
    } catch (thrown) {
      done(thrown);
    }
  };
  run(0);
}

/** The path of a request without query, doubled slashes and a slash at the end. */
function pathIn(url: string): string {
  const end = url.indexOf('?');
  let path = end < 0 ? url : url.slice(0, end);
  if (!path.startsWith('/')) path = URL.parse(path)?.pathname ?? path; // a client may send the whole address
  if (path.includes('//')) path = path.replace(/\/{2,}/g, '/');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** `/api/` → `/api`, `/` → `` */
function withoutSlashes(path: string): string {
  const trimmed = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}

function taken(path: string, by: string): Failure {
  return new Failure({
    class: 'contract.invalid',
    code: 'PATH_TAKEN',
    message: `${by[0]!.toUpperCase()}${by.slice(1)} listens at ${path} already.`,
    field: 'path',
    remedy: 'Give this node another path, and deploy.',
  });
}
