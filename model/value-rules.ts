import { currencyDecimals } from './currency-decimals.ts';
import type { Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import type { Money } from './money.ts';

/** The parts of a JSON Schema that the rules read. */
interface SchemaPart {
  $ref?: string;
  type?: unknown;
  pattern?: string;
  properties?: Record<string, SchemaPart>;
  items?: SchemaPart;
  anyOf?: readonly SchemaPart[];
  $defs?: Record<string, SchemaPart>;
}

const currencyForm = '^[A-Z]{3}$';

/** Contracts and work outside these years are slips of the keyboard (0026 for 2026), and systems cut or move them without a word. */
const years = { first: 1900, last: 2199 };

interface MoneyKind {
  /** more decimals than the currency has */
  finer: boolean;
  /** less than zero */
  signed: boolean;
}

const moneyKinds = new Map<string, MoneyKind>([
  ['money', { finer: false, signed: false }],
  ['signedMoney', { finer: false, signed: true }],
  ['unitPrice', { finer: true, signed: false }],
]);

type Check = (value: unknown, field: string, issues: Issue[]) => void;

/**
 * What is wrong with the money, the currencies and the days of an object whose shape is right, wherever its schema has them: what a shape cannot
 * say, and what a system further on would round, refuse or take for another day. Made once for each schema, so that only what has a rule is walked.
 */
export function valueRules(schema: object): (value: unknown) => Issue[] {
  const root = schema as SchemaPart;
  const check = checkOf(root, root);
  return (value) => {
    const issues: Issue[] = [];
    check?.(value, '', issues);
    return issues;
  };
}

function checkOf(part: SchemaPart, root: SchemaPart): Check | undefined {
  const name = part.$ref?.slice('#/$defs/'.length);
  const kind = name === undefined ? undefined : moneyKinds.get(name);
  if (kind) return (value, field, issues) => moneyIssues(value as Money, field, kind, issues);
  if (name === 'calendarDate') return (value, field, issues) => dayIssues(String(value), field, issues);
  if (name !== undefined) return checkOf(root.$defs?.[name] ?? {}, root);
  if (part.pattern === currencyForm) return (value, field, issues) => currencyIssues(String(value), field, issues);
  // what may be unknown: null, which is walked past
  const known = part.anyOf?.find(({ type }) => type !== 'null');
  if (known) return checkOf(known, root);
  const item = part.items && checkOf(part.items, root);
  if (item) {
    return (value, field, issues) => {
      if (Array.isArray(value)) for (const [at, one] of value.entries()) item(one, `${field}[${at}]`, issues);
    };
  }
  const parts = Object.entries(part.properties ?? {}).flatMap(([key, child]) => {
    const check = checkOf(child, root);
    return check ? [{ key, check }] : [];
  });
  if (parts.length === 0) return undefined;
  return (value, field, issues) => {
    for (const { key, check } of parts) {
      const found = (value as Record<string, unknown>)[key];
      if (found !== undefined && found !== null) check(found, field ? `${field}.${key}` : key, issues);
    }
  };
}

function moneyIssues({ amount, currency }: Money, field: string, { finer, signed }: MoneyKind, issues: Issue[]): void {
  currencyIssues(currency, `${field}.currency`, issues);
  if (!signed && amount.startsWith('-') && /[1-9]/.test(amount)) {
    issues.push({
      field,
      value: `${amount} ${currency}`,
      ...inWords('MONEY_NEGATIVE', { field, amount, currency }),
    });
  }
  const digits = currencyDecimals(currency);
  if (finer || digits === undefined) return;
  const places = placesOf(amount);
  if (places > digits) {
    issues.push({
      field,
      value: `${amount} ${currency}`,
      ...(digits === 0
        ? inWords('MONEY_DECIMALS.whole', { field, amount, currency, places })
        : inWords('MONEY_DECIMALS', { field, amount, currency, places, digits })),
    });
  }
}

/** Decimals that count: `1.50` has one. */
function placesOf(amount: string): number {
  const fraction = amount.split('.')[1] ?? '';
  let places = fraction.length;
  while (places > 0 && fraction[places - 1] === '0') places--;
  return places;
}

function currencyIssues(currency: string, field: string, issues: Issue[]): void {
  if (currencyDecimals(currency) !== undefined) return;
  issues.push({
    field,
    value: currency,
    ...inWords('CURRENCY_NOT_ISO.field', { field, currency }),
  });
}

function dayIssues(day: string, field: string, issues: Issue[]): void {
  const year = Number(day.slice(0, 4));
  if (year >= years.first && year <= years.last) return;
  issues.push({
    field,
    value: day,
    ...inWords('DATE_YEAR', { field, year: day.slice(0, 4), first: years.first, last: years.last }),
  });
}
