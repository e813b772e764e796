import { HttpClient } from '../../../connectors/http/client.ts';
import type { JsonObject } from '../../../model/json.ts';
import { classify } from './errors.ts';
import type { TallySettings } from './settings.ts';

/** Time as Tally has it. */
export interface Entry extends JsonObject {
  id: string;
  key: string;
  day: string;
  minutes: number;
  project: string;
}

export function tallyClient({ baseUrl, apiKey, timeoutMs }: TallySettings): HttpClient {
  const sign = () => ({ Authorization: `Bearer ${apiKey}` });
  return new HttpClient({ system: 'tally', baseUrl, timeoutMs, concurrency: 2, sign, classify });
}
