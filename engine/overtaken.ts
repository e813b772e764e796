import { shownVersion } from '../model/comparable-version.ts';
import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import type { Run } from './store/runs.ts';

/** Why a run ends without being delivered: what it would write is older than what has been written. */
export function overtakenFailure({ event, overtakenBy }: Run): Failure {
  const version = shownVersion(event.version?.at ?? '');
  const { subject } = event;
  return new Failure({
    class: 'conflict.stale',
    ...(/^[\d.]+$/.test(version) ? inWords('OVERTAKEN', { subject, version }) : inWords('OVERTAKEN.moment', { subject, version })),
    record: subject,
    field: 'version',
    ...(overtakenBy ? { value: shownVersion(overtakenBy.at) } : {}),
  });
}
