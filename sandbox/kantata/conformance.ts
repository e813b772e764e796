import type { ConformanceData } from '../conformance.ts';
import { projects } from './conformance/projects.ts';
import { people } from './conformance/people.ts';
import { approvals } from './conformance/approvals.ts';

/** An account with a few roles and skills. */
export const conformance: ConformanceData = {
  given: {
    roles: [{ id: '102', name: 'Senior Consultant' }],
    skills: [{ id: '201', name: 'SAP', max_level: 5 }],
  },
  operations: { ...projects, ...people, ...approvals },
};
