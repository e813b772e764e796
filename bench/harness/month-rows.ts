/** A month of a group of firms, made up: who works where in which currency, what was approved, and what of it cannot be posted and why. */

/** ISO 4217, with the decimals of each. */
const currencies: readonly (readonly [code: string, decimals: number])[] = [
  ['EUR', 2],
  ['GBP', 2],
  ['USD', 2],
  ['CHF', 2],
  ['JPY', 0],
  ['SEK', 2],
  ['NOK', 2],
  ['DKK', 2],
  ['PLN', 2],
  ['CZK', 2],
  ['CAD', 2],
  ['AUD', 2],
];
export const monthCurrencies = currencies.map(([code, decimals]) => ({ code, decimals }));

const entityCount = 40;
const peopleEach = 10;
const projectsEach = 5;
/** One row in fifty cannot be posted. */
const badEvery = 50;
/** One expense in ten is spent on a project of another entity, in that one's currency. */
const foreignEvery = 10;
const rowsInASecond = 40;
const firstChange = Date.UTC(2026, 10, 1);
/** From here on the sources read. */
export const monthReadFrom = '2026-10-31';

export interface MadeUpPerson {
  id: string;
  email: string;
  entity: number;
  /** the ERP does not know them */
  unknown: boolean;
}
export interface MadeUpProject {
  id: string;
  code: string;
  story: string;
  taskCode: string;
  entity: number;
  inactive: boolean;
}

const padded = (number: number, digits: number) => String(number).padStart(digits, '0');

export const entities = Array.from({ length: entityCount }, (_, at) => ({
  code: `LE${padded(at + 1, 2)}`,
  currency: monthCurrencies[at % monthCurrencies.length]!,
}));

/** The last person of each entity is unknown to the ERP, its last project inactive there. */
export const people: MadeUpPerson[] = entities.flatMap((_, entity) =>
  Array.from({ length: peopleEach + 1 }, (__, at) => {
    const number = entity * (peopleEach + 1) + at + 1;
    return { id: String(1_000_000 + number), email: `person${number}@firm.example`, entity, unknown: at === peopleEach };
  }),
);
export const projects: MadeUpProject[] = entities.flatMap((_, entity) =>
  Array.from({ length: projectsEach + 1 }, (__, at) => {
    const number = entity * (projectsEach + 1) + at + 1;
    const code = `ENG-${padded(number, 4)}`;
    const ids = { id: String(2_000_000 + number), story: String(3_000_000 + number) };
    return { ...ids, code, taskCode: `${code}/P1/T1`, entity, inactive: at === projectsEach };
  }),
);

const person = (entity: number, at: number) => people[entity * (peopleEach + 1) + at]!;
const project = (entity: number, at: number) => projects[entity * (projectsEach + 1) + at]!;

/** What is wrong with a row, and the code by which its dead letter says so. */
type Flaw = 'person' | 'project' | 'period' | 'minutes' | 'currency' | 'category';
const codes: Record<Flaw, string> = {
  person: 'EMPLOYEE_UNKNOWN',
  project: 'PROJECT_INACTIVE',
  period: 'PERIOD_CLOSED',
  minutes: 'SCHEMA_MAXIMUM',
  currency: 'RATE_CURRENCY',
  category: 'EXPENSE_CATEGORY_UNKNOWN',
};
const timeFlaws: readonly Flaw[] = ['person', 'project', 'period', 'minutes', 'currency'];
const expenseFlaws: readonly Flaw[] = ['person', 'project', 'period', 'category'];

/** As the firm booked it. Amounts are whole numbers of the smallest unit. */
export interface MonthRow {
  kind: 'time' | 'expense';
  id: string;
  person: MadeUpPerson;
  project: MadeUpProject;
  day: string;
  currency: string;
  /** of time */
  minutes: number;
  /** rate of an hour, or what was spent */
  minor: number;
  category: string;
  updatedAt: string;
  /** code of the failure, where it cannot be posted */
  refusedWith?: string;
}

export function* monthTime(count: number): Generator<MonthRow> {
  for (let n = 0; n < count; n++) yield row('time', n, timeFlaws);
}

export function* monthExpenses(count: number): Generator<MonthRow> {
  for (let n = 0; n < count; n++) yield row('expense', n, expenseFlaws);
}

function row(kind: MonthRow['kind'], n: number, flaws: readonly Flaw[]): MonthRow {
  const flaw = n % badEvery === badEvery - 1 ? flaws[Math.floor(n / badEvery) % flaws.length] : undefined;
  const entity = n % entityCount;
  const foreign = kind === 'expense' && !flaw && Math.floor(n / entityCount) % foreignEvery === 3;
  const where = foreign ? (entity + 1) % entityCount : entity;
  const { currency } = entities[where]!;
  const round = Math.floor(n / entityCount);
  return {
    kind,
    id: String((kind === 'time' ? 4_000_000 : 5_000_000) + n),
    person: person(entity, flaw === 'person' ? peopleEach : round % peopleEach),
    project: project(where, flaw === 'project' ? projectsEach : round % projectsEach),
    day: `2026-${flaw === 'period' ? '09' : '10'}-${padded(1 + (n % 30), 2)}`,
    currency: flaw === 'currency' ? monthCurrencies.find(({ code }) => code !== currency.code)!.code : currency.code,
    minutes: flaw === 'minutes' ? 1_441 : 5 + (n % 475),
    minor: 9_950 + (n % 9_973),
    category: flaw === 'category' ? 'Marvels' : ['Travel', 'Meals', 'Other'][n % 3]!,
    updatedAt: new Date(firstChange + Math.floor(n / rowsInASecond) * 1_000).toISOString(),
    ...(flaw ? { refusedWith: codes[flaw] } : {}),
  };
}
