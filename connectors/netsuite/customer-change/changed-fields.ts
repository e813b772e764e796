import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { CustomerChange } from '../../../model/operations.ts';
import type { ChangedFields } from '../../kit/change-record.ts';
import { isEmpty } from '../records/record-field.ts';

/** `companyName` is the legal name by NetSuite's own field help, as where the customer is made; a client without one has its name there. */
export const companyNameOf = ({ name, legalName }: CustomerChange['fields']): string | undefined => legalName ?? name;

/** SuiteTalk, `CustomerCreditHoldOverride`. */
const holds = { auto: 'AUTO', on: 'ON', off: 'OFF' } as const;

/** What is said, in the fields of a customer: each as it is there, and as it shall be. Of what is not said there is nothing. */
export function changedFields(there: JsonObject, said: CustomerChange['fields'], terms: string | undefined): ChangedFields {
  const { taxId, email, phone, paymentTerms, creditHold } = said;
  const wanted: Record<string, Json | undefined> = {
    companyName: companyNameOf(said),
    vatRegNumber: taxId,
    email,
    phone,
    terms: paymentTerms === null ? null : terms === undefined ? undefined : { id: terms },
    creditHoldOverride: creditHold && { id: holds[creditHold] },
  };
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([field, set]) => (set === undefined ? [] : [[field, { was: asSent(there[field]), set }]])),
  );
}

/** As it would be written again: of a reference its id. */
function asSent(value: Json | undefined): Json {
  if (value === undefined || isEmpty(value)) return null;
  return isObject(value) ? { id: value['id'] ?? null } : value;
}
