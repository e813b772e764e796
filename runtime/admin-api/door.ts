import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { NodeAPI } from 'node-red';
import type { Words } from '../../model/failure-sentence.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';
import { isObject } from '../../model/json.ts';
import type { App } from '../webhook/express-app.ts';
import { type AdminAuth, type Caller, callerOf } from './caller.ts';
import { isOwnHost } from './own-host.ts';
import { type Permission, permissionWords } from './permissions.ts';
import { isSameOrigin } from './same-origin.ts';

interface Refusal {
  status: number;
  message: string;
  words: Words;
}
type Check = (request: Request) => Refusal | undefined;

/** What is asked at every route of the admin API before anybody looks at what is wanted: who may knock, and then who may come in. */
export class Door {
  private readonly RED: NodeAPI;
  private readonly hosts: readonly string[];
  private readonly adminAuth: AdminAuth | undefined;

  /** @param hosts names of this Node-RED beside those that it knows itself: the setting `hosts` */
  constructor(RED: NodeAPI, hosts: readonly string[]) {
    this.RED = RED;
    this.hosts = hosts;
    this.adminAuth = (RED.settings as unknown as { adminAuth?: AdminAuth }).adminAuth || undefined;
  }

  /** Puts the checks in front of all routes below `path`, which are not there yet. */
  open(path: string): void {
    const checks: Check[] = [...(this.adminAuth ? [] : [this.ownHost]), this.sameOrigin, json, object];
    this.RED.httpAdmin.use(path, (request: Request, response: Response, next: NextFunction) => {
      response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin' });
      for (const check of checks) {
        const refusal = check(request);
        if (refusal) return void refuse(response, refusal);
      }
      next();
    });
  }

  /** Lets in who may; `callerIn` answers who it is from then on. */
  admits(permission: Permission): RequestHandler[] {
    const signedIn = this.RED.auth.needsPermission('') as RequestHandler;
    return [
      signedIn,
      (request, response, next) => {
        void callerOf(request, this.adminAuth).then((caller) => {
          const refusal = this.refuses(caller, permission, request);
          if (refusal) return refuse(response, refusal);
          response.locals['caller'] = caller;
          next();
        }, next);
      },
    ];
  }

  /** After all routes: what is none of them, and bodies that cannot be read, are answered as JSON too. */
  close(path: string): void {
    const { httpAdmin } = this.RED as unknown as { httpAdmin: App };
    this.RED.httpAdmin.use(path, (request: Request, response: Response) =>
      refuse(response, { status: 404, ...inWords('API.not-there', { method: request.method, path: request.baseUrl + request.path }) }),
    );
    // Node-RED's parsers come before all nodes' routes, in the app that these are mounted in
    const outer = (httpAdmin.parent ?? httpAdmin) as unknown as { use(path: string, handler: unknown): void };
    outer.use(path, (error: unknown, _request: Request, response: Response, next: NextFunction) => {
      if (response.headersSent) return next(error);
      response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
      refuse(response, unreadable(error));
    });
  }

  private refuses(caller: Caller, permission: Permission, request: Request): Refusal | undefined {
    if (!caller.may.includes(permission)) {
      this.RED.log.audit({ event: 'permission.fail', permissions: permission } as never, request as never); // as Node-RED’s own check does
      return lacking(permission);
    }
    // whoever has not shown a token may be a page of another site that has its name resolved to this machine
    return caller.known || !this.adminAuth ? undefined : this.ownHost(request);
  }

  private readonly ownHost: Check = ({ headers: { host } }) =>
    isOwnHost(host, this.hosts) ? undefined : { status: 403, ...inWords('API.unknown-host', { host: shown(host) }) };

  private readonly sameOrigin: Check = ({ headers, socket }) =>
    isSameOrigin(headers, (socket as { encrypted?: boolean }).encrypted === true, this.hosts)
      ? undefined
      : { status: 403, ...inWords('API.other-site', { site: shown(headers.origin ?? headers['sec-fetch-site']) }) };
}

/** Who asks, at a route that `admits` has let in. */
export function callerIn(response: Response): Caller {
  return response.locals['caller'] as Caller;
}

export function lacking(permission: Permission): Refusal {
  return { status: 403, ...inWords('API.lacking', { permission, may: wordsOf(permissionWords[permission]) }) };
}

const reading = ['GET', 'HEAD', 'OPTIONS'];

/** What a page's form can send is never JSON, and what is JSON a page of another site cannot send unasked. */
const json: Check = ({ method, headers }) =>
  reading.includes(method) || /^application\/json *(?:;|$)/i.test(headers['content-type'] ?? '')
    ? undefined
    : { status: 415, ...inWords('API.json-only') };

/** A list in place of fields would be a request without any: everything that matches. A body is read whatever the method is. */
const object: Check = ({ body }) => (body === undefined || isObject(body) ? undefined : { status: 400, ...inWords('API.no-object') });

function unreadable(error: unknown): Refusal {
  const { status, type } = (typeof error === 'object' && error !== null ? error : {}) as { status?: unknown; type?: unknown };
  if (type === 'entity.parse.failed') return { status: 400, ...inWords('API.no-json') };
  if (type === 'entity.too.large') return { status: 413, ...inWords('API.too-long') };
  if (status === 415) return { status, ...inWords('API.coding') };
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, ...inWords('API.unreadable') };
  return { status: 500, ...inWords('API.unanswered') };
}

function refuse(response: Response, { status, message, words }: Refusal): void {
  response.status(status).json({ message, words });
}

/** Of a header, what may stand in a message. */
function shown(text: string | string[] | undefined): string {
  return String(text ?? '')
    .replace(/[^\w.:/[\]-]/g, '?')
    .slice(0, 100);
}
