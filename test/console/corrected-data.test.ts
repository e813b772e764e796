import should from 'should';
import type { FormField } from '../../console/answers.ts';
import { canBeTyped, correctedData, isHeld, keyOf, shownText } from '../../console/view-models/corrected-data.ts';
import type { JsonObject } from '../../model/json.ts';

const data = { code: 'A-1', minutes: 0, rate: { amount: '0.00' }, note: null, open: false, lines: [{ n: 1.5 }] };
const field = (path: string, kind: FormField['kind'], empty: FormField['empty'], at: FormField['at'] = path.split('.')): FormField => ({
  at,
  path,
  kind,
  empty,
});
const fields = [
  field('code', 'text', 'text'),
  field('minutes', 'integer', 'never'),
  field('rate.amount', 'text', 'absent'),
  field('rate.currency', 'text', 'absent'),
  field('note', 'text', 'null'),
  field('open', 'boolean', 'never'),
  field('lines[0].n', 'number', 'never', ['lines', 0, 'n']),
  field('day', 'date', 'absent'),
  field('task.id', 'text', 'absent'),
];
/** What is typed, and what is wrong, by paths. */
function typing(typed: Record<string, string>, of: JsonObject = data) {
  const keys = new Map(fields.map((one) => [one.path, keyOf(one)]));
  const paths = new Map(fields.map((one) => [keyOf(one), one.path]));
  const made = correctedData(of, fields, new Map(Object.entries(typed).map(([path, text]) => [keys.get(path)!, text])));
  return { data: made.data as JsonObject, wrong: new Map([...made.wrong].map(([key, why]) => [paths.get(key), why])) };
}

describe('The data of an event, corrected by a form', () => {
  it('is what it was where what is typed is what was there: nothing, zero and empty stay apart', () => {
    const shown = Object.fromEntries(fields.map(({ path }) => [path, '']));
    Object.assign(shown, { code: 'A-1', minutes: '0', 'rate.amount': '0.00', open: 'false', 'lines[0].n': '1.5' });
    typing(shown).should.deepEqual({ data, wrong: new Map() });
    const text = { kind: 'text' as const };
    [undefined, null, '', 0, false, 'x'].map((value) => shownText(value, text)).should.deepEqual(['', '', '', '0', 'false', 'x']);
  });

  it('becomes a number where a text stood in its place, and a text where a number did, once somebody has entered it', () => {
    const mixed = { ...data, minutes: '60', open: 'true', code: 7 };
    shownText(mixed.minutes, { kind: 'integer' }).should.equal('"60"');
    shownText(mixed.open, { kind: 'boolean' }).should.equal('"true"');
    typing({}, mixed).data.should.deepEqual(mixed);
    typing({ minutes: '60', open: 'true', code: '7' }, mixed).data.should.deepEqual({ ...mixed, minutes: 60, open: true, code: '7' });
    should(typing({ minutes: '"60"' }, mixed).wrong.get('minutes')).equal('integer');
  });

  it('is made where its place is nothing yet, and where the event is nothing but a value', () => {
    typing({ 'rate.amount': '1.00' }, { ...data, rate: null }).data.should.have.property('rate', { amount: '1.00' });
    typing({ 'rate.amount': '' }, { ...data, rate: null }).data.should.have.property('rate', null);
    const whole = field('', 'text', 'text', []);
    should(correctedData('ENG-1', [whole], new Map([[keyOf(whole), 'ENG-2']])).data).equal('ENG-2');
    const odd = field('toString', 'text', 'text');
    should(JSON.stringify(correctedData({}, [odd], new Map([[keyOf(odd), 'x']])).data)).equal('{"toString":"x"}');
  });

  it('has each value as its kind, and leaves what it began with untouched', () => {
    const before = JSON.stringify(data);
    const typed = {
      minutes: '90',
      'rate.amount': '120.50',
      note: 'x',
      open: 'true',
      'lines[0].n': '-2.25',
      day: '2026-02-28',
      'task.id': 'T1',
    };
    typing(typed).data.should.deepEqual({
      ...data,
      minutes: 90,
      rate: { amount: '120.50' },
      note: 'x',
      open: true,
      lines: [{ n: -2.25 }],
      day: '2026-02-28',
      task: { id: 'T1' },
    });
    JSON.stringify(data).should.equal(before);
  });

  it('is without what is emptied, or has null or an empty text in its place, as the contract allows', () => {
    const { data: made, wrong } = typing({ code: '', 'rate.amount': '', note: '', minutes: '' });
    made.should.deepEqual({ ...data, code: '', rate: {} });
    wrong.should.deepEqual(new Map([['minutes', 'needed']]));
    typing({ note: '' }, { ...data, note: 'was there' }).data.should.have.property('note', null);
  });

  it('takes no number for another: no comma, no leading zero, no more digits than can be kept, no day that is none', () => {
    for (const text of ['1,5', '1.234,56', '1 000', '007', '0x10', '1e3', '+1', ' 1', '1.', 'NaN']) {
      should(typing({ 'lines[0].n': text }).wrong.get('lines[0].n')).equal('number', text);
      should(typing({ minutes: text }).wrong.get('minutes')).equal('integer', text);
    }
    should(typing({ minutes: '1.5' }).wrong.get('minutes')).equal('integer');
    should(typing({ minutes: '9007199254740993' }).wrong.get('minutes')).equal('digits');
    for (const text of ['2026-02-30', '30.11.2026', '2026-1-1']) should(typing({ day: text }).wrong.get('day')).equal('date', text);
  });

  it('has no place any more in a list that was made shorter', () => {
    const shorter = { ...data, lines: [] };
    isHeld(shorter, ['lines', 0, 'n']).should.be.false();
    isHeld(data, ['lines', 0, 'n']).should.be.true();
    typing({ 'lines[0].n': '3' }, shorter).data.should.deepEqual(shorter);
  });

  it('keeps two fields apart whose paths read alike', () => {
    const [nested, dotted] = [field('a.b', 'text', 'text'), field('a.b', 'text', 'text', ['a.b'])];
    const made = correctedData({ a: { b: '1' }, 'a.b': '2' }, [nested, dotted], new Map([[keyOf(dotted), '3']]));
    should(made.data).deepEqual({ a: { b: '1' }, 'a.b': '3' });
  });

  it('is not typed where a text holds what cannot be seen', () => {
    canBeTyped('a\u202Eb').should.be.false();
    [undefined, null, 5, 'plain', 'two\nlines'].forEach((value) => canBeTyped(value).should.be.true());
  });
});
