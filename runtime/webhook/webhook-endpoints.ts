import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { NodeAPI } from 'node-red';
import { inWords } from '../../model/failure-words.ts';
import type { AnsweredBelow, Answering } from './answering.ts';
import { later, send } from './answers.ts';
import type { App, Middleware, Next } from './express-app.ts';
import { mustBeFree, nodeRoot, pathTaken } from './free-path.ts';
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

/**
 * Which node listens at which path, for events, for calls of business APIs and for whatever else is answered below a path of its own. Express cannot take a route back, so there is one layer for all of them, put in place
 * before any flow starts; a deploy only changes the table that it looks into.
 */
export class WebhookEndpoints {
  private readonly RED: NodeAPI;
  private readonly others: readonly AnsweredBelow[];
  private readonly byPath = new Map<string, Holder>();
  /** the flows have been started: a path that no node has claimed is nobody's */
  private complete = false;

  constructor(RED: NodeAPI, others: readonly AnsweredBelow[]) {
    this.RED = RED;
    this.others = others;
  }

  /** Puts itself in front of whatever answers HTTP requests. */
  install(): void {
    const { server, httpAdmin } = this.RED as unknown as { server?: Server | null; httpAdmin: App };
    // before Node-RED's own listener, and so before anybody reads the body; an application that embeds it may have another server
    server?.prependListener('request', (request: IncomingMessage) => this.begin(request));
    this.passBy(httpAdmin.parent ?? httpAdmin); // nodes see a part of it (red.js, init)
    const { httpNodeMiddleware } = this.RED.settings as unknown as { httpNodeMiddleware?: unknown };
    // which Node-RED leaves to each HTTP node to run (21-httpin.js)
    const middleware = [httpNodeMiddleware].flat(5).filter((one): one is Middleware => typeof one === 'function');
    const ours: Middleware = (request, _response, next) =>
      next(this.holder(request) || this.other(request) || this.mayComeYet(request) ? undefined : 'route');
    const serve: Middleware = (request, response, next) => this.serve(request, response, next);
    (this.RED.httpNode as unknown as App).all(/^/, ours, ...middleware, serve);
  }

  /** Listens at the endpoint's path from now on; throws a Failure when it cannot. Asking again changes nothing. */
  claim(endpoint: Endpoint): void {
    const { path } = endpoint;
    const holder = this.byPath.get(path);
    if (holder && !holder.closing && holder.endpoint !== endpoint)
      throw pathTaken(inWords('PATH_TAKEN', { name: holder.endpoint.name, path }));
    if (this.isOfOthers(path)) throw pathTaken(inWords('PATH_TAKEN.of-apis', { path }));
    this.byPath.delete(path);
    mustBeFree(this.RED, path);
    this.byPath.set(path, { endpoint, closing: false });
  }

  /** The node is closed. Until the flows run again its path answers that they do not: a sender is not to think that it is gone. */
  release(endpoint: Endpoint): void {
    const holder = this.byPath.get(endpoint.path);
    if (holder?.endpoint === endpoint) holder.closing = true;
  }

  /** The flows run: paths that no node has claimed again are nobody's. */
  sweep(): void {
    this.complete = true;
    for (const [path, { closing }] of this.byPath) if (closing) this.byPath.delete(path);
  }

  private begin(request: IncomingMessage): void {
    const { method = '' } = request;
    if (!withBody.has(method)) return;
    const path = pathIn(request.url ?? '');
    const root = nodeRoot(this.RED);
    if (!path.startsWith(root)) return;
    const below = path.slice(root.length);
    const endpoint = (method === 'POST' ? this.byPath.get(below)?.endpoint : undefined) ?? this.found(method, below);
    if (endpoint) RecordedBody.begin(request, endpoint.limit);
  }

  /**
   * With its root at `/` the admin app gets every request first and asks each of its routes whether it is theirs: nearly
   * 0.1 ms, as long as all that is done here. An event leaves it at once, for what comes after it.
   */
  private passBy(admin: App): void {
    const leave: Middleware = (request, _response, next) => next(RecordedBody.isBegun(request) ? 'router' : undefined);
    admin.use(leave);
    const stack = admin._router?.stack ?? [];
    const at = stack.findIndex(({ handle }) => handle === leave);
    if (at > 0) stack.unshift(...stack.splice(at, 1));
  }

  /** By the path below the mount point; what Express took off is not in it any more. */
  private holder(request: IncomingMessage): Holder | undefined {
    return this.byPath.get(pathIn(request.url ?? ''));
  }

  /** Node-RED listens before its flows run: a sender is not to think that a path is gone. */
  private mayComeYet({ method, url }: IncomingMessage): boolean {
    return !this.complete && (method === 'POST' || this.isOfOthers(pathIn(url ?? '')));
  }

  private other({ method, url }: IncomingMessage): Answering | undefined {
    return this.found(method ?? '', pathIn(url ?? ''));
  }

  private found(method: string, path: string): Answering | undefined {
    for (const one of this.others) {
      const answering = one.find(method, path);
      if (answering) return answering;
    }
    return undefined;
  }

  private isOfOthers(path: string): boolean {
    return this.others.some((one) => one.isTheirs(path));
  }

  private serve(request: IncomingMessage, response: ServerResponse, next: Next): void {
    const holder = this.holder(request);
    const other = holder ? undefined : this.other(request);
    if (other) other.serve(request, response);
    else if (!holder && this.mayComeYet(request)) send(response, later(503, inWords('RECEIVER.starting').message));
    else if (!holder)
      next(); // it went while others worked on the request
    else if (holder.closing) send(response, later(503, inWords('RECEIVER.stopped').message));
    else holder.endpoint.serve(request, response);
  }
}

/** What may bring something that is to be read here, and nowhere before. */
const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The path of a request without query, doubled slashes and a slash at the end. */
function pathIn(url: string): string {
  const end = url.indexOf('?');
  let path = end < 0 ? url : url.slice(0, end);
  if (!path.startsWith('/')) path = URL.parse(path)?.pathname ?? path; // a client may send the whole address
  if (path.includes('//')) path = path.replace(/\/{2,}/g, '/');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
