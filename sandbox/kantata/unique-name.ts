import { invalid } from './errors.ts';
import type { Write } from './resource.ts';

/** 422 when another row of the collection has the name already. */
export function uniqueName(collection: string): (write: Write) => void {
  return ({ change, existing, errors, call }) => {
    const twin = change['name'] ? call.store.where(collection, 'name', change['name'])[0] : undefined;
    if (twin && twin.id !== existing?.id) errors.push(invalid('name', 'Name has already been taken'));
  };
}
