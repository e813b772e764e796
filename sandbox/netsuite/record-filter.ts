import type { Field } from './field.ts';
import { invalidParameter, type NetSuiteError } from './netsuite-error.ts';
import { fieldOf, type RecordType } from './record-type.ts';
import type { Scalar, StoredRecord } from './state.ts';

type Test = (record: StoredRecord) => boolean;

/** The `q` parameter of a list: `email START_WITH "a" AND (isInactive IS false OR balance GREATER 100)`. Returns the ids that match. */
export function recordFilter(type: RecordType, q: string, records: StoredRecord[]): string[] {
  const test = new FilterParser(type, q).parse();
  return records.filter(test).map((record) => record.id);
}

const operators: Record<string, (actual: Scalar | undefined, given: string[], field: Field) => boolean> = {
  EMPTY: (actual) => actual === undefined,
  IS: (actual, [given], field) => fold(actual) === fold(plain(given, field)),
  CONTAIN: (actual, [given]) => fold(actual).includes(fold(given)),
  START_WITH: (actual, [given]) => fold(actual).startsWith(fold(given)),
  END_WITH: (actual, [given]) => fold(actual).endsWith(fold(given)),
  EQUAL: (actual, [given], field) => (field.kind === 'text' ? fold(actual) === fold(given) : Number(actual) === Number(given)),
  GREATER: (actual, [given]) => Number(actual) > Number(given),
  GREATER_OR_EQUAL: (actual, [given]) => Number(actual) >= Number(given),
  LESS: (actual, [given]) => Number(actual) < Number(given),
  LESS_OR_EQUAL: (actual, [given]) => Number(actual) <= Number(given),
  BETWEEN: (actual, [low, high]) => Number(actual) >= Number(low) && Number(actual) <= Number(high),
  ANY_OF: (actual, given) => given.includes(String(actual)),
  ON: (actual, [given]) => day(actual) === day(date(given)),
  BEFORE: (actual, [given]) => day(actual) < day(date(given)),
  AFTER: (actual, [given]) => day(actual) > day(date(given)),
  ON_OR_BEFORE: (actual, [given]) => day(actual) <= day(date(given)),
  ON_OR_AFTER: (actual, [given]) => day(actual) >= day(date(given)),
  WITHIN: (actual, [low, high]) => day(actual) >= day(date(low)) && day(actual) <= day(date(high)),
};

function fold(value: Scalar | undefined): string {
  return String(value ?? '').toLowerCase();
}

/** Booleans may be written as true/false or T/F. */
function plain(given: string | undefined, field: Field): string | undefined {
  return field.kind === 'boolean' && /^[tf]$/i.test(given ?? '') ? String(given?.toUpperCase() === 'T') : given;
}

function day(value: Scalar | undefined): string {
  return value === undefined ? '' : String(value).slice(0, 10);
}

/** Dates of a filter are written in the account's format, not in ISO. */
function date(given = ''): string {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(given);
  if (!match) throw invalidQuery(`Parse of date/time "${given}" failed with date format "M/d/yy"`);
  const [, month = '', dayOfMonth = '', year = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
}

function invalidQuery(reason: string): NetSuiteError {
  return invalidParameter(`Invalid search query. Search error occurred: ${reason}`, 'q');
}

class FilterParser {
  private readonly type: RecordType;
  private readonly tokens: string[];
  private at = 0;

  constructor(type: RecordType, q: string) {
    this.type = type;
    this.tokens = q.match(/\(|\)|\[[^[\]]*\]|"(?:[^"\\]|\\.)*"|[^\s()]+/g) ?? [];
  }

  parse(): Test {
    const test = this.either();
    if (this.at < this.tokens.length) throw invalidQuery(`Unexpected '${this.tokens[this.at]}'.`);
    return test;
  }

  private either(): Test {
    const tests = [this.both()];
    while (this.keyword('OR')) tests.push(this.both());
    return (record) => tests.some((test) => test(record));
  }

  private both(): Test {
    const tests = [this.single()];
    while (this.keyword('AND')) tests.push(this.single());
    return (record) => tests.every((test) => test(record));
  }

  private single(): Test {
    if (this.tokens[this.at] === '(') {
      this.at += 1;
      const test = this.either();
      if (this.tokens[this.at] !== ')') throw invalidQuery("Missing ')'.");
      this.at += 1;
      return test;
    }
    return this.condition();
  }

  private condition(): Test {
    const name = this.next();
    const field = fieldOf(this.type, name) ?? (name === 'id' || name === 'externalId' ? { kind: 'text' as const } : undefined);
    if (!field) throw invalidQuery(`Field '${name}' for record '${this.type.name}' was not found.`);
    const operator = this.next();
    const negated = operator.endsWith('_NOT') || operator === 'IS_NOT';
    const test = operators[operator.replace(/_NOT$/, '')];
    if (!test) throw invalidQuery(`Unknown operator '${operator}'.`);
    const values = operator.startsWith('EMPTY') ? [] : this.values();
    return (record) => {
      const actual = name === 'id' || name === 'externalId' ? record[name] : record.fields[name];
      return test(actual, values, field) !== negated;
    };
  }

  private values(): string[] {
    const token = this.next();
    const list = token.startsWith('[') ? token.slice(1, -1).split(',') : [token];
    return list.map((value) =>
      value
        .trim()
        .replace(/^"(.*)"$/s, '$1')
        .replace(/\\(.)/g, '$1'),
    );
  }

  private keyword(word: string): boolean {
    if (this.tokens[this.at]?.toUpperCase() !== word) return false;
    this.at += 1;
    return true;
  }

  private next(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw invalidQuery('The query is not complete.');
    this.at += 1;
    return token;
  }
}
