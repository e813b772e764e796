import { createHash } from 'node:crypto';
import { pauses } from '../../engine/turns.ts';
import { type CloudEvent, tooLong } from '../../model/cloud-event.ts';
import { comparableVersion } from '../../model/comparable-version.ts';
import { Failure, type Issue } from '../../model/failure.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';
import type { RecordVersion, SourceEvent } from '../../model/operations.ts';
import { isTooLong, textObstacle } from '../../model/storable.ts';
import { tracedBy } from '../../model/trace-context.ts';
import { inUtc } from '../../model/timestamp.ts';
import { readJson } from './body-data.ts';
import { cloudEventIn, cloudEventsIn, type ContentMode, type Sent } from './content-mode.ts';

/** Reads a value from an event in the form of the JSON format. */
type EventExpression = (event: Record<string, unknown>) => Promise<unknown>;

/** What a form says of events. */
export interface EventRules {
  /** of JSON that is no CloudEvent */
  type: string;
  source: string;
  /** headers that may hold its id, the first one that is there counts */
  idHeaders: readonly string[];
  /** its id where no header has one; absent = its bytes */
  eventId?: EventExpression | undefined;
  /** of an event that brings none; absent = its id */
  subject?: EventExpression | undefined;
  /** of its run; absent = its subject */
  key?: EventExpression | undefined;
  /** of the record that its subject names; absent = each event is a fact of its own */
  version?: EventExpression | undefined;
}

/** Makes events of the engine from what was sent: all of them, or of none what is wrong with it. */
export class SourceEvents {
  private readonly rules: EventRules;

  constructor(rules: EventRules) {
    this.rules = rules;
  }

  /** `now` in epoch ms */
  async read(mode: ContentMode, sent: Sent, now: number): Promise<{ events: SourceEvent[]; issues: Issue[] }> {
    const issues: Issue[] = [];
    if (mode === 'batched') return this.readBatch(sent, now, issues);
    const given = mode === 'plain' ? await this.plain(sent, issues) : cloudEventIn(mode, sent, issues);
    if (given) given.attributes = tracedBy(given.attributes, sent.headers['traceparent']);
    const event = given && issues.length === 0 ? await this.complete(given, now, issues, '') : undefined;
    return { events: event && issues.length === 0 ? [event] : [], issues };
  }

  private async readBatch(sent: Sent, now: number, issues: Issue[]): Promise<{ events: SourceEvent[]; issues: Issue[] }> {
    const events: SourceEvent[] = [];
    const pause = pauses();
    for await (const given of cloudEventsIn(sent, issues)) {
      for (let from = 0; from < given.length && issues.length === 0; from += atOnce) {
        const before = events.length;
        const these = given.slice(from, from + atOnce).map((event, index) => this.complete(event, now, issues, `[${before + index}].`));
        events.push(...(await Promise.all(these)));
        const turn = pause();
        if (turn) await turn;
      }
    }
    return issues.length > 0 ? { events: [], issues } : { events, issues };
  }

  /** JSON that is no CloudEvent. */
  private async plain({ headers, body }: Sent, issues: Issue[]): Promise<CloudEvent | undefined> {
    const data = readJson(body, 'body', issues);
    if (data === undefined) return undefined;
    const { type, source, idHeaders } = this.rules;
    const event: CloudEvent = { id: '', source, type, attributes: {}, data };
    const header = idHeaders.map((name) => String(headers[name] ?? '').trim()).find((value) => value !== '');
    event.id = header ?? (await this.value('eventId', event, issues, '')) ?? hash(body);
    if (isTooLong(event.id)) issues.push(tooLong('id'));
    return event;
  }

  private async complete(given: CloudEvent, now: number, issues: Issue[], at: string): Promise<SourceEvent> {
    const { id, source, type, time, attributes, data } = given;
    const named = given.subject ?? (await this.value('subject', given, issues, at));
    const subject = named ?? id;
    if (isTooLong(subject)) issues.push(tooLong(`${at}subject`));
    const { rules } = this; // each event comes through here: what the form does not ask for costs nothing
    const key = rules.key ? ((await this.value('key', { ...given, subject }, issues, at)) ?? subject) : subject;
    const version = rules.version
      ? await this.version({ ...given, ...(named === undefined ? {} : { subject: named }) }, issues, at)
      : undefined;
    return {
      ...{ id, source, type, subject },
      time: time === undefined ? new Date(now).toISOString() : inUtc(time),
      key: textObstacle(key, 'key') ? hash(key) : key, // it only has to be equal where it was equal
      ...(version ? { version } : {}),
      ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
      data,
    };
  }

  /** Of which record the event tells, and of which of its states. Neither is guessed: without them a late event would write over a newer one. */
  private async version(event: CloudEvent, issues: Issue[], at: string): Promise<RecordVersion | undefined> {
    const before = issues.length;
    const given = await this.given('version', event, issues, at);
    if (issues.length > before) return undefined;
    const version = comparableVersion(given);
    const { subject } = event;
    if (!version) {
      const isMissing = given === undefined || given === null;
      const what = isMissing ? inWords('EVENT_RECORD_VERSION.missing') : inWords('EVENT_RECORD_VERSION');
      issues.push({ field: `${at}version`, ...what });
    }
    if (subject === undefined) {
      issues.push({ field: `${at}subject`, ...inWords('EVENT_ATTRIBUTE_MISSING.of-version') });
    }
    // a name of persons may be in a subject, and be forgotten one day: the order of versions stays
    return version && subject !== undefined ? { record: hash(JSON.stringify([version.kind, subject])), at: version.at } : undefined;
  }

  /** The same as text that is not empty. */
  private async value(name: 'eventId' | 'subject' | 'key', event: CloudEvent, issues: Issue[], at: string): Promise<string | undefined> {
    const value = await this.given(name, event, issues, at);
    if (typeof value === 'string') return value === '' ? undefined : value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** What an expression of the form gives for an event; where it fails, the event is not taken. */
  private async given(
    name: 'eventId' | 'subject' | 'key' | 'version',
    { attributes, ...event }: CloudEvent,
    issues: Issue[],
    at: string,
  ): Promise<unknown> {
    try {
      return await this.rules[name]?.({ specversion: '1.0', ...attributes, ...event });
    } catch (error) {
      const failure = Failure.is(error) ? error : undefined;
      if (failure?.class.startsWith('transient.')) throw failure; // the node closes: the sender tries again
      if (failure?.code === 'EXPRESSION_LIMIT') {
        issues.push({ field: at + name, ...inWords('EXPRESSION_LIMIT.of-receiver', { limit: wordsOf(failure) }) });
        return undefined;
      }
      // JSONata quotes values of the event in its words; the answer has none of it
      issues.push({ field: at + name, ...inWords('EXPRESSION_FAILED.of-receiver', { name }) });
      return undefined;
    }
  }
}

/** So many events are completed side by side. */
const atOnce = 32;

const hash = (of: string | Buffer): string => `sha256:${createHash('sha256').update(of).digest('hex')}`;
