import { type EngagementState, stages } from '../../engine/store/engagements.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { decimalHours } from '../../model/minutes.ts';
import { plainText } from '../../model/plain-text.ts';
import { redact } from '../../model/redact.ts';
import { groupings, type KpiValue, lastDays } from '../kpis/kpi-values.ts';
import type { Engagement, RunRow } from './admin-api.generated.ts';
import { placesOf } from '../places.ts';
import { csvOfTable } from './csv.ts';
import { withWaits } from './board-routes.ts';
import { FileAnswer } from './file-answer.ts';
import { kpisOf } from './kpi-routes.ts';
import { parquetOf, parquetType } from './parquet.ts';
import { type Call, type Route, route } from './route.ts';
import { criteriaOf, criterion, type Listed } from './run-criteria.ts';
import { type Asked, asked, list, statusesAsked, statusesIn } from './run-routes.ts';
import { flag, object, oneOf, text, wholeNumber } from './schema.ts';
import type { Columns, Line, Table } from './table.ts';

/** Lines of one CSV file: a spreadsheet has a million at the most, a person reads fewer. Parquet is read by programs: it has all there are. */
const mostLines = 10_000;
const page = 500;

const file = object({
  csv: text('RFC 4180, in UTF-8; moments in UTC'),
  more: flag(`there are more than ${mostLines} lines: the newest are in it`),
});
const format = oneOf(
  ['csv', 'parquet'],
  `without it by \`Accept\`: ${parquetType}, or CSV in JSON. Parquet is a file with all lines, however many`,
);

/** What a person takes out of the console as a table, with persons masked for everybody: a file goes where no permission is asked for. */
export const exportRoutes: Route[] = [
  route('GET /exports/runs', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: 'Runs as CSV or Parquet, newest first.',
    query: object({}, { status: statusesAsked, ...criteriaOf('runs'), format }),
    answer: file,
    file: parquetType,
    handle: ({ parameters: { status, ...parameters }, ...call }) =>
      givenOut({ ...call, parameters }, 'runs', runs(call, 'runs', { ...parameters, ...(status ? { status: statusesIn(status) } : {}) })),
  }),
  route('GET /exports/dead-letters', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: 'Dead letters as CSV or Parquet, newest first.',
    query: object({}, { ...criteriaOf('dead-letters'), format }),
    answer: file,
    file: parquetType,
    handle: (call) => givenOut(call, 'dead-letters', runs(call, 'dead-letters', call.parameters)),
  }),
  route('GET /exports/board', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: 'Engagements as CSV or Parquet, told of last first.',
    query: object(
      {},
      { stage: oneOf(stages, 'those that have come so far, and no further'), search: text('part of code or client'), format },
    ),
    answer: file,
    file: parquetType,
    handle: (call) => givenOut(call, 'board', engagements(call)),
  }),
  route('GET /exports/kpis', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: 'Business figures as CSV or Parquet: of each the whole, its days and its groups.',
    query: object(
      {},
      {
        days: wholeNumber('the last so many, today in UTC among them', { minimum: 1, maximum: 366, default: 30 }),
        by: oneOf(groupings, 'what the groups are', { default: 'flow' }),
        format,
      },
    ),
    answer: file,
    file: parquetType,
    handle: (call) => givenOut(call, 'kpis', figures(call)),
  }),
];

/** The table as the caller wants it. */
async function givenOut(
  { parameters, accepts }: { parameters: { format?: 'csv' | 'parquet' } } & Pick<Call, 'accepts'>,
  name: string,
  { columns, pages }: Table,
): Promise<{ csv: string; more: boolean } | FileAnswer> {
  const wanted = parameters.format ?? (accepts(['application/json', parquetType]) === parquetType ? 'parquet' : 'csv');
  if (wanted === 'parquet') return new FileAnswer(parquetOf({ columns, pages }), { name: `${name}.parquet`, type: parquetType });
  const lines: Line[] = [];
  for await (const some of pages) {
    lines.push(...some);
    if (lines.length > mostLines) break;
  }
  return { csv: csvOfTable(columns, lines.slice(0, mostLines)), more: lines.length > mostLines };
}

/** Lines of the rows, page by page, as everybody may see them. */
async function* linesOf<Row>(pages: AsyncIterable<Row[]>, make: (rows: Row[]) => Line[] | Promise<Line[]>): AsyncGenerator<Line[]> {
  for await (const rows of pages) yield knownSecrets.withoutIn(await make(rows));
}

const ofRun = {
  ...{ at: 'moment', flow: 'text', id: 'text', client: 'text', class: 'text', code: 'text', system: 'text', record: 'text' },
  ...{ field: 'text', value: 'text', message: 'text', remedy: 'text', severity: 'text', attempts: 'whole', came: 'moment', run: 'text' },
  ...{ status: 'text', amount: 'decimal', currency: 'text', hours: 'decimal' },
} as const satisfies Columns;

function runs(call: Pick<Call, 'pack' | 'caller' | 'signal'>, listed: Listed, parameters: Omit<Asked, 'limit'>): Table {
  const nameOf = flowNames(call);
  const lineOf = (row: RunRow): Line => {
    const { event, about, failure, updatedAt, severity, attempts, createdAt, id, status } = redact(row) as RunRow;
    const { class: failureClass, code, system, record, field, value, message, remedy } = failure ?? {};
    const { client, amount, currency, minutes } = about;
    const said = { client, record, field, value, message, remedy, currency };
    return {
      ...{ at: updatedAt, flow: nameOf(row.flow), id: plainText(event.subject), class: failureClass, code, system, severity },
      ...Object.fromEntries(Object.entries(said).map(([name, one]) => [name, one === undefined ? undefined : plainText(one)])),
      ...{ attempts, came: createdAt, run: id, status, amount, hours: minutes === undefined ? undefined : decimalHours(minutes) },
    } satisfies { [column in keyof typeof ofRun]?: Line[string] };
  };
  async function* pages(): AsyncGenerator<RunRow[]> {
    for (let last: RunRow | undefined; ;) {
      const filter = asked(listed, { ...parameters, ...(last ? { before: last.seq } : {}), limit: page });
      const rows = await list(call, filter, criterion(listed, parameters));
      yield rows;
      last = rows.at(-1);
      if (rows.length < page) return;
    }
  }
  return { columns: ofRun, pages: linesOf(pages(), (rows) => rows.map(lineOf)) };
}

/** Tabs by the names that the analyst gave them; one that is gone by its id. */
function flowNames({ pack }: Pick<Call, 'pack'>): (flow: string) => string {
  const places = placesOf(pack.RED);
  return (flow) => places.get(flow)?.name ?? flow;
}

const ofEngagement: Columns = {
  ...{ code: 'text', client: 'text', entity: 'text', amount: 'decimal', currency: 'text', stage: 'text', updated: 'moment' },
  ...Object.fromEntries(stages.map((one) => [one, 'moment' as const])),
};

function engagements({ parameters: { stage, search }, ...call }: Call<'GET /exports/board'>): Table {
  const { store } = call.pack.engine;
  const filter = { ...(stage === undefined ? {} : { stage }), ...(search?.trim() ? { search: search.trim() } : {}), limit: page };
  const lineOf = ({ code, client, entity, amount, currency, stage: furthest, reached, updatedAt }: Engagement): Line => ({
    ...{ code: plainText(code), client: client === undefined ? undefined : plainText(client), entity, amount, currency },
    ...{ stage: furthest, updated: updatedAt, ...reached },
  });
  /** One that is told of meanwhile moves to the front, behind our back: the front is looked at again until nothing in it is new. */
  async function* pages(): AsyncGenerator<EngagementState[]> {
    const given = new Set<string>();
    for (let before = -1; before < given.size;) {
      before = given.size;
      for (let last: EngagementState | undefined; ;) {
        call.signal.throwIfAborted(); // nobody waits for the rest
        const rows = await store.engagements({ ...filter, ...(last ? { after: last } : {}) });
        const fresh = rows.filter(({ code }) => !given.has(code));
        for (const { code } of fresh) given.add(code);
        yield fresh;
        last = rows.at(-1);
        if (rows.length < page || fresh.length === 0) break;
      }
    }
  }
  return {
    columns: ofEngagement,
    pages: linesOf(pages(), async (rows) => (redact(await withWaits(call, rows)) as Engagement[]).map(lineOf)),
  };
}

const ofFigure = {
  ...{ name: 'text', unit: 'text', target: 'decimal', of: 'text', day: 'day', group: 'text', value: 'decimal', count: 'whole' },
  ...{ median: 'decimal', p90: 'decimal' },
} as const satisfies Columns;

interface FigureLine extends Pick<KpiValue, 'name' | 'unit' | 'target' | 'value' | 'count' | 'median' | 'p90'> {
  of: string;
  day?: string;
  group?: string;
}

function figures({ pack, parameters: { days, by } }: Call<'GET /exports/kpis'>): Table {
  const groupName = by === 'flow' ? flowNames({ pack }) : (group: string) => group;
  // by lines: of one figure with very many groups not all would be shown
  async function* pages(): AsyncGenerator<FigureLine[]> {
    const kpis = await kpisOf(pack, lastDays(days, pack.clock.now()), by);
    const lines = kpis.flatMap(({ name, unit, target, value, count, median, p90, days: ofDays, groups }): FigureLine[] => [
      { name, unit, target, of: 'all', value, count, median, p90 },
      ...ofDays.map((one) => ({ name, unit, target, of: 'day', ...one })),
      ...groups.map((one) => ({ name, unit, target, of: by, ...one })),
    ]);
    for (let at = 0; at < lines.length; at += page) yield lines.slice(at, at + page);
  }
  const named = ({ group, ...line }: FigureLine) => ({ ...line, ...(group === undefined ? {} : { group: groupName(group) }) });
  return { columns: ofFigure, pages: linesOf(pages(), (lines) => (redact(lines) as FigureLine[]).map(named)) };
}
