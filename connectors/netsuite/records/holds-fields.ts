import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { sameNumber } from '../erp-project-create/examine-project.ts';
import { isEmpty, linesOf, textOrId } from './record-field.ts';

/** Does a record hold what was or would be written into it: each field, and of a sublist these lines in this order, and no others? */
export function holdsFields(there: JsonObject, written: JsonObject): boolean {
  return Object.entries(written).every(([field, value]) => {
    if (!isObject(value) || !Array.isArray(value['items'])) return holds(there, field, value ?? null);
    const wanted = value['items'].filter(isObject);
    const lines = linesOf(there, field);
    return lines.length === wanted.length && wanted.every((line, index) => holdsFields(lines[index]!, line as JsonObject));
  });
}

function holds(there: JsonObject, field: string, value: Json): boolean {
  // a box that was never checked is left out of some answers
  if (isEmpty(value) || value === false) return isEmpty(there[field]) || there[field] === false;
  if (typeof value === 'boolean') return there[field] === value;
  const [has, wanted] = [plainText(textOrId(there, field)), plainText(textOrId({ [field]: value }, field))];
  return has === wanted || (has !== undefined && wanted !== undefined && typeof value === 'number' && sameNumber(has, wanted));
}

/** Line ends and blanks at the ends are NetSuite's to change. */
const plainText = (text: string | undefined) => text?.replace(/\r\n?/g, '\n').trim();
