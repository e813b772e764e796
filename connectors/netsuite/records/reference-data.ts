import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords, phrase } from '../../../model/failure-words.ts';
import type { Told } from '../../../model/failure-sentence.ts';
import { CachedRead } from '../../kit/cached-read.ts';
import { isReadRefused } from '../errors.ts';
import { column, literal, type Row, type SuiteQl } from '../wire/suiteql.ts';

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

/** people leave and addresses move: a stale employee would get another's time */
const maxAgeMs = 10 * 60_000;

/** Reads that change seldom: kept for some minutes, and read afresh once when something is not found. */
export class ReferenceData {
  private readonly serviceItem: string;
  private readonly subsidiaries: CachedRead<Map<string, Subsidiary>>;
  /** internal id by ISO 4217 code */
  private readonly currencies: CachedRead<Map<string, string>>;
  private readonly employees: CachedRead<Map<string, Employee[]>>;
  private readonly terms: CachedRead<Row[] | undefined>;
  private readonly item: CachedRead<string | undefined>;

  constructor(suiteQl: SuiteQl, serviceItem: string) {
    this.serviceItem = serviceItem;
    this.subsidiaries = new CachedRead(async () => {
      const rows = await suiteQl.all('SELECT id, externalid, name, currency FROM subsidiary WHERE externalid IS NOT NULL ORDER BY id');
      return new Map(rows.map((row) => [column(row, 'externalid'), subsidiaryOf(row)]));
    }, maxAgeMs);
    this.currencies = new CachedRead(async () => {
      const rows = await suiteQl.all('SELECT id, symbol FROM currency WHERE symbol IS NOT NULL ORDER BY id');
      return new Map(rows.map((row) => [column(row, 'symbol'), column(row, 'id')]));
    }, maxAgeMs);
    this.employees = new CachedRead(async () => {
      const rows = await suiteQl.all('SELECT id, email, subsidiary, isinactive FROM employee WHERE email IS NOT NULL ORDER BY id');
      const groups = Map.groupBy(rows, (row) => column(row, 'email').trim().toLowerCase());
      return new Map([...groups].map(([email, same]) => [email, same.map(employeeOf)]));
    }, maxAgeMs);
    this.item = new CachedRead(async () => {
      const rows = await suiteQl.all(`SELECT id FROM item WHERE externalid = ${literal(serviceItem)} ORDER BY id`);
      return rows[0]?.['id'];
    }, maxAgeMs);
    this.terms = new CachedRead(async () => {
      // the table is not open to every role; then the customer's own default terms hold
      return suiteQl.all('SELECT id, name FROM term ORDER BY id').catch(noneIfRefused);
    }, maxAgeMs);
  }

  /** The subsidiary of a legal entity code. */
  async subsidiary(code: string): Promise<Subsidiary> {
    const found = await findOrRefresh(this.subsidiaries, (all) => all.get(code));
    if (found) return found;
    const known = [...(await this.subsidiaries.get()).keys()].join(', ') || phrase('LEGAL_ENTITY_UNKNOWN.none-known');
    throw missing('legalEntity', code, inWords('LEGAL_ENTITY_UNKNOWN', { code, known }));
  }

  async subsidiaryById(id: string): Promise<Subsidiary | undefined> {
    return findOrRefresh(this.subsidiaries, (all) => [...all.values()].find((subsidiary) => subsidiary.id === id));
  }

  /** Codes of all legal entities that are known. */
  async knownEntities(): Promise<string[]> {
    return [...(await this.subsidiaries.get()).keys()];
  }

  /** Codes of all legal entities, read afresh. */
  async legalEntities(): Promise<string[]> {
    return [...(await this.subsidiaries.get(true)).keys()];
  }

  /** Internal id of a currency by its ISO 4217 code. */
  async currency(code: string): Promise<string> {
    const found = await findOrRefresh(this.currencies, (all) => all.get(code));
    if (found) return found;
    const known = [...(await this.currencies.get()).keys()].join(', ');
    throw missing('currency', code, inWords('CURRENCY_UNKNOWN', { code, known }));
  }

  /** ISO 4217 code of a currency's internal id. */
  async currencyCode(id: string): Promise<string | undefined> {
    return findOrRefresh(this.currencies, (all) => [...all].find(([, currencyId]) => currencyId === id)?.[0]);
  }

  /** Employees by e-mail address, whatever its case; those not found are looked for once more in fresh data. */
  async employeesByEmail(emails: Iterable<string>): Promise<Map<string, Employee[]>> {
    const known = await this.employees.get();
    return [...emails].every((email) => known.has(email.trim().toLowerCase())) ? known : this.employees.get(true);
  }

  /** The service item that time is posted with. */
  async serviceItemId(): Promise<string> {
    const id = await findOrRefresh(this.item, (item) => item);
    if (id !== undefined) return id;
    throw missing('item', this.serviceItem, inWords('SERVICE_ITEM_UNKNOWN', { externalId: this.serviceItem }));
  }

  /**
   * Payment terms by name (`NET30` finds `Net 30`), by the very name where several are so alike. `undefined`: there are none, or more than one;
   * `unseen`: the role may not read them.
   */
  async paymentTerms(name: string): Promise<string | 'unseen' | undefined> {
    const rows = await this.terms.get();
    // every account has some
    if (!rows || rows.length === 0) return 'unseen';
    const alike = rows.filter((row) => plain(row['name'] ?? '') === plain(name));
    const found = alike.length === 1 ? alike[0] : alike.find((row) => row['name'] === name);
    return found && column(found, 'id');
  }
}

/** For what can be done without: nothing, when NetSuite refuses to show it. Trouble that passes, and a lost sign-in, are thrown on. */
export function noneIfRefused(error: unknown): undefined {
  if (!Failure.is(error)) throw error;
  const refused = error.class === 'contract.drift' || (error.class === 'auth.denied' && error.status !== 401) || isReadRefused(error);
  if (!refused) throw error;
}

async function findOrRefresh<All, Found>(cached: CachedRead<All>, find: (all: All) => Found | undefined): Promise<Found | undefined> {
  return find(await cached.get()) ?? find(await cached.get(true));
}

function subsidiaryOf(row: Row): Subsidiary {
  return { id: column(row, 'id'), code: column(row, 'externalid'), name: row['name'] ?? '', currencyId: row['currency'] ?? '' };
}

/** Letters and digits of every script: without those of others, terms of 30 days would all be one. */
const plain = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

function employeeOf(row: Row): Employee {
  return {
    id: column(row, 'id'),
    ...(row['subsidiary'] ? { subsidiaryId: row['subsidiary'] } : {}),
    active: row['isinactive'] !== 'T',
  };
}

/** A business key that NetSuite does not know. */
export function missing(field: string, value: string, said: FailureText, about: { record?: Told } = {}): Failure {
  return new Failure({ class: 'mapping.missing', ...said, system: 'netsuite', field, value, outcome: 'not-made', ...about });
}
