import { crmIdIn } from '../../../model/found-record.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { outsideInstant } from '../../../model/outside-number.ts';
import { fieldText, isEmpty } from '../records/record-field.ts';

/** The customer that a client is for one legal entity. */
export interface CustomerOfEntity {
  record: JsonObject;
  legalEntity: string;
  /** ISO 4217, its main one */
  currency?: string;
}

/** A client as its customers say it, and of which state. */
export interface ClientState {
  account: JsonObject;
  /** the newest stamp, in UTC */
  at: string;
}

/**
 * The client as canonical `account`, version 1. A field in which its customers do not agree is left out, and stands with each legal entity: none of
 * them is the client's. Inactive customers bill nothing and have no say. Private persons are not told: the contract has no field for a person's name that would be masked.
 *
 * @param fields of a customer that this account and role have; what is not among them is not empty, but not to be seen
 */
export function accountOf(code: string, customers: readonly CustomerOfEntity[], fields: ReadonlySet<string>): ClientState | undefined {
  const stamps = customers.flatMap(({ record }) => outsideInstant(record['lastModifiedDate']) ?? []);
  if (customers.length === 0 || stamps.length < customers.length || customers.some(({ record }) => record['isPerson'] === true))
    return undefined;
  const active = customers.filter(({ record }) => record['isInactive'] !== true);
  const saying = active.length > 0 ? active : customers;
  const said = (value: (record: JsonObject) => Json | undefined): Json | undefined => {
    const [first, ...others] = saying.map(({ record }) => value(record));
    return others.every((other) => other === first) ? first : undefined;
  };
  const own = said((record) => crmIdIn(fieldText(record, 'comments')));
  const name = said((record) => fieldText(record, 'companyName'));
  const currency = saying.every((one) => one.currency === saying[0]?.currency) ? saying[0]?.currency : undefined;
  const of = valuesOf(fields);
  const account = given({
    ...(own === undefined ? {} : { id: own }),
    code,
    name: name ?? fieldText(saying[0]!.record, 'companyName') ?? code,
    legalName: name,
    ...Object.fromEntries(Object.entries(of).map(([field, value]) => [field, said(value)])),
    currency,
    entities: active.map((one) => {
      const { taxId, paymentTerms, creditHold } = of;
      const each = { taxId: taxId(one.record), paymentTerms: paymentTerms(one.record), creditHold: creditHold(one.record) };
      return given({ legalEntity: one.legalEntity, currency: one.currency ?? null, ...each });
    }),
  });
  return { account, at: new Date(Math.max(...stamps)).toISOString() };
}

/** Of each field what a record says: `null` = nothing stands there, `undefined` = nobody can tell. */
function valuesOf(fields: ReadonlySet<string>) {
  const text = (name: string) => (record: JsonObject) => fieldText(record, name) ?? (fields.has(name) ? null : undefined);
  return {
    taxId: text('vatRegNumber'),
    email: text('email'),
    phone: text('phone'),
    paymentTerms: (record: JsonObject) => {
      const terms = record['terms'];
      if (isEmpty(terms)) return fields.has('terms') ? null : undefined;
      return isObject(terms) ? fieldText(terms, 'refName') : undefined;
    },
    creditHold: (record: JsonObject) => holds[String((record['creditHoldOverride'] as JsonObject | undefined)?.['id'])],
  };
}

/** SuiteTalk, `CustomerCreditHoldOverride`. */
const holds: Readonly<Partial<Record<string, string>>> = { AUTO: 'auto', ON: 'on', OFF: 'off' };

const given = (values: JsonObject): JsonObject => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
