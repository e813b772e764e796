import type { HttpClient } from '../../../connectors/http/client.ts';
import type { TimeFact, TimeWindow } from '../../../model/operations.ts';
import type { Entry } from './wire.ts';

export async function* listPostedTime(http: HttpClient, { from, to }: TimeWindow, signal: AbortSignal): AsyncIterable<TimeFact> {
  const { body } = await http.request<Entry[]>({ method: 'GET', url: 'entries', params: { from, to }, signal });
  for (const { id, key, day, minutes, project } of body) {
    yield { key, id, workDate: day, minutes, billable: true, projectCode: project };
  }
}
