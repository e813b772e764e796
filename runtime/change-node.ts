import type { NodeAPI } from 'node-red';
import type { NodeDeclaration } from '../declarations/node-declaration.ts';
import { changeActionField } from '../declarations/shared-fields.ts';
import { fieldValue } from '../declarations/typed-config.ts';
import type { Change } from '../model/changes.ts';
import { demandsOf, projectsOf } from '../model/engagement-parts.ts';
import { Failure } from '../model/failure.ts';
import { inWords, phrase } from '../model/failure-words.ts';
import { isObject, type Json } from '../model/json.ts';
import type { ChangesResult } from '../model/operations.ts';
import { called } from '../model/record-names.ts';
import { actionNode } from './action-node.ts';
import { keptValue } from './message-parts.ts';
import { carriedBy, wrongInput } from './message-values.ts';
import { resultIn, withResult } from './operation-result.ts';

/**
 * A node that shows what an amendment changes of the projects in a system, or makes what was shown. What is shown is kept with the run, as a step of its
 * own: however often the run is delivered, what a person approved is what they saw.
 */
export function changeNode(declaration: NodeDeclaration, area: 'erp' | 'psa'): (RED: NodeAPI) => void {
  const id = `${area}-project.change` as const;
  return actionNode(declaration, (base) => {
    const isApplying = fieldValue(changeActionField, base.config) === 'apply';
    return async (message, { effects, signal }) => {
      const { engagement, number, effective } = carriedBy(message, 'amendment');
      const operation = base.operation(id);
      const demands = area === 'psa' ? { demands: demandsOf(engagement) } : {};
      const request = { amendment: { number, effective }, projects: projectsOf(engagement), ...demands };
      const context = { effects: effects(operation.system), signal };
      const changes = isApplying
        ? await operation.run({ ...request, approved: shownIn(resultIn(message, id), area) }, context)
        : ((await effects('flow').write<Json>({
            key: `changes ${engagement.code}`,
            title: phrase('WRITE.changes-shown', { record: called.engagement(engagement.code) }),
            request: { number, effective },
            undo: null, // it writes nowhere
            settle: 'repeat',
            // whatever goes wrong, nothing was written
            send: async () => keptValue(await operation.run(request, context).catch(notMade), 'changes'),
          })) as unknown as ChangesResult);
      return withResult(message, id, changes);
    };
  });
}

function notMade(error: unknown): never {
  throw Failure.from(error).with({ outcome: 'not-made' });
}

/** The changes that a node before this one has shown. */
function shownIn(given: unknown, area: string): Change[] {
  const changes = isObject(given) ? given['changes'] : undefined;
  const isChange = (one: unknown) => isObject(one) && ['record', 'field', 'message'].every((name) => typeof one[name] === 'string');
  if (Array.isArray(changes) && changes.every(isChange)) return changes as unknown as Change[];
  throw wrongInput(`${area}.changes`, given, inWords('INPUT_WRONG.changes'));
}
