/** What an id stands for, the same in each execution. */
type NameOf = (id: string) => string;

/** Smaller numbers are counts, tokens and lengths; greater ones are moments of the virtual clock. */
const moment = 1_000_000;

/** What tells one call of a store from another, without the clock: run, token, effect. */
export function labelOf(name: string, parts: unknown[], nameOf: NameOf): string {
  return [name, ...parts.map((part) => partText(part, nameOf))].filter(Boolean).join(' ');
}

function partText(part: unknown, nameOf: NameOf): string {
  if (typeof part === 'string') return nameOf(part);
  if (typeof part === 'number') return part < moment ? String(part) : '';
  if (Array.isArray(part)) return part.map((one) => partText(one, nameOf)).join(' ');
  if (!part || typeof part !== 'object') return '';
  const { run, node, business, status, failure, found, maker, made, suspects, events, cursor } = part as {
    run?: string;
    node?: string;
    business?: string;
    status?: string;
    failure?: { code?: string };
    found?: boolean;
    maker?: string;
    made?: boolean;
    suspects?: boolean;
    events?: { id: string }[];
    cursor?: { lease?: number };
  };
  const known = [run && nameOf(run), node, business, status, failure?.code, found && 'found', maker, suspects && 'suspects', cursor?.lease];
  const outcome = made === undefined ? '' : made ? 'made' : 'not made';
  return [...known, outcome, ...(events ?? []).map(({ id }) => id)].filter(Boolean).join(' ');
}

/** The moments that a call names. */
export function timesIn(parts: unknown[]): number[] {
  return parts.flatMap((part) => {
    if (typeof part === 'number') return part >= moment ? [part] : [];
    if (!part || typeof part !== 'object' || Array.isArray(part)) return [];
    return Object.values(part).filter((value): value is number => typeof value === 'number' && value >= moment);
  });
}

/** What is the same in each execution of the same scenario says nothing about a state. */
const left = new Set([
  'event',
  'request',
  'details',
  'title',
  'titleWords',
  'createdAt',
  'updatedAt',
  'at',
  'hash',
  'previous',
  'message',
  'remedy',
]);

/** An answer of the store as part of what a process knows: text without the clock, and the moments that it names. */
export function answerText(answer: unknown, nameOf: NameOf): { text: string; times: number[] } {
  const times: number[] = [];
  const text = JSON.stringify(answer, (name, value: unknown) => {
    if (left.has(name)) return undefined;
    if (typeof value === 'string') return nameOf(value);
    if (typeof value !== 'number' || value < moment) return value;
    times.push(value);
    return 'then';
  }) as string | undefined;
  return { text: text ?? 'nothing', times };
}
