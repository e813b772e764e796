import { type PersonalForm, personalForms, secretFields } from './personal-forms.ts';
import schemas from './schemas.ts';

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
const forms: PersonalForm[] = Object.values(personalForms);
const all = (part: keyof PersonalForm) => plural(forms.flatMap((form) => form[part] ?? []));

const marks = readSchemas();
const anywhere = new Set([...all('anywhere'), ...all('ofPersons')]);
const names = new Set([...all('names'), ...marks.names]);
const persons = new Set([...all('persons'), ...marks.persons]);
const personsExactly = all('personsExactly');
const secrets = plural(secretFields);
const ofPersons = all('ofPersons');
const types = new Set(forms.flatMap((form) => form.types ?? []));

/** Names of fields that the contracts mark, and no contract uses for anything else. */
export const personalFields: ReadonlySet<string> = new Set(marks.fields);

const known = new Map<string, Mark>();

/** Keys come from outside: what is known of them does not grow for ever, and a long one is no field's name. */
export function markOf(key: string): Mark {
  const found = known.get(key);
  if (found) return found;
  if (key.length > 200) return 'plain';
  const mark = readMark(key);
  if (known.size > 5_000) known.clear();
  known.set(key, mark);
  return mark;
}

function readMark(key: string): Mark {
  // `Owner.Name`, as a column or a path has it
  const dot = key.lastIndexOf('.');
  if (dot >= 0) return markWithin(markOf(key.slice(0, dot)), markOf(key.slice(dot + 1)));
  const name = plain(key);
  const ends = endsOf(name);
  if (secrets.has(name) || ends.some((end) => secrets.has(end) && end !== 'token')) return 'secret';
  if (marks.anywhere.has(name) || anywhere.has(name) || ends.some((end) => anywhere.has(end) && end.length > 3)) return 'personal';
  if (persons.has(name) || personsExactly.has(name) || ends.some((end) => persons.has(end))) return 'person';
  // `contactName`, `delivery_manager_name`
  if (name.endsWith('name') && isPersonsName(name.slice(0, -4))) return 'personal';
  return names.has(name) ? 'name' : 'plain';
}

function isPersonsName(owner: string): boolean {
  return persons.has(owner) || personsExactly.has(owner) || endsOf(owner).some((end) => persons.has(end));
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
export function isPerson(value: Record<string, unknown>): boolean {
  for (const key in value) if (isOfPersons(key)) return true;
  const attributes = value['attributes'];
  const type = [
    (attributes as { type?: unknown } | null | undefined)?.type,
    value['type'],
    value['recordType'],
    value['sobject'],
    value['sobjectType'],
  ];
  return (
    type.some((one) => typeof one === 'string' && one.length < 100 && types.has(plain(one))) ||
    marks.contracts.some((keeps) => keeps(value))
  );
}

const onlyPersons = new Map<string, boolean>();

function isOfPersons(key: string): boolean {
  const found = onlyPersons.get(key);
  if (found !== undefined) return found;
  if (key.length > 200) return false;
  if (onlyPersons.size > 5_000) onlyPersons.clear();
  const is = ofPersons.has(plain(key));
  onlyPersons.set(key, is);
  return is;
}

/** `Delivery_Manager_Email__c`, `deliveryManagerEmail2` → `deliverymanageremail` */
function plain(key: string): string {
  return key
    .toLowerCase()
    .replace(/__(?:c|r|pc|pr)$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/(?<!\d)\d{1,9}$/, '');
}

/** Every end of a name: marks are looked up, not searched for. */
function endsOf(name: string): string[] {
  return Array.from({ length: Math.min(name.length, 40) }, (_none, index) => name.slice(-index - 1));
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
