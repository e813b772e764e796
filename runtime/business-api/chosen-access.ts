import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { PackNode } from '../pack-node.ts';
import type { ApiAccess } from './api-access.ts';

/** The access that a node names. Looked for at each call: it may be deployed after the nodes that use it. @param label what the form calls it */
export function chosenAccess({ RED, config }: PackNode, label: string): ApiAccess {
  const id = config['access'];
  const chosen = typeof id === 'string' && id !== '' ? (RED.nodes.getNode(id) as unknown as { access?: ApiAccess } | null) : null;
  if (!chosen) throw new Failure({ class: 'contract.invalid', ...inWords('CONNECTION_MISSING', { label }), field: 'access' });
  if (!chosen.access) throw new Failure({ class: 'contract.invalid', ...inWords('API_ACCESS.not-set-up'), field: 'access' });
  return chosen.access;
}
