import { phrase } from '../../../model/failure-words.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import type { Told } from '../../../model/failure-sentence.ts';
import { withId } from '../../../model/record-names.ts';
import { incomplete } from '../../http/whole-list.ts';

/** Id of the record that a field refers to: `{"id": "12", "refName": "Acme"}`; choices have the same form. */
export function referredId(record: JsonObject, field: string): string | undefined {
  const value = record[field];
  const id = isObject(value) ? value['id'] : value;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** How a person knows it: `Acme (id 12)`. */
export function referredName(record: JsonObject, field: string): Told {
  const value = record[field];
  const name = isObject(value) ? textOf(value['refName']) : undefined;
  const id = referredId(record, field) ?? '';
  return name ? withId(id, name) : id;
}

/** A field as text; `undefined` when it is empty or left out. */
export function fieldText(record: JsonObject, field: string): string | undefined {
  return textOf(record[field]);
}

/** The lines of a sublist that was read expanded. One of which only a part came, or its address, is not taken for what there is. */
export function linesOf(record: JsonObject, sublist: string): JsonObject[] {
  const list = record[sublist];
  if (!isObject(list)) return [];
  const { items, hasMore, totalResults } = list;
  if (!Array.isArray(items)) throw incomplete('netsuite', sublist, phrase('LIST_INCOMPLETE.no-rows'));
  const total = outsideNumber(totalResults, { least: 0, most: 1e9, whole: true }) ?? items.length;
  if (hasMore === true || items.length < total)
    throw incomplete('netsuite', sublist, phrase('LIST_INCOMPLETE.part', { rows: items.length }));
  return items.filter(isObject);
}

export const isEmpty = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** What a field holds, or the id of the record that it refers to. */
export const textOrId = (record: JsonObject, field: string): string | undefined =>
  typeof record[field] === 'object' ? referredId(record, field) : fieldText(record, field);
