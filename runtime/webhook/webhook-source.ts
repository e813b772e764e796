import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeAPI } from 'node-red';
import type { Entry } from '../../engine/engine-contract.ts';
import { pauses } from '../../engine/turns.ts';
import { Failure } from '../../model/failure.ts';
import type { Said } from '../../model/failure-sentence.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { credentialTypes } from '../../declarations/credential-types.ts';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import type { EventChannel } from '../event-channels.ts';
import { knowSecrets } from '../known-connection-secrets.ts';
import { logLine } from '../log-line.ts';
import { type PackNode, paletteNode } from '../pack-node.ts';
import { sourceEntry } from '../source-entry.ts';
import { accepted, type Answer, later, problem, retryAfterSeconds, send } from './answers.ts';
import { contentModeOf } from './content-mode.ts';
import { handshake, notPost } from './handshake.ts';
import { Listening } from './listening.ts';
import { RecordedBody } from './recorded-body.ts';
import { QuietLog } from './quiet-log.ts';
import { otherThanBefore } from './told-before.ts';
import type { Endpoint } from './webhook-endpoints.ts';
import { type WebhookForm, type WebhookSettings, webhookSettings } from './webhook-settings.ts';

/** A node that is sent events over HTTP. What it acknowledges is stored. `formOf` reads its configuration as its declaration says. */
export function webhookSource(declaration: NodeDeclaration, formOf: (config: PackNode['config']) => WebhookForm): (RED: NodeAPI) => void {
  return paletteNode(
    declaration,
    (base) => {
      const { node, pack } = base;
      const forget = knowSecrets(declaration, { ...base.config, ...(node.credentials as object | undefined) }, process.env, (line) =>
        logLine(node, 'warn', line),
      );
      const form = formOf(base.config);
      const source = new WebhookSource(base, webhookSettings(base, declaration, form, process.env));
      pack.engine.register(source.entry);
      pack.eventChannels.set(base.id, channelOf(source, form));
      source.listening.look();
      node.on('close', (removed: boolean, closed: () => void) => {
        source.listening.end(removed);
        forget();
        base.stopping.abort();
        base.closing.abort();
        pack.webhooks.release(source);
        pack.engine.unregister(base.id);
        pack.eventChannels.delete(base.id);
        void pack.departure.after(Promise.resolve()).then(closed);
      });
    },
    { credentials: credentialTypes(declaration) },
  );
}

const channelOf = ({ name, path }: Endpoint, { eventType, eventSource, signature, signatureHeader }: WebhookForm): EventChannel => ({
  ...{ name, does: 'receives', path, type: eventType, source: eventSource || path, signature, signatureHeader },
});

class WebhookSource implements Endpoint {
  readonly name: string;
  readonly path: string;
  readonly limit: number;
  readonly entry: Entry;
  readonly listening: Listening;
  private readonly base: PackNode;
  private readonly receiver: WebhookSettings['receiver'];
  /** events that came again with other content */
  private readonly others: QuietLog;

  constructor(base: PackNode, { path, limit, receiver }: WebhookSettings) {
    this.base = base;
    this.receiver = receiver;
    this.path = path;
    this.limit = limit;
    this.entry = sourceEntry(base);
    this.listening = new Listening(base, () => this.obstacle());
    this.name = this.listening.name;
    this.others = new QuietLog(base.pack.clock, (line) => logLine(base.node, 'warn', line));
    if (!Failure.is(receiver) && receiver.unsigned) {
      logLine(base.node, 'warn', inWords('RECEIVER.unsigned').message);
    }
  }

  /** Why it can take nothing. It is claimed all the same: to answer that it is not set up. */
  private obstacle(): Failure | undefined {
    const unheard = this.claim();
    return Failure.is(this.receiver) ? this.receiver : unheard;
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    this.answer(request)
      .catch((error) => this.defect(error))
      .then((answer) => answer && this.reply(response, answer))
      .catch(() => response.destroy()); // no answer is no acknowledgement
  }

  /** Undefined = the sender has gone. */
  private async answer(request: IncomingMessage): Promise<Answer | undefined> {
    const { method, headers } = request;
    if (method !== 'POST' && method !== 'OPTIONS') return notPost();
    const { receiver } = this;
    if (Failure.is(receiver)) return later(503, inWords('RECEIVER.not-set-up').message);
    if (method === 'OPTIONS') return handshake(headers, receiver.origins);
    if (!this.base.pack.ready) return noStore();
    if (this.listening.isFull) return later(429, inWords('RECEIVER.full').message);
    if (Number(headers['content-length']) > this.limit) return this.tooLong();
    const mode = contentModeOf(headers);
    if (!mode) return unknownMode();
    const body = await RecordedBody.whole(request, this.limit);
    if (body === 'gone') return undefined;
    if (body === 'too-long') return this.tooLong();
    if (body === 'lost') return this.lost();
    const now = this.base.pack.clock.now();
    const refusal = await receiver.signature.refusal(headers, body, now);
    if (refusal) return problem(401, refusal.message, { issues: [refusal], headers: { 'WWW-Authenticate': receiver.signature.scheme } });
    const pause = pauses(1);
    const { events, issues } = await receiver.events.read(mode, { headers, body }, now);
    const turn = pause();
    if (turn) await turn; // what is large has taken its time, and takes it again when it is stored
    if (issues.length > 0) return problem(400, nothingTaken(issues[0]!), { issues });
    return events.length === 0 ? accepted(0, 0) : this.store(events);
  }

  /** All of them in one transaction, or none. */
  private async store(events: SourceEvent[]): Promise<Answer> {
    const { pack } = this.base;
    if (!pack.ready) return noStore(); // a deploy may have begun while the body came
    try {
      const stored = await pack.engine.accept(this.entry, events, undefined, { looked: true }); // by `mayBeData`, when they were read
      this.listening.stored(stored.accepted.length);
      return accepted(stored.accepted.length, stored.duplicates, stored.duplicates > 0 ? await this.differing(events) : []);
    } catch (error) {
      if (Failure.is(error) && error.code === 'DATA_NOT_STORABLE') return notStorable(error);
      if (!pack.trouble) this.defect(error); // else it has been said that the store cannot be used
      return noStore();
    }
  }

  /** Says so, too: whoever runs the receiver may be the only one who looks. Everything is stored by now, and is acknowledged whatever becomes of this. */
  private async differing(events: SourceEvent[]): Promise<number[]> {
    const places = await otherThanBefore(this.base.pack.engine.store, this.base.id, events).catch(() => []);
    if (places.length > 0) this.others.note((times) => inWords('RECEIVER.other-content', { count: times }).message);
    return places;
  }

  private reply(response: ServerResponse, answer: Answer): void {
    send(response, answer);
    const { status } = answer;
    if (status >= 400 && status < 500 && status !== 429) this.listening.refused(answer);
  }

  private tooLong(): Answer {
    return problem(413, inWords('RECEIVER.body-long', { bytes: this.limit }).message);
  }

  /** Something in front of Node-RED has read the body before it could be recorded; sending again would not help. */
  private lost(): Answer {
    this.listening.say('LOST', inWords('RECEIVER.body-read').message);
    return problem(500, inWords('RECEIVER.body-lost').message);
  }

  private defect(error: unknown): Answer {
    // the words of an unexpected error may quote what was sent
    const { code, message } = Failure.from(error);
    this.listening.say(code, `A request could not be taken: ${Failure.is(error) ? message : (error as Error | undefined)?.name}`);
    return problem(500, inWords('RECEIVER.failed').message, { headers: { 'Retry-After': retryAfterSeconds } });
  }

  private claim(): Failure | undefined {
    try {
      this.base.pack.webhooks.claim(this);
      return undefined;
    } catch (error) {
      return Failure.from(error);
    }
  }
}

/** An identifier that an expression of the node has made of what was sent. */
function notStorable({ code, field = '', message, remedy = '', words }: Failure): Answer {
  return problem(400, nothingTaken({ message, remedy, words }), { issues: [{ code, field, message, remedy }] });
}

/** Senders are answered in English: nobody knows another language of them. */
const nothingTaken = (why: Said): string => inWords('RECEIVER.nothing-taken', { why: wordsOf(why) }).message;

const noStore = (): Answer => later(503, inWords('RECEIVER.no-store').message);

function unknownMode(): Answer {
  return problem(415, inWords('RECEIVER.unknown-mode').message, {
    headers: { Accept: 'application/cloudevents+json, application/cloudevents-batch+json, application/json' },
  });
}
