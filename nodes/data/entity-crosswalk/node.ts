import { typedConfig } from '../../../declarations/typed-config.ts';
import { businessDateOf } from '../../../model/business-date.ts';
import { type CalendarDate, isCalendarDate } from '../../../model/calendar-date.ts';
import { codeTrouble, type CrosswalkQuestion, isCrosswalkName } from '../../../model/crosswalk-entry.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { shorten } from '../../../model/shorten.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import type { Message } from '../../../runtime/message.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import declaration from './declaration.ts';
import { messagePlace } from './message-place.ts';

export default actionNode(declaration, (base) => {
  const { table, fromSystem: from, toSystem: to, date: dateGiven, result } = typedConfig(declaration, base.config);
  for (const [field, name] of Object.entries({ table, fromSystem: from, toSystem: to }))
    if (!isCrosswalkName(name) && !(name === '*' && field !== 'table')) throw unnamed(field, base.words(`label.${field}`), name);
  const put = messagePlace(result, base.words('label.result'));
  const readValue = messageValue(base, 'value');
  const { store, clock } = base.pack.engine;
  const readDate = dateGiven.trim() === '' ? undefined : messageValue(base, 'date');

  /** What a place of the message says; one that leads nowhere says nothing. */
  const read = (field: 'value' | 'date', value: Promise<unknown>) =>
    value.catch((failure: unknown) => {
      if (base.config[`${field}Type`] !== 'jsonata') return undefined;
      throw failure;
    });
  /** How a field is called where something is wrong with it: by its place in the message, where it has one. */
  const calledBy = (field: 'value' | 'date') => (base.config[`${field}Type`] === 'jsonata' ? field : String(base.config[field] || field));

  const dateIn = async (message: Message): Promise<CalendarDate> => {
    if (!readDate) {
      const date = businessDateOf(message.payload);
      if (date === undefined)
        throw wrongInput('date', undefined, inWords('INPUT_WRONG.crosswalk-no-date', { label: base.words('label.date') }));
      return date;
    }
    const date = await read('date', readDate(message));
    if (!isCalendarDate(date)) throw wrongInput(calledBy('date'), date, inWords('INPUT_WRONG.crosswalk-date', { field: calledBy('date') }));
    return date;
  };

  return async (message, { active }) => {
    const field = calledBy('value');
    const value = codeIn(await read('value', readValue(message)), field);
    put(message, value); // a message that has no place for the result waits for no entry
    const question: CrosswalkQuestion = { table, from, value, to, date: await dateIn(message) };
    const [row, second] = await store.crosswalkFor(question);
    if (second) throw twice(question, field);
    if (!row) {
      await store.noteUnmapped(question, active.id, active.run.token, clock.now());
      throw nothingFor(question, field);
    }
    const { id, version, target } = row;
    return { ...put(message, target), crosswalk: { ...question, target, entry: id, version } };
  };
});

/** The value to the letter. Absent, `null` and empty are three mistakes of a message; 0 is a value. */
function codeIn(value: unknown, field: string): string {
  if (value === undefined) throw wrongInput(field, value, inWords('INPUT_WRONG.crosswalk-absent', { field }));
  if (value === null) throw wrongInput(field, value, inWords('INPUT_WRONG.crosswalk-null', { field }));
  if (Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string') throw wrongInput(field, value, inWords('INPUT_WRONG.crosswalk-kind', { field }));
  const trouble = codeTrouble(value, field);
  if (trouble) throw wrongInput(field, value, trouble);
  return value;
}

const unnamed = (field: string, label: string, value: string) =>
  new Failure({
    class: 'contract.invalid',
    ...inWords('CROSSWALK_SET_UP', { field: label }),
    field,
    value: shorten(value),
    outcome: 'not-made',
  });

function nothingFor({ table, from, value, to, date }: CrosswalkQuestion, field: string): Failure {
  const said = inWords('CROSSWALK_UNMAPPED', { table, from, value: shorten(value), to, date });
  return new Failure({ class: 'mapping.missing', ...said, field, value: shorten(value), outcome: 'not-made' });
}

function twice({ table, from, value, to, date }: CrosswalkQuestion, field: string): Failure {
  const said = inWords('CROSSWALK_TWICE', { table, from, value: shorten(value), to, date });
  return new Failure({ class: 'conflict.duplicate', ...said, field, value: shorten(value), outcome: 'not-made' });
}
