/** A moment as the store keeps it, as reports have it. */
const moment = (epochMs: string) => `to_timestamp((${epochMs})::double precision / 1000)`;

/** The state of an engagement, without the character that PostgreSQL refuses in a text: names come from outside, and one must not hide all. */
const state = String.raw`regexp_replace(state, '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g')::json`;
const said = (name: string) => `said ->> '${name}'`;
const reached = (stage: string) => `${moment(`said -> 'reached' ->> '${stage}'`)} AS ${stage}_at`;
const amount = String.raw`CASE WHEN ${said('amount')} ~ '^-?\d+(\.\d+)?$' THEN (${said('amount')})::numeric END`;

const hours = 3_600_000;
const percent = 100;
/** Each KPI with its unit, so many of what is kept are one of it, and the figure by whose count it is a mean. */
const units: readonly (readonly [kpi: string, unit: string, keptPer: number, countedBy?: string])[] = [
  ['project_creation_cycle_time', 'hours', hours],
  ['project_setup_cycle_time', 'hours', hours],
  ['synchronisation_backlog', 'count', 1],
  ['time_posting_latency', 'hours', hours],
  ['expense_posting_latency', 'hours', hours],
  ['invoice_posting_latency', 'hours', hours],
  ['resource_assignment_freshness', 'hours', hours],
  ['billing_latency', 'hours', hours],
  ['reconciliation_exception_rate', 'percent', percent],
  ['utilization', 'percent', percent],
  ['utilization_reporting_accuracy', 'percent', percent],
  ['manual_touches', 'count', 1, 'ended_runs'],
  ['time_to_staff', 'hours', hours],
  ['invoice_disputes', 'count', 1],
  ['exception_resolution_time', 'hours', hours],
];
const values = units.map(([kpi, unit, keptPer, countedBy = kpi]) => `('${kpi}', '${unit}', ${keptPer}, '${countedBy}')`).join(', ');

/**
 * What reports may read of the store, as views with names of their own: the tables behind them are ours to change. No view has what an event says, or a
 * sentence of a failure. A view is changed by a migration, like a table.
 */
export const reportViews = `
  CREATE VIEW report_kpi_days AS
    SELECT u.kpi, u.unit, c.day::date AS day, c.flow, c.entity, c.region, c.practice,
      round(coalesce(f.sum, 0)::numeric / c.count / u.kept_per, 6) AS value, c.count,
      round(f.least::numeric / u.kept_per, 6) AS least, round(f.most::numeric / u.kept_per, 6) AS most
    FROM (VALUES ${values}) AS u (kpi, unit, kept_per, counted_by)
    JOIN figures c ON c.figure = u.counted_by AND c.count > 0
    LEFT JOIN figures f ON f.figure = u.kpi AND f.day = c.day AND f.flow = c.flow AND f.entity = c.entity AND f.region = c.region AND f.practice = c.practice;
  CREATE VIEW report_engagements AS
    SELECT code, ${said('client')} AS client, ${said('entity')} AS entity, ${amount} AS amount, ${said('currency')} AS currency, stage,
      ${['won', 'customer', 'project', 'planned', 'staffed', 'worked', 'billed', 'paid'].map(reached).join(', ')},
      ${moment('updated_at')} AS updated_at
    FROM (SELECT code, stage, updated_at, ${state} AS said FROM engagements) AS e;
  CREATE VIEW report_runs AS
    SELECT id, seq, flow, entry, status, severity, attempts, failure_class, ${moment('created_at')} AS created_at, ${moment('updated_at')} AS updated_at
    FROM runs;
  `;

/** How the values of each day and group are distributed: above the `up_to` of the row before, up to this one's; none = above all. What was measured before it was kept is in no row. */
export const distributionView = `
  CREATE VIEW report_kpi_distributions AS
    SELECT u.kpi, u.unit, f.day::date AS day, f.flow, f.entity, f.region, f.practice,
      round(nullif(e.part, 'above')::numeric / u.kept_per, 6) AS up_to, e.n::bigint AS count
    FROM (VALUES ${values}) AS u (kpi, unit, kept_per, counted_by)
    JOIN figures f ON f.figure = u.kpi
    CROSS JOIN LATERAL jsonb_each_text(f.spread) AS e (part, n);
  `;
