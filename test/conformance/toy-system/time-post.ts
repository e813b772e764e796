import type { HttpClient } from '../../../connectors/http/client.ts';
import { Failure } from '../../../model/failure.ts';
import type { BatchLine, LineOutcome, PostedTime } from '../../../model/operations.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import type { Entry } from './wire.ts';

/** Makes an entry when its key is not there. */
export async function postTime(
  http: HttpClient,
  { input, effects }: BatchLine<TimeEntry>,
  signal: AbortSignal,
): Promise<LineOutcome<PostedTime>> {
  const record = `time entry ${input.id}`;
  const body = { key: input.id, day: input.workDate, minutes: input.minutes, project: input.project.code ?? '' };
  try {
    const output = await effects.write({
      key: `entry ${input.id}`,
      title: `Time entry ${input.id} in Abaco`,
      request: body,
      settle: 'probe',
      lookFirst: true,
      probe: async () => {
        const { body: found } = await http.request<Entry[]>({ method: 'GET', url: 'entries', params: { key: input.id }, signal });
        return found[0] && { id: ofProject(found[0], body.project, record).id };
      },
      send: async () => ({ id: (await http.request<Entry>({ method: 'POST', url: 'entries', body, signal })).body.id }),
    });
    return { ok: true, output };
  } catch (error) {
    return { ok: false, failure: Failure.from(error).with({ record }) };
  }
}

function ofProject(found: Entry, project: string, record: string): Entry {
  if (found.project === project) return found;
  throw new Failure({
    class: 'conflict.duplicate',
    code: 'RECORD_OF_ANOTHER',
    message: `${record} is in Abaco already, for the project ${found.project} instead of ${project}.`,
    system: 'abaco',
    record,
    field: 'project',
    value: found.project,
    remedy: 'Correct the project in Abaco or in the source. Then replay.',
    outcome: 'not-made',
  });
}
