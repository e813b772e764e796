import { userError } from '../netsuite-error.ts';
import { invalidKey } from './subsidiaries.ts';
import type { StoredRecord } from '../state.ts';
import { type Rules, referred, requireField, setDefault, textOf, unusable, type Write } from './write.ts';

/** Auto-numbering is off in this account: a name that is not given is taken from the company's or person's. */
function nameFromFields({ record }: Write): void {
  const person = [record.fields.firstName, record.fields.lastName].filter((part) => part !== undefined).join(' ');
  setDefault(
    record,
    'entityId',
    record.fields.isPerson === true ? person || undefined : (textOf(record, 'companyName') ?? (person || undefined)),
  );
}

function currencyOfSubsidiary(write: Write): void {
  setDefault(write.record, 'currency', referred(write, 'subsidiary')?.fields.currency);
}

function active(write: Write): void {
  setDefault(write.record, 'isInactive', false);
}

/** The API is stricter with these than the forms: https://support.cloudextend.io 2761234. */
function requireReachable({ state, record }: Write): void {
  const phone = textOf(record, 'phone');
  if (phone !== undefined && phone !== '' && phone.replace(/\D/g, '').length < 7)
    throw userError(state, 'phoneShort', [], { path: 'phone' });
  const email = textOf(record, 'email');
  if (email !== undefined && email !== '' && !/^[^\s@]+@[^\s@.]+\.[^\s@]+$/.test(email)) {
    throw userError(state, 'emailInvalid', [], { path: 'email' });
  }
}

export const customerRules: Rules = {
  defaults(write) {
    active(write);
    setDefault(write.record, 'isPerson', false);
    nameFromFields(write);
    setDefault(write.record, 'subsidiary', referred(write, 'parent')?.fields.subsidiary);
    currencyOfSubsidiary(write);
    setDefault(write.record, 'entityStatus', '13');
  },
  check(write) {
    const person = write.record.fields.isPerson === true;
    const [field, label] = person ? (['lastName', 'Last Name'] as const) : (['companyName', 'Company Name'] as const);
    if (write.record.fields[field] === undefined && (person || write.record.fields.entityId === undefined)) {
      throw userError(write.state, 'mustEnter', [label]);
    }
    requireField(write, 'subsidiary', 'Primary Subsidiary');
    requireReachable(write);
  },
};

export const vendorRules: Rules = {
  defaults(write) {
    active(write);
    nameFromFields(write);
    currencyOfSubsidiary(write);
  },
  check: (write) => requireField(write, 'subsidiary', 'Primary Subsidiary'),
};

export const employeeRules: Rules = {
  defaults(write) {
    active(write);
    nameFromFields(write);
    currencyOfSubsidiary(write);
  },
  check(write) {
    requireField(write, 'entityId', 'Name');
    requireField(write, 'subsidiary', 'Subsidiary');
  },
};

/**
 * A customer is billed in the currencies on its record only: https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/bridgehead_N1398658.html
 * (that a project in another is refused is likely, not verified).
 */
function currenciesOf(customer: StoredRecord): Set<string | undefined> {
  const further = (customer.lines.currencyList ?? []).map((line) => String(line.fields.currency));
  return new Set([textOf(customer, 'currency'), ...further]);
}

export const jobRules: Rules = {
  defaults(write) {
    const { record } = write;
    active(write);
    setDefault(record, 'entityId', record.fields.companyName);
    setDefault(record, 'companyName', record.fields.entityId);
    const customer = referred(write, 'parent');
    setDefault(record, 'subsidiary', customer?.fields.subsidiary);
    setDefault(record, 'currency', customer?.fields.currency);
    currencyOfSubsidiary(write);
    setDefault(record, 'entityStatus', '2');
    setDefault(record, 'projectExpenseType', '-2');
    setDefault(record, 'allowTime', true);
    setDefault(record, 'allowExpenses', true);
  },
  check(write) {
    if (write.record.fields.entityId === undefined) throw userError(write.state, 'mustEnter', ['Project Name']);
    requireField(write, 'subsidiary', 'Subsidiary');
    const customer = referred(write, 'parent');
    const subsidiary = textOf(write.record, 'subsidiary') ?? '';
    if (customer && textOf(customer, 'subsidiary') !== subsidiary) throw invalidKey(write, 'customer', customer.id, subsidiary, 'parent');
    if (customer && !currenciesOf(customer).has(textOf(write.record, 'currency'))) throw unusable(write, 'currency');
  },
};
