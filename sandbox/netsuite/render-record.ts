import { type Field, type Fields, isCustomField } from './field.ts';
import type { RecordStore } from './record-store.ts';
import type { RecordType } from './record-type.ts';
import type { Line, Scalar, StoredRecord } from './state.ts';

export interface RenderOptions {
  expandSubResources?: boolean;
  /** choices as bare ids */
  simpleEnumFormat?: boolean;
  /** only these properties and sublists */
  fields?: ReadonlySet<string>;
}

interface Link {
  rel: string;
  href: string;
}

/** Turns stored records into the JSON of the record service: references with `links`, `id`, `refName`; empty fields are left out. */
export class RecordRenderer {
  private readonly store: RecordStore;
  private readonly base: string;

  /** `base` is the address of the account as the caller knows it */
  constructor(store: RecordStore, base: string) {
    this.store = store;
    this.base = `${base}/services/rest/record/v1`;
  }

  href(type: string, id: string, ...rest: string[]): string {
    return [this.base, type, id, ...rest].join('/');
  }

  self(href: string): Link[] {
    return [{ rel: 'self', href }];
  }

  record(type: RecordType, record: StoredRecord, options: RenderOptions = {}): Record<string, unknown> {
    const wanted = (name: string): boolean => !options.fields || options.fields.has(name);
    const result: Record<string, unknown> = { links: this.self(this.href(type.name, record.id)) };
    Object.assign(result, this.values(type.fields, record.fields, wanted, options));
    if (record.externalId !== undefined && wanted('externalId')) result.externalId = record.externalId;
    if (wanted('id')) result.id = record.id;
    for (const name of Object.keys(type.sublists)) {
      if (!wanted(name)) continue;
      result[name] = options.expandSubResources
        ? this.sublist(type, record, name, options)
        : { links: this.self(this.href(type.name, record.id, name)) };
    }
    return result;
  }

  sublist(type: RecordType, record: StoredRecord, name: string, options: RenderOptions = {}): Record<string, unknown> {
    const lines = record.lines[name] ?? [];
    return {
      links: this.self(this.href(type.name, record.id, name)),
      count: lines.length,
      hasMore: false,
      items: lines.map((line) => this.line(type, record, name, line, options)),
      offset: 0,
      totalResults: lines.length,
    };
  }

  line(type: RecordType, record: StoredRecord, name: string, line: Line, options: RenderOptions = {}): Record<string, unknown> {
    const { fields: _selection, ...rest } = options;
    return {
      links: this.self(this.href(type.name, record.id, name, String(line.line))),
      ...this.values(type.sublists[name] ?? {}, line.fields, () => true, rest),
      line: line.line,
    };
  }

  /** What stands for a record where another refers to it. */
  refName(type: RecordType, record: StoredRecord): string {
    const name = record.fields[type.nameField];
    return name === undefined ? record.id : String(name);
  }

  private values(
    known: Fields,
    values: Record<string, Scalar>,
    wanted: (name: string) => boolean,
    options: RenderOptions,
  ): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(values)) {
      const field = Object.hasOwn(known, name) ? known[name] : undefined;
      if (!wanted(name)) continue;
      if (field) result[name] = this.value(field, value, options);
      else if (isCustomField(name)) result[name] = value;
    }
    return result;
  }

  private value(field: Field, value: Scalar, options: RenderOptions): unknown {
    switch (field.kind) {
      case 'duration':
        return clockTime(Number(value));
      case 'choice':
        return options.simpleEnumFormat ? value : { id: value, refName: field.options?.[String(value)] ?? value };
      case 'reference': {
        const found = this.store.find(field.to ?? [], String(value));
        if (!found) return { id: value };
        return {
          links: this.self(this.href(found.type.name, found.record.id)),
          id: value,
          refName: this.refName(found.type, found.record),
        };
      }
      default:
        return value;
    }
  }
}

function clockTime(minutes: number): string {
  const amount = Math.abs(minutes);
  return `${minutes < 0 ? '-' : ''}${Math.floor(amount / 60)}:${String(amount % 60).padStart(2, '0')}`;
}
