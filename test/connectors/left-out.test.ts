import should from 'should';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { JsonObject } from '../../model/json.ts';
import { leavingOut } from '../../model/left-out.ts';
import type { LeftOutField } from '../../model/operations.ts';
import { redact } from '../../model/redact.ts';
import { createNetSuite } from '../../connectors/netsuite/connector.ts';
import { inGerman } from '../model/in-german.ts';
import { HostileServer, json } from './hostile-server.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { demand, project, startKantata } from './kantata-sandbox.ts';
import { acme, contextOf, engagementProjects, failureOf, linesOf, NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

/** A refusal of NetSuite's; without `path` it names no field. */
const refusal = (path?: string, code = 'USER_ERROR', status = 400) => ({
  kind: 'status' as const,
  status,
  body: {
    title: 'x',
    status,
    'o:errorDetails': [{ detail: 'Valore non valido.', 'o:errorCode': code, ...(path ? { 'o:errorPath': path } : {}) }],
  },
});
const client = { ...acme, phone: '+49 711 1234567' };
const fields = (notes: LeftOutField[] | undefined) => (notes ?? []).map(({ field, value }) => `${field} ${value}`);

describe('A field that NetSuite can do without', () => {
  let box: NetSuiteSandbox;
  const ensure = (account: typeof client, erp = box.erp, effects = new InMemoryEffects()) =>
    erp.operations['customer.ensure'](
      { account, entities: [{ legalEntity: 'DE01', currency: 'EUR' }], paymentTerms: 'NET30' },
      contextOf(effects),
    );
  const customer = () => Object.values(box.sim.state.records['customer'] ?? {})[0]?.fields ?? {};

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
  });
  afterEach(() => box.stop());

  it('and refuses stops no deal: the customer is there without the telephone number, and the result says so', async () => {
    const { customers } = await ensure({ ...client, phone: '12' });
    const message = 'NetSuite: Error while accessing a resource. Phone number should have seven digits or more.';
    should(customers[0]?.leftOut).match([{ field: 'account.phone', value: '12', code: 'USER_ERROR', message }]);
    inGerman(customers[0]!.leftOut![0]!).message.should.equal(message);
    customer().should.containEql({ companyName: 'Acme Werke AG', email: 'billing@acme.example', vatRegNumber: 'DE123456789' });
    customer().should.not.have.property('phone');
  });

  it('is left out one by one when several are refused', async () => {
    const { customers } = await ensure({ ...client, phone: '12', email: 'billing@' });
    fields(customers[0]?.leftOut).sort().should.deepEqual(['account.email billing@', 'account.phone 12']);
    customer().should.have.property('vatRegNumber', 'DE123456789');
  });

  for (const [path, name, code, status] of [
    ['vatRegNumber', 'account.taxId DE123456789', 'INVALID_FLD_VALUE', 400],
    ['terms', 'billing.paymentTerms 2', 'INSUFFICIENT_FLD_PERMISSION', 403],
    ['PHONE', 'account.phone +49 711 1234567', 'INVALID_CONTENT', 400],
  ] as const) {
    it(`(${path}) is left out whatever the code of the refusal, ${code}`, async () => {
      box.sim.faults.add({ ...refusal(path, code, status), match: { path: '/customer', bodyContains: '"companyName"' } });
      const { customers } = await ensure(client);
      fields(customers[0]?.leftOut)
        .map((note) => note.replace(/Terms \d+$/, 'Terms 2'))
        .should.deepEqual([name]);
    });
  }

  it('is found out by trying when NetSuite names no field, once, and the first refusal stands when that was not it', async () => {
    box.sim.faults.add({ ...refusal(), match: { path: '/customer', bodyContains: '"phone"' }, times: -1 });
    const { customers } = await ensure(client);
    fields(customers[0]?.leftOut).length.should.equal(4);
    customer().should.have.property('companyName', 'Acme Werke AG');

    box.sim.faults.clear();
    box.sim.faults.add({ ...refusal(), match: { path: '/customer', bodyContains: '"companyName"' }, times: -1 });
    const failure = await failureOf(ensure({ ...client, code: 'ACC-0002' }));
    failure.should.containEql({ class: 'business.rejected', code: 'USER_ERROR', record: 'customer ACC-0002@DE01', outcome: 'not-made' });
  });

  it('is not the reason when NetSuite names another field: that one is told with what was sent in it', async () => {
    box.sim.faults.add({ ...refusal('companyName'), match: { path: '/customer', bodyContains: '"companyName"' }, times: -1 });
    const failure = await failureOf(ensure(client));
    failure.should.containEql({ class: 'business.rejected', field: 'companyName', value: 'Acme Werke AG' });
  });

  it('leaves no doubt unsettled: an answer that is lost on the second try is looked up', async () => {
    box.sim.faults.add({ ...refusal('phone'), match: { path: '/customer', bodyContains: '"phone"' } });
    box.sim.faults.add({ kind: 'dropAfter', match: { path: '/customer', bodyContains: '"companyName"' } });
    const effects = new InMemoryEffects();
    (await failureOf(ensure(client, box.erp, effects))).should.containEql({ class: 'transient.timeout', outcome: 'unknown' });
    await ensure(client, box.another(), effects);
    box.appliedByKey().should.deepEqual(['customer ACC-0001@DE01 created']);
  });

  it('is a project’s manager or comment, and a task’s estimate', async () => {
    await box.prepareCustomers();
    box.sim.faults.add({ ...refusal('projectManager'), match: { bodyContains: '"projectManager"' }, times: -1 });
    box.sim.faults.add({ ...refusal('comments'), match: { path: '/job', bodyContains: 'PO-77' }, times: -1 });
    box.sim.faults.add({ ...refusal('estimatedWork'), match: { bodyContains: '"estimatedWork":40' }, times: -1 });
    const { projects } = await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    (projects[0]?.leftOut ?? []).map(({ field }) => field).should.deepEqual(['deliveryManagerEmail', 'comments', 'plannedMinutes']);
    should(projects[1]?.leftOut).equal(undefined);
  });

  it('is a time entry’s note, and the note of an earlier version goes with it', async () => {
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    const post = async (entry = timeEntry(1)) => (await box.erp.operations['time.post'](linesOf([entry]), new AbortController().signal))[0];
    told([(await post())!]).should.deepEqual(['ok']);
    box.sim.faults.add({ ...refusal('memo'), match: { bodyContains: 'second note' } });
    const outcome = await post(timeEntry(1, { note: 'second note', minutes: 60, version: 'v2' }));
    should(outcome?.ok && outcome.output.leftOut).match([{ field: 'note', value: 'second note' }]);
    const bill = Object.values(box.sim.state.records['timeBill'] ?? {})[0];
    should(bill?.fields['memo']).equal(undefined);
  });

  it('and skips without a refusal is told as well: a tax number in an account that keeps it elsewhere', async () => {
    const said = 'vatRegNumber: Field vatRegNumber does not exist.';
    const server = await new HostileServer((request, response) => {
      if (!request.url!.includes('suiteql')) {
        const at = { Location: `${server.url}/services/rest/record/v1/customer/9`, 'X-NetSuite-PropertyValidation': said };
        return void response.writeHead(204, at).end();
      }
      const rows = /FROM subsidiary/.test(request.text)
        ? [{ id: '1', externalid: 'DE01', currency: '1' }]
        : /FROM currency/.test(request.text)
          ? [{ id: '1', symbol: 'EUR' }]
          : [];
      json(response, { items: rows, hasMore: false });
    }).start();
    const { customers } = await ensure(client, createNetSuite({ accountId: '1', baseUrl: server.url, auth: box.tbaAuth() }));
    await server.stop();
    should(customers[0]?.leftOut).deepEqual([
      { field: 'account.taxId', value: 'DE123456789', code: 'FIELD_SKIPPED', message: `NetSuite: ${said}` },
    ]);
  });

  it('is not asked for where the role may not see it: neither employees for a manager nor terms', async () => {
    await box.prepareCustomers();
    for (const table of ['employee', 'term']) {
      box.sim.faults.add({ ...refusal(undefined), match: { path: 'suiteql', bodyContains: `FROM ${table}` }, times: -1 });
    }
    await ensure({ ...client, code: 'ACC-0009' });
    const { projects } = await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    projects.should.have.length(2);
  });
});

describe('A field that Kantata can do without', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    kantata = await startKantata();
  });
  afterEach(() => kantata.stop());

  const refuse = (field: string | undefined, match: { path: string; bodyContains: string }) =>
    kantata.fault({
      kind: 'status',
      status: 422,
      times: -1,
      match: { method: 'POST', ...match },
      body: { errors: [{ type: 'validation', message: 'nicht erlaubt', ...(field ? { field } : {}) }] },
    });

  it('and refuses stops no project: it is there without the description, the task without its estimate', async () => {
    refuse('description', { path: 'workspaces', bodyContains: '"description"' });
    refuse('time_estimate_in_minutes', { path: 'stories', bodyContains: '"time_estimate_in_minutes":4800' });
    const { projects } = await kantata.connect().operations['psa-project.create']([project], contextOf(new InMemoryEffects()));
    (projects[0]?.leftOut ?? [])
      .map(({ field, code }) => `${field} ${code}`)
      .should.deepEqual(['description REFUSED', 'plannedMinutes EFFORT_REFUSED']);
    kantata.rows('workspaces').should.have.length(1);
  });

  it('is found out by trying when no field is named', async () => {
    refuse(undefined, { path: 'workspace_allocations', bodyContains: '"notes"' });
    const psa = kantata.connect();
    await psa.operations['psa-project.create']([project], contextOf(new InMemoryEffects()));
    const { demands } = await psa.operations['staffing.request']([demand], contextOf(new InMemoryEffects()));
    (demands[0]?.leftOut ?? []).map(({ field }) => field).should.deepEqual(['notes', 'notes']);
    kantata.rows('workspace_allocations').should.have.length(2);
  });
});

describe('What was left out', () => {
  const refused = (more: object = {}) =>
    new Failure({ class: 'business.rejected', code: 'USER_ERROR', message: 'No: 0711 12', outcome: 'not-made', ...more });

  it('is shown to who may see persons, and masked for others, in the value and in the words', async () => {
    const { leftOut } = await leavingOut({ phone: '0711 12', name: 'x' }, { phone: 'account.phone' }, async (body) => {
      if ('phone' in body) throw refused({ field: 'phone' });
      return 1;
    });
    should(leftOut[0]?.value).equal('0711 12');
    JSON.stringify(redact({ leftOut })).should.not.containEql('0711');
  });

  it('is read in German, and its value stands in no language’s words', async () => {
    const said = inWords('CURRENCY_MIXED', { field: 'phone', currency: 'the number 0711 12', contract: 'USD' });
    const { leftOut } = await leavingOut({ phone: '0711 12', name: 'x' }, { phone: 'account.phone' }, async (body) => {
      if ('phone' in body) throw refused({ field: 'phone', ...said });
      return 1;
    });
    const [note] = leftOut;
    note!.message.should.equal('phone is in the number …, the contract in USD.');
    inGerman(note!).message.should.equal('phone ist in the number …, der Vertrag in USD.');
    JSON.stringify(note!.words).should.not.containEql('0711');
  });

  it('is told in German by what NetSuite lacks, too', async () => {
    const box = await NetSuiteSandbox.start();
    try {
      const entities = [{ legalEntity: 'DE01', currency: 'EUR' }];
      const asked = { account: acme, entities, paymentTerms: 'NET 4711' };
      const { customers } = await box.erp.operations['customer.ensure'](asked, contextOf(new InMemoryEffects()));
      const [note] = customers[0]!.leftOut!;
      note!.message.should.startWith('NetSuite has no ');
      inGerman(note!).message.should.startWith('NetSuite hat keine Zahlungsbedingung dieses Namens');
    } finally {
      await box.stop();
    }
  });

  it('is nothing when the write may have been made, or may be made later', async () => {
    for (const failure of [
      refused({ field: 'phone', outcome: 'unknown' }),
      refused({ field: 'phone', class: 'transient.locked' }),
      refused({ field: 'phone', class: 'conflict.duplicate' }),
    ]) {
      let sent = 0;
      const send = async () => {
        sent++;
        throw failure;
      };
      await leavingOut({ phone: '1' }, { phone: 'phone' }, send, () => true).should.be.rejectedWith({ class: failure.class });
      sent.should.equal(1);
    }
  });

  it('ends, whatever is refused', async () => {
    const bodies: JsonObject[] = [];
    const send = async (body: JsonObject) => {
      bodies.push(body);
      throw refused({ field: 'phone' });
    };
    await leavingOut({ phone: '1', name: 'x' }, { phone: 'phone' }, send, () => true).should.be.rejectedWith({ code: 'USER_ERROR' });
    bodies.should.deepEqual([{ phone: '1', name: 'x' }, { name: 'x' }]);
  });
});
