import { joinedKey, keyPart } from './business-key.ts';
import { rateOf } from './engagement-rules.ts';
import { sumMoney } from './money.ts';
import type { Engagement, Phase, Project, StaffingDemand } from './types.generated.ts';

/** Code of the project in which one legal entity delivers its share: the engagement's own code for the contracting entity. */
export function projectCode(engagement: Engagement, legalEntity: string): string {
  return legalEntity === engagement.legalEntity ? engagement.code : `${engagement.code}-${legalEntity}`;
}

/** `ENG-0001/P1`: how the other systems know a phase. */
export function phaseCode(project: string, phase: string): string {
  return joinedKey('/', [project, phase]);
}

/** `ENG-0001/P1/T1` */
export function taskCode(project: string, phase: string, task: string): string {
  return joinedKey('/', [project, phase, task]);
}

/** `ENG-0001/M1` */
export function milestoneCode(project: string, milestone: string): string {
  return joinedKey('/', [project, milestone]);
}

/**
 * Codes as earlier versions joined them, without marks, and what each is now: phases and tasks of codes with a slash. One that may be either of two
 * is neither.
 */
export function olderCodes(project: Pick<Project, 'code' | 'phases'>): Map<string, string> {
  const pairs = project.phases.flatMap((phase): [string, string][] => [
    [`${project.code}/${phase.code}`, phaseCode(project.code, phase.code)],
    ...phase.tasks.map((task): [string, string] => [
      `${project.code}/${phase.code}/${task.code}`,
      taskCode(project.code, phase.code, task.code),
    ]),
  ]);
  const now = new Set(pairs.map(([, code]) => code));
  const byOlder = Map.groupBy(pairs, ([older]) => older);
  return new Map(pairs.filter(([older]) => !now.has(older) && byOlder.get(older)!.length === 1));
}

/** `ENG-0001/S1`; `#` counts the heads of a demand in some systems, so it is no part of a code either. */
export function demandCode(project: string, need: string): string {
  return `${keyPart(project)}/${keyPart(need, ['/', '#'])}`;
}

/**
 * The projects of an engagement: one for each legal entity that delivers, the contracting entity first.
 * Milestones follow their phase; those without a phase stay with the contracting entity.
 */
export function projectsOf(engagement: Engagement): Project[] {
  const entities = [...new Set([engagement.legalEntity, ...engagement.phases.map((phase) => phase.legalEntity)])];
  return entities.map((legalEntity) => {
    const main = legalEntity === engagement.legalEntity;
    const phases = engagement.phases.filter((phase) => phase.legalEntity === legalEntity);
    const own = new Set(phases.map((phase) => phase.code));
    const currency = phases.find((phase) => phase.budget)?.budget?.currency ?? engagement.currency;
    const milestones = engagement.milestones.filter((milestone) => (milestone.phase ? own.has(milestone.phase) : main));
    return {
      code: projectCode(engagement, legalEntity),
      name: main ? engagement.name : `${engagement.name} (${legalEntity})`,
      engagementCode: engagement.code,
      ...(engagement.id ? { engagementId: engagement.id } : {}),
      account: engagement.account,
      legalEntity,
      currency: main ? engagement.currency : currency,
      billing: engagement.billing,
      ...(amountOf(phases, main, engagement) ?? {}),
      start: main ? engagement.contract.start : first(phases.map((phase) => phase.start)),
      end: main ? engagement.contract.end : last(phases.map((phase) => phase.end)),
      main,
      ...(engagement.deliveryManagerEmail ? { deliveryManagerEmail: engagement.deliveryManagerEmail } : {}),
      ...(engagement.deliveryAssumptions ? { deliveryAssumptions: engagement.deliveryAssumptions } : {}),
      phases,
      milestones,
      rateCard: engagement.rateCard,
    };
  });
}

/** The staffing demand of an engagement, each request in the project of the entity that delivers its phase. */
export function demandsOf(engagement: Engagement): StaffingDemand[] {
  return engagement.staffing.map((need) => {
    const phase = engagement.phases.find((candidate) => candidate.code === need.phase);
    const project = projectCode(engagement, phase?.legalEntity ?? engagement.legalEntity);
    const rate = rateOf(engagement.rateCard, need.role, need.region);
    return {
      code: demandCode(project, need.code),
      projectCode: project,
      ...(need.phase ? { phase: need.phase } : {}),
      role: need.role,
      skills: need.skills ?? [],
      ...(need.region ? { region: need.region } : {}),
      start: need.start,
      end: need.end,
      effortMinutes: need.effortMinutes,
      headcount: need.headcount ?? 1,
      ...(rate ? { targetRate: rate.rate, targetUnit: rate.unit } : {}),
    };
  });
}

/**
 * A share's amount is the sum of its phase budgets (zero is an amount); a single project carries the amount of the deal. Where a phase has no budget,
 * the others' are a part, and a part is not the amount.
 */
function amountOf(phases: Phase[], main: boolean, engagement: Engagement): Pick<Project, 'amount'> | undefined {
  const whole = phases.length === engagement.phases.length;
  if (main && whole) return { amount: engagement.amount };
  const budgets = phases.flatMap((phase) => (phase.budget ? [phase.budget] : []));
  if (budgets.length === 0 || budgets.length < phases.length) return undefined;
  return { amount: sumMoney(budgets, budgets[0]!.currency) };
}

const first = (dates: string[]) => dates.reduce((least, date) => (date < least ? date : least));
const last = (dates: string[]) => dates.reduce((most, date) => (date > most ? date : most));
