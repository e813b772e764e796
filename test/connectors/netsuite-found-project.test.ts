import should from 'should';
import type { Project } from '../../model/types.generated.ts';
import { first, fresh, inAccount } from './netsuite-found.ts';
import { acme, engagementProjects, entities, linesOf, NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

describe('A project that NetSuite has already', () => {
  let box: NetSuiteSandbox;
  const { records, recordOf, writes, change, refused } = inAccount(() => box);

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
  });
  afterEach(() => box.stop());

  it('of another client is refused, with both named', async () => {
    const other = { code: 'ACC-0002', name: 'Other', legalName: 'Other Ltd' };
    await box.erp.operations['customer.ensure']({ account: other, entities: entities() }, fresh());
    // whose it is comes before what it bills
    const milestones = first().milestones.slice(0, 1);
    const failure = await refused([{ ...first(), account: other, milestones }]);
    should(failure.toJSON()).containEql({
      class: 'conflict.duplicate',
      code: 'RECORD_OF_ANOTHER',
      record: 'project ENG-0001',
      field: 'parent',
    });
    failure.message.should.match(/ACC-0001@DE01.*ACC-0002@DE01/);
  });

  it('of another legal entity or currency is refused, with both named', async () => {
    await box.erp.operations['customer.ensure']({ account: acme, entities: [{ legalEntity: 'GB01', currency: 'GBP' }] }, fresh());
    change('job', 'ENG-0001', { parent: recordOf('customer', 'ACC-0001@GB01').id });
    const elsewhere = await refused([{ ...first(), legalEntity: 'GB01' }]);
    should(elsewhere.toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'subsidiary' });
    elsewhere.message.should.match(/Germany.*GB01/);
    change('job', 'ENG-0001', { parent: recordOf('customer', 'ACC-0001@DE01').id, currency: '2' });
    should((await refused([first()])).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'currency' });
  });

  it('of another deal of the same client is refused, though all else is the same', async () => {
    const project = { ...first(), code: 'ENG-0002', engagementCode: 'ENG-0002', engagementId: '006000000000001AAA' };
    await box.erp.operations['erp-project.create']([project], fresh());
    const failure = await refused([{ ...project, engagementId: '006000000000002AAA' }]);
    should(failure.toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'code', value: '006000000000001AAA' });
    should((await box.another().operations['erp-project.create']([project], fresh())).projects[0]!.differences).be.undefined();
  });

  it('of an entity that delivers no more is said until it is made inactive, for it would go on billing', async () => {
    const marked = engagementProjects().map((project) => ({ ...project, engagementId: '006000000000001AAA' }));
    for (const { fields } of records('job')) fields['comments'] = [fields['comments'] ?? '', 'CRM id 006000000000001AAA'].join('\n');
    const create = (projects: Project[]) => box.another().operations['erp-project.create'](projects, fresh());
    should((await create(marked)).projects.flatMap(({ differences = [] }) => differences)).be.empty();
    const before = writes();
    const alone = async () => (await create(marked.slice(0, 1))).projects[0]!.differences;
    should(await alone()).match([{ record: 'project ENG-0001-NL01', field: 'companyName', there: 'ERP rollout (NL01)' }]);
    writes().should.equal(before);
    change('job', 'ENG-0001-NL01', { isInactive: true });
    should(await alone()).be.undefined();
  });

  it('is not made a second time for a deal whose code was changed: it would be billed twice', async () => {
    const marked = { ...first(), engagementId: '006000000000001AAA' };
    change('job', 'ENG-0001', { comments: 'Ours\nCRM id 006000000000001AAA' });
    const failure = await refused([{ ...marked, code: 'ENG-0777', engagementCode: 'ENG-0777' }]);
    should(failure.toJSON()).containEql({
      class: 'conflict.duplicate',
      code: 'DEAL_HAS_PROJECT',
      record: 'project ENG-0777',
      value: 'ENG-0001',
    });
    change('job', 'ENG-0001', { comments: 'Like the project of CRM id 006000000000001AAA' });
    (await box.another().operations['erp-project.create']([{ ...marked, code: 'ENG-0778' }], fresh())).projects.should.have.length(1);
  });

  it('with a task that is another project’s, or hangs elsewhere, is refused', async () => {
    const task = recordOf('projectTask', 'ENG-0001/P1/T1');
    const mine = { ...task.fields };
    Object.assign(task.fields, { project: recordOf('job', 'ENG-0001-NL01').id });
    should((await refused([first()])).toJSON()).containEql({
      code: 'RECORD_OF_ANOTHER',
      record: 'task ENG-0001/P1/T1',
      field: 'project',
    });
    Object.assign(task.fields, mine, { parent: recordOf('projectTask', 'ENG-0001/P1/T2').id });
    should((await refused([first()])).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', record: 'task ENG-0001/P1/T1', field: 'parent' });
  });

  it('takes no time on a task that is another project’s', async () => {
    const post = (code: string) =>
      box.erp.operations['time.post'](linesOf([timeEntry(1, { task: { id: '901', code } })]), new AbortController().signal);
    told(await post('ENG-0001-NL01/P2/T1')).should.deepEqual(['conflict.duplicate TASK_OF_ANOTHER_PROJECT']);
    told(await post('ENG-0001/P1/T1')).should.deepEqual(['ok']);
  });

  it('that is inactive is refused', async () => {
    change('job', 'ENG-0001', { isInactive: true });
    should((await refused([first()])).toJSON()).containEql({ code: 'RECORD_PUT_ASIDE', field: 'isInactive' });
  });
});
