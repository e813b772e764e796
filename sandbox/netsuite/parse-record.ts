import { type Field, type Fields, isCustomField } from './field.ts';
import { type ErrorDetail, invalidContent, NetSuiteError } from './netsuite-error.ts';
import { parseValue } from './parse-value.ts';
import type { RecordStore } from './record-store.ts';
import type { RecordType } from './record-type.ts';
import type { Scalar } from './state.ts';

export type Strictness = 'Error' | 'Warning' | 'Ignore';

/** Headers `X-NetSuite-PropertyNameValidation` (default Warning) and `X-NetSuite-PropertyValueValidation` (default Error). */
export interface Validation {
  names: Strictness;
  values: Strictness;
  /** set-up of tests may fill what the API shows read-only */
  allowReadOnly?: boolean;
}

export interface LinePatch {
  line?: number;
  fields: Record<string, Scalar | null>;
}

/** A request body, checked: what it sets; `null` clears. */
export interface RecordPatch {
  id?: string;
  externalId?: string | null;
  fields: Record<string, Scalar | null>;
  lines: Record<string, LinePatch[]>;
  /** for the header `X-NetSuite-PropertyValidation` */
  warnings: string[];
}

type Body = Record<string, unknown>;

/** Properties that every body may carry and that set nothing. */
const ignored = new Set(['id', 'externalId', 'links', 'refName', 'line', 'internalId']);

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseRecord(store: RecordStore, type: RecordType, body: unknown, validation: Validation): RecordPatch {
  if (!isObject(body)) throw new NetSuiteError(400, [invalidContent('The request body must be a JSON object.')]);
  const parser = new BodyParser(store, validation);
  const patch: RecordPatch = { fields: parser.fields(type.fields, withoutSublists(type, body), ''), lines: {}, warnings: parser.warnings };
  if (typeof body.id === 'string' || typeof body.id === 'number') patch.id = String(body.id);
  if (body.externalId === null || typeof body.externalId === 'string' || typeof body.externalId === 'number') {
    patch.externalId = body.externalId === null ? null : String(body.externalId);
  }
  for (const [name, lineFields] of Object.entries(type.sublists)) {
    if (body[name] !== undefined) patch.lines[name] = parser.lines(name, lineFields, body[name]);
  }
  if (parser.errors.length > 0) throw new NetSuiteError(400, parser.errors);
  return patch;
}

function withoutSublists(type: RecordType, body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !Object.hasOwn(type.sublists, name)));
}

class BodyParser {
  readonly errors: ErrorDetail[] = [];
  readonly warnings: string[] = [];
  private readonly store: RecordStore;
  private readonly validation: Validation;

  constructor(store: RecordStore, validation: Validation) {
    this.store = store;
    this.validation = validation;
  }

  fields(known: Fields, body: Body, prefix: string): Record<string, Scalar | null> {
    const result: Record<string, Scalar | null> = {};
    for (const [name, raw] of Object.entries(body)) {
      if (ignored.has(name)) continue;
      const path = `${prefix}${name}`;
      const field = Object.hasOwn(known, name) ? known[name] : undefined;
      if (!field && isCustomField(name)) {
        const custom = customValue(raw);
        if (custom !== undefined) result[name] = custom;
        continue;
      }
      const problem = this.nameProblem(name, field);
      if (!field || problem) {
        this.complain(this.validation.names, invalidContent(problem ?? '', path));
        continue;
      }
      const parsed = parseValue(this.store, name, field, raw, path);
      if ('value' in parsed) result[name] = parsed.value;
      else this.complain(this.validation.values, parsed.error);
    }
    return result;
  }

  lines(name: string, known: Fields, raw: unknown): LinePatch[] {
    const items = isObject(raw) ? raw.items : undefined;
    if (!Array.isArray(items)) {
      this.errors.push(invalidContent(`The sublist '${name}' must be an object with the property 'items'.`, name));
      return [];
    }
    return items.map((item: unknown, index) => {
      const path = `${name}.items[${index}]`;
      if (!isObject(item)) {
        this.errors.push(invalidContent('A sublist line must be a JSON object.', path));
        return { fields: {} };
      }
      const fields = this.fields(known, item, `${path}.`);
      return typeof item.line === 'number' ? { line: item.line, fields } : { fields };
    });
  }

  private nameProblem(name: string, field: Field | undefined): string | undefined {
    if (!field) return `Unknown property '${name}'.`;
    if (field.readOnly && !this.validation.allowReadOnly) return `The property '${name}' is read-only.`;
    return undefined;
  }

  private complain(strictness: Strictness, detail: ErrorDetail): void {
    if (strictness === 'Error') this.errors.push(detail);
    if (strictness === 'Warning') this.warnings.push(`${detail['o:errorPath']}: ${detail.detail}`);
  }
}

function customValue(raw: unknown): Scalar | null | undefined {
  if (raw === null || typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') return raw;
  const id = isObject(raw) ? raw.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
