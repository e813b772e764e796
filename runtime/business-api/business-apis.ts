import type { IncomingMessage } from 'node:http';
import type { NodeAPI } from 'node-red';
import type { Engine } from '../../engine/engine.ts';
import type { Run } from '../../engine/store/runs.ts';
import { inWords } from '../../model/failure-words.ts';
import { Failure } from '../../model/failure.ts';
import type { AnsweredBelow, Answering } from '../webhook/answering.ts';
import { type Answer, send } from '../webhook/answers.ts';
import { mustBeFree, nodeRoot, pathTaken } from '../webhook/free-path.ts';
import type { Consumer } from './api-access.ts';
import { apiDocument } from './api-document.ts';
import { KnownApiKeys } from './api-key.ts';
import { answerOf, askAgainSeconds, problemAnswer } from './api-problem.ts';
import { answerOfReply, notThere } from './api-reply.ts';
import { apiRoot, isApiPath } from './api-root.ts';
import { languageFor } from './languages.ts';
import { isCall } from './api-call.ts';
import { type ApiAddress, isRead, type OfferedApi } from './offered-api.ts';
import { printOf } from './print-of.ts';
import { WaitingCallers } from './waiting-callers.ts';

/** One call that was answered, for whoever counts them. */
export interface AnsweredCall {
  api: string;
  /** empty = nobody was let in */
  consumer: string;
  status: number;
  seconds: number;
}

interface Holder {
  api: OfferedApi;
  /** its node is closed */
  closing: boolean;
}

/** All operations that the flows offer at `/business/…`, where they are found, and what they have in common. */
export class BusinessApis implements AnsweredBelow {
  readonly keys: KnownApiKeys;
  readonly callers: WaitingCallers;
  /** hears of each call */
  answered: (call: AnsweredCall) => void = () => undefined;
  private readonly RED: NodeAPI;
  private readonly engine: Engine;
  private readonly byShape = new Map<string, Holder>();
  /** made once: anybody may ask for it */
  private published: Answer | undefined;

  constructor(RED: NodeAPI, engine: Engine) {
    this.RED = RED;
    this.engine = engine;
    this.keys = new KnownApiKeys(() => engine.store, engine.clock);
    this.callers = new WaitingCallers(engine);
  }

  /** Answers calls of the operation from now on; throws a Failure when it cannot. Asking again changes nothing. */
  claim(api: OfferedApi): void {
    const shape = shapeOf(api.address);
    const holder = this.byShape.get(shape);
    if (holder && !holder.closing && holder.api !== api)
      throw pathTaken(inWords('PATH_TAKEN', { name: holder.api.name, path: `${api.address.method} ${api.address.template}` }));
    this.published = undefined;
    this.byShape.delete(shape);
    mustBeFree(this.RED, api.address.template.replace(/\{(\w+)\}/g, ':$1'), api.address.method);
    this.byShape.set(shape, { api, closing: false });
  }

  /** Its node is closed; until the flows run again its address says so. */
  release(api: OfferedApi): void {
    this.published = undefined;
    const holder = this.byShape.get(shapeOf(api.address));
    if (holder?.api === api) holder.closing = true;
  }

  /** The flows run: addresses that no node has claimed again are nobody's. */
  sweep(): void {
    this.published = undefined;
    for (const [shape, { closing }] of this.byShape) if (closing) this.byShape.delete(shape);
  }

  /** The operation by whose call a run began; undefined = it is not deployed here, or the run came by no call. */
  ofRun(run: Pick<Run, 'entry' | 'event'>): OfferedApi | undefined {
    if (!isCall(run)) return undefined;
    return [...this.byShape.values()].find(({ api, closing }) => !closing && api.entry.id === run.entry)?.api;
  }

  /** What is offered, described by OpenAPI; `published` = only what anybody may know of. */
  document(published = false): object {
    const apis = [...this.byShape.values()].filter(({ closing }) => !closing).map(({ api }) => api);
    return apiDocument(published ? apis.filter(({ rules }) => !Failure.is(rules) && rules.isPublished) : apis, nodeRoot(this.RED));
  }

  /** Where the outcome of a call is asked for. */
  outcomePath(run: string): string {
    return `${nodeRoot(this.RED)}${apiRoot}/outcomes/${run}`;
  }

  /** Whether a call was made by this consumer; where that is not known any more, it was not. */
  isCallers({ event }: Pick<Run, 'event'>, consumer: Consumer): boolean {
    return event.attributes?.['caller'] === printOf(consumer.id);
  }

  isTheirs(path: string): boolean {
    return isApiPath(path);
  }

  /** @param path below Node-RED's root for HTTP nodes. Undefined = it is none of ours */
  find(method: string, path: string): Answering | undefined {
    if (!path.startsWith(`${apiRoot}/`)) return undefined;
    const [first = '', ...parts] = path.slice(apiRoot.length + 1).split('/');
    if (this.byShape.size === 0) return undefined;
    if (first === 'openapi.json' && parts.length === 0 && this.publishes)
      return this.fixed(method, () => Promise.resolve(this.described()));
    if (first === 'outcomes' && parts.length === 1) return this.fixed(method, (request) => this.outcome(request, parts[0]!));
    const there = [...this.byShape.values()].filter(({ api }) => fits(api.address, first, parts));
    if (there.length === 0) return undefined;
    const [holder] = there
      .filter(({ api }) => api.address.method === method)
      .sort((one, other) => named(other.api.address) - named(one.api.address));
    if (!holder) return this.otherMethod(there.map(({ api }) => api.address.method));
    const { api, closing } = holder;
    return {
      limit: api.limit,
      serve: (request, response) => {
        if (!closing) return api.serve(request, response, parts);
        const said = inWords('API_NOT_READY.stopped');
        send(
          response,
          problemAnswer(
            { status: 503, said, headers: { 'Retry-After': askAgainSeconds } },
            languageFor(request.headers['accept-language']),
          ),
        );
      },
    };
  }

  private get publishes(): boolean {
    return [...this.byShape.values()].some(({ api: { rules } }) => !Failure.is(rules) && rules.isPublished);
  }

  private described(): Answer {
    return (this.published ??= answerOf(200, 'application/json', this.document(true)));
  }

  /** Whose run it is knows its operation alone: a run of anything else is not there. */
  private async outcome(request: IncomingMessage, id: string): Promise<Answer> {
    const language = languageFor(request.headers['accept-language']);
    const run = /^[\w-]{1,64}$/.test(id) ? await this.engine.store.run(id) : undefined;
    const api = run && this.ofRun(run);
    const reply = api && run && !isRead(api.rules) ? await api.outcome(request, run) : { problem: notThere() };
    return answerOfReply(reply, language, {});
  }

  private fixed(method: string, answer: (request: IncomingMessage) => Promise<Answer>): Answering {
    if (method !== 'GET') return this.otherMethod(['GET']);
    return {
      limit: 0,
      serve: (request, response) => {
        answer(request)
          .catch(() =>
            problemAnswer(
              { status: 503, said: inWords('API_NOT_READY'), headers: { 'Retry-After': askAgainSeconds } },
              languageFor(undefined),
            ),
          )
          .then((given) => send(response, given))
          .catch(() => response.destroy());
      },
    };
  }

  private otherMethod(methods: readonly string[]): Answering {
    const allow = [...new Set(methods)].sort().join(', ');
    return {
      limit: 0,
      serve: (request, response) => {
        const said = inWords('API_METHOD', { allow });
        send(response, problemAnswer({ status: 405, said, headers: { Allow: allow } }, languageFor(request.headers['accept-language'])));
      },
    };
  }
}

/** Two addresses of one shape are one: a call could not tell their parameters apart. */
const shapeOf = ({ method, version, parts }: ApiAddress): string =>
  `${method} ${version}/${parts.map((part) => ('name' in part ? part.name : '{}')).join('/')}`;

function fits({ version, parts }: ApiAddress, first: string, given: readonly string[]): boolean {
  return (
    first === `v${version}` &&
    parts.length === given.length &&
    parts.every((part, place) => ('name' in part ? part.name === given[place] : given[place] !== ''))
  );
}

/** How much of an address is said in so many words: `projects/new` comes before `projects/{code}`. */
const named = ({ parts }: ApiAddress): number => parts.filter((part) => 'name' in part).length;
