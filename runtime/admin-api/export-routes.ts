import { type EngagementState, stages } from '../../engine/store/engagements.ts';
import { plainText } from '../../model/plain-text.ts';
import { redact } from '../../model/redact.ts';
import { groupings, type KpiValue, lastDays } from '../kpis/kpi-values.ts';
import type { Engagement, RunRow } from './admin-api.generated.ts';
import { placesOf } from '../places.ts';
import { csvText } from './csv.ts';
import { withWaits } from './board-routes.ts';
import { criteriaOfStore, criterion, deadLetterCriteria } from './dead-letter-criteria.ts';
import { kpisOf } from './kpi-routes.ts';
import { type Call, type Route, route } from './route.ts';
import { list } from './run-routes.ts';
import { flag, object, oneOf, text, wholeNumber } from './schema.ts';

/** Lines of one file: a spreadsheet has a million at the most, a person reads fewer. */
const mostLines = 10_000;
const page = 500;

const file = object({
  csv: text('RFC 4180, in UTF-8; moments in UTC'),
  more: flag(`there are more than ${mostLines} lines: the newest are in it`),
});

/** What a person takes out of the console as a table, with persons masked for everybody: a file goes where no permission is asked for. */
export const exportRoutes: Route[] = [
  route('GET /exports/dead-letters', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: 'Dead letters as CSV, newest first.',
    query: object({}, { flow: text('tab id'), search: text('part of the business id'), ...deadLetterCriteria }),
    answer: file,
    handle: deadLetters,
  }),
  route('GET /exports/board', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: 'Engagements as CSV, told of last first.',
    query: object({}, { stage: oneOf(stages, 'those that have come so far, and no further'), search: text('part of code or client') }),
    answer: file,
    handle: engagements,
  }),
  route('GET /exports/kpis', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: 'Business figures as CSV: of each the whole, its days and its groups.',
    query: object(
      {},
      {
        days: wholeNumber('the last so many, today in UTC among them', { minimum: 1, maximum: 366, default: 30 }),
        by: oneOf(groupings, 'what the groups are', { default: 'flow' }),
      },
    ),
    answer: file,
    handle: async ({ pack, parameters: { days, by } }) => {
      const groupName = by === 'flow' ? flowNames({ pack }) : (group: string) => group;
      const kpis = redact(await kpisOf(pack, lastDays(days, pack.clock.now()), by)) as KpiValue[];
      const rows = kpis.flatMap(({ name, unit, target, value, count, days: ofDays, groups }) => [
        { name, unit, target, of: 'all', value, count },
        ...ofDays.map((one) => ({ name, unit, target, of: 'day', day: one.day, value: one.value, count: one.count })),
        ...groups.map((one) => ({ name, unit, target, of: by, group: groupName(one.group), value: one.value, count: one.count })),
      ]);
      return { csv: csvText(['name', 'unit', 'target', 'of', 'day', 'group', 'value', 'count'], rows), more: false };
    },
  }),
];

const moment = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

/** Page by page, so that everybody else has their turns: until there are no more, or enough. */
async function linesOf<Row, Line>(
  read: (last: Row | undefined) => Promise<Row[]>,
  make: (rows: Row[]) => Line[] | Promise<Line[]>,
): Promise<{ lines: Line[]; more: boolean }> {
  const lines: Line[] = [];
  for (let last: Row | undefined; lines.length <= mostLines;) {
    const rows = await read(last);
    lines.push(...(await make(rows)));
    last = rows.at(-1);
    if (rows.length < page) break;
  }
  return { lines: lines.slice(0, mostLines), more: lines.length > mostLines };
}

const ofDeadLetter = ['at', 'flow', 'id', 'client', 'class', 'code', 'system', 'record', 'field', 'value', 'message', 'remedy'] as const;

async function deadLetters({ parameters: { flow, search, ...criteria }, ...call }: Call<'GET /exports/dead-letters'>) {
  const filter = {
    ...(flow === undefined ? {} : { flow }),
    ...(search === undefined ? {} : { search }),
    ...{ ...criteriaOfStore(criteria), status: ['dead' as const], limit: page },
  };
  const nameOf = flowNames(call);
  const lineOf = (row: RunRow) => {
    const { event, about, failure, updatedAt, severity, attempts, createdAt, id } = redact(row) as RunRow;
    const { class: failureClass, code, system, record, field, value, message, remedy } = failure ?? {};
    const said = { client: about.client, record, field, value, message, remedy };
    return {
      ...{ at: moment(updatedAt), flow: nameOf(row.flow), id: plainText(event.subject), class: failureClass, code, system, severity },
      ...Object.fromEntries(Object.entries(said).map(([name, one]) => [name, one === undefined ? '' : plainText(one)])),
      ...{ attempts, came: moment(createdAt), run: id },
    };
  };
  const { lines, more } = await linesOf(
    (last: RunRow | undefined) => list(call, { ...filter, ...(last ? { before: last.seq } : {}) }, criterion(criteria)),
    (rows) => rows.map(lineOf),
  );
  return { csv: csvText([...ofDeadLetter, 'severity', 'attempts', 'came', 'run'], lines), more };
}

/** Tabs by the names that the analyst gave them; one that is gone by its id. */
function flowNames({ pack }: Pick<Call, 'pack'>): (flow: string) => string {
  const places = placesOf(pack.RED);
  return (flow) => places.get(flow)?.name ?? flow;
}

async function engagements({ parameters: { stage, search }, ...call }: Call<'GET /exports/board'>) {
  const { store } = call.pack.engine;
  const filter = { ...(stage === undefined ? {} : { stage }), ...(search?.trim() ? { search: search.trim() } : {}), limit: page };
  const lineOf = ({ code, client = '', entity, amount, currency, stage: furthest, reached, updatedAt }: Engagement) => ({
    ...{ code: plainText(code), client: plainText(client), entity, amount, currency, stage: furthest, updated: moment(updatedAt) },
    ...Object.fromEntries(stages.map((one) => [one, moment(reached[one])])),
  });
  const { lines, more } = await linesOf(
    (last: EngagementState | undefined) => {
      call.signal.throwIfAborted(); // nobody waits for the rest
      return store.engagements({ ...filter, ...(last ? { after: last } : {}) });
    },
    async (rows) => (redact(await withWaits(call, rows)) as Engagement[]).map(lineOf),
  );
  return { csv: csvText(['code', 'client', 'entity', 'amount', 'currency', 'stage', 'updated', ...stages], lines), more };
}
