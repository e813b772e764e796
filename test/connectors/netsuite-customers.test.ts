import should from 'should';
import { accountOf } from '../../connectors/netsuite/customer-poll/account-of.ts';
import { contractIssues } from '../../model/contract.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { Account } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { NetSuiteSandbox } from './netsuite-sandbox.ts';

const signal = new AbortController().signal;
const since = '2025-01-01T00:00:00Z';
const customer = (entity: string, more: object = {}) => ({
  externalId: `ACC-0001____${entity}`,
  entityId: `ACC-0001@${entity}`,
  companyName: 'Acme AG',
  comments: 'CRM id 001000000000001AAA',
  subsidiary: { externalId: entity },
  vatRegNumber: 'DE123456789',
  lastModifiedDate: '2026-03-10T10:00:00Z',
  ...more,
});

describe('Clients as the customers of NetSuite say them', () => {
  let box: NetSuiteSandbox;
  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
  });
  afterEach(() => box.stop());

  const load = (...customers: object[]) => netsuite.load(box.sim, { records: { customer: customers } });
  async function poll(cursor?: Json, pageSize = 2): Promise<{ events: SourceEvent[]; cursor: Json }> {
    const events: SourceEvent[] = [];
    for (;;) {
      const page = await box.erp.operations['customer.poll'](cursor, { since, pageSize }, signal);
      events.push(...page.events.filter(({ id }) => !events.some((event) => event.id === id)));
      cursor = page.cursor;
      if (!page.more) return { events, cursor };
    }
  }
  const told = async () => (await poll()).events.map(({ data }) => data as unknown as Account);

  it('are one account, by what the customers of all legal entities agree in', async () => {
    load(customer('DE01', { phone: '+49 30 1234567' }), customer('NL01', { phone: '+31 20 7654321', creditHoldOverride: { id: 'ON' } }));
    const { events } = await poll();
    events.should.have.length(1);
    const account = events[0]!.data as unknown as Account;
    contractIssues('account', account).should.deepEqual([]);
    should(account).match({ id: '001000000000001AAA', code: 'ACC-0001', name: 'Acme AG', legalName: 'Acme AG', taxId: 'DE123456789' });
    should(account).not.have.properties('phone');
    should(account.entities!.map(({ legalEntity, currency }) => [legalEntity, currency])).deepEqual([
      ['DE01', 'EUR'],
      ['NL01', 'EUR'],
    ]);
    should(events[0]).match({
      subject: 'ACC-0001',
      key: 'ACC-0001',
      version: { record: 'netsuite:ACC-0001', at: '2026-03-10T10:00:00.000Z' },
    });
  });

  it('say that a field is empty, and nothing of one that the account does not have', async () => {
    const { vatRegNumber: _none, ...without } = customer('DE01');
    load(without);
    should((await told())[0]).match({ taxId: null, paymentTerms: null, email: null });
    // with SuiteTax a customer has no tax number of its own: that nothing is seen is not that there is none
    const record = { companyName: 'Acme AG', lastModifiedDate: '2026-03-10T10:00:00Z' };
    const seen = accountOf('ACC-0001', [{ record, legalEntity: 'DE01', currency: 'EUR' }], new Set(['terms', 'phone']));
    should(seen!.account).match({ paymentTerms: null, phone: null }).and.not.have.properties('taxId', 'email', 'creditHold');
  });

  it('leave out who is inactive, and tell a client whom nobody bills any more', async () => {
    load(customer('DE01'), customer('NL01', { isInactive: true, vatRegNumber: 'OLD' }));
    should((await told())[0]).match({ taxId: 'DE123456789', entities: [{ legalEntity: 'DE01' }] });
    load(customer('DE01', { isInactive: true, lastModifiedDate: '2026-03-11T10:00:00Z' }));
    should((await told()).at(-1)!.entities).deepEqual([]);
  });

  it('are none of a customer that is another’s: without our id, of another legal entity than its key says, or a person', async () => {
    load(customer('DE01', { externalId: 'SOMEBODY-ELSE' }), customer('DE01', { externalId: 'ACC-0002____NL01', entityId: 'ACC-0002' }), {
      ...customer('DE01', { externalId: 'ACC-0003____DE01', entityId: 'ACC-0003' }),
      isPerson: true,
      firstName: 'Jana',
      lastName: 'Weiss',
    });
    should(await told()).deepEqual([]);
  });

  it('come again when one changed, and not when nothing did', async () => {
    load(customer('DE01'), customer('NL01'));
    const first = await poll();
    should((await poll(first.cursor)).events).be.empty();
    load(customer('NL01', { vatRegNumber: 'NL9', lastModifiedDate: '2026-03-10T11:00:00Z' }));
    const { events } = await poll(first.cursor);
    should(events.map(({ data }) => (data as unknown as Account).entities!.map(({ taxId }) => taxId))).deepEqual([['DE123456789', 'NL9']]);
    should(events[0]!.version!.at > first.events[0]!.version!.at).equal(true);
  });

  it('begin with what happens from now on where no start is given', async () => {
    load(customer('DE01'));
    const { events, cursor, more } = await box.erp.operations['customer.poll'](undefined, {}, signal);
    should([events, more]).deepEqual([[], true]);
    should((await box.erp.operations['customer.poll'](cursor, {}, signal)).events).have.length(1);
  });
});
