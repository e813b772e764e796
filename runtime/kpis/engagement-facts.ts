import type { Effect } from '../../engine/store/effects.ts';
import { type EngagementState, type Stage, stageOf } from '../../engine/store/engagements.ts';
import type { Run } from '../../engine/store/runs.ts';
import { engagementOf } from '../../model/engagement-of.ts';
import { clientIn } from '../../model/client-in.ts';
import { isObject, type Json } from '../../model/json.ts';
import { concerning, redact } from '../../model/redact.ts';
import { amountIn } from '../../model/run-facts.ts';

/** What one run says of an engagement. */
export interface EngagementFacts extends Omit<EngagementState, 'updatedAt'> {
  /** stages whose writes were taken back */
  undone?: readonly Stage[];
}

/** By the type of the node that made the write. */
const madeBy: Readonly<Record<string, Stage>> = {
  'erp-customer': 'customer',
  'erp-project': 'project',
  'psa-project': 'planned',
  'psa-staffing-demand': 'planned',
};

/** By what has happened; of these the run that tells of it must have ended well. */
const toldBy: readonly [RegExp, Stage][] = [
  [/^com\.psconnect\.assignment\.(assigned|changed)$/, 'staffed'],
  [/^com\.psconnect\.time\.approved$/, 'worked'],
  [/^com\.psconnect\.invoice\.(posted|partly-paid|credited)$/, 'billed'],
  [/^com\.psconnect\.invoice\.paid$/, 'paid'],
];

/** Whether a run is that of a won deal, of which it is told how far it has come before it ends. */
export const isOfDeal = ({ event }: Run): boolean => event.type === 'com.psconnect.opportunity.won' && isObject(event.data);

/** What a won deal says, and what was made for it so far. */
export function factsOfDeal(run: Run, effects: readonly Effect[], typeOf: (node: string) => string | undefined): EngagementFacts {
  const { data, subject, time } = run.event;
  const reached: EngagementState['reached'] = { won: Date.parse(run.event.version?.at ?? time) || run.createdAt };
  const undone = new Set<Stage>();
  for (const { node, status, finishedAt } of effects) {
    const stage = madeBy[typeOf(node) ?? ''];
    // several writes make one stage: it is reached with the last of them
    if (stage && status === 'done' && finishedAt !== undefined) reached[stage] = Math.max(reached[stage] ?? 0, finishedAt);
    if (stage && status === 'compensated') undone.add(stage);
  }
  for (const stage of undone) delete reached[stage];
  const last = stageOf({ reached });
  // of a run that goes on, or stands still, nobody knows whether that was all of it
  if (run.status !== 'done' && last !== 'won') delete reached[last];
  const client = shownClient(data);
  return {
    ...{ code: subject, reached, ...(undone.size > 0 ? { undone: [...undone] } : {}) },
    ...(client === undefined ? {} : { client }),
    ...amountIn(data),
    ...entityIn(data),
  };
}

/** What a run that has ended well says of the engagement that its event is about; undefined = of none. */
export function factsOfEnded({ event, updatedAt }: Run): EngagementFacts | undefined {
  const { data } = event;
  const stage = toldBy.find(([type]) => type.test(event.type))?.[1];
  const project = isObject(data) && isObject(data['project']) ? data['project'] : undefined;
  const code = textIn(project, /^code$/);
  if (stage === undefined || code === undefined) return undefined;
  // who is held and not yet certain is not there
  if (stage === 'staffed' && textIn(data, /^booking$/) === 'soft') return undefined;
  const entity = textIn(project, /^legalEntity$/) ?? textIn(data, /^legalEntity$/);
  return { code: engagementOf(code, entity), reached: { [stage]: updatedAt } };
}

/** What is known now: a stage stays at the moment at which it was reached first, and what is said of client and money last holds. */
export function merged(
  before: EngagementState | undefined,
  { reached, undone = [], ...facts }: EngagementFacts,
  now: number,
): EngagementState {
  const moments = { ...before?.reached };
  for (const stage of undone) delete moments[stage];
  for (const [stage, at] of Object.entries(reached) as [Stage, number][]) moments[stage] = Math.min(moments[stage] ?? at, at);
  return { ...before, ...facts, reached: moments, updatedAt: now };
}

/** As everybody may see it: a client whose name is that of a person whom the deal names is masked, as in a list of runs. */
function shownClient(data: Json): string | undefined {
  const client = clientIn(data);
  return client === undefined ? undefined : String((redact(concerning({ client }, data)) as { client: string }).client);
}

function entityIn(data: Json | undefined): { entity?: string } {
  const entity = textIn(data, /^legalEntity$/);
  return entity === undefined ? {} : { entity };
}

function textIn(data: Json | undefined, name: RegExp): string | undefined {
  const value = isObject(data) ? Object.entries(data).find(([field, value]) => name.test(field) && value !== null)?.[1] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;
}
