import { Failure } from './failure.ts';
import { inWords } from './failure-words.ts';
import { isObject } from './json.ts';

/** Field → the system that has the say of it. A field that is not in it is nobody's. */
export type Owners = ReadonlyMap<string, string>;

/** The table as it is written in a form: an object of JSON. */
export function ownersIn(json: string): Owners {
  const given = parsed(json);
  if (!isObject(given) || Object.keys(given).length === 0) throw wrongTable(json, inWords('OWNERS_WRONG'));
  const owners = Object.entries(given).map(([field, system]): [string, string] => {
    const owner = typeof system === 'string' ? system.trim() : '';
    if (field.trim() === '' || owner === '') throw wrongTable(field, inWords('OWNERS_WRONG.field', { field }));
    return [field, owner];
  });
  return new Map(owners);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const wrongTable = (value: string, said: ReturnType<typeof inWords>) =>
  new Failure({ class: 'contract.invalid', ...said, field: 'owners', value: value.slice(0, 120), outcome: 'not-made' });
