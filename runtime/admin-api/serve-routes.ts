import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { pauses } from '../../engine/turns.ts';
import { Failure } from '../../model/failure.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { redact, redactInParts } from '../../model/redact.ts';
import type { Pack } from '../pack.ts';
import type { Caller } from './caller.ts';
import { callerIn, Door } from './door.ts';
import { checkedBody, checkedParameters } from './checked-request.ts';
import { callerLeaves } from './caller-leaves.ts';
import { FileAnswer } from './file-answer.ts';
import { openApi } from './openapi.ts';
import { ApiProblem, type Route } from './route.ts';
import { routes } from './routes.ts';

/** Mounts the admin API, once for each Node-RED start: routes of its admin app cannot be taken back. */
export function registerAdminApi(RED: NodeAPI, pack: Pack): void {
  const base = '/ps-connect/api/v1';
  const door = new Door(RED, pack.settings.hosts);
  door.open('/ps-connect/api');
  RED.httpAdmin.get(`${base}/openapi.json`, ...door.admits('ps-connect.read'), (_request: Request, response: Response) => {
    response.json(openApi(routes));
  });
  for (const route of routes) {
    RED.httpAdmin[route.method](`${base}${route.path}`, ...door.admits(route.permission), (request: Request, response: Response) => {
      void answer(route, pack, request, response);
    });
  }
  door.close('/ps-connect/api');
}

/** The one place from which an answer goes out, and so the one that masks what is personal in it. */
async function answer(route: Route, pack: Pack, request: Request, response: Response): Promise<void> {
  const caller = callerIn(response);
  const pause = pauses(1);
  const signal = callerLeaves(response);
  try {
    const result = await route.handle({
      pack,
      parameters: checkedParameters(route, request.params as Record<string, string>, request.query),
      body: checkedBody(route, request.body),
      actor: caller.actor,
      caller,
      signal,
      accepts: (types) => request.accepts(types),
    });
    if (route.method === 'post' && !route.onlyTries) pack.engine.emit('news');
    if (signal.aborted) return; // nobody waits for it
    if (result instanceof FileAnswer) await result.send(response);
    else {
      // what is large takes its time to be read, to be masked and to be written: others have their turns in between
      await pause();
      const shown = await shownTo(caller, route, result, pause);
      await pause();
      response.json(shown);
    }
  } catch (error) {
    if (error instanceof ApiProblem) {
      const { status, message, words } = error;
      response.status(status).json(redact(knownSecrets.withoutIn({ message, ...(words ? { words } : {}) })));
      return;
    }
    const failure = Failure.from(error);
    response
      .status(failure.code === 'DATA_NOT_STORABLE' ? 400 : failure.class === 'internal' ? 500 : 503)
      .json(redact({ message: failure.message, failure }));
  }
}

/** What leaves: no secret, and no person but to those whom the route is for. */
async function shownTo({ may }: Caller, { persons }: Route, result: unknown, pause: ReturnType<typeof pauses>): Promise<unknown> {
  const told = knownSecrets.withoutIn(result);
  const isShown =
    persons === 'shown' || persons?.endsWith('-in-parts') || (persons === 'shown-to-editors' && may.includes('ps-connect.edit'));
  if (isShown) return told;
  if (!Array.isArray(told)) return inParts(told as object, pause);
  const shown: unknown[] = [];
  for (const one of told as unknown[]) {
    shown.push(redact(one));
    const turn = pause();
    if (turn) await turn;
  }
  return shown;
}

/** Of an answer with lists no entry is left out, however many they are. */
async function inParts(told: object, pause: ReturnType<typeof pauses>): Promise<unknown> {
  const masking = redactInParts(told);
  for (;;) {
    const { done, value } = masking.next();
    if (done) return value;
    const turn = pause();
    if (turn) await turn;
  }
}
