import should from 'should';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import type { UpsertRequest } from '../../model/operations.ts';
import type { Failure } from '../../model/failure.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { field, type ScriptedAnswer, ScriptedOrg, type ScriptedRequest, settings } from './salesforce-scripted-org.ts';

const signal = new AbortController().signal;
const page = '<html><body>We are down for maintenance. Sorry for the inconvenience.</body></html>';
const dealId = '006000000000001AAA';
const since = '2026-11-23T00:00:00Z';

const deal = (number: number, more: Record<string, unknown> = {}) => ({
  attributes: { type: 'Opportunity', url: '/x' },
  Id: `006${String(number).padStart(12, '0')}AAA`,
  Engagement_Code__c: `ENG-${number}`,
  SystemModstamp: `2026-11-23T09:00:0${number}.000+0000`,
  LastStageChangeDate: '2026-11-23T08:00:00.000+0000',
  ...more,
});

describe('What Salesforce, or somebody in its place, answers', () => {
  let org: ScriptedOrg;
  let answer: (request: ScriptedRequest) => ScriptedAnswer | undefined;
  beforeEach(async () => {
    answer = () => undefined;
    org = await new ScriptedOrg((request) => (request.path === '/services/oauth2/token' ? undefined : answer(request))).start();
  });
  afterEach(() => org.stop());

  const crm = () => createSalesforce(settings(org), { now: Date.now, sleep: async () => {} });
  const poll = (cursor?: never) => crm().operations['opportunity.poll'](cursor, { rule: 'won', since }, signal);
  const failureOf = (work: Promise<unknown>): Promise<Failure> =>
    work.then(
      (value) => {
        throw new Error(`did not fail: ${JSON.stringify(value)}`);
      },
      (error: Failure) => error,
    );
  const query = (body: unknown) => (request: ScriptedRequest) => (request.query.has('q') ? { body } : undefined);

  describe('is not taken for the end when it is incomplete', () => {
    const incomplete = { class: 'transient.unavailable', code: 'ANSWER_INCOMPLETE' };
    const rows = [deal(1), deal(2)];
    for (const [what, body] of [
      ['a page that is not done and names no next one', { totalSize: 4, done: false, records: rows }],
      ['a page that does not say whether it is the last', { totalSize: 2, records: rows }],
      ['fewer deals than the total', { totalSize: 3, done: true, records: rows }],
      ['children that are not done and have no next page', children({ totalSize: 3, done: false, records: [{ Code__c: 'M1' }] })],
      ['fewer children than their total', children({ totalSize: 3, done: true, records: [{ Code__c: 'M1' }] })],
    ] as const) {
      it(what, async () => {
        answer = query(body);
        should(await failureOf(poll())).match(incomplete);
      });
    }
    for (const [what, total, next] of [
      [
        'a next page that is the page itself',
        8,
        { totalSize: 8, done: false, nextRecordsUrl: '/services/data/v66.0/query/01g-2', records: [deal(3)] },
      ],
      ['a last page that came before', 4, { totalSize: 4, done: true, records: rows }],
      ['more deals than the total', 2, { totalSize: 2, done: true, records: [deal(3)] }],
    ] as const) {
      it(what, async () => {
        answer = (request) => {
          if (request.path.includes('/query/')) return { body: next };
          return query({ totalSize: total, done: false, nextRecordsUrl: '/services/data/v66.0/query/01g-2', records: rows })(request);
        };
        should(await failureOf(poll())).match(incomplete);
        should(org.requests.filter(({ path }) => path.includes('/query')).length).be.belowOrEqual(3);
      });
    }
    for (const [what, body] of [
      ['a list without its total', { done: true, records: rows }],
      ['a list without its records', { totalSize: 0, done: true }],
      ['children of which only the total came', children({ totalSize: 3, done: true })],
      ['an answer of something else', { status: 'maintenance' }],
      ['an empty answer', ''],
    ] as const) {
      it(what, async () => {
        answer = query(body);
        should(await failureOf(poll())).match({ class: 'transient.unavailable', code: 'ANSWER_SHAPE' });
      });
    }

    function children(list: object) {
      return { totalSize: 1, done: true, records: [deal(1, { Engagement_Milestones__r: list })] };
    }

    it('children that were asked for and did not come', async () => {
      const childRelationships = [
        { relationshipName: 'Engagement_Milestones__r', childSObject: 'Engagement_Milestone__c', field: 'Opportunity__c' },
      ];
      const fields = [field('Id'), field('SystemModstamp')];
      let list: unknown = null;
      answer = (request) =>
        request.path.endsWith('/Opportunity/describe')
          ? { body: { name: 'Opportunity', fields, childRelationships } }
          : query({ totalSize: 1, done: true, records: [deal(1, { Engagement_Milestones__r: list })] })(request);
      should((await poll()).events[0]?.data).match({ Engagement_Milestones__r: [] });
      list = undefined;
      should(await failureOf(poll())).match({ ...incomplete, message: /Engagement_Milestones__r/ });
    });

    for (const [what, body] of [
      ['without fields', { name: 'Opportunity', fields: [], childRelationships: [] }],
      ['without a list of fields', { name: 'Opportunity', childRelationships: [] }],
      ['without its child relationships', { name: 'Opportunity', fields: [field('Id')] }],
      ['with a field without a name', { name: 'Opportunity', fields: [field('Id'), { type: 'string' }], childRelationships: [] }],
    ] as const) {
      it(`a description ${what}`, async () => {
        answer = (request) => (request.path.endsWith('/Opportunity/describe') ? { body } : undefined);
        should((await failureOf(poll())).class).equal('transient.unavailable');
        should(org.queries()).have.length(0);
      });
    }

    it('a window in which the org counts more deals than it gives, however often they are read', async () => {
      const from = '2026-11-23T00:00:00.000Z';
      const stored = { version: 1, watermark: from, window: { from, to: '2026-11-23T10:00:00.000Z', after: after(), read: 1, again: 3 } };
      answer = (request) =>
        query(request.query.get('q')?.includes('COUNT()') ? count(5) : { totalSize: 1, done: true, records: [deal(2)] })(request);
      const connector = crm();
      const next = () => connector.operations['opportunity.poll'](stored, { rule: 'won' }, signal);
      should(await failureOf(next())).match(incomplete);
      // the next look begins the window anew and is done when the count agrees
      answer = query({ totalSize: 2, done: true, records: [deal(1), deal(2)] });
      const { events, cursor } = await next();
      should(events).have.length(2);
      should(cursor).eql({ version: 1, watermark: '2026-11-23T10:00:00.000Z' });

      function after() {
        return { stamp: '2026-11-23T09:00:01.000Z', id: dealId };
      }
      function count(totalSize: number) {
        return { totalSize, done: true, records: [] };
      }
    });
  });

  it('tells of a record that another writer made at the same moment: in its own external id that passes, in another field it is a conflict', async () => {
    const one: UpsertRequest = { type: 'Account', externalIdField: 'Account_Code__c', records: [{ Account_Code__c: 'A', Name: 'x' }] };
    const two = { ...one, records: [...one.records, { Account_Code__c: 'B', Name: 'y' }] };
    const taken = (name: string) => `duplicate value found: ${name} duplicates value on record with id: 001000000000009`;
    const upsert = (request: UpsertRequest) => crm().operations['record.upsert'](request, { effects: new InMemoryEffects(), signal });
    const errors = (name: string) => [{ errorCode: 'DUPLICATE_VALUE', message: taken(name), fields: [] }];
    answer = ({ method, path }) => {
      if (method !== 'PATCH') return undefined;
      if (path.includes('composite'))
        return {
          body: [
            { id: '001000000000001AAA', success: true, errors: [] },
            { success: false, errors: errors('Account_Code__c') },
          ],
        };
      return { status: 400, body: errors('Account_Code__c') };
    };
    for (const request of [one, two])
      should(await failureOf(upsert(request))).match({ class: 'transient.locked', code: 'DUPLICATE_VALUE' });
    answer = ({ method }) => (method === 'PATCH' ? { status: 400, body: errors('VAT__c') } : undefined);
    const [result] = await upsert(one);
    should(result?.failure).match({ class: 'conflict.duplicate', code: 'DUPLICATE_VALUE' });
  });

  it('is no clock of Salesforce when it is not its list of versions: the cursor would move by it', async () => {
    answer = (request) =>
      request.path === '/services/data/' ? { body: { status: 'ok' }, headers: { Date: 'Mon, 23 Nov 2026 12:00:00 GMT' } } : undefined;
    should(await failureOf(poll())).match({ class: 'transient.unavailable', code: 'ANSWER_SHAPE' });
  });

  describe('is not Salesforce’s word when it is a page or has no form of the API', () => {
    const byId: UpsertRequest = { type: 'Opportunity', externalIdField: 'Id', records: [{ Id: dealId, Integration_Status__c: 'Done' }] };
    const byKey: UpsertRequest = { type: 'Account', externalIdField: 'Account_Code__c', records: [{ Account_Code__c: 'A', Name: 'x' }] };
    const html = (status: number): ScriptedAnswer => ({
      status,
      body: page,
      headers: { 'Content-Type': 'text/html', ...(status === 302 ? { Location: 'https://www.example.com/maintenance.html' } : {}) },
    });

    for (const status of [200, 201, 302, 403, 404, 500, 503]) {
      it(`a page with ${status}: nothing is read, nothing is there or not there, and it comes again`, async () => {
        answer = () => html(status);
        should((await failureOf(poll())).class).equal('transient.unavailable');
        for (const request of [byId, byKey]) {
          const effects = new InMemoryEffects();
          should((await failureOf(crm().operations['record.upsert'](request, { effects, signal }))).class).equal('transient.unavailable');
          should(effects.sent).have.length(0);
        }
      });
    }

    const notFound = { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] };
    for (const [what, reply] of [
      ['a page with 200', html(200)],
      ['a page with 201', html(201)],
      ['a page with 302', html(302)],
      ['a page with 404', html(404)],
      ['200 and nothing', { status: 200, body: '' }],
      ['200 and JSON that was cut', { status: 200, body: '{"id":"001000000000' }],
      ['200 and an object without an id', { status: 200, body: { success: true } }],
      ['201 and a list', { status: 201, body: [] }],
      ['200 and words', { status: 200, body: 'OK' }],
    ] as [string, ScriptedAnswer][]) {
      for (const request of [byId, byKey]) {
        it(`a write by ${request.externalIdField} that is answered with ${what} is in doubt`, async () => {
          answer = ({ method }) => (method === 'PATCH' ? reply : notFound);
          const effects = new InMemoryEffects();
          const failure = await failureOf(crm().operations['record.upsert'](request, { effects, signal }));
          should(failure).match({ class: 'transient.unavailable', outcome: 'unknown' });
          should([...effects.entries.values()].map((entry) => entry.state)).eql(['intended']);
        });
      }
    }

    it('a look-up answered 200 without the fields that were asked for does not say that they are empty', async () => {
      answer = ({ method }) => (method === 'GET' ? { body: { Id: dealId } } : undefined);
      const emptied = { ...byId, records: [{ Id: dealId, Integration_Message__c: null }] };
      should(await failureOf(crm().operations['record.upsert'](emptied, { effects: new InMemoryEffects(), signal }))).match({
        code: 'ANSWER_SHAPE',
      });
    });

    const two: UpsertRequest = { ...byKey, records: ['A', 'B'].map((code) => ({ Account_Code__c: code, Name: code })) };
    for (const [what, body] of [
      ['one outcome for two records', [{ id: '001000000000001AAA', success: true, created: true, errors: [] }]],
      ['outcomes that do not say what became of it', [{}, {}]],
      ['a list of texts', ['OK', 'OK']],
      ['a page', page],
    ] as const) {
      it(`a list of records answered with ${what} is in doubt`, async () => {
        answer = () => ({ body });
        const failure = await failureOf(crm().operations['record.upsert'](two, { effects: new InMemoryEffects(), signal }));
        should(failure).match({ class: 'transient.unavailable', outcome: 'unknown' });
      });
    }

    it('what was created by a call whose answer was lost is not called "changed"', async () => {
      const created = { id: '001000000000001AAA', success: true, created: true, errors: [] };
      const effects = new InMemoryEffects();
      answer = ({ method }) => (method === 'PATCH' ? html(200) : notFound);
      await failureOf(crm().operations['record.upsert'](byKey, { effects, signal }));
      answer = ({ method }) => (method === 'PATCH' ? { body: { ...created, created: false } } : notFound);
      const [again] = await crm().operations['record.upsert'](byKey, { effects, signal });
      should(again).match({ id: created.id }).and.not.have.property('created');
      // seen at once, it is told
      should((await crm().operations['record.upsert'](byKey, { effects: new InMemoryEffects(), signal }))[0]?.created).be.false();
    });
  });

  describe('to a bulk job', () => {
    const jobId = '750000000000001AAA';
    const many: UpsertRequest = {
      type: 'Account',
      externalIdField: 'Account_Code__c',
      records: Array.from({ length: 2001 }, (_, at) => ({ Account_Code__c: `N-${at}`, Name: 'x' })),
    };
    const job = (more: object = {}) => ({ id: jobId, state: 'JobComplete', numberRecordsProcessed: 2001, numberRecordsFailed: 0, ...more });
    const csv = (column: string, codes: string[]) =>
      `"sf__Id","${column}","Account_Code__c"\n${codes.map((code) => `"001","true","${code}"\n`).join('')}`;
    const codes = many.records.map((record) => String(record['Account_Code__c']));
    let closed: ScriptedAnswer;
    let state: object;
    let made: ScriptedAnswer;
    beforeEach(() => {
      closed = { body: job({ state: 'UploadComplete' }) };
      state = job();
      made = { body: csv('sf__Created', codes), headers: { 'Content-Type': 'text/csv' } };
      answer = ({ method, path }) => {
        if (method === 'POST') return { body: job({ state: 'Open' }) };
        if (method === 'PUT') return { status: 201, body: '' };
        if (method === 'PATCH') return closed;
        if (path.endsWith('successfulResults')) return made;
        if (path.endsWith('failedResults')) return { body: csv('sf__Error', []) };
        return { body: state };
      };
    });
    const upsert = () => crm().operations['record.upsert'](many, { effects: new InMemoryEffects(), signal });

    it('is read when it is whole', async () => {
      should((await upsert()).filter((result) => result.created)).have.length(2001);
    });

    for (const [what, body] of [
      ['rows are missing', csv('sf__Created', codes.slice(0, 1500))],
      ['the last row was cut', csv('sf__Created', codes).slice(0, -5)],
      ['it is a page', page],
      ['it is empty', ''],
    ] as const) {
      it(`no record is called refused when of its result ${what}`, async () => {
        made = { body };
        should((await failureOf(upsert())).class).equal('transient.unavailable');
      });
    }

    it('does not end, and is in doubt, where nobody says that it was closed', async () => {
      closed = { body: page, headers: { 'Content-Type': 'text/html' } };
      should(await failureOf(upsert())).match({ class: 'transient.unavailable', outcome: 'unknown' });
      closed = { body: { ok: true } };
      should(await failureOf(upsert())).match({ class: 'transient.unavailable', outcome: 'unknown' });
    });

    it('is not waited for where the answer has no state', async () => {
      state = { status: 'maintenance' };
      should(await failureOf(upsert())).match({ code: 'ANSWER_SHAPE' });
    });
  });

  describe('where the integration user may not see more', () => {
    const refused: ScriptedAnswer = { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] };
    const noType: ScriptedAnswer = {
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE', message: "sObject type 'Organization' is not supported." }],
    };

    it('the connection works without the org’s name and the user’s', async () => {
      answer = (request) => (request.query.has('q') ? noType : undefined);
      should(await crm().test()).match({ ok: true, message: /Connected to Salesforce \(00D000000000001AAA\)/ });
    });

    it('deals are read without their account and owner', async () => {
      answer = (request) =>
        /\/(User|Account)\/describe$/.test(request.path) ? refused : query({ totalSize: 1, done: true, records: [deal(1)] })(request);
      should((await poll()).events).have.length(1);
      should(org.queries()[0]).not.match(/Owner\.|Account\./);
    });
  });
});
