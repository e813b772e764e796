import { typedConfig } from '../../../declarations/typed-config.ts';
import { dayOf } from '../../../engine/store/measurements.ts';
import type { Run } from '../../../engine/store/runs.ts';
import type { CalendarDate } from '../../../model/calendar-date.ts';
import { isCrosswalkName } from '../../../model/crosswalk-entry.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { ownersIn } from '../../../model/owners.ts';
import { shorten } from '../../../model/shorten.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { keptValue } from '../../../runtime/message-parts.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import declaration from './declaration.ts';
import { recordDigests } from './digests.ts';
import { type KeptOwners, keptOwners } from './kept-owners.ts';
import { type FieldLeftOut, leftOut } from './left-out.ts';

export default actionNode(declaration, (base) => {
  const { system, object, keep: along, pass, others, ownersFrom, told } = typedConfig(declaration, base.config);
  for (const [field, value] of Object.entries({ system, object })) if (value === '') throw incomplete(field, base.words(`label.${field}`));
  const isKept = ownersFrom === 'table';
  for (const [field, name] of isKept ? Object.entries({ system, object, told }) : [])
    if (!isCrosswalkName(name) && !(name === '*' && field === 'told')) throw unnamed(field, base.words(`label.${field}`), name);
  const written = isKept ? undefined : ownersIn(String(base.config['owners']));
  const keep = new Set(along.split(',').map((name) => name.trim()));
  const [keyOf, isForgotten] = [messageValue(base, 'key'), messageValue(base, 'forget')];
  const { store, clock } = base.pack.engine;

  return async (message, { active }) => {
    const key = await keyOf(message);
    if (typeof key !== 'string' || key.trim() === '') throw wrongInput('key', key, inWords('INPUT_WRONG.record-key'));
    const digests = await recordDigests(store, object, key);
    const about = { object, key, system, ...(isKept ? { told } : {}) };
    if ((await isForgotten(message)) === true) {
      const forgotten = await store.forgetStatements(digests.record);
      return [null, { ...message, ownership: { ...about, ...nothing, forgotten } }];
    }
    if (!isObject(message.payload)) throw wrongInput('payload', message.payload, inWords('INPUT_WRONG.record'));
    const payload = keptValue(message.payload, 'payload') as JsonObject;
    const day = dayOfEvent(active.run);
    const table: OwnersOf = written ? { owners: written } : await keptOwners(store, { object, told, day });
    const { owners } = table;
    // what is absent says nothing; that something is empty (null, '', 0, false) is said
    const given = Object.entries(payload).filter((field): field is [string, Json] => field[1] !== undefined);
    const own = given.filter(([field]) => owners.get(field) === system);
    const foreign = given.filter(([field]) => owners.get(field) !== system && !(keep.has(field) && !owners.has(field)));
    const stated = foreign.length > 0 ? await store.stated(digests.record) : [];
    const out = foreign.map(([field, value]) => leftOut({ field, digest: digests.of(field, value), system }, table, stated));
    const violation = others === 'stop' ? out.find(({ why }) => why === 'differs') : undefined;
    if (violation) throw notOwned(violation, about, isKept);

    const at = active.run.event.version?.at;
    const fields = Object.fromEntries(own.map(([field, value]) => [field, digests.of(field, value)]));
    const statement = { node: base.id, record: digests.record, system, ...(at === undefined ? {} : { at }), fields };
    const heard = own.length > 0 ? await store.state(statement, active.id, active.run.token, clock.now()) : {};
    const those = (how: string) => own.flatMap(([field]) => (heard[field] === how ? [field] : []));
    const [changed, unchanged, overtaken] = [those('new'), those('known'), those('overtaken')];
    const entries = table.entries ? { day, entries: entriesOf(table.entries, given) } : {};
    const ownership = { ...about, ...entries, changed, unchanged, overtaken, leftOut: out };
    if (changed.length === 0) return [null, { ...message, ownership }];
    const goes = new Set([...changed, ...(pass === 'owned' ? unchanged : [])]);
    const passed = Object.fromEntries(given.filter(([field]) => goes.has(field) || keep.has(field)));
    return [{ ...message, payload: passed, ownership }, null];
  };
});

/** In UTC; of what says no moment that can be read, the day on which it came in. */
const dayOfEvent = ({ event, createdAt }: Run): CalendarDate => dayOf([Date.parse(event.time), createdAt].find((at) => !Number.isNaN(at))!);

/** What the table of the node says, or that of the store. */
type OwnersOf = Pick<KeptOwners, 'owners'> & Partial<KeptOwners>;

const nothing = { changed: [], unchanged: [], overtaken: [], leftOut: [] };

/** Without these it would take what comes for another system's, or another kind of record. */
const incomplete = (name: string, field: string) =>
  new Failure({ class: 'contract.invalid', ...inWords('GUARD_INCOMPLETE', { field }), field: name, outcome: 'not-made' });

/** What the table takes no name for, it has no entry of. */
const unnamed = (name: string, field: string, value: string) =>
  new Failure({
    class: 'contract.invalid',
    ...inWords('CROSSWALK_SET_UP', { field }),
    field: name,
    value: shorten(value),
    outcome: 'not-made',
  });

/** By which entries the fields of a message were judged. */
const entriesOf = (entries: KeptOwners['entries'], given: readonly [string, Json][]) =>
  given.flatMap(([field]) => {
    const entry = entries.get(field);
    return entry ? [{ field, ...entry }] : [];
  });

function notOwned(
  { field, owner = '' }: FieldLeftOut,
  { object, key, system }: { object: string; key: string; system: string },
  isKept: boolean,
): Failure {
  const record = `${object} ${key}`;
  const failed = { class: 'ownership.violation', system, record, field, outcome: 'not-made' } as const;
  return new Failure({
    ...failed,
    ...(isKept ? inWords('NOT_OWNED.kept', { field, owner, system, record }) : inWords('NOT_OWNED', { field, owner, system, record })),
  });
}
