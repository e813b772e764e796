import { fail } from '../failure.ts';
import type { Field } from '../schema/field.ts';
import { isId, toId18 } from '../store/ids.ts';
import type { Value } from '../store/state.ts';
import { calendarDate, parseDatetime, stamp } from '../store/time.ts';
import { badOperator, malformed, wrongLiteral } from './complaint.ts';
import { dateRange } from './date-ranges.ts';
import type { Cell } from './path.ts';

export interface Literal {
  type: string;
  text: string;
}

export type Test = (cell: Cell) => boolean;

const FAMILY: Readonly<Record<Field['type'], 'text' | 'id' | 'number' | 'boolean' | 'date' | 'datetime' | 'multi'>> = {
  id: 'id',
  reference: 'id',
  string: 'text',
  textarea: 'text',
  picklist: 'text',
  multipicklist: 'multi',
  email: 'text',
  phone: 'text',
  url: 'text',
  address: 'text',
  boolean: 'boolean',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
};

const WANTED = { text: 'string', multi: 'string', id: 'ID', number: 'double', boolean: 'boolean', date: 'date', datetime: 'dateTime' };

type About = Pick<Field, 'name' | 'type'>;

/** The test that `field operator literal(s)` makes of a value. */
export function testOf(query: string, field: About, operator: string, literals: readonly Literal[], now: Date): Test {
  const family = FAMILY[field.type];
  switch (operator) {
    case 'IN':
    case 'NOT IN': {
      const tests = literals.map((literal) => single(query, field, '=', literal, now));
      return operator === 'IN' ? (cell) => tests.some((test) => test(cell)) : (cell) => !tests.some((test) => test(cell));
    }
    case 'INCLUDES':
    case 'EXCLUDES': {
      if (family !== 'multi') throw badOperator(query, field.name, operator);
      const wanted = literals.map((literal) => unquote(literal.text).split(';'));
      const includes: Test = (cell) => {
        const chosen = typeof cell === 'string' ? cell.split(';') : [];
        return wanted.some((all) => all.every((each) => chosen.includes(each)));
      };
      return operator === 'INCLUDES' ? includes : (cell) => !includes(cell);
    }
    default: {
      const literal = literals[0];
      if (!literal) throw malformed('unexpected token: <EOF>');
      return single(query, field, operator, literal, now);
    }
  }
}

function single(query: string, field: About, operator: string, literal: Literal, now: Date): Test {
  const family = FAMILY[field.type];
  if (literal.type === 'APEX_BIND_VARIABLE') throw malformed('Bind variables only allowed in Apex code');
  if (literal.type === 'NULL') {
    if (operator !== '=' && operator !== '!=') return () => false;
    return operator === '=' ? (cell) => cell === null : (cell) => cell !== null;
  }
  if (operator === 'LIKE') {
    if (family !== 'text') throw badOperator(query, field.name, operator);
    if (literal.type !== 'STRING') throw wrongLiteral(query, field.name, 'string', false);
    const pattern = likePattern(literal.text.slice(1, -1));
    return (cell) => typeof cell === 'string' && pattern.test(cell);
  }
  const range = literal.type.startsWith('DATE_') ? dateRange(literal.text, now) : undefined;
  if (range) {
    if (family !== 'date' && family !== 'datetime') throw wrongLiteral(query, field.name, WANTED[family], family !== 'text');
    const write = family === 'date' ? calendarDate : stamp;
    return withinTest(operator, write(range.from), write(range.to));
  }
  return comparison(operator, family === 'text' || family === 'multi', comparable(query, field, literal));
}

/** The literal in the form in which the field is stored; wrong kinds are refused as Salesforce refuses them. */
function comparable(query: string, field: About, literal: Literal): Value {
  const family = FAMILY[field.type];
  const refuse = (): Error => wrongLiteral(query, field.name, WANTED[family], !['text', 'multi', 'id'].includes(family));
  switch (family) {
    case 'text':
    case 'multi':
      if (literal.type !== 'STRING') throw refuse();
      return unquote(literal.text) === '' ? null : unquote(literal.text).toLowerCase();
    case 'id': {
      if (literal.type !== 'STRING') throw refuse();
      const id = unquote(literal.text);
      if (id === '') return null;
      if (!isId(id)) throw fail('INVALID_QUERY_FILTER_OPERATOR', `\n${query}\nERROR at Row:1:Column:1\ninvalid ID field: ${id}`);
      return toId18(id);
    }
    case 'boolean':
      if (literal.type !== 'BOOLEAN') throw refuse();
      return literal.text.toUpperCase() === 'TRUE';
    case 'number': {
      if (!/^(INTEGER|DECIMAL)/.test(literal.type)) throw refuse();
      return Number(literal.text.replace(/^[A-Za-z]{3}/, ''));
    }
    case 'date':
      if (literal.type !== 'DATE') throw refuse();
      return literal.text;
    case 'datetime': {
      const at = literal.type === 'DATETIME' ? parseDatetime(literal.text) : undefined;
      if (at === undefined) throw refuse();
      return at;
    }
  }
}

function withinTest(operator: string, from: string, to: string): Test {
  const tests: Readonly<Record<string, (value: string) => boolean>> = {
    '=': (value) => value >= from && value < to,
    '!=': (value) => value < from || value >= to,
    '<': (value) => value < from,
    '<=': (value) => value < to,
    '>': (value) => value >= to,
    '>=': (value) => value >= from,
  };
  const test = tests[operator];
  return (cell) => (typeof cell === 'string' ? test?.(cell) === true : operator === '!=');
}

function comparison(operator: string, fold: boolean, wanted: Value): Test {
  const of = (cell: Cell): Value => (fold && typeof cell === 'string' ? cell.toLowerCase() : (cell as Value));
  switch (operator) {
    case '=':
      return (cell) => of(cell) === wanted;
    case '!=':
      return (cell) => of(cell) !== wanted;
    default:
      return (cell) => {
        const value = of(cell);
        if (value === null || wanted === null) return false;
        if (operator === '<') return value < wanted;
        if (operator === '<=') return value <= wanted;
        if (operator === '>') return value > wanted;
        return value >= wanted;
      };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

export const unquote = (text: string): string =>
  text.replace(/^'|'$/g, '').replace(/\\(.)/gs, (_all, letter: string) => ESCAPES[letter.toLowerCase()] ?? letter);

function likePattern(inner: string): RegExp {
  let source = '';
  for (let at = 0; at < inner.length; at += 1) {
    const letter = inner[at] as string;
    if (letter === '\\') {
      at += 1;
      const next = inner[at] ?? '';
      source += escapeRegex(ESCAPES[next] ?? next);
    } else if (letter === '%') source += '.*';
    else if (letter === '_') source += '.';
    else source += escapeRegex(letter);
  }
  return new RegExp(`^${source}$`, 'is');
}

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
