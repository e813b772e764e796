import { canonicalJson, isObject } from '../model/json.ts';

export interface DocumentChanges {
  /** each as the document names it: `paths /business/v1/timesheets post`, `channels timeApproved`, `info` */
  added: string[];
  removed: string[];
  changed: string[];
}

/** How deep a part of a description is that somebody relies on: an operation, a schema, a channel. */
const depths: Record<string, number> = { paths: 2, components: 2, channels: 1, operations: 1 };

/** What of a description (OpenAPI, AsyncAPI) is not as it was; the order of keys says nothing. */
export function documentChanges(before: unknown, now: unknown): DocumentChanges {
  const [was, is] = [parts(before), parts(now)];
  const changes: DocumentChanges = { added: [], removed: [], changed: [] };
  for (const name of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [then, today] = [was.get(name), is.get(name)];
    if (then === today) continue;
    const how = then === undefined ? 'added' : today === undefined ? 'removed' : 'changed';
    changes[how].push(name);
  }
  return changes;
}

function parts(document: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[], deeper: number) => {
    if (deeper > 0 && isObject(value)) for (const [name, part] of Object.entries(value)) walk(part, [...path, name], deeper - 1);
    else found.set(path.join(' '), canonicalJson(value));
  };
  if (isObject(document)) for (const [name, part] of Object.entries(document)) walk(part, [name], depths[name] ?? 0);
  return found;
}
