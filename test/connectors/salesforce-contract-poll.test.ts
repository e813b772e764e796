import should from 'should';
import type { ContractPollOptions } from '../../model/operations.ts';
import { amendedContract } from '../system/amended-contract.ts';
import { recordsOf, soundDeal } from '../system/deal.ts';
import { SalesforceSandbox, signal } from './salesforce-sandbox.ts';

const stamp = '2025-03-11T10:00:00.000Z';
const standard: ContractPollOptions = {
  rule: 'amended',
  object: 'Contract',
  numberField: 'Amendment_Number__c',
  deal: 'Opportunity.ContractId',
  since: '2025-01-01',
};
type Records = { attributes: { type: string }; [name: string]: unknown }[];

describe('Watching for amended contracts', () => {
  const org = new SalesforceSandbox();
  before(() => org.start());
  after(() => org.stop());
  beforeEach(() => org.reset());

  const load = (code: string, number: number | null, change: (records: Records) => object[] = (records) => records) =>
    org.load(change(amendedContract(recordsOf(soundDeal(code), stamp), { stamp, number }) as Records) as never);
  const poll = async (options: Partial<ContractPollOptions> = {}) =>
    (await org.connector().operations['contract.poll'](undefined, { ...standard, ...options }, signal)).events;
  const failure = (options: Partial<ContractPollOptions>) =>
    poll(options).then(
      () => undefined,
      (error: unknown) => error,
    );

  it('tells of each number of a contract once, in the order of its deal’s other runs', async () => {
    load('ENG-1', 2);
    const [event] = await poll();
    const deal = (event!.data as unknown as { Deals: { Id: string }[] }).Deals[0]!.Id;
    event!.should.match({ type: 'com.psconnect.contract.amended', subject: 'ENG-1', key: deal });
    event!.id.should.match(/^800.{15}:2$/);
    should(Number(event!.version!.at)).equal(2);
    event!.version!.record.should.equal(event!.id.slice(0, 18));
  });

  it('of another contract of the same deal counts anew: its first amendment is not older than the last of the one before', async () => {
    const records = amendedContract(recordsOf(soundDeal('ENG-1'), stamp), { stamp, number: 3 }) as Records;
    org.load(records as never);
    const [before] = await poll();
    await org.reset();
    const id = '800000000000002AAA';
    const renewed = { Contract: { Id: id, Amendment_Number__c: 1 }, Opportunity: { ContractId: id } } as Record<string, object>;
    org.load(records.map((one) => ({ ...one, ...renewed[one.attributes.type] })) as never);
    const [after] = await poll();
    after!.key.should.equal(before!.key);
    after!.version!.record.should.not.equal(before!.version!.record);
  });

  it('takes amended ones alone, unless those that were activated are asked for; nothing of drafts', async () => {
    load('ENG-1', null);
    load('ENG-2', 0);
    load('ENG-3', 1);
    load('ENG-4', 1, (records) => records.map((one) => (one.attributes.type === 'Contract' ? { ...one, Status: 'Draft' } : one)));
    (await poll()).map(({ subject }) => subject).should.deepEqual(['ENG-3']);
    const activated = await poll({ rule: 'activated' });
    activated
      .map(({ subject, type }) => `${subject} ${type.split('.').at(-1)}`)
      .should.deepEqual(['ENG-1 activated', 'ENG-2 activated', 'ENG-3 amended']);
    (await poll({ rule: { condition: "Status = 'Draft'" } })).map(({ subject }) => subject).should.deepEqual(['ENG-4']);
  });

  it('gives a contract without a deal, or with several, as it is: whose it is is not guessed', async () => {
    load('ENG-1', 1, (records) => records.map((one) => (one.attributes.type === 'Opportunity' ? { ...one, ContractId: null } : one)));
    load('ENG-2', 1, (records) => {
      const deal = records.find(({ attributes }) => attributes.type === 'Opportunity')!;
      return [...records, { ...deal, Id: '006000000000999AAA', Engagement_Code__c: 'ENG-2B' }];
    });
    const events = await poll();
    events
      .map(({ data }) => (data as unknown as { Deals: unknown[] }).Deals.length)
      .sort()
      .should.deepEqual([0, 2]);
    for (const { key } of events) key.should.match(/^800/);
  });

  it('reads many contracts page by page, each with its own deal', async () => {
    for (let number = 1; number <= 5; number++) load(`ENG-${number}`, 1);
    const connector = org.connector();
    let cursor;
    const subjects: string[] = [];
    for (let more = true; more;) {
      const page = await connector.operations['contract.poll'](cursor, { ...standard, pageSize: 2 }, signal);
      subjects.push(...page.events.map(({ subject }) => subject ?? ''));
      ({ cursor, more } = page);
    }
    subjects.sort().should.deepEqual([1, 2, 3, 4, 5].map((number) => `ENG-${number}`));
  });

  it('names a field that the org does not have, and takes nothing for a name that is none', async () => {
    load('ENG-1', 1);
    should(await failure({ numberField: 'Nummer__c' })).match({
      class: 'contract.drift',
      code: 'INVALID_FIELD',
      field: 'Nummer__c',
      record: 'Contract',
    });
    should(await failure({ deal: 'Contract.Deal__c' })).match({ code: 'INVALID_FIELD', field: 'Deal__c' });
    for (const options of [
      { object: 'Contract WHERE' },
      { numberField: '1=1 OR x' },
      { deal: 'ContractId' },
      { rule: { condition: 'SELECT Id' } },
    ]) {
      should(await failure(options)).match({ class: 'contract.invalid', code: 'RULE_INVALID' });
    }
  });

  it('becomes a canonical amendment by the default mapping', async () => {
    const { compileMapping } = await import('../../runtime/canonical-mapping.ts');
    const { contractIssues } = await import('../../model/contract.ts');
    load('ENG-1', 3);
    const [event] = await poll();
    const amendment = await compileMapping({ preset: 'contract-to-amendment' })({ payload: event!.data });
    contractIssues('amendment', amendment).should.deepEqual([]);
    should(amendment).match({ number: 3, effective: '2027-01-01', engagement: { code: 'ENG-1', amount: { amount: '12000.50' } } });
    const without = await compileMapping({ preset: 'contract-to-amendment' })({ payload: { ...(event!.data as object), Deals: [] } });
    contractIssues('amendment', without)
      .map(({ field }) => field)
      .should.deepEqual(['engagement']);
  });
});
