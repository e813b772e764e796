import { type Input } from './inputs/input.ts';

export type FindingKind = 'crash' | 'hung' | 'frozen' | 'unclassified' | 'leak' | 'admitted' | 'memory';

export interface Finding {
  kind: FindingKind;
  /** what went wrong, without what differs from input to input */
  what: string;
  times: number;
  /** the smallest input that shows it, or those that were under way */
  numbers: number[];
  family: string;
  input: string;
  size: number;
}

/** What was found, each kind of fault once, with the smallest input that shows it. */
export class Findings {
  private readonly found = new Map<string, Finding>();

  add(kind: FindingKind, what: string, suspects: readonly { n: number; input: Input }[]): void {
    const key = `${kind} ${general(what)}`;
    const size = suspects.length === 1 ? sizeOf(suspects[0]!.input) : 1e9 + suspects.length;
    const known = this.found.get(key);
    if (known) known.times++;
    if (known && known.size <= size) return;
    this.found.set(key, {
      ...{ kind, what: general(what), times: known?.times ?? 1, size },
      numbers: suspects.slice(0, 40).map(({ n }) => n),
      family: [...new Set(suspects.map(({ input }) => input.family))].slice(0, 6).join(' | '),
      input: suspects.length === 1 ? shownInput(suspects[0]!.input) : '',
    });
  }

  all(): Finding[] {
    return [...this.found.values()];
  }

  count(...kinds: FindingKind[]): number {
    return this.all()
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((sum, { times }) => sum + times, 0);
  }
}

/** Ids, numbers and quoted values are not what makes a fault another one. */
function general(what: string): string {
  return what
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
    .replace(/fz\d+x(-\d+)?/g, '<mark>')
    .replace(/\b\d[\d.,:e+]*\b/g, '<n>')
    .replace(/[“"'‘][^”"'’]{12,}[”"'’]/g, '“…”')
    .slice(0, 220);
}

function sizeOf(input: Input): number {
  if (input.kind === 'answer') return JSON.stringify(input).length;
  if ('payload' in input) return input.payload.length;
  return (input.raw?.bytes ?? input.body ?? '').length + input.path.length + JSON.stringify(input.headers).length;
}

/** An input as it can be read: long text is cut in the middle. */
export function shownInput(input: Input): string {
  if (input.kind === 'answer')
    return shortened(
      `${input.operation} of ${input.system}, request ${input.after}, ${input.times} times: ${JSON.stringify(input.answer)}`,
    );
  if (input.kind === 'message')
    return shortened(`to ${input.node}${input.byHttp ? ' by http' : ''}${input.shape ? ` as ${input.shape}` : ''}: ${input.payload}`);
  if (input.kind === 'setting') return shortened(`deploy ${JSON.stringify(input.node)}`);
  if (input.raw) return shortened(`raw (${input.raw.then}): ${JSON.stringify(input.raw.bytes.toString('latin1'))}`);
  const who = input.identity ? ` as ${input.identity}` : '';
  const signed = input.sign ? ` signed ${input.sign.scheme}${input.sign.wrong ? ` wrong: ${input.sign.wrong}` : ''}` : '';
  const headers = input.headers.map(([name, value]) => ` ${name}: ${shortened(value, 80)}`).join(';');
  return `${input.house}${who}${signed}: ${input.method} ${shortened(input.path, 200)}${headers} ${shortened(input.body?.toString() ?? '')}`;
}

function shortened(text: string, most = 700): string {
  return text.length <= most ? text : `${text.slice(0, most - 120)} … (${text.length} in all) … ${text.slice(-60)}`;
}
