import type { ContractName } from './contract.ts';
import { contractToldByNames } from './contract-told-by-names.ts';
import { isObject, type Json } from './json.ts';
import { schemas } from './schemas.ts';

/** A value of a record that a person may correct. */
export interface FormField {
  /** where it stands, step by step */
  at: (string | number)[];
  /** the same as one text, as failures name it: `lines[0].amount.amount` */
  path: string;
  kind: FieldKind;
  /** what it is when nothing is entered: not there, `null`, an empty text, or that cannot be */
  empty: 'absent' | 'null' | 'text' | 'never';
  /** of a choice */
  options?: string[];
  /** a failure names it */
  wrong?: true;
}

export type FieldKind = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'choice';

/** A form for the data of a run, made from its contract where it keeps one, else from what stands in it. */
export interface CorrectionForm {
  contract?: ContractName;
  fields: FormField[];
  /** so many more values are not in the form */
  more: number;
  /** what the failure names and the form has not: a list or a part that is not there, or what did not come in but was made on the way */
  apart: { path: string; held: boolean }[];
}

/** More on one page are looked for rather than read; what is wrong is always there. */
const mostFields = 200;
const mostApart = 20;

/**
 * @param at where in the data the record stands: `['payload']` in a message
 * @param named fields that the run's failures name
 */
export function correctionForm(data: Json, at: readonly string[], named: readonly string[]): CorrectionForm {
  const record = at.reduce<Json | undefined>((value, step) => (isObject(value) ? value[step] : undefined), data);
  const contract = contractToldByNames(record);
  const names = new Set(named.map((field) => field.replace(/^(?:payload|data)\./, '')).filter(Boolean));
  const form = new Fields(contract && schemas[contract], names, at);
  form.of(record, contract && schemas[contract], []);
  const { fields } = form;
  const isIn = (path: string, whole: string) => path === whole || path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);
  const apart = [...names].slice(0, mostApart).filter((name) => !fields.some(({ path, wrong }) => wrong && isIn(path, name)));
  const shown = new Set([...fields.filter(({ wrong }) => wrong), ...fields].slice(0, mostFields));
  return {
    ...(contract ? { contract } : {}),
    fields: fields.filter((field) => shown.has(field)),
    more: fields.length - shown.size,
    apart: apart.map((path) => ({ path, held: form.held.has(path) })),
  };
}

interface Schema {
  type?: string | readonly string[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  enum?: readonly unknown[];
  format?: string;
  $ref?: string;
  $defs?: Record<string, Schema>;
}

class Fields {
  readonly fields: FormField[] = [];
  /** of what is named, what is there */
  readonly held = new Set<string>();
  private readonly root: Schema | undefined;
  private readonly before: readonly string[];
  private readonly named: ReadonlySet<string>;
  /** in which something is named */
  private readonly above: ReadonlySet<string>;

  constructor(root: Schema | undefined, named: ReadonlySet<string>, before: readonly string[]) {
    this.root = root;
    this.before = before;
    this.named = named;
    this.above = new Set([...named].flatMap((path) => [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index))));
  }

  /** Takes a value and all that is in it. @param needed it must be there @param wrong a failure names what it is in */
  of(value: Json | undefined, given: Schema | undefined, at: (string | number)[], { needed = true, wrong = false } = {}): void {
    const schema = given && this.resolved(given);
    const type = typeOf(value) ?? (schema && typesOf(schema)[0]);
    const path = pathOf(at);
    const isWrong = wrong || this.named.has(path);
    if (value !== undefined && this.named.has(path)) this.held.add(path);
    if (type === 'object') this.object(isObject(value) ? value : {}, schema, at, isWrong);
    else if (type === 'array') {
      if (Array.isArray(value)) value.forEach((element, place) => this.of(element, schema?.items, [...at, place], { wrong: isWrong }));
    } else this.fields.push(this.field(value, schema, { at, path, needed, wrong: isWrong }));
  }

  /** In the order of the contract, what it does not know behind. What may be absent and is, is asked for only where it is said to be wrong. */
  private object(value: { [name: string]: Json | undefined }, schema: Schema | undefined, at: (string | number)[], wrong: boolean): void {
    const { properties = {}, required = [] } = schema ?? {};
    const known = Object.keys(properties);
    const others = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
    for (const name of [...known, ...others]) {
      const step = [...at, name];
      const needed = required.includes(name);
      const held = Object.hasOwn(value, name) ? value[name] : undefined;
      if (held === undefined && !needed && !this.isNamed(pathOf(step))) continue;
      this.of(held, Object.hasOwn(properties, name) ? properties[name] : undefined, step, { needed, wrong });
    }
  }

  private field(
    value: Json | undefined,
    schema: Schema | undefined,
    { at, path, needed, wrong }: { at: (string | number)[]; path: string; needed: boolean; wrong: boolean },
  ): FormField {
    const options = schema?.enum?.filter((option): option is string => typeof option === 'string');
    const kind = options?.length ? 'choice' : kindOf(value, schema);
    return {
      at: [...this.before, ...at],
      path,
      kind,
      empty: emptyOf(value, schema, { kind, needed }),
      ...(kind === 'choice' && options ? { options } : {}),
      ...(wrong ? { wrong } : {}),
    };
  }

  /** Whether a failure names it, or something in it. */
  private isNamed(path: string): boolean {
    return this.named.has(path) || this.above.has(path);
  }

  private resolved(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/$defs/', '');
    const either = schema.anyOf?.find((one) => one.type !== 'null');
    if (name !== undefined && this.root?.$defs?.[name]) return this.resolved(this.root.$defs[name]);
    return either ? { ...this.resolved(either), type: [...typesOf(this.resolved(either)), ...nullIn(schema)] } : schema;
  }
}

const nullIn = ({ anyOf = [] }: Schema): string[] => (anyOf.some(({ type }) => type === 'null') ? ['null'] : []);

const typesOf = ({ type }: Schema): readonly string[] => (typeof type === 'string' ? [type] : (type ?? []));

function typeOf(value: Json | undefined): 'object' | 'array' | 'value' | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? 'array' : isObject(value) ? 'object' : 'value';
}

/** As the contract has it; without one, as it is. */
function kindOf(value: Json | undefined, schema: Schema | undefined): FieldKind {
  if (schema) {
    const type = typesOf(schema).find((one) => one !== 'null');
    if (type === 'integer' || type === 'number' || type === 'boolean') return type;
    return schema.format === 'date' ? 'date' : 'text';
  }
  return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number' | 'boolean') : 'text';
}

function emptyOf(value: Json | undefined, schema: Schema | undefined, { kind, needed }: { kind: FieldKind; needed: boolean }) {
  if (schema ? typesOf(schema).includes('null') : value === null) return 'null';
  if (schema && !needed) return 'absent';
  return kind === 'text' ? 'text' : 'never';
}

/** `['lines', 0, 'amount']` → `lines[0].amount` */
function pathOf(at: readonly (string | number)[]): string {
  return at.reduce<string>((path, step) => (typeof step === 'number' ? `${path}[${step}]` : path ? `${path}.${step}` : step), '');
}
