import type { IncomingHttpHeaders } from 'node:http';
import { type CloudEvent, readCloudEvent } from '../../model/cloud-event.ts';
import type { Issue } from '../../model/failure.ts';
import { mostIssues } from './answers.ts';
import { attributesInHeaders } from './binary-mode.ts';
import { dataOfType, essence, isJsonType, mayBeData, parseJson } from './body-data.ts';
import { elementsOf } from './list-elements.ts';

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

/** The CloudEvent of a request, and what is wrong with it: only without issues it is there. */
export function cloudEventIn(mode: 'structured' | 'binary', { headers, body }: Sent, issues: Issue[]): CloudEvent | undefined {
  if (mode === 'structured') {
    const value = parseJson(body, 'body', issues);
    return value === undefined ? undefined : cloudEventOf(value, issues);
  }
  const attributes = attributesInHeaders(headers, issues);
  const data = dataOfType(body, headers['content-type'] ?? '', 'body', issues);
  return readCloudEvent({ ...attributes, data }, { issues, readBytes: readBytes(issues) });
}

/** The CloudEvents of a batch, some at a time: only without issues they are all there. */
export async function* cloudEventsIn({ body }: Sent, issues: Issue[]): AsyncGenerator<CloudEvent[]> {
  let index = 0;
  for await (const elements of elementsOf(body, 'body', issues)) {
    const events: CloudEvent[] = [];
    for (const element of elements) {
      if (issues.length >= mostIssues) return;
      const event = cloudEventOf(element, issues, `[${index++}].`);
      if (event) events.push(event);
    }
    yield events;
  }
}

function cloudEventOf(value: unknown, issues: Issue[], at = ''): CloudEvent | undefined {
  const event = readCloudEvent(value, { issues, readBytes: readBytes(issues), at });
  return event && mayBeData(event.data, `${at}data`, issues) ? event : undefined;
}

const readBytes = (issues: Issue[]) => (bytes: Buffer, mediaType: string, field: string) => dataOfType(bytes, mediaType, field, issues);
