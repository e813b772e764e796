import type { SourceEvent } from '../model/operations.ts';
import { isObject, jsonCopy } from '../model/json.ts';
import { apiCalled, type ApiCall, payloadOf } from './business-api/api-call.ts';
import { type Message, messageReceived } from './message.ts';

/** The message that an event of a source becomes: its data as payload, its subject as topic, the rest of it beside them. */
export function messageOfEvent({ data, ...event }: SourceEvent): Message {
  return { payload: jsonCopy(data), topic: event.subject, event };
}

/** A message that came in by itself, as it was kept. */
export function messageAsKept({ data }: SourceEvent): Message {
  const kept = jsonCopy(data);
  return isObject(kept) ? kept : { payload: kept };
}

/** What a run's event showed a flow, whichever way it came, as far as it is kept. */
export function sampleOfEvent(event: SourceEvent): Message {
  if (event.type === messageReceived) return messageAsKept(event);
  if (event.type === apiCalled && isObject(event.data))
    return { payload: payloadOf(event.data as unknown as Pick<ApiCall, 'body' | 'parameters'>), topic: event.subject };
  return messageOfEvent(event);
}
