import { folded, sameSystems, sameWords, validity } from '../model/crosswalk-entry.ts';
import type { CrosswalkEntry } from '../model/crosswalk-entry.ts';
import { ownershipTable } from '../model/ownership-table.ts';
import type { Act } from './store/act.ts';
import type { CrosswalkChange, CrosswalkChanged, CrosswalkProblem, CrosswalkRow } from './store/crosswalk.ts';
import { timeOrderedId } from './time-ordered-id.ts';

/**
 * What changes make of the entries that stand: the same in every store.
 *
 * @param standing every entry that is named, out or not, and every one of which a value is alike (`folded`) one that is written
 */
export function plannedChanges(
  changes: readonly CrosswalkChange[],
  standing: readonly CrosswalkRow[],
  act: Act,
  now: number,
): CrosswalkChanged {
  const { actor, reason } = act;
  const by = { actor, ...(reason === undefined ? {} : { reason }), at: now };
  const problems: CrosswalkProblem[] = [];
  const after = new Map(standing.filter(({ removed }) => !removed).map((row) => [row.id, row]));
  const known = new Map(standing.map((row) => [row.id, row]));
  const changedAlready = new Set<string>();
  const states: CrosswalkChanged['states'] = [];
  for (const [change, { id, version = 0, entry }] of changes.entries()) {
    const row = known.get(id ?? '');
    const why = id === undefined ? undefined : refusal(row, version, entry);
    if (why !== undefined || changedAlready.has(id ?? '')) {
      problems.push({ change, why: why ?? 'twice', ...(row ? { row } : {}) });
      continue;
    }
    const next = stateOf(row, entry, by);
    changedAlready.add(next.id);
    if (row && entry && sameEntry(row, entry)) continue;
    states.push({ change, row: next, ...(row ? { before: row } : {}) });
    if (next.removed) after.delete(next.id);
    else after.set(next.id, next);
  }
  const changeOf = new Map(states.map(({ change, row }) => [row.id, change]));
  const alike = Map.groupBy(after.values(), ({ value }) => folded(value));
  for (const { change, row } of states) {
    for (const other of row.removed ? [] : (alike.get(folded(row.value)) ?? [])) {
      const why = other.id === row.id ? undefined : clash(row, other);
      const by = changeOf.get(other.id);
      // of two that are changed the later one is told
      if (!why || (by !== undefined && by > change)) continue;
      problems.push({ change, why, row: other });
      break; // one says enough, and there may be thousands
    }
  }
  const isMade = problems.length === 0;
  const count = (is: (row: CrosswalkRow) => boolean) => (isMade ? states.filter(({ row }) => is(row)).length : 0);
  return {
    problems: problems.toSorted((one, other) => one.change - other.change),
    states: isMade ? states : [],
    added: count(({ version }) => version === 1),
    changed: count(({ version, removed }) => version > 1 && !removed),
    removed: count(({ removed }) => removed === true),
    same: isMade ? changes.length - states.length : 0,
  };
}

/** Whose words they are does not change: another value is another entry. */
function refusal(row: CrosswalkRow | undefined, version: number, entry: CrosswalkEntry | undefined): CrosswalkProblem['why'] | undefined {
  if (!row || row.removed) return 'gone';
  if (row.version !== version) return 'moved-on';
  if (entry && (['table', 'from', 'value', 'to'] as const).some((name) => entry[name] !== row[name])) return 'other-words';
  return undefined;
}

function stateOf(row: CrosswalkRow | undefined, entry: CrosswalkEntry | undefined, by: Act & { at: number }): CrosswalkRow {
  if (entry) return { ...onlyEntry(entry), ...by, id: row?.id ?? timeOrderedId(), version: (row?.version ?? 0) + 1 };
  const known = row as CrosswalkRow;
  return { ...onlyEntry(known), ...by, id: known.id, version: known.version + 1, removed: true };
}

const onlyEntry = ({ table, from, value, to, target, validFrom, validTo }: CrosswalkEntry): CrosswalkEntry => ({
  ...{ table, from, value, to, target },
  ...(validFrom === undefined ? {} : { validFrom }),
  ...(validTo === undefined ? {} : { validTo }),
});

const sameEntry = (one: CrosswalkEntry, other: CrosswalkEntry) =>
  (['target', 'validFrom', 'validTo'] as const).every((name) => one[name] === other[name]);

/** Of two whose values are alike, or the same. */
function clash(one: CrosswalkEntry, other: CrosswalkEntry): 'overlap' | 'alike' | undefined {
  if (sameWords(one, other)) {
    const [here, there] = [validity(one), validity(other)];
    return here.first <= there.last && there.first <= here.last ? 'overlap' : undefined;
  }
  const isAlike = one.table === other.table && one.value !== other.value;
  return isAlike && sameSystems(one, other) ? 'alike' : undefined;
}

/** The line of the journal for a state. */
export function journalLineFor({ id, actor, reason, removed, version, at: _, ...entry }: CrosswalkRow) {
  const what = entry.table === ownershipTable ? 'ownership' : 'crosswalk';
  const done = removed ? 'removed' : version === 1 ? 'added' : 'changed';
  return { actor, action: `${what}.${done}`, subject: `${what} ${id}`, detail: { ...entry, version, reason: reason ?? null } };
}
