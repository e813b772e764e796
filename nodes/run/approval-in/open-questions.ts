import type { Severity } from '../../../engine/retry-policy.ts';
import type { Approval } from '../../../engine/store/approvals.ts';
import type { Store } from '../../../engine/store.ts';
import { Failure } from '../../../model/failure.ts';
import { isObject, type Json } from '../../../model/json.ts';
import type { SourceEvent } from '../../../model/operations.ts';

/** A question that is to be told, or that it has gone up. */
export interface Step {
  what: 'asked' | 'escalated';
  /** epoch ms, by the store's clock */
  at: number;
  approval: Approval;
}

/** Which questions were told: of those since `from` each by itself, of all before they were. */
export interface ToldQuestions {
  /** by which rules of the form; by others everything that is open is told anew */
  rules: string;
  /** epoch ms */
  from: number;
  /** when what was told was asked or went up, by step */
  told: Record<string, number>;
  /** ids of questions of which it cannot be found out who is asked: looked at again each time */
  held: string[];
}

export interface Asking {
  store: Pick<Store, 'approvals' | 'approval'>;
  /** the store's clock, epoch ms */
  now: number;
  rules: string;
  least: Severity;
  /** what is told of a step, to each approver by himself; none = it is no question of this node's. Throws where nobody can say who is asked. */
  eventsOf(step: Step): Promise<SourceEvent[]>;
}

/** A question that was asked at one moment may be stored somewhat later, by an instance whose clock is another. */
const slack = 10 * 60_000;
/** What was told last is known beyond that: a clock that was set wrong and is right again makes nobody be asked twice. */
const lastKnown = 500;
const pageSize = 200;
/** so many messages leave at one look */
const mostTold = 100;
/** If more than so many cannot be told it is the form that is wrong, and everything waits for that. */
const mostHeld = 500;

const severities: readonly Severity[] = ['low', 'normal', 'high', 'critical'];

export function toldBefore(cursor: Json | undefined): ToldQuestions {
  const { rules, from, told, held } = isObject(cursor) ? (cursor as Partial<ToldQuestions>) : {};
  return {
    rules: typeof rules === 'string' ? rules : '',
    from: typeof from === 'number' ? from : 0,
    told: isObject(told) ? told : {},
    held: Array.isArray(held) ? held : [],
  };
}

/** What is to be told now, and what is known as told once that is stored. `trouble` = why some question is told to nobody; it holds up no other. */
export async function askOpen(
  asking: Asking,
  before: ToldQuestions,
): Promise<{ events: SourceEvent[]; next: ToldQuestions; more: boolean; trouble?: Failure }> {
  const known = before.rules === asking.rules ? before : { from: 0, told: {}, held: [] };
  // a clock that was ahead, and is right again, has left nothing out
  const from = Math.min(known.from, asking.now - slack);
  const told: Record<string, number> = { ...known.told };
  const held = new Set<string>();
  const events: SourceEvent[] = [];
  let trouble: Failure | undefined;
  let newest = from;
  let isWhole = true;
  for await (const step of stepsToTell(asking.store, { from, held: known.held, cut: () => (isWhole = false) })) {
    newest = Math.max(newest, step.at);
    if (told[keyOf(step)] !== undefined || severities.indexOf(step.approval.severity) < severities.indexOf(asking.least)) continue;
    if (events.length >= mostTold) {
      return {
        events,
        next: { rules: asking.rules, from, told, held: [...new Set([...known.held, ...held])] },
        more: true,
        ...(trouble ? { trouble } : {}),
      };
    }
    try {
      const these = await asking.eventsOf(step);
      events.push(...these);
      if (these.length > 0) told[keyOf(step)] = step.at;
    } catch (error) {
      trouble ??= Failure.from(error);
      held.add(step.approval.id);
      if (held.size > mostHeld) throw trouble;
    }
  }
  const next = isWhole ? Math.max(from, Math.min(asking.now, newest) - slack) : from;
  return {
    events,
    next: {
      rules: asking.rules,
      from: next,
      told: Object.fromEntries(Object.entries(told).filter(([, at], place, { length }) => at >= next || place >= length - lastKnown)),
      held: [...held],
    },
    more: false,
    ...(trouble ? { trouble } : {}),
  };
}

/** Those that could not be told, then what was asked or has gone up since, oldest first. `cut` = the end was not reached. */
async function* stepsToTell(
  store: Asking['store'],
  { from, held, cut }: { from: number; held: readonly string[]; cut(): void },
): AsyncGenerator<Step> {
  for (const id of held) {
    const approval = await store.approval(id);
    if (approval?.status === 'open') yield* stepsOf(approval);
  }
  for (let after: string | undefined; ;) {
    const page = await store.approvals({ status: 'open', movedFrom: from, ...(after === undefined ? {} : { after }), limit: pageSize });
    for (const approval of page) if (!held.includes(approval.id)) yield* stepsOf(approval).filter(({ at }) => at >= from);
    if (page.length < pageSize) {
      // the question that the page is to come after may be gone meanwhile: then there was no page
      if (page.length === 0 && after !== undefined && !(await store.approval(after))) cut();
      return;
    }
    after = page.at(-1)!.id;
  }
}

/** The same question asked anew, after a replay, is another one. */
export const keyOf = ({ what, at, approval }: Step): string => `${approval.id} ${what} ${at}`;

/** When a question was asked, or has gone up. */
export const momentOf = ({ requestedAt, escalatedAt }: Approval, what: Step['what']): number | undefined =>
  what === 'asked' ? requestedAt : escalatedAt;

function stepsOf(approval: Approval): Step[] {
  return (['asked', 'escalated'] as const).flatMap((what) => {
    const at = momentOf(approval, what);
    return at === undefined ? [] : [{ what, at, approval }];
  });
}
