import { HttpClient } from '../../../connectors/http/client.ts';
import type { JsonObject } from '../../../model/json.ts';
import { classify } from './errors.ts';
import type { AbacoSettings } from './settings.ts';

/** Time as Abaco has it. */
export interface Entry extends JsonObject {
  id: string;
  key: string;
  day: string;
  minutes: number;
  project: string;
}

export function abacoClient({ baseUrl, apiKey, timeoutMs }: AbacoSettings): HttpClient {
  const sign = () => ({ Authorization: `Bearer ${apiKey}` });
  return new HttpClient({ system: 'abaco', baseUrl, timeoutMs, concurrency: 2, sign, classify });
}
