import { readFileSync } from 'node:fs';
import { recordsOf, soundDeal } from '../system/deal.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import type { FlowNode } from './mortal-node-red.ts';

const flows = JSON.parse(readFileSync(new URL('../../flows/account-master-both-ways.json', import.meta.url), 'utf8')) as FlowNode[];
const codeOf = (n: number) => `ENG-C${n}`;
const customerOf = (n: number) => `ACC-${codeOf(n)}____DE01`;
const phoneOf = (n: number) => `+49 30 ${5_550_000 + n}`;
const subsidiary = { externalId: 'DE01' };

const phoneInErp = ({ sandbox }: CrashHarness, n: number) =>
  Object.values(sandbox.netsuite.state.records['customer'] ?? {}).find(({ externalId }) => externalId === customerOf(n))?.fields['phone'];

/** Sales has written down another phone number of a client who is a customer already. */
export const customerCase: KillCase = {
  // what comes from the ERP has its own writes, which the deal that is set up shows
  flows: flows
    .filter(({ id }) => !/^psc-w-(erp|upsert)/.test(id))
    .map((node) => (node.type === 'salesforce-account-in' ? { ...node, intervalSeconds: 0.3 } : node)),
  prepare: () => undefined,
  happen({ sandbox }, n) {
    sandbox.netsuite.definition.load(sandbox.netsuite, {
      records: {
        customer: [
          {
            ...{ externalId: customerOf(n), entityId: `ACC-${codeOf(n)}`, companyName: `Client of ${codeOf(n)}`, subsidiary },
            ...{ currency: { externalId: 'EUR' }, phone: '+49 30 1' },
          },
        ],
      },
    });
    const [account, ...deal] = recordsOf(soundDeal(codeOf(n)));
    sandbox.salesforce.definition.load(sandbox.salesforce, { records: [{ ...account, Phone: phoneOf(n) }, ...deal] });
  },
  arrived: (harness, n) => phoneInErp(harness, n) === phoneOf(n),
  differences(harness, count) {
    const { entries } = harness.sandbox.netsuite.journal;
    return Array.from({ length: count }, (_, at) => at + 1).flatMap((n) => {
      const writes = entries.filter(({ type, body }) => type === 'customer' && JSON.stringify(body ?? {}).includes(phoneOf(n)));
      const phone = phoneInErp(harness, n);
      return [
        ...(phone === phoneOf(n) ? [] : [`customer ${n} has ${String(phone)}`]),
        ...(writes.filter(({ outcome }) => outcome === 'updated').length === 1 ? [] : [`customer ${n} was written ${writes.length} times`]),
      ];
    });
  },
};
