import type { Json } from '../model/json.ts';
import { obstacleIn } from '../model/storable.ts';

/** The last payload that each mapping node saw, for the preview in its form. In memory only, a few hundred at most. */
const inputs = new Map<string, unknown>();

export function rememberInput(node: string, payload: unknown): void {
  inputs.delete(node);
  inputs.set(node, payload);
  if (inputs.size > 200) inputs.delete(inputs.keys().next().value as string);
}

/** As JSON; null where there is none, or it cannot be written: a payload of a flow may hold itself, or be without end. */
export function lastInput(node: string): Json {
  const payload = inputs.get(node);
  try {
    return obstacleIn(payload, 'payload', 'message') ? null : (JSON.parse(JSON.stringify(payload) ?? 'null') as Json);
  } catch {
    return null;
  }
}
