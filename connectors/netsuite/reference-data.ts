import { Failure } from '../../model/failure.ts';
import { column, literal, type Row, type SuiteQl } from './suiteql.ts';

/** A legal entity of the firm: its code is the external id of the subsidiary. */
export interface Subsidiary {
  id: string;
  code: string;
  name: string;
  currencyId: string;
}

export interface Employee {
  id: string;
  subsidiaryId?: string;
  active: boolean;
}

/** Reads that change seldom: kept, and read afresh once when something is not found. */
export class ReferenceData {
  private readonly suiteQl: SuiteQl;
  private readonly serviceItem: string;
  private subsidiaries: Promise<Map<string, Subsidiary>> | undefined;
  private currencies: Promise<Map<string, string>> | undefined;
  private employees: Promise<Map<string, Employee[]>> | undefined;
  private terms: Promise<Map<string, string>> | undefined;
  private item: Promise<string | undefined> | undefined;

  constructor(suiteQl: SuiteQl, serviceItem: string) {
    this.suiteQl = suiteQl;
    this.serviceItem = serviceItem;
  }

  /** The subsidiary of a legal entity code. */
  async subsidiary(code: string): Promise<Subsidiary> {
    const found = (await this.subsidiariesByCode()).get(code) ?? (await this.subsidiariesByCode(true)).get(code);
    if (found) return found;
    const known = [...(await this.subsidiariesByCode()).keys()].join(', ');
    throw missing('LEGAL_ENTITY_UNKNOWN', 'legalEntity', code, `Legal entity ${code} is not a subsidiary in NetSuite.`, {
      remedy: `Use one of ${known || '(no subsidiary has an external id)'}, or set External ID ${code} on the subsidiary in NetSuite.`,
    });
  }

  async subsidiariesByCode(refresh = false): Promise<Map<string, Subsidiary>> {
    if (refresh) this.subsidiaries = undefined;
    this.subsidiaries ??= keep(
      this.suiteQl
        .all('SELECT id, externalid, name, currency FROM subsidiary WHERE externalid IS NOT NULL ORDER BY id')
        .then(
          (rows) =>
            new Map(
              rows.map((row): [string, Subsidiary] => [
                column(row, 'externalid'),
                { id: column(row, 'id'), code: column(row, 'externalid'), name: row['name'] ?? '', currencyId: row['currency'] ?? '' },
              ]),
            ),
        ),
      () => {
        this.subsidiaries = undefined;
      },
    );
    return this.subsidiaries;
  }

  /** Internal id of a currency by its ISO 4217 code. */
  async currency(code: string): Promise<string> {
    const found = (await this.currenciesByCode()).get(code) ?? (await this.currenciesByCode(true)).get(code);
    if (found) return found;
    const known = [...(await this.currenciesByCode()).keys()].join(', ');
    throw missing('CURRENCY_UNKNOWN', 'currency', code, `Currency ${code} is not set up in NetSuite.`, {
      remedy: `Use one of ${known}, or add ${code} under Lists > Accounting > Currencies.`,
    });
  }

  /** ISO 4217 code of a currency's internal id. */
  async currencyCode(id: string): Promise<string | undefined> {
    const codeIn = (currencies: Map<string, string>) => [...currencies].find(([, currencyId]) => currencyId === id)?.[0];
    return codeIn(await this.currenciesByCode()) ?? codeIn(await this.currenciesByCode(true));
  }

  private async currenciesByCode(refresh = false): Promise<Map<string, string>> {
    if (refresh) this.currencies = undefined;
    this.currencies ??= keep(
      this.suiteQl
        .all('SELECT id, symbol FROM currency ORDER BY id')
        .then((rows) => new Map(rows.flatMap((row): [string, string][] => (row['symbol'] ? [[row['symbol'], column(row, 'id')]] : [])))),
      () => {
        this.currencies = undefined;
      },
    );
    return this.currencies;
  }

  /** Employees by e-mail address, whatever its case; those not found are looked for once more in fresh data. */
  async employeesByEmail(emails: Iterable<string>): Promise<Map<string, Employee[]>> {
    const known = await this.loadEmployees();
    return [...emails].every((email) => known.has(email.toLowerCase())) ? known : this.loadEmployees(true);
  }

  private async loadEmployees(refresh = false): Promise<Map<string, Employee[]>> {
    if (refresh) this.employees = undefined;
    this.employees ??= keep(
      this.suiteQl
        .all('SELECT id, email, subsidiary, isinactive FROM employee WHERE email IS NOT NULL ORDER BY id')
        .then((rows) => Map.groupBy(rows, (row) => column(row, 'email').trim().toLowerCase()))
        .then((groups) => new Map([...groups].map(([email, rows]): [string, Employee[]] => [email, rows.map(employeeOf)]))),
      () => {
        this.employees = undefined;
      },
    );
    return this.employees;
  }

  /** The service item that time is posted with. */
  async serviceItemId(): Promise<string> {
    this.item ??= keep(
      this.suiteQl.all(`SELECT id FROM item WHERE externalid = ${literal(this.serviceItem)} ORDER BY id`).then((rows) => rows[0]?.['id']),
      () => {
        this.item = undefined;
      },
    );
    const id = await this.item;
    if (id !== undefined) return id;
    this.item = undefined;
    throw missing(
      'SERVICE_ITEM_UNKNOWN',
      'item',
      this.serviceItem,
      `NetSuite has no service item with the external id ${this.serviceItem}.`,
      {
        remedy: 'Set the external id on the service item in NetSuite, or enter another service item in the connection.',
      },
    );
  }

  /** Payment terms by name (`NET30` finds `Net 30`); `undefined` when there are none or the role may not read them. */
  async paymentTerms(name: string): Promise<string | undefined> {
    this.terms ??= keep(
      this.suiteQl
        .all('SELECT id, name FROM term ORDER BY id')
        .then((rows) => new Map(rows.map((row): [string, string] => [plain(row['name'] ?? ''), column(row, 'id')])))
        .catch((error: unknown) => {
          if (Failure.is(error) && error.class === 'contract.drift') return new Map<string, string>();
          throw error;
        }),
      () => {
        this.terms = undefined;
      },
    );
    return (await this.terms).get(plain(name));
  }
}

/** What is read is kept; a failure is not. */
function keep<T>(reading: Promise<T>, forget: () => void): Promise<T> {
  reading.catch(forget);
  return reading;
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function employeeOf(row: Row): Employee {
  return {
    id: column(row, 'id'),
    ...(row['subsidiary'] ? { subsidiaryId: row['subsidiary'] } : {}),
    active: row['isinactive'] !== 'T',
  };
}

/** A business key that NetSuite does not know. */
export function missing(code: string, field: string, value: string, message: string, more: { remedy: string; record?: string }): Failure {
  return new Failure({ class: 'mapping.missing', code, message, system: 'netsuite', field, value, outcome: 'not-made', ...more });
}
