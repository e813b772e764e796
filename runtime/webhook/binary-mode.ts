import type { IncomingHttpHeaders } from 'node:http';
import type { Issue } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';

/**
 * The attributes that a request carries in `ce-` headers, as the JSON format would have them.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#31-binary-content-mode
 */
export function attributesInHeaders(headers: IncomingHttpHeaders, issues: Issue[]): Record<string, unknown> {
  const attributes = Object.create(null) as Record<string, unknown>;
  for (const name in headers) {
    const given = headers[name];
    if (!name.startsWith('ce-') || given === undefined) continue;
    const value = decoded(String(given));
    const attribute = name.slice(3);
    if (value === undefined) {
      const field = shownName(name);
      issues.push({ field, ...inWords('EVENT_HEADER.undecodable', { field }) });
    } else if (attribute === 'data' || attribute === 'data_base64' || attribute === 'datacontenttype') {
      issues.push({ field: name, ...inWords('EVENT_HEADER', { name }) });
    } else {
      attributes[attribute] = value;
    }
  }
  const contentType = headers['content-type'];
  if (contentType) attributes['datacontenttype'] = contentType;
  return attributes;
}

/** Quotes are taken off first, then one round of percent-decoding. Undefined = neither ASCII nor well encoded. */
function decoded(value: string): string | undefined {
  const text = /^"(?:[^"\\]|\\.)*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  if (!/^[\x20-\x7e]*$/.test(text)) return undefined;
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function shownName(name: string): string {
  return /^[\w-]{1,60}$/.test(name) ? name : 'ce-…';
}
