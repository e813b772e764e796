import type { Project } from '../../model/types.generated.ts';
import type { Failure } from '../../model/failure.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { contextOf, engagementProjects, failureOf, type NetSuiteSandbox } from './netsuite-sandbox.ts';

export const eur = (amount: string) => ({ amount, currency: 'EUR' });
export const fresh = () => contextOf(new InMemoryEffects());
export const first = (): Project => engagementProjects()[0]!;

/** What a test of records that are there already asks of an account. */
export const inAccount = (box: () => NetSuiteSandbox) => {
  const records = (type: string) => box().records(type);
  const recordOf = (type: string, externalId: string) => records(type).find((record) => record.externalId === externalId)!;
  const writes = () => box().entriesByKey().length;
  return {
    records,
    recordOf,
    writes,
    change: (type: string, externalId: string, fields: object) => Object.assign(recordOf(type, externalId).fields, fields),
    /** refused, and nothing written */
    refused: async (projects: Project[]): Promise<Failure> => {
      const before = writes();
      const failure = await failureOf(box().another().operations['erp-project.create'](projects, fresh()));
      writes().should.equal(before);
      return failure;
    },
  };
};
