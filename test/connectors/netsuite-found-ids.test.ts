import should from 'should';
import { erpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { first, fresh, inAccount } from './netsuite-found.ts';
import { acme, contextOf, engagementProjects, entities, failureOf, NetSuiteSandbox } from './netsuite-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

describe('What NetSuite has already under an id that differs in case only', () => {
  let box: NetSuiteSandbox;
  const { records, recordOf, writes, refused } = inAccount(() => box);

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
  });
  afterEach(() => box.stop());

  const ofAnother = () =>
    netsuite.load(box.sim, {
      records: {
        customer: [{ externalId: erpId('OTHER@DE01'), companyName: 'Other client', subsidiary: { externalId: 'DE01' } }],
        job: [
          {
            externalId: 'eng-0001',
            entityId: 'eng-0001',
            companyName: 'Running project of another client',
            parent: { externalId: erpId('OTHER@DE01') },
            subsidiary: { externalId: 'DE01' },
            comments: 'keep me',
          },
        ],
      },
    });

  it('is never written over, used or deleted: the conflict names both ids', async () => {
    await box.prepareCustomers();
    ofAnother();
    const untouched = structuredClone(recordOf('job', 'eng-0001'));
    const effects = new RecordingEffects();
    const before = writes();
    const failure = await failureOf(
      box.erp.operations['erp-project.create'](engagementProjects(), { effects, signal: new AbortController().signal }),
    );
    should(failure.toJSON()).containEql({
      class: 'conflict.duplicate',
      code: 'EXTERNAL_ID_CASE',
      record: 'project ENG-0001',
      value: 'eng-0001',
    });
    failure.message.should.match(/eng-0001.*ENG-0001/);
    await effects.undoAll(box.erp);
    writes().should.equal(before);
    recordOf('job', 'eng-0001').should.deepEqual(untouched);
  });

  it('is found out for a customer too', async () => {
    await box.prepareCustomers();
    const request = { account: { ...acme, code: 'acc-0001' }, entities: entities() };
    const failure = await failureOf(box.another().operations['customer.ensure'](request, fresh()));
    should(failure.toJSON()).containEql({ code: 'EXTERNAL_ID_CASE', record: 'customer acc-0001@DE01', value: 'ACC-0001____DE01' });
    should((await refused([{ ...first(), account: { ...acme, code: 'acc-0001' } }])).code).equal('EXTERNAL_ID_CASE');
    records('customer').should.have.length(2);
  });

  it('is found out when a task or a schedule carries it, by the refusal of NetSuite itself', async () => {
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
    for (const [type, own, other] of [
      ['projectTask', 'ENG-0001/P1/T2', 'eng-0001/p1/t2'],
      ['billingSchedule', 'ENG-0001/BILLING', 'Eng-0001/Billing'],
    ] as const) {
      const record = recordOf(type, own);
      netsuite.load(box.sim, { records: { [type]: [{ id: record.id, externalId: erpId(other) }] } });
      const untouched = structuredClone(recordOf(type, other));
      const failure = await failureOf(box.another().operations['erp-project.create']([first()], fresh()));
      should(failure.toJSON()).containEql({ class: 'conflict.duplicate', code: 'EXTERNAL_ID_CASE', value: erpId(other) });
      recordOf(type, other).should.deepEqual(untouched);
      netsuite.load(box.sim, { records: { [type]: [{ id: record.id, externalId: erpId(own) }] } });
    }
  });

  it('is refused before the first write when two codes of one deal are so alike', async () => {
    await box.prepareCustomers();
    const project = first();
    const [phase] = project.phases;
    const failure = await refused([{ ...project, phases: [phase!, { ...phase!, code: 'p1' }] }]);
    should(failure.toJSON()).containEql({ class: 'contract.invalid', code: 'CODES_ALIKE', value: 'ENG-0001/p1' });
  });

  it('a record that somebody makes between look and write is looked at before it is used', async () => {
    await box.prepareCustomers();
    const project = { ...engagementProjects()[1]!, phases: [] };
    const effects = new InMemoryEffects();
    const write = effects.write.bind(effects);
    effects.write = (one) => {
      const send = one.send.bind(one);
      return write({
        ...one,
        send: () => {
          netsuite.load(box.sim, {
            records: {
              job: [
                {
                  externalId: project.code,
                  companyName: project.name,
                  parent: { externalId: erpId('ACC-0001@NL01') },
                  subsidiary: { externalId: 'NL01' },
                },
              ],
            },
          });
          return send();
        },
      });
    };
    const failure = await failureOf(box.erp.operations['erp-project.create']([project], contextOf(effects)));
    should(failure.toJSON()).containEql({ class: 'transient.locked', code: 'MADE_MEANWHILE', outcome: 'not-made' });
    const { projects } = await box.another().operations['erp-project.create']([project], fresh());
    projects[0]!.id.should.equal(recordOf('job', project.code).id);
  });
});
