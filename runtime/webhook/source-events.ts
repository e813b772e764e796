import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type CloudEvent, mostBytes, tooLong, wrong } from '../../model/cloud-event.ts';
import { Failure, type Issue } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { inUtc } from '../../model/timestamp.ts';
import { type EventExpression, eventExpression } from './event-expression.ts';

/** What a form says of events: defaults for senders that know no CloudEvents, and expressions over the event. */
export interface EventRules {
  type: string;
  source: string;
  /** expressions (JSONata) */
  id: string;
  subject: string;
  key: string;
  /** headers that may hold the id of plain JSON, the first one that is there counts */
  idHeaders: readonly string[];
}

/** Makes events of the engine from what was sent. */
export class SourceEvents {
  private readonly rules: EventRules;
  private readonly id: EventExpression | undefined;
  private readonly subject: EventExpression | undefined;
  /** absent = the subject */
  private readonly key: EventExpression | undefined;

  /** Throws a Failure when an expression cannot be read. */
  constructor(rules: EventRules) {
    this.rules = rules;
    this.id = eventExpression('eventId', rules.id);
    this.subject = eventExpression('subject', rules.subject);
    this.key = rules.key.trim() === 'subject' ? undefined : eventExpression('key', rules.key);
  }

  /** The event of a CloudEvent; its subject and key may have to be waited for. */
  of(event: CloudEvent, now: number, issues: Issue[], at = ''): SourceEvent | Promise<SourceEvent> {
    const { subject, key } = this;
    const made: SourceEvent = {
      id: event.id,
      source: event.source,
      type: event.type,
      subject: event.subject ?? '',
      time: event.time === undefined ? new Date(now).toISOString() : inUtc(event.time),
      key: '',
      data: event.data,
    };
    if (Object.keys(event.attributes).length > 0) made.attributes = event.attributes;
    const withKey = (given: unknown) => {
      made.key = short(textOf(given) ?? made.subject);
      return made;
    };
    const withSubject = (given: unknown) => {
      made.subject ||= textOf(given) ?? made.id;
      if (isTooLong(made.subject)) issues.push(tooLong(`${at}subject`));
      return key
        ? whenever(
            () => key(jsonForm(made)),
            withKey,
            (failure) => noted(failure, issues, made),
          )
        : withKey(undefined);
    };
    if (made.subject || !subject) return withSubject(undefined);
    return whenever(
      () => subject(jsonForm(made)),
      withSubject,
      (failure) => noted(failure, issues, made),
    );
  }

  /** The event of JSON that is no CloudEvent: its id from a header, from the form's expression, or from the bytes themselves. */
  ofPlain(data: Json, body: Buffer, headers: IncomingHttpHeaders, now: number, issues: Issue[]): SourceEvent | Promise<SourceEvent> {
    const { type, source } = this.rules;
    const event: CloudEvent = { id: '', source, type, attributes: {}, data };
    const withId = (given: unknown) => {
      event.id = textOf(given) ?? `sha256:${createHash('sha256').update(body).digest('hex')}`;
      if (isTooLong(event.id)) issues.push(tooLong('id'));
      return this.of(event, now, issues);
    };
    for (const name of this.rules.idHeaders) {
      const given = headers[name];
      if (typeof given === 'string' && given.trim() !== '') return withId(given.trim());
    }
    const { id } = this;
    if (!id) return withId(undefined);
    const unread = { ...event, subject: '', time: '', key: '' };
    return whenever(
      () => id(jsonForm(unread)),
      withId,
      (failure) => noted(failure, issues, unread),
    );
  }
}

/** An event as expressions see it. */
function jsonForm({ id, source, type, subject, time, attributes, data }: SourceEvent): Record<string, unknown> {
  return {
    ...attributes,
    specversion: '1.0',
    ...(id ? { id } : {}),
    source,
    type,
    ...(subject ? { subject } : {}),
    ...(time ? { time } : {}),
    data,
  };
}

/** Goes on at once where there is nothing to wait for. */
function whenever<T>(read: () => unknown, then: (value: unknown) => T | Promise<T>, failed: (error: unknown) => T): T | Promise<T> {
  try {
    const value = read();
    return value instanceof Promise ? value.then(then).catch(failed) : then(value);
  } catch (error) {
    return failed(error);
  }
}

/** An expression that fails for this event: what it would say is not known, so the event is not taken. */
function noted(error: unknown, issues: Issue[], event: SourceEvent): SourceEvent {
  const failure = Failure.from(error);
  // JSONata quotes values of the event in its words; the answer has none of it
  const field = failure.field ?? 'event';
  issues.push(
    wrong(
      failure.code,
      field,
      `The receiver's expression for "${field}" fails for this event.`,
      'Have the receiver correct it, and send again.',
    ),
  );
  return event;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function isTooLong(text: string): boolean {
  return text.length > mostBytes / 4 && Buffer.byteLength(text) > mostBytes;
}

/** A key only has to be equal where it was equal. */
function short(key: string): string {
  return isTooLong(key) ? `sha256:${createHash('sha256').update(key).digest('hex')}` : key;
}
