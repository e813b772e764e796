import type { CallCost, CallLimit, Inverse, NodeFacts, WriteFacts } from '../../declarations/operation-facts.ts';
import { type OperationId, operationIds } from '../../declarations/operations.ts';
import { markdownTable } from './markdown-table.ts';
import type { ToldSystem } from './system-facts.ts';

const code = (text: string) => `\`${text}\``;

/** Each kind of write, with how a doubt about it is settled and what becomes of it when its run is undone. */
export function writeTable(systems: readonly ToldSystem[], nodes: readonly NodeFacts[]): string {
  const rows = [
    ...systems.flatMap(({ title, facts }) => [
      ...[...operationsOf(facts.operations)].map(([write, ids]) => rowOf(title, ids.map(code).join(', '), write)),
      ...(facts.undo ? [rowOf(title, 'undo', facts.undo)] : []),
    ]),
    ...nodes.flatMap(({ title, writes }) => writes.map((write) => rowOf('any', title, write))),
  ];
  return markdownTable(
    ['system', 'operation', 'write (business key)', 'settles', 'twice', 'why that is certain', 'when the run is undone', 'code'],
    rows,
  );
}

function rowOf(system: string, operation: string, { keys, settles, twice, certain, inverse, code: file }: WriteFacts): string[] {
  return [system, operation, keys.map(code).join(', '), code(settles), twice, certain, undone(inverse), code(file)];
}

function undone(inverse: Inverse): string {
  if (inverse.by === 'system') return inverse.how;
  return inverse.by === 'person' ? `**a person**: ${inverse.why}` : `nothing: ${inverse.why}`;
}

/** Each write once, with the operations that make it. */
function operationsOf(operations: ToldSystem['facts']['operations']): Map<WriteFacts, OperationId[]> {
  const found = new Map<WriteFacts, OperationId[]>();
  for (const id of operationIds) {
    for (const write of operations[id]?.writes ?? []) found.set(write, [...(found.get(write) ?? []), id]);
  }
  return found;
}

/** What each operation costs in calls. */
export function callTable(systems: readonly ToldSystem[]): string {
  const rows = systems.flatMap(({ title, facts }) =>
    operationIds.flatMap((id) => (facts.operations[id]?.calls ?? []).map((cost) => [title, code(id), upTo(cost), ruleOf(cost)])),
  );
  return markdownTable(['system', 'operation', 'for', 'calls at most'], rows);
}

/** What each operation needs to be allowed, and how much of it goes into one call. */
export function rightTable(systems: readonly ToldSystem[]): string {
  const rows = systems.flatMap(({ title, facts: { rights = [], operations } }) => [
    ...(rights.length > 0 ? [[title, 'whatever is done', rights.join('; '), '']] : []),
    ...operationIds.flatMap((id) => {
      const facts = operations[id];
      return facts ? [[title, code(id), facts.rights.join('; '), (facts.limits ?? []).map(limitIn).join('; ')]] : [];
    }),
  ]);
  return markdownTable(['system', 'operation', 'rights', 'at most'], rows);
}

const limitIn = ({ most, of, per }: CallLimit) => `${most.toLocaleString('en-US')} ${of} per ${per}`;

const upTo = ({ upTo: most }: CallCost) =>
  most === undefined ? 'any number' : most === 1 ? 'one' : `up to ${most.toLocaleString('en-US')}`;

function ruleOf({ once, each = [], also }: CallCost): string {
  const parts = each.map(({ calls, per, size = 1 }) => `${calls} for each ${size === 1 ? '' : `${size.toLocaleString('en-US')} `}${per}`);
  return [...(once > 0 ? [String(once)] : []), ...parts, ...(also ? [also] : [])].join(' + ');
}
