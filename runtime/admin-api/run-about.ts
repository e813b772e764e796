import type { Run } from '../../engine/store/runs.ts';
import { isObject, type Json } from '../../model/json.ts';

/** What tells a person which run it is, beside its business id. */
export interface RunAbout {
  /** of a deal or a project */
  client?: string;
  /** of a reconciliation, whose business id is none: the node that makes it */
  reconciles?: string;
}

/** As the systems and our contracts call it, in order. */
const clientPaths = ['account.name', 'Account.Name', 'client.name', 'customer.name', 'client', 'customer', 'clientName'];

export function runAbout({ event }: Run, entry: { type: string; name?: string } | undefined): RunAbout {
  if (entry?.type === 'reconcile') return { reconciles: entry.name || entry.type };
  const { data } = event;
  // a source's event is the object itself, that of a message has it as payload
  for (const place of [data, at(data, ['payload'])]) {
    for (const path of clientPaths) {
      const client = at(place, path.split('.'));
      if (typeof client === 'string' && client.trim() !== '') return { client: client.slice(0, 200) };
    }
  }
  return {};
}

function at(value: Json | undefined, path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((part, name) => (isObject(part) ? part[name] : undefined), value);
}
