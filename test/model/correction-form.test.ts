import should from 'should';
import { contractNames } from '../../model/contract.ts';
import { contractToldByNames } from '../../model/contract-told-by-names.ts';
import { correctionForm } from '../../model/correction-form.ts';
import type { Json } from '../../model/json.ts';
import { schemas } from '../../model/schemas.ts';
import { cpuMs } from '../cpu-time.ts';
import { sampleEngagement } from './sample-engagement.ts';

const time = {
  id: 'time-tool:1',
  source: { system: 'time-tool', id: '1' },
  resource: { id: 'p1', email: 'ada@firm.example' },
  project: { id: '7' },
  workDate: '2026-03-02',
  minutes: 0,
  billable: false,
  status: 'approved',
  version: '1',
};
const form = (data: Json, named: string[] = [], at: string[] = []) => correctionForm(data, at, named);
const field = (made: ReturnType<typeof form>, path: string) => made.fields.find((one) => one.path === path);

describe('The contract of a record, told by the names of its fields', () => {
  const withNames = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, null]));

  for (const name of contractNames) {
    const { properties, required } = schemas[name] as { properties: object; required: string[] };
    it(`is ${name}, when all are there, only those that must be if they are more than a few, one is missing, or one is unknown`, () => {
      should(contractToldByNames(withNames(Object.keys(properties)))).equal(name);
      if (required.length > 5) should(contractToldByNames(withNames(required))).equal(name);
      should(contractToldByNames({ ...withNames(Object.keys(properties)), unknown: 1 })).equal(name);
      if (required.length > 6) should(contractToldByNames(withNames(required.slice(1)))).equal(name);
    });
  }

  it('is none for what systems send, for what could be anything, and for what is no record', () => {
    const opportunity = {
      attributes: { type: 'Opportunity' },
      Id: '006',
      Name: 'A deal',
      Amount: 1,
      CurrencyIsoCode: 'EUR',
      StageName: 'Closed Won',
    };
    for (const other of [opportunity, { id: '1', name: 'A' }, { id: 5, name: 'Cost centre', code: 7 }, {}, [], null, 'text', 1, [time]])
      should(contractToldByNames(other)).equal(undefined);
  });
});

describe('A form to correct a dead letter by', () => {
  it('has the fields of the contract, each with its kind and what it is when it is left empty', () => {
    const made = form(time);
    should(made.contract).equal('time-entry');
    made.more.should.equal(0);
    field(made, 'minutes')!.should.deepEqual({ at: ['minutes'], path: 'minutes', kind: 'integer', empty: 'never' });
    field(made, 'billable')!.should.have.properties({ kind: 'boolean', empty: 'never' });
    field(made, 'workDate')!.should.have.properties({ kind: 'date', empty: 'never' });
    field(made, 'resource.email')!.should.have.properties({ kind: 'text', empty: 'absent' });
    field(made, 'status')!.options!.should.containDeep(['approved', 'withdrawn']);
    should(field(made, 'note')).equal(undefined, 'it may be absent, and nothing is wrong with it');
  });

  it('asks for what must be there and is not, and for what a failure names', () => {
    const { workDate: _day, project: _project, ...less } = time;
    const made = form(less, ['workDate', 'project', 'rate', 'resource.email']);
    field(made, 'workDate')!.should.have.properties({ kind: 'date', wrong: true });
    field(made, 'project.id')!.should.have.properties({ at: ['project', 'id'], wrong: true });
    field(made, 'rate.amount')!.should.have.properties({ kind: 'text', wrong: true });
    field(made, 'resource.email')!.should.have.property('wrong', true);
    should(field(made, 'resource.id')).not.have.property('wrong');
  });

  it('finds a field in a list, and does not take one for another whose name begins alike', () => {
    const engagement = sampleEngagement() as unknown as Json;
    const made = form(engagement, ['milestones[0].amount', 'code']);
    should(made.contract).equal('engagement');
    field(made, 'milestones[0].amount.amount')!.should.have.properties({ at: ['milestones', 0, 'amount', 'amount'], wrong: true });
    field(made, 'code')!.should.have.property('wrong', true);
    made.fields
      .filter(({ wrong }) => wrong)
      .map(({ path }) => path)
      .should.not.containEql('milestones[0].code');
  });

  it('is made from what stands in it where no contract is told, and reads the payload of a message', () => {
    const raw = { Id: '006', Amount: 0, IsWon: true, Name: null, Lines: [{ Price: '12.50' }], 'a.b': 'x' };
    const made = form({ topic: 't', payload: raw }, ['payload.Amount'], ['payload']);
    should(made.contract).equal(undefined);
    field(made, 'Amount')!.should.deepEqual({ at: ['payload', 'Amount'], path: 'Amount', kind: 'number', empty: 'never', wrong: true });
    field(made, 'IsWon')!.should.have.property('kind', 'boolean');
    field(made, 'Name')!.should.have.properties({ kind: 'text', empty: 'null' });
    field(made, 'Lines[0].Price')!.should.have.properties({ kind: 'text', empty: 'text' });
    field(made, 'a.b')!.at.should.deepEqual(['payload', 'a.b']);
    should(field(made, 'topic')).equal(undefined);
    for (const nothing of [null, 'text', 12, [], {}]) form(nothing, [], ['payload']).fields.length.should.be.belowOrEqual(1);
  });

  it('says what the failure names and the form has not: what is no single value, and what did not come in', () => {
    form({ ...time, lines: null }, ['lines', 'legalEntity', 'minutes', 'resource.badge']).apart.should.deepEqual([
      { path: 'legalEntity', held: false },
      { path: 'resource.badge', held: false },
    ]);
    const card = Object.fromEntries(Object.keys(schemas['rate-card'].properties).map((name) => [name, null]));
    form(card, ['lines']).should.have.properties({ contract: 'rate-card', apart: [{ path: 'lines', held: true }] });
    const missing = form({ ...time, resource: null }, ['resource']);
    missing.apart.should.deepEqual([]);
    field(missing, 'resource.id')!.should.have.property('wrong', true);
  });

  it('takes names that every object has for names like others', () => {
    const odd = JSON.parse('{"__proto__": {"a": 1}, "constructor": "x", "toString": 2}') as Json;
    form(odd, ['toString'])
      .fields.map(({ path, wrong }) => [path, wrong])
      .should.deepEqual([
        ['__proto__.a', undefined],
        ['constructor', undefined],
        ['toString', true],
      ]);
  });

  it('is made of 50,000 values and 100 wrong ones in no time worth waiting for', async () => {
    const lines = Array.from({ length: 12_000 }, (_none, n) => ({ n, a: 'x', b: { c: 1, d: null } }));
    const named = Array.from({ length: 100 }, (_none, n) => `lines[${n * 100}].b.c`);
    const made = form({ lines }, named);
    made.fields.filter(({ wrong }) => wrong).should.have.length(100);
    (await cpuMs(() => form({ lines }, named), 100)).should.be.below(200);
  });

  it('shows so many at most, among them whatever is wrong', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_none, n) => [`f${n}`, n]));
    const made = form(many, ['f999']);
    made.fields.should.have.length(200);
    made.more.should.equal(800);
    field(made, 'f999')!.should.have.property('wrong', true);
  });
});
