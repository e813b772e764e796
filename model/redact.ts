import schemas from './schemas.ts';

/** Names of fields that hold personal data, read from the `x-personal` marks of the schemas. */
export const personalFields: ReadonlySet<string> = new Set(['password', ...collect(schemas)]);

/** A copy without personal data, for logs and for people who may see runs but not persons. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return maskEmails(value);
  if (Array.isArray(value)) return value.map(redact);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, personalFields.has(name) && typeof part === 'string' ? '•••' : redact(part)]),
  );
}

/** Text in which e-mail addresses keep only their domain: for log lines. */
export function maskEmails(text: string): string {
  return text.replace(/[\p{L}\p{N}._%+'-]+@(?=[\p{L}\p{N}-]+\.)/gu, '•••@');
}

function collect(node: unknown): string[] {
  if (!node || typeof node !== 'object') return [];
  const properties = (node as { properties?: Record<string, { 'x-personal'?: boolean }> }).properties ?? {};
  const marked = Object.entries(properties).filter(([, schema]) => schema['x-personal']);
  return [...marked.map(([name]) => name).filter((name) => name !== 'name'), ...Object.values(node).flatMap(collect)];
}
