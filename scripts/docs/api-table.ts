import { permissions, permissionWords } from '../../runtime/admin-api/permissions.ts';
import { routes } from '../../runtime/admin-api/routes.ts';
import { markdownTable } from './markdown-table.ts';

const code = (text: string) => `\`${text}\``;
const named = (what: Record<string, string> | undefined) => Object.entries(what ?? {}).map(([name, words]) => `${code(name)}: ${words}`);

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
    permissions.map((permission) => [code(permission), permissionWords[permission]]),
  );
}
