import { erpLetters } from './erp-letters.ts';

const codeOf = (n: number) => `ACC-H${n}`;
const phoneOf = (n: number) => `+49 30 ${7_000_000 + n}`;

/** Sales has another phone number of a client who is a customer already. */
export const customerStream = () =>
  erpLetters({
    name: 'customers',
    contract: 'account',
    type: 'erp-customer-change',
    more: { entities: 'payload.entities.legalEntity', entitiesType: 'jsonata' },
    writes: 'customer',
    keyOf: (n) => `${codeOf(n)}@DE01`,
    subjectOf: codeOf,
    prepare({ netsuite }, n) {
      const customer = { externalId: `${codeOf(n)}____DE01`, entityId: codeOf(n), companyName: `Client ${n}`, phone: '+49 30 1' };
      netsuite.definition.load(netsuite, { records: { customer: [{ ...customer, subsidiary: { externalId: 'DE01' } }] } });
    },
    versions: (n) => [{ code: codeOf(n), name: `Client ${n}`, phone: phoneOf(n), entities: [{ legalEntity: 'DE01', currency: 'EUR' }] }],
    held: (fields) => String(fields['phone']),
    wanted: phoneOf,
  });
