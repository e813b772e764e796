import { inWords, phrase } from '../../../model/failure-words.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { CachedRead } from '../../kit/cached-read.ts';
import { column, type Row, type SuiteQl } from '../wire/suiteql.ts';
import { missing, type Subsidiary } from './reference-data.ts';

const maxAgeMs = 10 * 60_000;

/** What expenses are booked by: categories and tax codes, kept for some minutes and read afresh once when one is not found. */
export class ExpenseLists {
  private readonly categories: CachedRead<Row[]>;
  private readonly taxCodes: CachedRead<Row[]>;

  constructor(suiteQl: SuiteQl) {
    this.categories = new CachedRead(
      () => suiteQl.all("SELECT id, externalid, name FROM expensecategory WHERE isinactive = 'F' ORDER BY id"),
      maxAgeMs,
    );
    this.taxCodes = new CachedRead(
      () => suiteQl.all("SELECT id, externalid, itemid, subsidiary FROM salestaxitem WHERE isinactive = 'F' ORDER BY id"),
      maxAgeMs,
    );
  }

  /** By its external id, else by its name, whatever the case; two of one name are none. */
  async category({ category }: Expense): Promise<string> {
    const named = (rows: Row[]) => {
      const byId = rows.filter((row) => row['externalid'] === category);
      const alike = byId.length > 0 ? byId : rows.filter((row) => folded(row['name']) === folded(category));
      return alike.length === 1 ? alike[0] : undefined;
    };
    const found = named(await this.categories.get()) ?? named(await this.categories.get(true));
    if (found) return column(found, 'id');
    const known = listed(await this.categories.get(), 'name');
    throw missing('category', category, inWords('EXPENSE_CATEGORY_UNKNOWN', { category, known }));
  }

  /** Of the legal entity: by its external id, else by its own code. */
  async taxCode(code: string, entity: Subsidiary): Promise<string> {
    const ofEntity = (rows: Row[]) => rows.filter((row) => row['subsidiary'] === undefined || row['subsidiary'] === entity.id);
    const named = (rows: Row[]) => {
      const alike = ofEntity(rows).filter((row) => row['externalid'] === code || row['itemid'] === code);
      return alike.length === 1 ? alike[0] : undefined;
    };
    const found = named(await this.taxCodes.get()) ?? named(await this.taxCodes.get(true));
    if (found) return column(found, 'id');
    const known = listed(ofEntity(await this.taxCodes.get()), 'externalid', 'itemid');
    throw missing('tax.code', code, inWords('TAX_CODE_UNKNOWN', { code, entity: entity.code, known }));
  }
}

const folded = (name: string | undefined) => name?.normalize('NFC').trim().toLowerCase();

function listed(rows: Row[], ...names: string[]) {
  const all = rows.flatMap((row) => names.map((name) => row[name]).find((value) => value !== undefined) ?? []);
  return all.slice(0, 30).join(', ') || phrase('EXPENSE_LIST.none');
}
