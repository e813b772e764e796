import type { Engagement } from '../engagement.ts';
import type { Firm } from '../firm.ts';
import { toDecimal } from '../minor-units.ts';
import { type Project, projectsOf, spanOf } from '../projects.ts';
import type { Amendment } from './amendment-script.ts';
import type { Figures } from './figures.ts';

/** One phase as a system holds it. */
export interface PhaseSeen {
  code: string;
  start: string;
  end: string;
  /** closed or put aside */
  over: boolean;
  /** decimal text, where the system keeps one */
  budget?: string;
}

export interface ProjectSeen {
  start: string;
  end: string;
  phases: PhaseSeen[];
  /** number of the last amendment that is marked there */
  amendment?: string | undefined;
}

/** Contracts as ERP and PSA must hold them: what was agreed last and approved, and what is over. */
export function amendmentFigures(amendments: readonly Amendment[], firm: Firm, provisioned: readonly string[]): Figures {
  const figures: Figures = {};
  for (const code of provisioned) {
    const made = amendments.filter(({ fate, deal }) => fate === 'made' && deal.code === code);
    const first = firm.engagements.find((deal) => deal.code === code) as Engagement;
    const last = made.at(-1);
    const deal = last?.deal ?? first;
    figures[`contract amount in the ERP of ${code}`] = toDecimal(deal.amount, deal.currency);
    for (const project of projectsOf(deal)) {
      const before = projectsOf(first).find((other) => other.code === project.code) as Project;
      const seen = (withBudget: boolean) => saidOf(projectSeen(project, before, last, withBudget));
      figures[`contract in the ERP of ${project.code}`] = seen(false);
      figures[`contract in the PSA of ${project.code}`] = seen(true);
    }
  }
  return figures;
}

/** Deals of which sales sees that what was agreed last is not carried over: the partner did not want it, or it was refused. */
export const dealsOf = (amendments: readonly Amendment[], fate: 'rejected' | 'refused') =>
  amendments.filter((amendment) => amendment.fate === fate).map(({ deal }) => deal.code);

/** `2026-12-07 to 2027-04-09, amendment 2: P1 2026-12-07 to 2027-01-08; P2 over` */
export function saidOf({ start, end, amendment, phases }: ProjectSeen): string {
  const said = phases
    .toSorted((a, b) => a.code.localeCompare(b.code))
    .map((phase) =>
      phase.over ? `${phase.code} over` : `${phase.code} ${phase.start} to ${phase.end}${phase.budget ? `, ${phase.budget}` : ''}`,
    );
  return `${start} to ${end}${amendment ? `, amendment ${amendment}` : ''}: ${said.join('; ')}`;
}

function projectSeen(project: Project, before: Project, last: Amendment | undefined, withBudget: boolean): ProjectSeen {
  const { start, end } = spanOf(project);
  const codes = project.phases.map(({ code }) => code);
  const over = before.phases.filter(({ code }) => !codes.includes(code));
  return {
    start: start ?? '',
    end: end ?? '',
    amendment: last && touches(project, before) ? String(last.number) : undefined,
    phases: [
      ...project.phases.map((phase) => ({
        code: phase.code,
        start: phase.start,
        end: phase.end,
        over: false,
        ...(withBudget ? { budget: toDecimal(phase.budget, project.currency) } : {}),
      })),
      ...over.map(({ code }) => ({ code, start: '', end: '', over: true })),
    ],
  };
}

/** A project of which nothing changes is not written, and bears no mark. */
function touches(project: Project, before: Project): boolean {
  return JSON.stringify([project.phases, spanOf(project)]) !== JSON.stringify([before.phases, spanOf(before)]);
}
