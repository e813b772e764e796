import type { Sandbox } from '../../../sandbox/server.ts';
import { smallDeal } from '../small-deal.ts';
import { hurriedTemplates } from './hurried-templates.ts';
import { recordsOf, recordsWanted } from './project-records.ts';
import { noDifferences, type Stream } from './stream.ts';

const codeOf = (n: number) => `ENG-K${n}`;

/** Deals won in the CRM, read by polling, through the template flow "Opportunity to project". */
export function dealStream(): Stream {
  const happened: number[] = [];
  return {
    name: 'deals',
    flows: hurriedTemplates('opportunity-to-project.json'),
    prepare: ({ kantata }) => kantata.definition.load(kantata, { roles: [{ id: '98502', name: 'Consultant of deals' }] }),
    happen({ salesforce }, n) {
      happened.push(n);
      salesforce.definition.load(salesforce, smallDeal(n, 'Consultant of deals'));
      return [];
    },
    expected: () => ({ dead: 0, undone: 0 }),
    differences(sandbox) {
      const found = noDifferences();
      for (const n of happened) {
        const status = statusOf(sandbox, codeOf(n));
        if (status !== 'Provisioned') found.lost.push(`${codeOf(n)}: sales sees ${String(status)}`);
        for (const [kind, count] of Object.entries(recordsOf(sandbox, codeOf(n)))) {
          const wanted = recordsWanted[kind]!;
          const line = `${codeOf(n)}: ${count} ${kind} instead of ${wanted}`;
          if (count < wanted) found.lost.push(line);
          else if (count > wanted) found.duplicated.push(line);
        }
      }
      return found;
    },
  };
}

function statusOf({ salesforce }: Sandbox, code: string): unknown {
  const opportunities = Object.values((salesforce.state as unknown as { records: Records }).records['Opportunity'] ?? {});
  return opportunities.find((row) => row['Engagement_Code__c'] === code)?.['Integration_Status__c'];
}
type Records = Record<string, Record<string, Record<string, unknown>>>;
