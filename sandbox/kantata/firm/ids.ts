import type { Firm } from '../../firm/firm.ts';
import { type Project, taskCodes } from '../../firm/projects.ts';
import { CURRENCIES, REGIONS, ROLES, SKILLS } from '../../firm/roles.ts';

/** Kantata ids are numbers in strings, one series per collection here; everything the firm loads is found by its business code. */
export interface KantataIds {
  user(personCode: string): string;
  role(name: string): string;
  skill(name: string): string;
  group(accountCode: string): string;
  workspace(projectCode: string): string;
  story(taskCode: string): string;
  /** `ENG-0001|EMP-001`: a person on a project */
  resource(key: string): string;
  /** `DACH|EUR`: a region's prices in a currency */
  rateCard(key: string): string;
}

function series(first: number, keys: readonly string[]): (key: string) => string {
  const ids = new Map(keys.map((key, index) => [key, String(first + index)]));
  return (key) => {
    const id = ids.get(key);
    if (!id) throw new Error(`the firm has no ${key} in its PSA`);
    return id;
  };
}

export function kantataIds(firm: Firm): KantataIds {
  return {
    user: series(
      11_001,
      firm.people.map((person) => person.code),
    ),
    role: series(
      501,
      ROLES.map((role) => role.name),
    ),
    skill: series(601, SKILLS),
    group: series(
      3_001,
      firm.accounts.map((account) => account.code),
    ),
    workspace: series(
      41_001,
      firm.projects.map((project: Project) => project.code),
    ),
    story: series(500_001, firm.projects.flatMap(taskCodes)),
    resource: series(
      45_001,
      firm.team.map(({ project, person }) => `${project.code}|${person.code}`),
    ),
    rateCard: series(
      841,
      REGIONS.flatMap((region) => CURRENCIES.map((currency) => `${region}|${currency}`)),
    ),
  };
}
