import should from 'should';
import type { Milestone } from '../../model/types.generated.ts';
import { first, fresh, inAccount } from './netsuite-found.ts';
import { acme, engagementProjects, entities, failureOf, NetSuiteSandbox } from './netsuite-sandbox.ts';

describe('A customer that NetSuite has already', () => {
  let box: NetSuiteSandbox;
  const { records, recordOf, change } = inAccount(() => box);

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
  });
  afterEach(() => box.stop());

  it('gets the currency that a second deal needs, once', async () => {
    await box.erp.operations['customer.ensure']({ account: acme, entities: [{ legalEntity: 'DE01', currency: 'EUR' }] }, fresh());
    const inSterling = { account: acme, entities: [{ legalEntity: 'DE01', currency: 'GBP' }] };
    await box.another().operations['customer.ensure'](inSterling, fresh());
    await box.another().operations['customer.ensure'](inSterling, fresh());
    box.appliedByKey().should.deepEqual(['customer ACC-0001@DE01 created', 'customer ACC-0001@DE01 updated']);
    const customer = recordOf('customer', 'ACC-0001@DE01');
    should(customer.fields['currency']).equal('1');
    customer.lines['currencyList']!.map((line) => line.fields['currency']).should.deepEqual(['2']);
    const gbp = (amount: string) => ({ amount, currency: 'GBP' });
    const project = { ...first(), currency: 'GBP', amount: gbp('100000.00') };
    const milestones = project.milestones.map((milestone): Milestone => ({ ...milestone, amount: gbp(milestone.amount.amount) }));
    (await box.erp.operations['erp-project.create']([{ ...project, milestones }], fresh())).projects.should.have.length(1);
  });

  it('says so when NetSuite does not take the currency', async () => {
    await box.erp.operations['customer.ensure']({ account: acme, entities: [{ legalEntity: 'DE01', currency: 'EUR' }] }, fresh());
    box.sim.faults.add({ kind: 'status', status: 204, match: { method: 'PATCH', path: '/customer/' } });
    const request = { account: acme, entities: [{ legalEntity: 'DE01', currency: 'GBP' }] };
    const failure = await failureOf(box.another().operations['customer.ensure'](request, fresh()));
    should(failure.toJSON()).containEql({
      code: 'CURRENCY_NOT_TAKEN',
      record: 'customer ACC-0001@DE01',
      field: 'currency',
      value: 'GBP',
    });
  });

  it('is found by the id of the account when its code was filled in later', async () => {
    const id = '001000000000001AAA';
    const before = { ...acme, id, code: id };
    const first = await box.erp.operations['customer.ensure']({ account: before, entities: entities() }, fresh());
    const account = { ...acme, id };
    const again = await box.another().operations['customer.ensure']({ account, entities: entities() }, fresh());
    again.customers.map((customer) => customer.id).should.deepEqual(first.customers.map((customer) => customer.id));
    again.customers[0]!.key.should.equal(`${id}@DE01`);
    records('customer').should.have.length(2);
    const { projects } = await box.erp.operations['erp-project.create']([{ ...engagementProjects()[0]!, account }], fresh());
    should(recordOf('job', projects[0]!.code).fields['parent']).equal(first.customers[0]!.id);
  });

  it('is refused when another account has the same code: by its id in the CRM, else by its tax id', async () => {
    const one = { ...acme, id: '001000000000001AAA' };
    await box.erp.operations['customer.ensure']({ account: one, entities: entities() }, fresh());
    const { taxId: _none, ...untaxed } = acme;
    for (const account of [
      { ...untaxed, id: '001000000000002AAA', name: 'Other', legalName: 'Other Ltd' },
      { ...acme, taxId: 'GB 999', legalName: 'Other Ltd' },
    ]) {
      const failure = await failureOf(box.another().operations['customer.ensure']({ account, entities: entities() }, fresh()));
      should(failure.toJSON()).containEql({ class: 'conflict.duplicate', code: 'RECORD_OF_ANOTHER', record: 'customer ACC-0001@DE01' });
      failure.message.should.match(/Acme Werke AG.*Other Ltd/);
    }
    box.appliedByKey().should.have.length(2);
    // the same client by 15 characters of its id, and with blanks in its tax id
    await box
      .another()
      .operations['customer.ensure'](
        { account: { ...acme, id: '001000000000001', taxId: 'DE 123 456 789' }, entities: entities() },
        fresh(),
      );
  });

  it('is refused when it is of another legal entity, or inactive', async () => {
    await box.prepareCustomers();
    change('customer', 'ACC-0001@DE01', { subsidiary: '2' });
    const ask = () => failureOf(box.another().operations['customer.ensure']({ account: acme, entities: entities() }, fresh()));
    should((await ask()).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'subsidiary' });
    change('customer', 'ACC-0001@DE01', { subsidiary: '1', isInactive: true });
    should((await ask()).toJSON()).containEql({ class: 'business.rejected', code: 'RECORD_PUT_ASIDE', field: 'isInactive' });
  });

  it('says what finance keeps otherwise, and leaves it', async () => {
    await box.prepareCustomers();
    const renamed = { account: { ...acme, legalName: 'Acme Holding AG' }, entities: entities(), paymentTerms: 'NET30' };
    const { customers } = await box.another().operations['customer.ensure'](renamed, fresh());
    customers[0]!
      .differences!.map(({ field, there, wanted }) => [field, there, wanted])
      .should.deepEqual([
        ['companyName', 'Acme Werke AG', 'Acme Holding AG'],
        ['terms', undefined, 'id 2'],
      ]);
    box.appliedByKey().should.have.length(2);
  });
});
