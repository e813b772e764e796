import 'should';
import should from 'should';
import { check, integer, property, uint8Array, array, tuple } from 'fast-check';
import { changedFields, changeHeader } from '../../connectors/salesforce-platform/pub-sub/change-header.ts';
import { eventDecoder } from '../../connectors/salesforce-platform/pub-sub/event-decoder.ts';
import { failureOfCall } from '../../connectors/salesforce-platform/pub-sub/pub-sub-failure.ts';
import { callErrors } from '../../connectors/salesforce-platform/pub-sub/pub-sub-errors.ts';
import { heardChange, mostIds } from '../../connectors/salesforce/opportunity-stream/heard-changes.ts';
import { changeEvents } from '../../sandbox/salesforce/pubsub/change-events.ts';
import { changeSchema } from '../../sandbox/salesforce/pubsub/event-schema.ts';

const field = (name: string, ...inner: string[]) => ({ name, inner });
const fields = [field('ChangeEventHeader'), field('Name', 'First', 'Last'), field('StageName'), field('Amount')];
const any = { fields: new Set<string>() };
const header = (change: object) => ({
  ChangeEventHeader: {
    entityName: 'Opportunity',
    recordIds: ['006000000000001AAA'],
    changeType: 'UPDATE',
    changeOrigin: 'com/salesforce/api/rest/66.0;client=psconnect',
    commitUser: '005000000000001AAA',
    commitTimestamp: 1_795_000_000_000,
    changedFields: ['0x08'],
    nulledFields: [],
    diffFields: [],
    ...change,
  },
});
const heard = (change: object, rule: Partial<Parameters<typeof heardChange>[2]> = {}) =>
  heardChange(header(change), { fields }, { ...any, ...rule });

describe('What a change event says', () => {
  it('is which fields have changed, by bits from the lowest on, also of parts of a field', () => {
    should([...changedFields(['0x0C'], fields)!]).deepEqual(['Amount', 'StageName']);
    should([...changedFields(['0xc', '1-0x2'], fields)!].sort()).deepEqual(['Amount', 'Last', 'Name', 'StageName']);
    should([...changedFields(['1-0x1'], fields)!].sort()).deepEqual(['First', 'Name']);
    should(changedFields([], fields)!.size).equal(0);
  });

  it('is not guessed where a bitmap is none, or names what the schema does not have', () => {
    for (const bitmaps of [['0x'], ['12'], ['0xG'], ['0x10'], ['9-0x1'], ['1-0x4'], ['-0x1'], [3], 'x', null, [`0x${'F'.repeat(600)}`]]) {
      should(changedFields(bitmaps, fields)).equal(undefined);
    }
  });

  it('counts where one of the chosen fields was changed or emptied, where that is not known, and where the deal is new', () => {
    const rule = { fields: new Set(['stagename']) };
    should(heard({}, rule)).match({ ids: [] });
    for (const change of [
      { changedFields: ['0x04'] },
      { nulledFields: ['0x04'] },
      { diffFields: ['0x04'] },
      { changedFields: ['?'] },
      { changeType: 'CREATE' },
      { changeType: 'GAP_UPDATE' },
    ]) {
      should(heard(change, rule)).match({ ids: ['006000000000001AAA'] });
    }
  });

  it('does not count where this pack has made the change, by the name of the client, or by the user where there is no name', () => {
    const own = { client: 'psconnect', userId: '005000000000001AAA' };
    should(heard({}, { own })).match({ ids: [] });
    should(heard({ changeOrigin: 'com/salesforce/api/rest/66.0;client=psconnect2' }, { own })).match({ ids: ['006000000000001AAA'] });
    should(heard({ changeOrigin: '' }, { own })).match({ ids: [] });
    should(heard({ changeOrigin: '', commitUser: '005000000000002AAA' }, { own })).match({ ids: ['006000000000001AAA'] });
  });

  it('is nothing of a deal that was deleted, or of another object', () => {
    for (const change of [{ changeType: 'DELETE' }, { changeType: 'GAP_DELETE' }, { entityName: 'Account' }])
      should(heard(change)).match({ ids: [] });
    for (const changeType of ['UNDELETE', 'GAP_UNDELETE', 'CREATE']) should(heard({ changeType })).match({ ids: ['006000000000001AAA'] });
  });

  it('is that something changed, where it does not say which', () => {
    should(heard({ changeType: 'GAP_OVERFLOW', recordIds: [] })).match({ unclear: 'overflow' });
    for (const recordIds of [['006*'], [], ["006' OR Name != '"], Array.from({ length: mostIds + 1 }, () => '006000000000001AAA')]) {
      should(heard({ recordIds })).match({ unclear: 'gap' });
    }
    for (const change of [{ changeType: 'GAP_NEWS' }, { recordIds: [4] }, { recordIds: null }, { entityName: 7 }]) {
      should(heard(change)).match({ unclear: 'unreadable' });
    }
    should(heardChange({}, { fields }, any)).match({ unclear: 'unreadable' });
    should(heardChange({ ChangeEventHeader: null }, { fields }, any)).match({ unclear: 'unreadable' });
  });

  it('has no moment where its number is none', () => {
    for (const commitTimestamp of [-1, 0, Number.NaN, 1e20, 2n ** 62n, null, '7']) {
      should(changeHeader(header({ commitTimestamp }), { fields })!.commitTimestamp).equal(undefined);
    }
    should(changeHeader(header({}), { fields })!.commitTimestamp).equal(1_795_000_000_000);
  });

  it('is read as it was written, whatever has changed', async () => {
    const schema = changeSchema('Opportunity');
    const decoder = await eventDecoder(schema.json);
    const before = { Id: '006000000000001AAA', StageName: 'Prospecting', NextStep: 'call', Amount: 3 };
    const row = { ...before, StageName: 'Closed Won', IsWon: true, NextStep: null };
    const [payload] = changeEvents([{ id: row.Id, kind: 'UPDATE', before, row }], schema, {
      userId: '005000000000001AAA',
      at: new Date(1_795_000_000_000),
    });
    const event = decoder.decode(payload!);
    should(event).match({ StageName: 'Closed Won', IsWon: true, NextStep: null, Amount: null });
    const said = changeHeader(event, decoder)!;
    should([...said.changed!].sort()).deepEqual(['IsWon', 'NextStep', 'StageName']);
    should(said.commitTimestamp).equal(1_795_000_000_000);
  });

  it('is read or refused within its bounds, whatever bytes somebody has altered', async () => {
    const schema = changeSchema('Opportunity');
    const decoder = await eventDecoder(schema.json);
    const row = { Id: '006000000000001AAA', StageName: 'Closed Won', Amount: 3 };
    const [whole] = changeEvents([{ id: row.Id, kind: 'CREATE', before: undefined, row }], schema, {
      userId: '005000000000001AAA',
      at: new Date(),
    });
    const altered = array(tuple(integer({ min: 0, max: whole!.length - 1 }), uint8Array({ minLength: 1, maxLength: 8 })), { maxLength: 4 });
    const result = check(
      property(altered, (changes) => {
        const bytes = Buffer.from(whole!);
        for (const [at, put] of changes) bytes.set(put.subarray(0, bytes.length - at), at);
        try {
          heardChange(decoder.decode(bytes), decoder, any);
        } catch (error) {
          should(error).be.instanceof(Error);
        }
      }),
      { numRuns: 500 },
    );
    should(result.failed).be.false();
  });
});

describe('A refusal of the event bus', () => {
  const refused = (code: string, status = 2) =>
    failureOfCall({ code: status, details: 'It is said so. rpcId: 1', metadata: { get: () => [`sfdc.platform.eventbus.grpc.${code}`] } });

  for (const [code, meaning] of Object.entries(callErrors)) {
    if (!code.includes('.')) continue;
    it(`${code} is ${meaning.class}`, () => {
      should(refused(code)).match({ class: meaning.class, code: code.toUpperCase().replaceAll('.', '_'), system: 'salesforce' });
    });
  }

  it('without a code of its own is known by its status, and one that is neither is tried again', () => {
    const by = (code: unknown, details = '') => failureOfCall({ code, details, metadata: { get: () => [] } });
    should(by(14).class).equal('transient.unavailable');
    should(by(16).class).equal('auth.expired');
    should(by(5).class).equal('contract.invalid');
    should(by(8, 'Received message larger than max (20000000 vs. 16777216)').code).equal('EVENTS_TOO_LONG');
    should(by(14, 'No connection established. Last error: Error: self-signed certificate').class).equal('auth.denied');
    for (const odd of [99, undefined, null, 'x']) should(by(odd).class).equal('transient.unavailable');
    should(failureOfCall(undefined).class).equal('transient.unavailable');
    should(refused('of.tomorrow', 13).class).equal('transient.unavailable');
  });
});
