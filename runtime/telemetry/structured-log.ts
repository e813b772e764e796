import { inspect } from 'node:util';
import { lineOf } from '../log-line.ts';
import { currentRun } from '../pack.ts';
import { traceOfRun } from './traces.ts';

/** As Node-RED hands it to a log handler: https://nodered.org/docs/user-guide/runtime/logging */
interface LogEvent {
  level: number;
  timestamp?: number;
  msg?: unknown;
  /** of a node: type, id, name, and the tab it is on */
  type?: string;
  id?: string;
  name?: string;
  z?: string;
  /** of an audit event */
  event?: string;
  [more: string]: unknown;
}

/** Names and numbers as OpenTelemetry's log data model has them: https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const severities: Readonly<Record<number, readonly [text: string, number: number]>> = {
  10: ['FATAL', 21],
  20: ['ERROR', 17],
  30: ['WARN', 13],
  40: ['INFO', 9],
  50: ['DEBUG', 5],
  60: ['TRACE', 1],
  98: ['AUDIT', 9],
  99: ['METRIC', 9],
};

/**
 * A handler for `logging` in settings.js that writes each event as one line of JSON, without secrets and e-mail addresses, and with the run that was under way:
 *
 * ```js
 * logging: { json: { level: 'info', handler: require('@psconnect/node-red-professional-services/dist/structured-log.js') } }
 * ```
 */
export default function structuredLog(_settings: unknown, write: (line: string) => void = toStandardOutput): (event: LogEvent) => void {
  return (event) => {
    try {
      write(JSON.stringify(lineOfJson(event)));
    } catch (error) {
      write(JSON.stringify({ severityText: 'ERROR', severityNumber: 17, body: `An event cannot be logged: ${lineOf(String(error))}` }));
    }
  };
}

const toStandardOutput = (line: string): void => void process.stdout.write(`${line}\n`);

function lineOfJson(event: LogEvent): object {
  const { level, timestamp = Date.now(), msg, type, id, name, z } = event;
  const [severityText, severityNumber] = severities[level] ?? ['INFO', 9];
  const run = currentRun();
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? lineOf(value) : undefined);
  return {
    ...{ timestamp: new Date(timestamp).toISOString(), severityText, severityNumber },
    body: level < 90 ? lineOf(textOf(msg)) : (text(event.event) ?? ''),
    ...(run === undefined ? {} : { traceId: traceOfRun(run) }),
    attributes: {
      ...{ 'node_red.node.type': text(type), 'node_red.node.id': text(id), 'node_red.node.name': text(name), 'node_red.flow.id': text(z) },
      'psconnect.run': run?.id,
    },
  };
}

/** What a node logs may be anything, an error above all. */
function textOf(said: unknown): string {
  if (typeof said === 'string') return said;
  if (said instanceof Error) return said.message;
  const message = typeof said === 'object' && said !== null ? (said as { message?: unknown }).message : undefined;
  if (typeof message === 'string') return message;
  return typeof said === 'object' && said !== null ? inspect(said, { depth: 4, breakLength: Number.POSITIVE_INFINITY }) : String(said);
}
