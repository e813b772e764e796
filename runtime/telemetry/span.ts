import { createHash } from 'node:crypto';

/** One piece of work, as OTLP has it (https://github.com/open-telemetry/opentelemetry-proto): times in epoch ms, ids in hex. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  /** of few kinds: no id of a record */
  name: string;
  kind: SpanKind;
  beganAt: number;
  endedAt: number;
  attributes: Record<string, string | number | undefined>;
  links?: readonly { traceId: string; spanId: string }[];
  /** error class, where it went wrong */
  error?: string | undefined;
}

export const spanKinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
export type SpanKind = keyof typeof spanKinds;

/** The id of a span that anybody who knows what it is of can tell again, so that nothing about spans is stored. */
export const spanIdOf = (...of: (string | number)[]): string => createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 16);

/** The trace of a run that came with none: a run's id is as random as a trace's. */
export function traceIdOf(run: string): string {
  const hex = run.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(hex) ? hex : createHash('sha256').update(run).digest('hex').slice(0, 32);
}

/** The body of `POST /v1/traces` in OTLP's JSON: enums are numbers, 64-bit integers are texts. */
export function otlpBody(spans: readonly Span[], resource: Record<string, string>, scope: { name: string; version: string }): string {
  return JSON.stringify({
    resourceSpans: [{ resource: { attributes: attributesOf(resource) }, scopeSpans: [{ scope, spans: spans.map(asOtlp) }] }],
  });
}

function asOtlp({ kind, beganAt, endedAt, attributes, links, error, ...ids }: Span): object {
  return {
    ...ids,
    kind: spanKinds[kind],
    startTimeUnixNano: nanoseconds(beganAt),
    // a clock may have been set back meanwhile
    endTimeUnixNano: nanoseconds(Math.max(beganAt, endedAt)),
    attributes: attributesOf({ ...attributes, 'error.type': error }),
    ...(links?.length ? { links } : {}),
    status: error === undefined ? {} : { code: 2 },
  };
}

const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`;

function attributesOf(values: Record<string, string | number | undefined>): object[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }],
  );
}
