import { fail } from '../failure.ts';
import { nameFieldOf, OBJECTS } from '../schema/catalogue.ts';
import { describeBrief, describeGlobal, describeObject, SCHEMA_CHANGED } from '../schema/describe.ts';
import { renderRecord } from '../soql/path.ts';
import { httpDate, instantOf, parseDatetime, stamp } from '../store/time.ts';
import { type Call, type Handler, objectIn, type Reply } from './call.ts';
import { unchangedSince } from './records.ts';

/** Resource names that the version root lists. */
const RESOURCES = ['tooling', 'sobjects', 'query', 'queryAll', 'search', 'parameterizedSearch', 'limits', 'recent', 'composite', 'jobs'];

export const resources: Handler = (call) => {
  const base = `/services/data/v${call.version}`;
  const named = Object.fromEntries(RESOURCES.map((name) => [name, `${base}/${name}`]));
  return { status: 200, body: { ...named, identity: `${call.sim.url}/id/${call.sim.state.orgId}/${call.userId}` } };
};

/** Metadata answers 304 when the caller has seen it since it last changed. */
function conditional(call: Call, body: () => unknown): Reply {
  const headers = { 'Last-Modified': httpDate(SCHEMA_CHANGED), ETag: '"5c0ffee5"' };
  if (unchangedSince(call.headers['if-modified-since'], SCHEMA_CHANGED)) return { status: 304, headers };
  return { status: 200, body: body(), headers };
}

export const listObjects: Handler = (call) => conditional(call, () => describeGlobal(call.version));

export const describe: Handler = (call, type = '') => {
  const object = objectIn(type);
  return conditional(call, () => describeObject(object, call.version, call.sim.state, call.sim.url));
};

export const objectBasics: Handler = (call, type = '') => {
  const object = objectIn(type);
  const recent = call.work.records
    .all(object.name)
    .filter((row) => row['IsDeleted'] !== true)
    .slice(-10);
  const name = nameFieldOf(object);
  const fields = [object.fields[0], name].filter((field) => field !== undefined);
  return {
    status: 200,
    body: {
      objectDescribe: describeBrief(object, call.version),
      recentItems: recent.map((row) => renderRecord(call.version, object, row, fields)),
    },
  };
};

export const limits: Handler = (call) => ({
  status: 200,
  body: Object.fromEntries(
    Object.entries(call.sim.state.limits).map(([name, { Max, Used }]) => [name, { Max, Remaining: Math.max(0, Max - Used) }]),
  ),
});

export const recordCount: Handler = (call) => {
  const asked = call.query
    .get('sObjects')
    ?.split(',')
    .map((name) => name.trim().toLowerCase());
  const counted = OBJECTS.filter((object) => !asked || asked.includes(object.name.toLowerCase()));
  const sObjects = counted.map((object) => ({
    count: call.work.records.all(object.name).filter((row) => row['IsDeleted'] !== true).length,
    name: object.name,
  }));
  return { status: 200, body: { sObjects } };
};

export const recent: Handler = () => ({ status: 200, body: [] });

export const updated: Handler = (call, type = '') => {
  const object = objectIn(type);
  const { from, to } = window(call);
  const rows = call.work.records.all(object.name).filter((row) => {
    const at = String(row['SystemModstamp'] ?? '');
    return row['IsDeleted'] !== true && at >= from && at < to;
  });
  return { status: 200, body: { ids: rows.map((row) => row.Id), latestDateCovered: covered(call, to) } };
};

export const deleted: Handler = (call, type = '') => {
  const object = objectIn(type);
  const { from, to } = window(call);
  const rows = call.work.records.all(object.name).filter((row) => {
    const at = String(row['SystemModstamp'] ?? '');
    return row['IsDeleted'] === true && at >= from && at < to;
  });
  return {
    status: 200,
    body: {
      deletedRecords: rows.map((row) => ({ id: row.Id, deletedDate: row['SystemModstamp'] })),
      earliestDateAvailable: stamp(new Date(call.sim.clock.now().getTime() - 30 * 86_400_000)),
      latestDateCovered: covered(call, to),
    },
  };
};

const covered = (call: Call, to: string): string => {
  const now = stamp(call.sim.clock.now());
  return to < now ? to : now;
};

/** Start and end of a replication window: minutes, at least one apart, not older than 30 days (SOAP API, "getUpdated()"). */
function window(call: Call): { from: string; to: string } {
  const minute = (name: string): string => {
    const at = parseDatetime((call.query.get(name) ?? '').replace(/ (\d{2}:?\d{2})$/, '+$1'));
    if (!at) throw fail('INVALID_FIELD', `${name} is not a valid date`);
    return `${at.slice(0, 17)}00.000+0000`;
  };
  const from = minute('start');
  const to = minute('end');
  if (from >= to) throw fail('INVALID_REPLICATION_DATE', 'startDate before endDate by less than a minute');
  const age = call.sim.clock.now().getTime() - instantOf(from).getTime();
  if (age > 30 * 86_400_000) throw fail('INVALID_REPLICATION_DATE', 'startDate cannot be more than 30 days ago');
  return { from, to };
}
