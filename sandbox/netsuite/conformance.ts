import type { ConformanceData } from '../conformance.ts';
import { customersAndProjects } from './conformance/customers-and-projects.ts';
import { billing } from './conformance/billing.ts';
import { posting } from './conformance/posting.ts';
import { subsidiary } from './conformance/samples.ts';

export { approvedEntry, approvedExpense } from './conformance/samples.ts';

/** A small firm with two legal entities; January is closed. */
export const conformance: ConformanceData = {
  given: {
    records: {
      employee: [{ externalId: 'EMP-001', firstName: 'Ada', lastName: 'Berg', email: 'Ada.Berg@firm.example', subsidiary }],
    },
    periods: [{ start: '2026-01-01', closed: true }],
  },
  operations: { ...customersAndProjects, ...billing, ...posting },
};
