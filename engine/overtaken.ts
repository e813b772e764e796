import { shownVersion } from '../model/comparable-version.ts';
import { Failure } from '../model/failure.ts';
import type { Run } from './store/runs.ts';

/** Why a run ends without being delivered: what it would write is older than what has been written. */
export function overtakenFailure({ event, overtakenBy }: Run): Failure {
  const version = shownVersion(event.version?.at ?? '');
  const named = /^[\d.]+$/.test(version) ? `version ${version}` : `the version of ${version}`;
  return new Failure({
    class: 'conflict.stale',
    code: 'OVERTAKEN',
    message: `${event.subject}: this is ${named}, and a newer one has been written. Nothing is written for this one any more.`,
    record: event.subject,
    field: 'version',
    ...(overtakenBy ? { value: shownVersion(overtakenBy.at) } : {}),
    remedy: 'Nothing to do. If the newer one is wrong, correct the record in the system that it comes from.',
  });
}
