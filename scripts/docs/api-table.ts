import { permissions, permissionWords } from '../../runtime/admin-api/permissions.ts';
import { routes } from '../../runtime/admin-api/routes.ts';
import type { ObjectSchema, Schema } from '../../runtime/admin-api/schema.ts';
import { markdownTable } from './markdown-table.ts';

const code = (text: string) => `\`${text}\``;
const named = (fields: ObjectSchema | undefined) =>
  Object.entries(fields?.properties ?? {}).map(([name, field]) => `${code(name)}: ${wordsOf(field)}`);

function wordsOf({ description = '', enum: values, minimum, maximum, default: usual }: Schema): string {
  const bounds = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : `${String(minimum)}–${String(maximum)}`;
  const words = String(description);
  const listed = Array.isArray(values) && !values.every((value) => words.includes(String(value))) ? values.join(', ') : '';
  return [words, listed || bounds, usual === undefined ? '' : `default ${String(usual)}`].filter(Boolean).join('; ');
}

/** Every route of the admin API, as it is served. */
export function apiTable(): string {
  return markdownTable(
    ['route', 'permission', 'does', 'query', 'body'],
    routes.map(({ method, path, permission, summary, query, body }) => [
      code(`${method.toUpperCase()} ${path}`),
      code(permission),
      summary,
      named(query).join('<br>'),
      named(body).join('<br>'),
    ]),
  );
}

export function permissionTable(): string {
  return markdownTable(
    ['permission', 'may'],
    permissions.map((permission) => [code(permission), permissionWords[permission].message]),
  );
}
