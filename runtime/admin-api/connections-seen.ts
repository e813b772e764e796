import { Failure } from '../../model/failure.ts';
import { certificateNotices } from '../certificate-notice.ts';
import { liveConnections } from '../connection-node.ts';
import type { Connection } from './admin-api.generated.ts';

/** Each connection that is deployed, as it is now. */
export function connectionsSeen(): Connection[] {
  const notices = certificateNotices();
  return [...liveConnections.values()].map(({ id, name, type, areas, system, connector, circuit }) => {
    try {
      return { id, name, type, system, roles: [...areas], health: connector().health(), circuit: circuit.health(), notices };
    } catch (error) {
      return { id, name, type, system, roles: [...areas], failure: Failure.from(error).toJSON(), notices };
    }
  });
}

/** Whether there is a sentence of its system. */
export function wasTold({ failure, health }: Connection): boolean {
  return Boolean(failure ?? health?.['lastFailure']);
}
