import type { HttpInput } from './inputs/input.ts';
import { person } from './inputs/samples.ts';
import type { Answered } from './send.ts';
import type { FindingKind } from './findings.ts';

export type Verdict = [kind: FindingKind, what: string];

/** What is wrong with an answer, by what its input expects. Secrets are looked for elsewhere. */
export function judgeAnswer(input: HttpInput, answer: Answered): Verdict[] {
  const verdicts: Verdict[] = [];
  const { expects } = input;
  const { status } = answer;
  if (expects.refused && status < 400) verdicts.push(['admitted', `${input.family}: ${input.identity ?? 'nobody'} got ${status}`]);
  if (expects.hidesPersons) {
    const shown = [person.first, person.last, person.email].filter((part) => answer.bytes.includes(part));
    if (shown.length > 0) verdicts.push(['leak', `${placeOf(input)} shows “${shown.join(' ')}” to ${input.identity ?? 'nobody'}`]);
  }
  const unclassified = unclassifiedIn(input, answer);
  if (unclassified) verdicts.push(['unclassified', `${placeOf(input)} ${unclassified}`]);
  return verdicts;
}

const placeOf = ({ kind, family, path }: HttpInput): string => (kind === 'admin' ? family : path);

/** An answer that says neither what was wrong nor whose doing it is, or that is not in the form of the rest. */
function unclassifiedIn({ expects, method, kind }: HttpInput, { status, contentType, text, bytes }: Answered): string | undefined {
  if (bytes.length === 0) return 'answers nothing';
  if (method === 'HEAD' || method === 'OPTIONS') return undefined;
  if (status === 401 && text === 'Unauthorized') return undefined; // Node-RED's own
  if (status === 500) return `answers 500: ${text.slice(0, 200)}`;
  if (status >= 500) {
    const failure = parsed(text)?.['failure'] as { class?: string; code?: string } | undefined;
    if (kind === 'webhook' ? status !== 503 : !failure?.class || failure.class === 'internal')
      return `answers ${status}: ${text.slice(0, 200)}`;
  }
  if (!expects.ours) return undefined;
  if (!/json/.test(contentType))
    return `answers ${status} in ${contentType.split(';')[0] || 'nothing'}: ${text.replace(/\s+/g, ' ').slice(0, 160)}`;
  const documents = contentType.includes('ndjson') ? text.trim().split('\n') : [text];
  return documents.some((each) => parsed(each) === undefined) ? `answers ${status} with JSON that cannot be read` : undefined;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
