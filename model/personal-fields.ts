import { formOfSystems } from './personal-forms.generated.ts';
import { commonForm, type PersonalForm, secretFields } from './personal-forms.ts';
import { schemas } from './schemas.ts';

/**
 * What the name of a field says about its value: `personal` wherever it stands, `name` if the object is a person,
 * `person` if it holds one, `secret`, or nothing.
 */
export type Mark = 'personal' | 'name' | 'person' | 'secret' | 'plain';

interface Schema {
  properties?: Record<string, Schema & { 'x-personal'?: boolean; enum?: readonly unknown[] }>;
  required?: readonly string[];
}

const plural = (names: Iterable<string>) => new Set([...names].flatMap((name) => [name, `${name}s`]));
const inForms = (part: keyof PersonalForm) => [formOfSystems, commonForm].flatMap((form: PersonalForm) => form[part] ?? []);
const endings = inForms('endings');
const all = (part: keyof PersonalForm) => plural(inForms(part).map(plain));

const marks = readSchemas();
const ofPersons = all('ofPersons');
const types = new Set(inForms('types').map(plain));
/** Where a record says its type, step by step. */
const typePaths = inForms('typeIn').map((path) => path.split('.'));

/** What a name says as a whole. */
const wholes = byName([
  ['name', [...all('names'), ...marks.names]],
  ['person', all('personsExactly')],
  ['personal', marks.anywhere],
  ['secret', plural(secretFields)],
]);
/** What it says by its end; the end of a longer name is not short. */
const ends = byName([
  ['person', [...all('persons'), ...marks.persons]],
  ['personal', [...all('anywhere'), ...ofPersons]],
  ['secret', [...plural(secretFields)].filter((name) => name !== 'token' && name !== 'tokens')],
]);
/** most names are told by their last letters alone not to be among them */
const lastLetters = new Set([...ends.keys()].map((name) => name.slice(-2)));
const longestEnd = Math.max(...[...ends.keys()].map((name) => name.length));
/** What it says comes first of what several ends say. */
const order: readonly Mark[] = ['secret', 'personal', 'person', 'name', 'plain'];

function byName(entries: [Mark, Iterable<string>][]): ReadonlyMap<string, Mark> {
  return new Map(entries.flatMap(([mark, names]) => [...names].map((name) => [name, mark] as const)));
}

/** Names of fields that the contracts mark, and no contract uses for anything else. */
export const personalFields: ReadonlySet<string> = new Set(marks.fields);

interface Known {
  mark: Mark;
  /** only persons have it */
  ofPersons: boolean;
}
const known = new Map<string, Known>();
/** No record has more fields: what is beyond is not shown. */
export const mostFields = 2_000;
const mostKnown = 20_000;
const unread: Known = { mark: 'personal', ofPersons: false };
/** Records have fields of few names; behind so many new ones of one answer everything is masked, which takes no time. */
const mostNew = 5_000;
let newNames = 0;

/** A new answer is looked through. */
export function beginAnswer(): void {
  newNames = 0;
}

/** Names come from outside: what is known of them does not grow for ever, and a long one is no field's name. */
function knownOf(key: string): Known {
  const found = known.get(key);
  if (found) return found;
  if (key.length > 200) return unread; // no field's name, but whatever it is it may end as one
  if (++newNames > mostNew) return unread;
  const read = { mark: readMark(key), ofPersons: ofPersons.has(plain(key)) };
  if (known.size >= mostKnown) known.clear();
  known.set(key, read);
  return read;
}

export function markOf(key: string): Mark {
  return knownOf(key).mark;
}

function readMark(key: string): Mark {
  // `Owner.Name`, as a column or a path has it
  const dot = key.lastIndexOf('.');
  if (dot >= 0) return markWithin(markOf(key.slice(0, dot)), markOf(key.slice(dot + 1)));
  const name = plain(key);
  const mark = strongest(wholes.get(name) ?? 'plain', markOfEnd(name));
  if (mark === 'secret' || mark === 'personal') return mark;
  // `contactName`, `delivery_manager_name`
  const owner = name.endsWith('name') ? name.slice(0, -4) : '';
  return owner !== '' && (wholes.get(owner) === 'person' || markOfEnd(owner) === 'person') ? 'personal' : mark;
}

function markOfEnd(name: string): Mark {
  if (!lastLetters.has(name.slice(-2))) return 'plain';
  let mark: Mark = 'plain';
  for (let length = Math.min(name.length, longestEnd); length > 2; length--) {
    if (length === 3 && name.length > 3) break;
    const found = ends.get(name.slice(-length));
    if (found) mark = strongest(mark, found);
  }
  return mark;
}

function strongest(one: Mark, other: Mark): Mark {
  return order.indexOf(one) < order.indexOf(other) ? one : other;
}

function markWithin(parent: Mark, own: Mark): Mark {
  if (own !== 'name') return own;
  return parent === 'person' ? 'personal' : 'plain';
}

/** Whether a path names personal data: `resource.name`, `people[0].email`, `Owner.Name`. */
export function isPersonalPath(path: string): boolean {
  if (path.length > 500) return true; // no field's
  const steps = path
    .split(/[./]/)
    .map((step) => step.replace(/\[\d{0,9}\]/g, ''))
    .filter(Boolean);
  const mark = steps.reduce<Mark>((parent, step) => markWithin(parent, markOf(step)), 'plain');
  return mark === 'personal' || mark === 'secret' || mark === 'person';
}

/** Whether an object is a person, by what it says of itself: a type, a contract that it keeps, or a field that only persons have. */
export function isPerson(value: Record<string, unknown>, keys: readonly string[]): boolean {
  for (let index = 0; index < Math.min(keys.length, mostFields); index++) if (knownOf(keys[index] as string).ofPersons) return true;
  return typePaths.some((path) => isTypeOfPersons(value, path)) || marks.contracts.some((keeps) => keeps(value));
}

function isTypeOfPersons(value: Record<string, unknown>, path: readonly string[]): boolean {
  let type: unknown = value;
  for (const step of path) type = (type as Record<string, unknown> | null | undefined)?.[step];
  return typeof type === 'string' && type.length < 100 && types.has(plain(type));
}

/** `Delivery_Manager_Email__c`, `deliveryManagerEmail2` → `deliverymanageremail` */
function plain(key: string): string {
  const small = key.normalize('NFKC').toLowerCase();
  const ending = endings.find((one) => small.endsWith(one));
  const name = ending ? small.slice(0, -ending.length) : small;
  const letters = /^[a-z]+$/.test(name) ? name : name.replace(/[^\p{L}\p{N}]/gu, '');
  let end = letters.length;
  while (end > 0 && isDigit(letters.charCodeAt(end - 1))) end--;
  return letters.slice(0, end);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * The contracts' marks. A name that they also use for what is not personal (`name`) is personal by position: within the
 * property that holds the person (`resource`), or in an object that keeps the whole contract of a person.
 */
function readSchemas() {
  const marked: { name: string; holder: string; schema: Schema }[] = [];
  const unmarked = new Set<string>();
  const read = (node: unknown, holder: string): void => {
    if (!node || typeof node !== 'object') return;
    const schema = node as Schema;
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (property['x-personal']) marked.push({ name, holder, schema });
      else unmarked.add(name);
    }
    for (const [name, part] of Object.entries(node)) {
      if (name === 'properties') for (const [property, inner] of Object.entries(part as object)) read(inner, property);
      else read(part, '');
    }
  };
  for (const schema of Object.values(schemas)) read(schema, '');
  const fields = marked.map(({ name }) => name).filter((name) => !unmarked.has(name));
  const byPosition = marked.filter(({ name }) => unmarked.has(name));
  return {
    fields,
    anywhere: new Set(fields.map(plain)),
    names: byPosition.map(({ name }) => plain(name)),
    persons: byPosition.flatMap(({ holder }) => (holder ? [plain(holder)] : [])),
    contracts: byPosition.flatMap(({ holder, schema }) =>
      holder ? [] : [(value: Record<string, unknown>) => keepsContract(schema, value)],
    ),
  };
}

function keepsContract({ required = [], properties = {} }: Schema, value: Record<string, unknown>): boolean {
  return required.every((name) => name in value && (properties[name]?.enum?.includes(value[name]) ?? true));
}
