import type { IncomingHttpHeaders } from 'node:http';
import { readCloudEvent, wrong } from '../../model/cloud-event.ts';
import type { Issue } from '../../model/failure.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { attributesInHeaders } from './binary-mode.ts';
import { dataOfType, essence, isJsonType, readJson } from './body-data.ts';
import type { SourceEvents } from './source-events.ts';

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

/** All events of a request, or of none what is wrong with it. The last ones may have to be waited for. */
export function readEvents(
  mode: ContentMode,
  request: { headers: IncomingHttpHeaders; body: Buffer; now: number },
  make: SourceEvents,
): { issues: Issue[]; events: (SourceEvent | Promise<SourceEvent>)[] } {
  const { headers, body, now } = request;
  const issues: Issue[] = [];
  const events: (SourceEvent | Promise<SourceEvent>)[] = [];
  const readBytes = (bytes: Buffer, mediaType: string, field: string) => dataOfType(bytes, mediaType, field, issues);
  const take = (value: unknown, at = '') => {
    const event = readCloudEvent(value, { issues, readBytes, at });
    if (event) events.push(make.of(event, now, issues, at));
  };
  if (mode === 'binary') {
    const attributes = attributesInHeaders(headers, issues);
    const data = dataOfType(body, headers['content-type'] ?? '', 'body', issues);
    take({ ...attributes, data });
    return { issues, events };
  }
  const value = readJson(body, 'body', issues);
  if (value === undefined) return { issues, events };
  if (mode === 'structured') {
    take(value);
  } else if (mode === 'plain') {
    events.push(make.ofPlain(value, body, headers, now, issues));
  } else if (Array.isArray(value)) {
    value.forEach((each, index) => take(each, `[${index}].`));
  } else {
    issues.push(wrong('EVENT_SHAPE', 'body', 'The body is not a list.', 'Send a batch as a JSON array of events.'));
  }
  return { issues, events };
}
