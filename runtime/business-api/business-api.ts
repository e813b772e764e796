import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ActiveRun } from '../../engine/active-run.ts';
import type { Entry } from '../../engine/engine-contract.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Said } from '../../model/failure-sentence.ts';
import { type FailureText, inWords, wordsOf } from '../../model/failure-words.ts';
import { Failure, type Issue } from '../../model/failure.ts';
import { isObject, type Json, jsonCopy, type JsonObject } from '../../model/json.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { logLine } from '../log-line.ts';
import { type Message, markOf } from '../message.ts';
import type { PackNode } from '../pack-node.ts';
import { type Answer, send } from '../webhook/answers.ts';
import { readJson } from '../webhook/body-data.ts';
import { Listening } from '../webhook/listening.ts';
import { RecordedBody } from '../webhook/recorded-body.ts';
import type { ApiAccess, Consumer } from './api-access.ts';
import { type ApiCall, eventOf, idempotencyKeyIn, isJsonSent, pathParameters, payloadOf, queryValues } from './api-call.ts';
import { type ApiProblem, askAgainSeconds, failureProblem } from './api-problem.ts';
import { answerOfReply, notThere, type Reply } from './api-reply.ts';
import { type ApiAddress, type ApiRules, isRead, type OfferedApi } from './offered-api.ts';
import { keepAnswer, type KeptAnswer, type Outcome, outcomeOf } from './kept-answer.ts';
import { languageFor } from './languages.ts';
import { callOf } from './waiting-callers.ts';

/** Headers that every answer of a call has. */
type Headers = Answer['headers'];

/** What an API is made of, whichever node offers it. */
export interface ApiParts {
  address: ApiAddress;
  rules: ApiRules | Failure;
  /** most bytes of a body */
  limit: number;
  findAccess: () => ApiAccess;
  /** where its calls become runs */
  entry: Entry;
  /** of a node that does something else, too: shows that again */
  settle?: () => void;
}

/** One operation of a business API: a node that answers calls with what its flow makes of them. */
export class BusinessApi implements OfferedApi {
  readonly name: string;
  readonly limit: number;
  readonly address: ApiAddress;
  readonly rules: ApiRules | Failure;
  readonly entry: Entry;
  readonly listening: Listening;
  private readonly base: PackNode;
  /** of the config node, which may be deployed after this one */
  private readonly findAccess: () => ApiAccess;

  constructor(base: PackNode, { address, rules, limit, findAccess, entry, settle }: ApiParts) {
    this.base = base;
    this.address = address;
    this.rules = rules;
    this.limit = limit;
    this.findAccess = findAccess;
    this.entry = entry;
    this.listening = new Listening(base, () => this.obstacle(), settle);
    this.name = this.listening.name;
    if (!Failure.is(rules) && rules.isOpen) logLine(base.node, 'warn', inWords('API_OPEN').message);
  }

  serve(request: IncomingMessage, response: ServerResponse, path: readonly string[]): void {
    const { pack } = this.base;
    const began = pack.clock.now();
    const language = languageFor(request.headers['accept-language']);
    const headers: Headers = Failure.is(this.rules) ? {} : { ...this.rules.lifetime.headers };
    const caller = { name: '' };
    this.answer(request, response, path, headers, caller)
      .catch((error) => ({ problem: this.defect(error) }))
      .then((reply) => {
        if (!reply) return; // nobody is there
        const answer = answerOfReply(reply, language, headers);
        send(response, answer);
        const api = Failure.is(this.rules) ? this.name : this.rules.api;
        pack.businessApis.answered({ api, consumer: caller.name, status: answer.status, seconds: (pack.clock.now() - began) / 1_000 });
        if ('problem' in reply) this.note(answer);
      })
      .catch(() => response.destroy());
  }

  async outcome(request: IncomingMessage, run: Run): Promise<Reply> {
    const { pack } = this.base;
    const { rules } = this;
    const access = this.access();
    if (Failure.is(rules) || Failure.is(access)) return { problem: notSetUp() };
    const consumer = await access.consumer(request.headers, pack.clock.now());
    if ('status' in consumer) return { problem: consumer };
    const taken = access.rate.take(consumer.id, pack.clock.now());
    if (!taken.may) return { problem: { status: 429, said: inWords('API_LIMIT'), headers: access.rate.headers(taken) } };
    if (!pack.businessApis.isCallers(run, consumer)) return { problem: notThere() };
    return this.replyFor(run, await this.outcomeNow(run), 'asked');
  }

  async answerRun(active: ActiveRun, answer: KeptAnswer): Promise<void> {
    const { pack } = this.base;
    const { rules } = this;
    // a run that fails, or is delivered again, has not succeeded, whatever its flow says
    if (answer.status < 400 && (active.failed || active.retry)) return;
    if (answer.status < 300 && !Failure.is(rules)) this.mustKeepContract(rules, answer);
    const told = isRead(rules) ? knownSecrets.withoutIn(answer) : await keepAnswer(pack.engine, active, knownSecrets.withoutIn(answer));
    pack.businessApis.callers.tell(active.run, { answer: told });
  }

  private mustKeepContract({ answer: contract }: ApiRules, { body }: KeptAnswer): void {
    const issues = contract?.issues(body) ?? [];
    const [first] = issues;
    if (!first) return;
    throw new Failure({
      class: 'internal',
      ...inWords('API_ANSWER_INVALID', { first: wordsOf(first), more: issues.length - 1 }),
      field: first.field || 'body',
      issues,
    });
  }

  /** Undefined = the caller has gone. */
  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: readonly string[],
    headers: Headers,
    caller: { name: string },
  ): Promise<Reply | undefined> {
    const { pack } = this.base;
    const { rules } = this;
    const access = this.access();
    if (Failure.is(rules) || Failure.is(access)) return { problem: notSetUp() };
    const now = pack.clock.now();
    if (now >= rules.lifetime.endsAt) return { problem: gone(rules) };
    if (!pack.ready) return { problem: noStore() };
    const consumer = await access.consumer(request.headers, now);
    if ('status' in consumer) return { problem: consumer };
    caller.name = consumer.name;
    if (!rules.isOpen && !consumer.scopes.includes(rules.scope))
      return { problem: { status: 403, class: 'auth.denied', said: inWords('API_SCOPE', { scope: rules.scope }) } };
    const taken = access.rate.take(consumer.id, now);
    Object.assign(headers, access.rate.headers(taken));
    if (!taken.may) return { problem: { status: 429, said: inWords('API_LIMIT') } };
    const leave = access.enter(consumer);
    if (!leave)
      return { problem: { status: 429, said: inWords('API_LIMIT.at-once', { most: access.atOnce }), headers: { 'Retry-After': 1 } } };
    response.once('close', leave); // answered or gone
    if (this.listening.isFull)
      return { problem: { status: 503, said: inWords('API_NOT_READY.full'), headers: { 'Retry-After': askAgainSeconds } } };
    const call = await this.read(request, path, rules, consumer);
    if (call === undefined) return undefined;
    return 'problem' in call ? call : this.run(call, rules, response);
  }

  /** Everything that is wrong with the call, or the call. */
  private async read(
    request: IncomingMessage,
    path: readonly string[],
    rules: ApiRules,
    consumer: Consumer,
  ): Promise<ApiCall | { problem: ApiProblem } | undefined> {
    const { headers } = request;
    // a read is asked for again by asking again
    const key = rules.reads ? undefined : idempotencyKeyIn(headers);
    if (key === 'invalid') return { problem: { status: 400, said: inWords('API_KEY_HEADER.invalid') } };
    if (key === undefined && rules.needsKey) return { problem: { status: 400, said: inWords('API_KEY_HEADER') } };
    const issues: Issue[] = [];
    const ofPath = pathParameters(this.address, path, issues);
    if (issues.length > 0) return wrong(400, issues, 'path');
    const parameters: JsonObject = { ...queryValues(rules, request.url ?? '', issues), ...ofPath };
    if (issues.length > 0) return wrong(400, issues, 'query');
    const ofCall = { consumer, parameters, ...(key === undefined ? {} : { key }), traceparent: request.headers['traceparent'] };
    if (!rules.takesBody) return ofCall;
    if (Number(headers['content-length']) > this.limit) return this.tooLong();
    if (!isJsonSent(headers)) return { problem: { status: 415, said: inWords('API_MEDIA'), headers: { Accept: 'application/json' } } };
    const bytes = await RecordedBody.whole(request, this.limit);
    if (bytes === 'gone') return undefined;
    if (bytes === 'too-long') return this.tooLong();
    if (bytes === 'lost') return { problem: { status: 500, said: inWords('API_BODY.lost') } };
    const body = readJson(bytes, 'body', issues);
    if (body === undefined)
      return wrong(
        400,
        issues.map((issue) => ({ ...issue, field: '' })),
      );
    const broken = rules.body?.issues(body) ?? [];
    return broken.length > 0 ? wrong(422, broken) : { ...ofCall, body };
  }

  /** Stored as a run, and answered with what becomes of it. */
  private async run(call: ApiCall, rules: ApiRules, response: ServerResponse): Promise<Reply | undefined> {
    const { pack, id } = this.base;
    const { engine, businessApis } = pack;
    const event = await eventOf(call, this.address, rules, pack.clock.now());
    if ('issue' in event) return wrong(422, [{ ...event.issue, field: '' }]);
    if (!pack.ready) return { problem: noStore() }; // a deploy may have begun while the body came
    const waiting = businessApis.callers.wait(callOf({ entry: id, event }), rules.waitMs);
    try {
      // by this instance: it holds the caller
      const { accepted } = await engine.accept(this.entry, [event], undefined, { here: true });
      if (accepted.length === 0) {
        const known = await engine.store.runOfEvent(id, event);
        return known ? await this.repeated(known, event) : { problem: noStore() };
      }
      this.listening.stored(1);
      response.once('close', waiting.leave); // the run goes on
      const [run] = accepted as [string];
      const outcome = await waiting.outcome;
      if (response.destroyed) return undefined;
      return this.replyFor({ id: run }, outcome, 'first');
    } catch (error) {
      if (Failure.is(error) && error.code === 'DATA_NOT_STORABLE') return { problem: { status: 422, class: error.class, said: error } };
      if (!pack.trouble) throw error;
      return { problem: noStore() };
    } finally {
      waiting.leave();
    }
  }

  /** The same key again: the same answer, if it is the same call. */
  private async repeated(known: Run, { attributes }: { attributes?: Record<string, unknown> }): Promise<Reply> {
    const before = known.event.attributes?.['print'];
    if (before !== undefined && before !== attributes?.['print'])
      return { problem: { status: 422, class: 'conflict.duplicate', said: inWords('API_KEY_HEADER.other') } };
    return this.replyFor(known, await this.outcomeNow(known), 'again');
  }

  private async outcomeNow(run: Run): Promise<Outcome> {
    return outcomeOf(run, await this.base.pack.engine.store.effects(run.id));
  }

  /** What is said of an outcome to who waits for it first, calls again, or asks for it. */
  private replyFor(run: Pick<Run, 'id'>, outcome: Outcome, asked: 'first' | 'again' | 'asked'): Reply {
    const instance = isRead(this.rules) ? undefined : this.base.pack.businessApis.outcomePath(run.id);
    const where = instance === undefined ? {} : { instance };
    if (outcome === 'open') {
      const headers = { 'Retry-After': askAgainSeconds, ...(instance === undefined ? {} : { Location: instance }) };
      if (isRead(this.rules)) return { problem: { status: 503, said: inWords('API_UNDER_WAY.read'), headers } };
      // two at a time are a mistake of the client's, or of a gateway's: neither is to wait, and the second begins nothing
      if (asked === 'again') return { problem: { status: 409, said: inWords('API_UNDER_WAY.again'), headers, ...where } };
      return { problem: { status: 202, said: inWords('API_UNDER_WAY'), headers, ...where } };
    }
    if (outcome === 'unanswered') return { problem: { status: 500, class: 'internal', said: inWords('API_UNANSWERED'), ...where } };
    if (outcome === 'forgotten') return { problem: { status: 409, class: 'conflict.duplicate', said: inWords('API_FORGOTTEN') } };
    if (outcome === 'ended') return { problem: { status: 500, class: 'internal', said: inWords('API_ENDED'), ...where } };
    if ('answer' in outcome) return outcome;
    return { problem: failureProblem(outcome.failure, instance) };
  }

  ways(): ApiAccess['ways'] | undefined {
    const access = this.access();
    if (!Failure.is(this.rules) && this.rules.isOpen) return undefined;
    return Failure.is(access) ? { apiKeys: false, tokens: false } : access.ways;
  }

  private access(): ApiAccess | Failure {
    try {
      return this.findAccess();
    } catch (error) {
      return Failure.from(error);
    }
  }

  /** Claims its address, and says why it cannot answer calls. */
  private obstacle(): Failure | undefined {
    const taken = this.claim();
    if (taken) return taken;
    if (Failure.is(this.rules)) return this.rules;
    const access = this.access();
    return Failure.is(access) ? access : undefined;
  }

  private claim(): Failure | undefined {
    try {
      this.base.pack.businessApis.claim(this);
      return undefined;
    } catch (error) {
      return Failure.from(error);
    }
  }

  private tooLong(): { problem: ApiProblem } {
    return { problem: { status: 413, said: inWords('API_BODY', { bytes: this.limit }) } };
  }

  private defect(error: unknown): ApiProblem {
    const failure = Failure.from(error);
    if (failure.class.startsWith('transient.'))
      return { status: 503, class: failure.class, said: inWords('API_BEHIND.away'), headers: { 'Retry-After': askAgainSeconds } };
    const said = Failure.is(error) ? failure.message : (error as Error | undefined)?.name;
    this.listening.say(failure.code, `A call could not be answered: ${said}`);
    return { status: 500, class: 'internal', said: inWords('API_FAILED') };
  }

  /** Refusals for the log, and at the node. What the flow itself has failed in stands with its runs. */
  private note(answer: Answer): void {
    const { status } = answer;
    if (status >= 400 && status < 500 && status !== 409 && status !== 422) this.listening.refused(answer);
  }
}

/** How a call enters its flow. */
export function apiEntry(base: PackNode, address: ApiAddress, reads: boolean): Entry {
  return {
    id: base.id,
    flow: base.flow,
    reads: () => reads,
    get policy() {
      return base.policy;
    },
    deliver(active) {
      const message = calledMessage(active, address);
      base.pack.tracking.within(active, () => base.node.send(message as never));
    },
  };
}

/** The message of a call: its body, or its parameters, as payload; who has called what in `msg.api`. */
export function calledMessage(active: ActiveRun, address?: ApiAddress): Message {
  const { data, subject, attributes } = active.run.event;
  const given = isObject(data) ? data : {};
  const parameters = isObject(given['parameters']) ? given['parameters'] : {};
  const call = { parameters: jsonCopy(parameters), ...('body' in given ? { body: jsonCopy(given['body'] as Json) } : {}) };
  const consumer = attributes?.['consumer'];
  const where = address && { method: address.method, path: address.template, version: address.version };
  return {
    payload: payloadOf(call),
    topic: subject,
    api: { ...where, parameters: jsonCopy(parameters), ...(consumer === undefined ? {} : { consumer }) },
    psConnect: markOf(active),
  };
}

function wrong(status: number, issues: Issue[], within?: string): { problem: ApiProblem } {
  const said = inWords('API_CALL_WRONG', { first: wordsOf(issues[0] as Said) });
  return { problem: { status, class: 'contract.invalid', said, issues, ...(within === undefined ? {} : { within }) } };
}

const notSetUp = (): ApiProblem => ({ status: 503, said: inWords('API_NOT_READY.set-up'), headers: { 'Retry-After': askAgainSeconds } });
const noStore = (): ApiProblem => ({ status: 503, said: inWords('API_NOT_READY'), headers: { 'Retry-After': askAgainSeconds } });

function gone({ lifetime: { successor } }: ApiRules): ApiProblem {
  const said: FailureText = successor === undefined ? inWords('API_GONE') : inWords('API_GONE.successor', { successor });
  return { status: 410, said };
}
