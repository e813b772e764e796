import should from 'should';
import { contractIssues, contractNames } from '../../model/contract.ts';
import { schemas } from '../../model/schemas.ts';
import { inGerman } from './in-german.ts';

const whole = {
  ...{ id: 'kantata:1', source: { system: 'kantata', id: '1' }, resource: { id: '7' }, project: { id: '9', code: 'ENG-1' } },
  ...{ workDate: '2026-03-10', minutes: 60, billable: true, status: 'approved', version: 1 },
};
const english = /\b(?:must|the|not|than|has|is|be|more|fewer)\b/;
const saidOf = (value: unknown) =>
  contractIssues('time-entry', value).map((issue) => [issue.code, issue.field, inGerman(issue).message] as const);

describe('What a canonical object has that its contract does not take', () => {
  for (const [what, value, code, field, said] of [
    ['is no object', 7, 'SCHEMA_TYPE', '', /^das Objekt muss ein Objekt sein\.$/],
    ['is of another type', { ...whole, billable: 'yes' }, 'SCHEMA_TYPE', 'billable', /billable muss true oder false sein/],
    ['is text in place of a number', { ...whole, minutes: '60' }, 'SCHEMA_TYPE', 'minutes', /minutes muss eine ganze Zahl sein/],
    ['is empty', { ...whole, id: '' }, 'SCHEMA_MINLENGTH', 'id', /id hat weniger als 1 Zeichen/],
    ['is too long', { ...whole, id: 'x'.repeat(81) }, 'SCHEMA_MAXLENGTH', 'id', /id hat mehr als 80 Zeichen/],
    ['begins with a blank', { ...whole, id: ' 1' }, 'SCHEMA_PATTERN', 'id', /nicht so geschrieben, wie der Vertrag es verlangt/],
    ['is no day', { ...whole, workDate: '10.3.2026' }, 'SCHEMA_FORMAT', 'workDate', /verlangt \(date\)/],
    ['is missing', { ...whole, status: undefined }, 'SCHEMA_REQUIRED', 'status', /status fehlt/],
    ['is one too many', { ...whole, hours: 1 }, 'SCHEMA_ADDITIONALPROPERTIES', 'hours', /hours gehört nicht zum Vertrag/],
  ] as const) {
    it(`${what} is told in the reader’s language`, () => {
      const given = JSON.parse(JSON.stringify(value)) as unknown;
      const found = saidOf(given).find(([one, place]) => one === code && place === field);
      should(found).not.equal(undefined, JSON.stringify(saidOf(given)));
      found![2].should.match(said).and.not.match(english);
    });
  }

  it('is one entry more than it may have is told in the reader’s language', () => {
    const line = { code: 'M1', name: 'Signed', due: '2026-03-01', percent: '1' };
    const terms = { project: 'ENG-1', legalEntity: 'DE01', currency: 'EUR', version: 1, type: 'milestones', lines: Array(401).fill(line) };
    const found = contractIssues('billing-schedule', terms).find(({ code }) => code === 'SCHEMA_MAXITEMS');
    should(found && inGerman(found).message).equal('lines hat mehr als 400 Einträge.');
  });

  it('is no rule of which only the validator’s own English would tell', () => {
    const said = [
      'type',
      'required',
      'additionalProperties',
      'enum',
      'minLength',
      'maxLength',
      'minimum',
      'maximum',
      'format',
      'pattern',
      'maxItems',
      'uniqueItems',
      'anyOf',
    ];
    const text = JSON.stringify(contractNames.map((name) => schemas[name]));
    for (const rule of [
      'minItems',
      'maxItems',
      'const',
      'oneOf',
      'anyOf',
      'not',
      'if',
      'multipleOf',
      'exclusiveMinimum',
      'minProperties',
      'contains',
    ]) {
      said.includes(rule).should.equal(text.includes(`"${rule}":`), `${rule} is said by schemaIssue`);
    }
  });
});
