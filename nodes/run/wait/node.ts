import { typedConfig } from '../../../declarations/typed-config.ts';
import { actionNode, type Perform } from '../../../runtime/action-node.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';
import declaration from './declaration.ts';
import { momentOf, timeSpan, waitFor, waitUntil } from './durable-wait.ts';

export default actionNode(declaration, wait);

function wait(base: PackNode): Perform {
  const { mode, amount, unit } = typedConfig(declaration, base.config);
  const moment = mode === 'until' ? momentOf(base, 'until') : undefined;
  const spanMs = timeSpan(amount, unit);

  return async (message, { active, effects }) => {
    const until = moment ? waitUntil(base, active, await moment(message)) : await waitFor(base, active, effects('flow'), spanMs);
    return until === undefined ? message : undefined;
  };
}
