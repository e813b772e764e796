/** W3C trace context, level 1: https://www.w3.org/TR/trace-context/#traceparent-header */
export interface TraceContext {
  /** 32 hex digits */
  traceId: string;
  /** 16 hex digits */
  spanId: string;
  /** whoever began the trace wants it to be kept */
  sampled: boolean;
}

/** Undefined where it is none: then a new trace begins. */
export function traceContextIn(traceparent: unknown): TraceContext | undefined {
  const text = typeof traceparent === 'string' ? traceparent : '';
  const [, version, traceId, spanId, flags] = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/.exec(text) ?? [];
  if (!version || !traceId || !spanId || !flags || version === 'ff' || (version === '00' && text.length !== 55)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** What an event says of its trace; else the header that came with it. */
export function tracedBy<T extends Record<string, unknown>>(attributes: T, header: unknown): T & { traceparent?: string } {
  if (attributes['traceparent'] !== undefined || !traceContextIn(header)) return attributes;
  return { ...attributes, traceparent: header as string };
}
