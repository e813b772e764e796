/**
 * What was sent in the field that a refusal names, as text: `phone`, `expense.items[2].customer`. NetSuite spells names in its own way (`entitystatus`
 * for `entityStatus`), so case does not count.
 */
export function valueAtPath(body: unknown, path: string | undefined): string | undefined {
  if (!path || path.length > 500) return undefined;
  let value: unknown = body;
  for (const step of path.split(/[.[\]]+/).filter(Boolean)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const name = Object.keys(value).find((key) => key.toLowerCase() === step.toLowerCase());
    if (name === undefined) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  if (value === undefined || value === null || value === '') return undefined;
  const text = typeof value === 'object' ? (idOf(value) ?? JSON.stringify(value)) : String(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** Of a reference its id. */
function idOf(value: object): string | undefined {
  const { id, ...more } = value as { id?: unknown };
  return Object.keys(more).length === 0 && (typeof id === 'string' || typeof id === 'number') ? String(id) : undefined;
}
