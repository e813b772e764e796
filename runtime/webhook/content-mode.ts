import type { IncomingHttpHeaders } from 'node:http';
import { type CloudEvent, readCloudEvent, wrong } from '../../model/cloud-event.ts';
import type { Issue } from '../../model/failure.ts';
import { mostIssues } from './answers.ts';
import { attributesInHeaders } from './binary-mode.ts';
import { dataOfType, essence, isJsonType, readJson } from './body-data.ts';

/**
 * How a request carries its events: the three modes of the CloudEvents HTTP binding, or JSON of a sender that knows none.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#13-content-modes
 */
export type ContentMode = 'structured' | 'batched' | 'binary' | 'plain';

/** Undefined = none of them, or in an encoding that is not taken. */
export function contentModeOf(headers: IncomingHttpHeaders): ContentMode | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return undefined;
  const contentType = headers['content-type'] ?? '';
  const type = essence(contentType);
  if (type.startsWith('application/cloudevents')) {
    if (!isUtf8Charset(contentType)) return undefined;
    if (type === 'application/cloudevents+json') return 'structured';
    return type === 'application/cloudevents-batch+json' ? 'batched' : undefined;
  }
  if (headers['ce-specversion'] !== undefined || headers['ce-id'] !== undefined) return 'binary';
  return type !== '' && isJsonType(type) && isUtf8Charset(contentType) ? 'plain' : undefined;
}

function isUtf8Charset(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  return charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset);
}

/** A request as it came. */
export interface Sent {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The CloudEvents of a request, and what is wrong with them: only without issues they are all there. */
export function cloudEventsIn(mode: Exclude<ContentMode, 'plain'>, { headers, body }: Sent, issues: Issue[]): CloudEvent[] {
  const events: CloudEvent[] = [];
  const readBytes = (bytes: Buffer, mediaType: string, field: string) => dataOfType(bytes, mediaType, field, issues);
  const take = (value: unknown, at = '') => {
    const event = readCloudEvent(value, { issues, readBytes, at });
    if (event) events.push(event);
  };
  if (mode === 'binary') {
    const attributes = attributesInHeaders(headers, issues);
    take({ ...attributes, data: dataOfType(body, headers['content-type'] ?? '', 'body', issues) });
    return events;
  }
  const value = readJson(body, 'body', issues);
  if (value === undefined) return events;
  if (mode === 'structured') {
    take(value);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length && issues.length < mostIssues; index++) take(value[index], `[${index}].`);
  } else {
    issues.push(wrong('EVENT_SHAPE', 'body', 'The body is not a list.', 'Send a batch as a JSON array of events.'));
  }
  return events;
}
