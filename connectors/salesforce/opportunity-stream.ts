import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import type { OpportunityStreamOptions, StreamPage } from '../../model/operations.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { EventSchemas } from '../salesforce-platform/pub-sub/event-schemas.ts';
import type { FetchResponse } from '../salesforce-platform/pub-sub/descriptor.ts';
import { PubSubClient } from '../salesforce-platform/pub-sub/pub-sub-client.ts';
import { answerTooLong, lostPositions } from '../salesforce-platform/pub-sub/pub-sub-failure.ts';
import { Subscription } from '../salesforce-platform/pub-sub/subscription.ts';
import { OrgIdentity } from '../salesforce-platform/session/org-identity.ts';
import type { OrgSession } from '../salesforce-platform/session/org-session.ts';
import type { OpportunityPoll } from './opportunity-poll.ts';
import type { PollCursor } from '../salesforce-platform/poll/poll-cursor.ts';
import { conditionOf } from './opportunity-poll/rule-condition.ts';
import { EventReading } from './opportunity-stream/event-reading.ts';
import { streamSettings, type StreamSettings } from './opportunity-stream/stream-settings.ts';
import { parseStreamCursor, type StreamPlace } from './opportunity-stream/stream-cursor.ts';

/** Events are kept for three days: https://developer.salesforce.com/docs/platform/pub-sub-api/guide/event-message-durability.html. What is nearly as old is read by REST. */
const keptMs = 71 * 3_600_000;
const idsOfOneRead = 200;
/** A stream that lasted so long has worked; one that is cut sooner is begun anew a few times, then the node waits. */
const lastingMs = 60_000;
const mostAgain = 3;

/** How far everything is stored, and where in the stream that is. */
interface Position {
  poll: PollCursor | undefined;
  place: StreamPlace | undefined;
}

/**
 * Hears which opportunities changed by the Pub/Sub API and reads them by REST, as the poll does: one mapping, the same events. What the stream did not
 * tell, or tells no more, is read by the poll since the last moment of which all is stored; and so is what was before the stream was heard.
 * Each page has been stored when the next one is asked for.
 */
export class OpportunityStream {
  private readonly session: OrgSession;
  private readonly poll: OpportunityPoll;
  private readonly identity: OrgIdentity;
  private readonly schemas = new EventSchemas();

  constructor(session: OrgSession, poll: OpportunityPoll) {
    this.session = session;
    this.poll = poll;
    this.identity = new OrgIdentity(session.rest);
  }

  async *pages(stored: Json | undefined, options: OpportunityStreamOptions, signal: AbortSignal): AsyncGenerator<StreamPage> {
    conditionOf(options.rule);
    const settings = streamSettings(options, this.session.callOptionsClient);
    const position: Position = { poll: undefined, place: undefined, ...parseStreamCursor(stored, settings.channel) };
    let healed = this.isBehind(position) ? notice(inWords('STREAM_BEHIND', { since: sinceOf(position) })) : undefined;
    if (healed) position.place = undefined;
    for (const state: StreamState = { heard: false, refused: false, again: 0 }; ;) {
      try {
        yield* this.listened({ position, healed, settings, options, state }, signal);
      } catch (error) {
        const failure = Failure.from(error);
        if (signal.aborted) throw failure;
        if (position.place && (lostPositions.has(failure.code) || failure.code === answerTooLong)) {
          healed = notice(inWords('STREAM_POSITION_LOST', { since: sinceOf(position) }));
          position.place = undefined;
        } else if (failure.class === 'auth.expired' && !state.refused) {
          state.refused = true; // by another token than the one that was refused, once
        } else if (!state.heard || !isCut(failure) || ++state.again > mostAgain) throw failure;
        state.heard = false; // it worked until now: streams are cut as a matter of course
        await unlessAborted(this.session.ports.sleep(200 + Math.random() * 800, signal), signal);
      }
    }
  }

  private async *listened(listening: Listening, signal: AbortSignal): AsyncGenerator<StreamPage> {
    const { position, settings, options, state } = listening;
    const { ports, rest } = this.session;
    const resumes = position.place !== undefined;
    if (!resumes) yield* this.caughtUp(position, options, signal, listening.healed);
    const { orgId, userId } = await this.identity.known(signal);
    const token = await unlessAborted(rest.token(), signal);
    const client = await PubSubClient.connect(rest.pubsub, { token, orgId }, rest.timeoutMs);
    try {
      const topic = await unlessAborted(client.topic(settings.channel), signal);
      if (!topic.canSubscribe) throw cannotSubscribe(settings.channel);
      const replayId = position.place && Buffer.from(position.place.replay, 'base64');
      const subscription = new Subscription(client, { name: settings.channel, ...(replayId ? { replayId } : {}) }, ports, signal);
      try {
        // what happened between the last look and the subscription; once more when it certainly has begun
        if (!resumes) yield* this.caughtUp(position, options, signal);
        const reading = new EventReading(settings.rule(userId), (schemaId) => this.schemas.of(schemaId, (id) => client.schema(id)));
        const opened = ports.now();
        for (;;) {
          const answer = await subscription.next();
          state.heard = true;
          if (ports.now() - opened > lastingMs) Object.assign(state, { refused: false, again: 0 });
          if (!position.place) yield* this.caughtUp(position, options, signal);
          yield* this.answered(answer, { ...listening, reading }, signal);
          subscription.stored();
        }
      } finally {
        subscription.close();
      }
    } catch (error) {
      if (Failure.is(error) && error.class === 'auth.expired') rest.refuse(token);
      throw error;
    } finally {
      client.close();
    }
  }

  private async *answered(
    answer: FetchResponse,
    { position, settings, options, reading }: Listening & { reading: EventReading },
    signal: AbortSignal,
  ): AsyncGenerator<StreamPage> {
    const { ids, at, unclear } = await unlessAborted(reading.of(answer.events), signal);
    if (unclear) yield* this.caughtUp(position, options, signal, notice(healedBy[unclear](position)));
    const all = [...ids];
    for (; all.length > idsOfOneRead;) {
      const read = await this.poll.ofIds(all.splice(0, idsOfOneRead), options, cursorOf(position), signal);
      yield { ...read, cursor: cursorOf(position), more: true };
    }
    const read = await this.poll.ofIds(all, options, cursorOf(position), signal);
    const last = answer.events.at(-1)?.replayId ?? answer.latestReplayId;
    if (last.length > 0) position.place = { channel: settings.channel, replay: last.toString('base64') };
    // of an answer without events the org's own clock says when it was; a moment ahead of ours would skip what is healed later
    const until = answer.events.length > 0 ? at : await this.session.serverTime(signal).then(Number, () => undefined);
    if (position.poll && until !== undefined) position.poll = later(position.poll, Math.min(until, this.session.ports.now()));
    yield { ...read, cursor: cursorOf(position), more: false };
  }

  /** All that changed since the last moment of which all is stored. */
  private async *caughtUp(
    position: Position,
    options: OpportunityStreamOptions,
    signal: AbortSignal,
    healed?: Failure,
  ): AsyncGenerator<StreamPage> {
    for (let more = true; more;) {
      const page = await this.poll.page(position.poll as Json | undefined, { ...options, throughNow: true }, signal);
      position.poll = page.cursor as unknown as PollCursor;
      more = page.more;
      yield { ...page, cursor: cursorOf(position), ...(healed ? { healed } : {}) };
    }
  }

  private isBehind({ poll, place }: Position): boolean {
    return poll !== undefined && place !== undefined && this.session.ports.now() - Date.parse(poll.watermark) > keptMs;
  }
}

interface Listening {
  position: Position;
  healed: Failure | undefined;
  settings: StreamSettings;
  options: OpportunityStreamOptions;
  state: StreamState;
}

interface StreamState {
  /** something was heard since it was last begun anew */
  heard: boolean;
  /** the sign-in of before was refused */
  refused: boolean;
  /** times that it was begun anew without lasting */
  again: number;
}

const cursorOf = ({ poll, place }: Position): Json => ({ ...poll, ...(place ? { stream: place } : {}) }) as unknown as Json;

/** As streams are now and then; one who is asked to wait waits. */
const isCut = ({ class: kind, retryAfterMs }: Failure) =>
  retryAfterMs === undefined && (kind === 'transient.unavailable' || kind === 'transient.timeout');

const healedBy = {
  gap: (position: Position) => inWords('STREAM_HEALED.gap', { since: sinceOf(position) }),
  overflow: (position: Position) => inWords('STREAM_HEALED.overflow', { since: sinceOf(position) }),
  unreadable: (position: Position) => inWords('STREAM_HEALED.unreadable', { since: sinceOf(position) }),
};

const sinceOf = ({ poll }: Position) => poll?.watermark ?? '';

function later(poll: PollCursor, at: number): PollCursor {
  return at > Date.parse(poll.watermark) ? { ...poll, watermark: new Date(at).toISOString() } : poll;
}

/** Told, not thrown: nothing is missing. */
const notice = (said: FailureText) => new Failure({ class: 'contract.drift', ...said, system: 'salesforce' });

function cannotSubscribe(channel: string): Failure {
  return new Failure({
    class: 'auth.denied',
    ...inWords('STREAM_DENIED', { channel }),
    system: 'salesforce',
    field: 'channel',
    value: channel,
  });
}
