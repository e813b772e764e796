import { isObject, type Json } from './json.ts';

/** As the systems and our contracts call it, in order. */
const clientPaths = ['account.name', 'Account.Name', 'client.name', 'customer.name', 'client', 'customer', 'clientName'].map((path) =>
  path.split('.'),
);

/** Name of the client that the data of an event is about. */
export function clientIn(data: Json | undefined): string | undefined {
  // a source's event is the object itself, that of a message has it as payload
  for (const place of [data, isObject(data) ? data['payload'] : undefined]) {
    if (!isObject(place)) continue;
    for (const path of clientPaths) {
      const client = at(place, path);
      if (typeof client === 'string' && client.trim() !== '') return client.slice(0, 200);
    }
  }
  return undefined;
}

function at(value: Json | undefined, path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((part, name) => (isObject(part) ? part[name] : undefined), value);
}
