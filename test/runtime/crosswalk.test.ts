import should from 'should';
import type { CrosswalkChanged, CrosswalkRow, Unmapped } from '../../runtime/admin-api/admin-api.generated.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const flows: FlowNode[] = [
  tab(),
  policy(),
  entry('tax'),
  node('tax', 'entity-crosswalk', [['entity']], {
    ...{
      table: 'tax-code',
      fromSystem: 'crm',
      toSystem: 'erp',
      value: 'payload.tax',
      valueType: 'msg',
      result: 'payload.tax',
      policy: 'policy',
    },
    ...{ date: 'payload.day', dateType: 'msg' },
  }),
  node('entity', 'entity-crosswalk', [['done']], {
    ...{
      table: 'legal-entity',
      from: 'crm',
      to: 'erp',
      value: 'payload.entity',
      valueType: 'msg',
      result: 'payload.entity',
      policy: 'policy',
    },
    ...{ date: 'payload.day', dateType: 'msg' },
  }),
  sink('done'),
];
const vat = { table: 'tax-code', from: 'crm', value: 'standard', to: 'erp', target: 'VAT-20' };
const acme = { table: 'legal-entity', from: 'crm', value: 'ACME-DE', to: 'erp', target: '3' };

describe('The maps of the crosswalk', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start();
    await live.deploy(flows);
  });
  afterEach(async () => {
    const rows = await live.get<CrosswalkRow[]>('/crosswalk/rows?limit=500');
    if (rows.length > 0) await made({ changes: rows.map(({ id, version }) => ({ id, version })) });
  });
  after(() => live?.end());

  const post = (path: string, body: object) =>
    live.call(`/ps-connect/api/v1${path}`, { method: 'POST', body: { reason: 'a test', ...body } });
  const made = async (body: object, path = '/crosswalk/changes') => {
    const response = await post(path, body);
    const answer = (await response.json()) as CrosswalkChanged & { message?: string };
    should(response.status).equal(200, answer.message);
    return answer;
  };
  const refused = async (body: object, status: number, path = '/crosswalk/changes') => {
    const response = await post(path, body);
    const { message = '' } = (await response.json()) as { message?: string };
    should(response.status).equal(status, message);
    return message;
  };
  const csvOf = async (table = '') => (await live.get<{ csv: string }>(`/crosswalk/csv${table ? `?table=${table}` : ''}`)).csv;
  const lines = (...rows: string[]) => ['table,from,value,to,target,validFrom,validTo', ...rows].join('\n');
  const runs = new Map<string, string>();
  const begins = async (id: string, payload: object) => {
    live.receive('entry', { payload: { id, day: '2026-06-30', ...payload }, topic: id });
    const run = await live.ended(id);
    runs.set(id, run.id);
    return run;
  };

  it('say once what is missing, and let every run go on that lacks nothing any more', async () => {
    for (const id of ['X-1', 'X-2'])
      should((await begins(id, { tax: 'standard', entity: 'ACME-DE' })).failure).match({
        class: 'mapping.missing',
        code: 'CROSSWALK_UNMAPPED',
      });
    should(await live.get<Unmapped[]>('/crosswalk/unmapped')).match([
      { table: 'tax-code', from: 'crm', value: 'standard', to: 'erp', runs: 2, firstDate: '2026-06-30', run: runs.get('X-1') },
    ]);
    should(await made({ changes: [{ entry: vat }] })).match({ added: 1, released: 2, problems: [] });
    await live.until(
      async () => (await live.get<Unmapped[]>('/crosswalk/unmapped'))[0]?.table === 'legal-entity',
      'they lack the entity now',
    );
    await live.until(async () => (await live.get<Unmapped[]>('/crosswalk/unmapped'))[0]?.runs === 2, 'both do');
    should(await made({ changes: [{ entry: acme }] })).match({ released: 2 });
    await live.until(() => live.sunk.length === 2, 'both are through');
    should(live.sunk.map(({ payload }) => payload)).matchEach({ tax: 'VAT-20', entity: '3' });
    should(await live.get('/crosswalk/unmapped')).deepEqual([]);
    should(await live.get('/crosswalk')).deepEqual([
      { table: 'legal-entity', rows: 1 },
      { table: 'tax-code', rows: 1 },
    ]);
  });

  it('are changed by who has seen what is there; the second of two is told who was first', async () => {
    const { changes } = await made({ changes: [{ entry: vat }] });
    const { id } = changes[0]!.row;
    await made({
      changes: [
        { id, version: 1, entry: { ...vat, validTo: '2026-06-30' } },
        { entry: { ...vat, target: 'VAT-21', validFrom: '2026-07-01' } },
      ],
    });
    const late = await refused({ changes: [{ id, version: 1, entry: { ...vat, target: 'VAT-99' } }] }, 409);
    late.should.match(/^Nothing was changed\. \w+ has changed it on \S+: tax-code: standard of crm is VAT-20 in erp \(… – 2026-06-30\)\./);
    should(await live.get(`/crosswalk/rows/${id}/history`)).match([
      { version: 1, target: 'VAT-20', reason: 'a test' },
      { version: 2, validTo: '2026-06-30' },
    ]);
    should(await live.get('/crosswalk/rows?on=2026-07-01')).match([{ target: 'VAT-21' }]);
    (await live.call('/ps-connect/api/v1/crosswalk/rows/nothing/history')).status.should.equal(404);
    (await live.call('/ps-connect/api/v1/crosswalk/rows?after=nothing')).status.should.equal(404);
    (await live.call('/ps-connect/api/v1/crosswalk/rows?on=tomorrow')).status.should.equal(400);
  });

  it('take nothing that is wrong, name every line of it, and change nothing else either', async () => {
    await made({ changes: [{ entry: vat }] });
    const csv = lines(
      'tax-code,crm,Standard,erp,VAT-20,,',
      'tax-code,crm,reduced,erp,VAT-7,30.06.2026,',
      'Tax Code,CRM,,erp, VAT-7,2026-07-01,2026-06-30',
      'tax-code,crm,zero,erp,VAT-0,,',
      'tax-code,crm,zero,erp,VAT-0',
      'tax-code,crm,standard,*,VAT-20,2020-01-01,',
    );
    const trial = await made({ csv, dryRun: true }, '/crosswalk/csv');
    should(trial.problems.map(({ line, message }) => [line, message.slice(0, 32)])).deepEqual([
      [2, 'A person would take the value fo'],
      [3, 'validFrom is not a day of the ca'],
      [4, 'table is no name that a map can '],
      [4, 'from is no name that a system ca'],
      [4, 'value is empty.'],
      [4, 'Before or behind target there is'],
      [4, 'The last day, 2026-06-30, is bef'],
      [6, 'The line has 5 fields in place o'],
      [7, 'On one of its days there is anot'],
    ]);
    (await refused({ csv }, 400, '/crosswalk/csv')).should.match(/^Nothing was changed\. Line 2: .* Line 3: .* Line 7: /);
    should(await live.get('/crosswalk')).deepEqual([{ table: 'tax-code', rows: 1 }]);
    for (const [wrong, says] of [
      ['table,from,value,to,target,validUntil\nx,*,a,*,b,', /column “validUntil” is none/],
      ['table,from,value,to\nx,*,a,*', /“target” is missing/],
      ['table,from,value,to,target,to\nx,*,a,*,b,*', /“to” is none, or there twice/],
      ['', /no entry in the file/],
      [lines(), /no entry in the file/],
      [lines('x,*,"a"b,*,c,,'), /Line 2: A quote or/],
      [lines('x,*,"a\n,*,c,,'), /Line 2: A quote or/],
      ['id,version,table,from,value,to,target\nX,,x,*,a,*,b', /id and version go together/],
      ['id,version,table,from,value,to,target\nX,1,x,*,a,*,b', /no entry with this id/],
    ] as const)
      (await refused({ csv: wrong }, wrong.includes('X,1') ? 409 : 400, '/crosswalk/csv')).should.match(says);
    (await refused({ changes: [{ entry: vat }], reason: ' ' }, 400)).should.match(/reason/);
    (await refused({ changes: [{ entry: vat }, {}] }, 400)).should.match(/Line 2: id and version/);
  });

  it('are read back as they were written out, whatever a spreadsheet would make of it', async () => {
    const values = ['=1+1', '+49', '-', '@x', "'=1", "''+", "O'Neil", 'a,b;c', 'say "so"', 'Müller 株式会社', '0012', '＝1'];
    const entries = values.map((value) => ({ entry: { ...vat, value, target: value, validFrom: '2026-01-01' } }));
    await made({ changes: entries });
    const csv = await csvOf('tax-code');
    csv.startsWith('\ufeff"id","version","table"').should.equal(true);
    for (const field of csv.split(/[",\r\n]+/)) field.should.not.match(/^[=+\-@＝]/);
    should(await made({ csv }, '/crosswalk/csv')).match({ same: values.length, added: 0, changed: 0 });
    // a spreadsheet in German writes semicolons, and no quotes where it needs none
    const german = csv.replaceAll('","', '";"').replaceAll('VAT-20', 'x');
    should(await made({ csv: german }, '/crosswalk/csv')).match({ same: values.length });
    const rows = await live.get<CrosswalkRow[]>('/crosswalk/rows?search=0012');
    const changed = csv.replace('"0012","erp","0012"', '"0012","erp","12"');
    should(await made({ csv: changed, dryRun: true }, '/crosswalk/csv')).match({
      ...{ same: values.length - 1, changed: 1 },
      changes: [{ line: csv.slice(0, csv.indexOf('"0012"')).split('\n').length, before: { target: '0012' }, row: { target: '12' } }],
    });
    await made({ csv: `${changed}"","","region","*","EMEA","*","1","",""\r\n` }, '/crosswalk/csv');
    should(await live.get(`/crosswalk/rows/${rows[0]!.id}/history`)).match([{ target: '0012' }, { target: '12', version: 2 }]);
    should(await live.get('/crosswalk/rows?table=region')).match([{ value: 'EMEA' }]);
  });

  it('take nothing back that was masked when it was given out', async () => {
    (await refused({ changes: [{ entry: { ...vat, value: '•••@firm.example' } }] }, 400)).should.match(/masked for you/);
  });

  it('keep owners of fields, each one towards a system, with history, a file and the journal', async () => {
    const file = (...rows: string[]) => ['object,field,owner,to', ...rows].join('\n');
    const csv = file('account,name,crm,*', 'account,taxId,erp,crm', 'account,taxId,crm,psa');
    should(await made({ csv }, '/crosswalk/csv')).match({ added: 3 });
    const out = await csvOf('ownership');
    out.should.startWith('\ufeff"id","version","object","field","owner","to","validFrom","validTo"');
    should(await made({ csv: out }, '/crosswalk/csv')).match({ same: 3, added: 0, changed: 0 });
    const taken = out.replace('"account","name","crm"', '"account","name","erp"');
    should(await made({ csv: taken }, '/crosswalk/csv')).match({
      changed: 1,
      changes: [{ before: { target: 'crm' }, row: { target: 'erp' } }],
    });
    // whoever has the file of before is told who was first
    (await refused({ csv: out.replace('"account","name","crm"', '"account","name","psa"') }, 409, '/crosswalk/csv')).should.match(
      /has changed it on .*account: name is owned by erp and goes to \*/,
    );
    for (const [row, status, says] of [
      ['account,taxId,crm,*', 409, /On one of its days there is another: account: taxId is owned by/],
      ['account,Name,crm,*', 409, /would take the value for that of another/],
      ['*,name,crm,*', 400, /object is no name of one/],
      ['account,phone,*,erp', 400, /owner is no name of one/],
      ['account,phone,crm,The ERP', 400, /to is no name that a system can have/],
      ['account, phone,crm,erp', 400, /Before or behind field there is a space/],
    ] as const)
      (await refused({ csv: file(row) }, status, '/crosswalk/csv')).should.match(says);
    (await refused({ csv: 'object,field,owner\naccount,x,crm' }, 400, '/crosswalk/csv')).should.match(/The column “to” is missing/);
    const journal = await live.get<{ action: string; detail: { from?: string; value?: string } }[]>('/journal?limit=50');
    const ours = journal.filter(({ action }) => action.startsWith('ownership.'));
    should(ours.filter(({ action }) => action === 'ownership.added')).have.length(3);
    should(ours.filter(({ action }) => action === 'ownership.changed').map(({ detail }) => detail)).match([
      { from: 'account', value: 'name' },
    ]);
  });
});
