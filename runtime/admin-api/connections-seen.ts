import { Failure } from '../../model/failure.ts';
import { certificateNotices } from '../certificate-notice.ts';
import { liveConnections } from '../live-connections.ts';
import type { Connection } from './admin-api.generated.ts';

/** Each connection that is deployed, as it is now. */
export function connectionsSeen(): Connection[] {
  const notices = certificateNotices();
  return [...liveConnections.values()].map(({ id, name, type, areas, does, system, connector, circuit }) => {
    const seen = { id, name, type, system, roles: [...areas], does: [...does], notices };
    try {
      return { ...seen, health: connector().health(), circuit: circuit.health() };
    } catch (error) {
      return { ...seen, failure: Failure.from(error).toJSON() };
    }
  });
}

/** Whether there is a sentence of its system. */
export function wasTold({ failure, health }: Connection): boolean {
  return Boolean(failure ?? health?.['lastFailure']);
}
