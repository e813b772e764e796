import { phrase } from '../../../model/failure-words.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import { CachedRead } from '../../kit/cached-read.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { incomplete, objectIn, objectsIn, textIn, unexpected } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import type { SalesforceRest } from '../wire.ts';

/** What a mapping or a query needs to know of one field. */
export interface FieldDescription {
  name: string;
  label: string;
  /** `string`, `currency`, `date`, `picklist`, `reference` … */
  type: string;
  custom: boolean;
  /** a formula or a roll-up: dear to read */
  calculated: boolean;
  createable: boolean;
  updateable: boolean;
  /** must be given when a record is created */
  required: boolean;
  externalId: boolean;
  /** as a key, letters of another case are others */
  caseSensitive: boolean;
  length: number;
  referenceTo: string[];
  relationshipName?: string;
  picklist: { value: string; label: string }[];
}

export interface ObjectDescription {
  name: string;
  label: string;
  fields: FieldDescription[];
  children: { relationshipName: string; sobject: string; field: string }[];
}

export interface ObjectSummary {
  name: string;
  label: string;
  custom: boolean;
  queryable: boolean;
  createable: boolean;
}

const keepMs = 10 * 60_000;

/** Descriptions of the org's objects, kept for ten minutes and fetched once however many ask. */
export class Descriptions {
  private readonly kept = new Map<string, CachedRead<ObjectDescription>>();
  private readonly rest: SalesforceRest;
  private readonly now: () => number;

  constructor(rest: SalesforceRest, now: () => number) {
    this.rest = rest;
    this.now = now;
  }

  /** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_describe.htm */
  of(sobject: string, signal: AbortSignal): Promise<ObjectDescription> {
    const kept = this.kept.get(sobject) ?? new CachedRead(() => this.read(sobject), keepMs, this.now);
    this.kept.set(sobject, kept);
    return unlessAborted(kept.get(), signal);
  }

  /** For all who ask meanwhile: it goes on when the first one gives up. */
  private async read(sobject: string): Promise<ObjectDescription> {
    const path = `sobjects/${encodeURIComponent(sobject)}/describe`;
    return parseDescription((await this.rest.get(path, undefined, new AbortController().signal)).body);
  }

  /** The org was changed: ask again. */
  forget(): void {
    this.kept.clear();
  }

  async list(signal: AbortSignal): Promise<ObjectSummary[]> {
    const answer = await this.rest.get('sobjects', undefined, signal);
    return objectsIn(objectIn(answer.body, askedFor.objects)['sobjects'], askedFor.objects).map((item) => ({
      name: String(item['name']),
      label: textIn(item['label']) ?? String(item['name']),
      custom: item['custom'] === true,
      queryable: item['queryable'] !== false,
      createable: item['createable'] !== false,
    }));
  }
}

/** A description without its fields or its child relationships is none: what it lacks would not be read, in silence. */
export function parseDescription(body: unknown): ObjectDescription {
  const object = objectIn(body, what);
  const name = nameIn(object, 'name');
  const fields = objectsIn(object['fields'], what).map(field);
  if (fields.length === 0) throw incomplete(what, phrase('ANSWER_INCOMPLETE.no-fields', { name }));
  return {
    name,
    label: textIn(object['label']) ?? name,
    fields,
    children: objectsIn(object['childRelationships'], what).flatMap((child) => {
      const relationshipName = textIn(child['relationshipName']);
      return relationshipName ? [{ relationshipName, sobject: nameIn(child, 'childSObject'), field: textIn(child['field']) ?? '' }] : [];
    }),
  };
}

const what = askedFor.description;

function nameIn(item: JsonObject, member: string): string {
  const name = textIn(item[member]);
  if (name) return name;
  throw unexpected(what, phrase('ANSWER_SHAPE.everything-with', { member }), item[member]);
}

function field(item: JsonObject): FieldDescription {
  const relationshipName = textIn(item['relationshipName']);
  return {
    name: nameIn(item, 'name'),
    label: textIn(item['label']) ?? String(item['name']),
    type: nameIn(item, 'type'),
    custom: item['custom'] === true,
    calculated: item['calculated'] === true,
    createable: item['createable'] === true,
    updateable: item['updateable'] === true,
    required: item['createable'] === true && item['nillable'] === false && item['defaultedOnCreate'] !== true,
    externalId: item['externalId'] === true,
    caseSensitive: item['caseSensitive'] === true,
    length: outsideNumber(item['length'], { least: 0, most: 1e9, whole: true }) ?? 0,
    referenceTo: texts(item['referenceTo']),
    ...(relationshipName ? { relationshipName } : {}),
    picklist: objectsIn(item['picklistValues'] ?? [], what)
      .filter((entry) => entry['active'] !== false)
      .map((entry) => ({ value: String(entry['value']), label: textIn(entry['label']) ?? String(entry['value']) })),
  };
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
