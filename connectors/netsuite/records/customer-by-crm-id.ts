import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import { anotherCrmId, bearsCrmId, crmMark, mentionsCrmId } from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import { called } from '../../../model/record-names.ts';
import type { NetSuiteApi } from '../wire.ts';
import { likeMark } from './like-mark.ts';
import { fieldText, referredId } from './record-field.ts';
import { column, type SuiteQl } from '../wire/suiteql.ts';

/**
 * All customers whose comments may bear a client's id in the CRM. The query finds whatever looks like it; which mark it is, and whose subsidiary's the
 * customer is, the record itself says.
 */
export async function customersByCrmId(
  { api, suiteQl }: { api: NetSuiteApi; suiteQl: SuiteQl },
  crmId: string,
  signal?: AbortSignal,
): Promise<JsonObject[]> {
  const rows = await suiteQl.all(`SELECT id, comments FROM customer WHERE comments LIKE ${likeMark(crmId)} ORDER BY id`, signal);
  const mayBe = rows
    .map((row) => ({ id: column(row, 'id'), comments: column(row, 'comments') }))
    .filter(({ comments }) => bearsCrmId(comments, crmId) || isNamedIn(comments, crmId));
  const read = await Promise.all(mayBe.map(({ id }) => api.read('customer', { id }, signal)));
  return read.filter((record) => record !== undefined);
}

/**
 * The one among them that is the client's for this subsidiary. Several, or a mark that a person has written into, are for a person to settle: the right
 * customer is not guessed, and no second one is made. One that was made inactive beside another was settled so.
 */
export function theClients(
  customers: readonly JsonObject[],
  { key, crmId, subsidiary }: { key: string; crmId: string; subsidiary: string },
): JsonObject | undefined {
  const here = customers.filter((customer) => (referredId(customer, 'subsidiary') ?? subsidiary) === subsidiary);
  const marked = here.filter((customer) => bearsCrmId(fieldText(customer, 'comments'), crmId));
  const active = marked.filter(isActive);
  const found = active.length > 0 ? active : marked;
  const [one, ...more] = found;
  if (more.length > 0) throw customerUnclear(key, crmId, found);
  if (one) return one;
  const named = here.filter((customer) => isActive(customer) && isNamedIn(fieldText(customer, 'comments') ?? '', crmId));
  if (named.length > 0) throw customerUnclear(key, crmId, named);
  return undefined;
}

/** A customer with a mark of its own is that client, whoever else is named beside. */
const isNamedIn = (comments: string, crmId: string) => anotherCrmId(comments, crmId) === undefined && mentionsCrmId(comments, crmId);
const isActive = (customer: JsonObject) => customer['isInactive'] !== true;

/** by name; the others are counted */
const mostNamed = 5;

function customerUnclear(key: string, crmId: string, customers: readonly JsonObject[]): Failure {
  const named = customers.slice(0, mostNamed).map((customer) =>
    phrase('CUSTOMER_UNCLEAR.one', {
      name: fieldText(customer, 'entityId') ?? fieldText(customer, 'companyName') ?? phrase('CUSTOMER_UNCLEAR.unnamed'),
      id: referredId(customer, 'id') ?? '',
    }),
  );
  const more = customers.length - named.length;
  const parts = more > 0 ? [...named, phrase('CUSTOMER_UNCLEAR.more', { more: { count: more } })] : named;
  const found = { join: 'LIST_AND', parts };
  const mark = crmMark(crmId);
  return new Failure({
    class: 'conflict.duplicate',
    ...(parts.length > 1
      ? inWords('CUSTOMER_UNCLEAR', { customers: found, mark, key })
      : inWords('CUSTOMER_UNCLEAR.within', { customer: found, mark, key })),
    system: 'netsuite',
    record: called.customer(key),
    field: 'comments',
    value: mark,
    outcome: 'not-made',
  });
}
