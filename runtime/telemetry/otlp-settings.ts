import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { outsideNumber } from '../../model/outside-number.ts';
import { withoutEndingSlashes } from '../../model/uri.ts';

/**
 * Where spans go, by the variables that every OpenTelemetry SDK reads:
 * https://opentelemetry.io/docs/specs/otel/protocol/exporter/ and https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export interface OtlpSettings {
  url: URL;
  headers: Record<string, string>;
  /** attributes of the resource */
  resource: Record<string, string>;
  /** 0 to 1: of traces that begin here so many are kept */
  ratio: number;
  /** whether a trace that began elsewhere is kept as that says */
  followsParent: boolean;
  /** spans wait for so long to be sent together, in ms */
  everyMs: number;
}

const standardName = 'ps-connect';
const usualDelayMs = 5_000;

/** Undefined = nobody asks for spans. Throws a Failure that names the variable where one cannot be used. */
export function otlpSettings(environment: NodeJS.ProcessEnv): OtlpSettings | undefined {
  const text = (name: string) => (environment[name] ?? '').trim();
  const exporter = text('OTEL_TRACES_EXPORTER');
  if (/^true$/i.test(text('OTEL_SDK_DISABLED')) || exporter === 'none') return undefined;
  const own = text('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  const base = text('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (own === '' && base === '') return undefined;
  if (exporter !== '' && exporter !== 'otlp') throw unfit('OTEL_TRACES_EXPORTER');
  const [name, given] =
    own === '' ? ['OTEL_EXPORTER_OTLP_ENDPOINT', `${withoutEndingSlashes(base)}/v1/traces`] : ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', own];
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) throw unfit(name);
  const protocol = text('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') || text('OTEL_EXPORTER_OTLP_PROTOCOL');
  if (protocol !== '' && protocol !== 'http/json') throw unfit('OTEL_EXPORTER_OTLP_PROTOCOL');
  const headers = { ...pairs(text('OTEL_EXPORTER_OTLP_HEADERS')), ...pairs(text('OTEL_EXPORTER_OTLP_TRACES_HEADERS')) };
  if (Object.entries(headers).some(([header, value]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(header) || /[\r\n\0]/.test(value)))
    throw unfit('OTEL_EXPORTER_OTLP_HEADERS');
  const attributes = pairs(text('OTEL_RESOURCE_ATTRIBUTES'));
  const sampler = text('OTEL_TRACES_SAMPLER') || 'parentbased_always_on';
  return {
    url,
    headers,
    resource: { ...attributes, 'service.name': text('OTEL_SERVICE_NAME') || attributes['service.name'] || standardName },
    ratio: ratioOf(sampler, text('OTEL_TRACES_SAMPLER_ARG')),
    followsParent: sampler.startsWith('parentbased_'),
    everyMs: delayOf(text('OTEL_BSP_SCHEDULE_DELAY')),
  };
}

function ratioOf(sampler: string, argument: string): number {
  switch (sampler.replace(/^parentbased_/, '')) {
    case 'always_on':
      return 1;
    case 'always_off':
      return 0;
    case 'traceidratio': {
      const ratio = argument === '' ? 1 : outsideNumber(argument, { least: 0, most: 1 });
      if (ratio === undefined || !Number.isFinite(ratio) || ratio < 0 || ratio > 1) throw unfit('OTEL_TRACES_SAMPLER_ARG');
      return ratio;
    }
    default:
      throw unfit('OTEL_TRACES_SAMPLER');
  }
}

function delayOf(given: string): number {
  const delay = given === '' ? usualDelayMs : outsideNumber(given, { least: 1, most: 600_000 });
  if (delay === undefined) throw unfit('OTEL_BSP_SCHEDULE_DELAY');
  return delay;
}

/** `key=value,key=value`, percent-encoded. */
function pairs(text: string): Record<string, string> {
  const found: [string, string][] = [];
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    if (at > 0) found.push([part.slice(0, at).trim(), decoded(part.slice(at + 1).trim())]);
  }
  return Object.fromEntries(found);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The value may be a secret, or hold one: it is not said. */
const unfit = (name: string) => new Failure({ class: 'contract.invalid', ...inWords('TELEMETRY_SETTING', { name }), field: name });
