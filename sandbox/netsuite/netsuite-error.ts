import { type MessageKey, message } from './messages.ts';
import type { NetSuiteState } from './state.ts';

/** Error body of REST web services: https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156570709583.html */
export interface ErrorDetail {
  detail: string;
  'o:errorCode': string;
  'o:errorPath'?: string;
  'o:errorUrl'?: string;
  'o:errorHeader'?: string;
  'o:errorQueryParam'?: string;
}

const rfc2616 = 'https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html';

const kinds: Record<number, { title: string; type: string }> = {
  400: { title: 'Bad Request', type: `${rfc2616}#sec10.4.1` },
  401: { title: 'Unauthorized', type: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.2' },
  403: { title: 'Forbidden', type: `${rfc2616}#sec10.4.4` },
  404: { title: 'Not Found', type: `${rfc2616}#sec10.4.5` },
  405: { title: 'Method Not Allowed', type: `${rfc2616}#sec10.4.6` },
  415: { title: 'Unsupported Media Type', type: `${rfc2616}#sec10.4.16` },
  // the vendor's own example of a concurrency refusal carries this title
  429: { title: 'Bad Request', type: rfc2616 },
  503: { title: 'Service Unavailable', type: `${rfc2616}#sec10.5.4` },
};

export class NetSuiteError extends Error {
  readonly status: number;
  readonly details: ErrorDetail[];
  readonly headers: Record<string, string>;
  readonly title: string | undefined;
  /** answered instead of the usual envelope (a fault's own body) */
  readonly rawBody: unknown;

  constructor(status: number, details: ErrorDetail[], more: { headers?: Record<string, string>; title?: string; rawBody?: unknown } = {}) {
    super(details.map((detail) => detail.detail).join(' '));
    this.status = status;
    this.details = details;
    this.headers = more.headers ?? {};
    this.title = more.title;
    this.rawBody = more.rawBody;
  }

  body(): unknown {
    if (this.rawBody !== undefined) return this.rawBody;
    const kind = kinds[this.status] ?? { title: 'Internal Server Error', type: `${rfc2616}#sec10.5.1` };
    return { type: kind.type, title: this.title ?? kind.title, status: this.status, 'o:errorDetails': this.details };
  }
}

/** A business refusal: 400 `USER_ERROR` (or another code), text in the user's language. */
export function userError(
  state: NetSuiteState,
  key: MessageKey,
  values: string[] = [],
  more: { path?: string; code?: string } = {},
): NetSuiteError {
  const detail = `${message(state.language, 'accessing')} ${message(state.language, key, ...values)}`;
  return new NetSuiteError(400, [{ detail, 'o:errorCode': more.code ?? 'USER_ERROR', ...(more.path ? { 'o:errorPath': more.path } : {}) }]);
}

/** `INVALID_CONTENT` of the error page: a reference to a record that is not there. `fieldId` is the lower-case internal name. */
export function invalidReference(value: string, field: string, path: string): ErrorDetail {
  return {
    detail: `Error while accessing resource: You have entered an Invalid Field Value ${value} for the following field: ${field.toLowerCase()}`,
    'o:errorCode': 'INVALID_CONTENT',
    'o:errorPath': path,
  };
}

export function invalidContent(detail: string, path?: string): ErrorDetail {
  return { detail, 'o:errorCode': 'INVALID_CONTENT', ...(path ? { 'o:errorPath': path } : {}) };
}

export function invalidParameter(detail: string, queryParam?: string): NetSuiteError {
  return new NetSuiteError(400, [
    { detail, 'o:errorCode': 'INVALID_PARAMETER', ...(queryParam ? { 'o:errorQueryParam': queryParam } : {}) },
  ]);
}

/** An id that cannot be one: seen for `customer/000`. */
export function invalidId(id: string, url: string): NetSuiteError {
  const detail = `Invalid record instance identifier '${id}'. Provide a valid record instance ID.`;
  return new NetSuiteError(400, [{ detail, 'o:errorUrl': url, 'o:errorCode': 'INVALID_ID' }]);
}

export function notFound(): NetSuiteError {
  return new NetSuiteError(404, [
    { detail: 'The record instance does not exist. Provide a valid record instance ID.', 'o:errorCode': 'NONEXISTENT_ID' },
  ]);
}
