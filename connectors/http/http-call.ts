import type { CallKind } from './call-limits.ts';

/** One call, as a connector asks for it. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** absolute, or a path below the base URL */
  url: string;
  headers?: Record<string, string>;
  params?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** a call that changes nothing although it is a POST (a query): its outcome is never in doubt */
  reads?: boolean;
  /** how much its answer may have; default: that of the client */
  kind?: CallKind;
  signal?: AbortSignal;
  /** for all of the call, to the last byte of the answer */
  timeoutMs?: number;
  /** Reads what is large as it comes; what it gives is the answer's body. The text is as it was sent, uncleaned. */
  consume?(text: AsyncIterable<string>): Promise<unknown>;
  /** statuses besides 2xx that the caller wants to see instead of a Failure */
  accept?: number[];
}

/** What came back. */
export interface HttpAnswer<Body = unknown> {
  status: number;
  headers: Record<string, string>;
  body: Body;
}
