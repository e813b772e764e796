import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systems } from '../../connectors/systems.ts';
import { environmentVariable } from '../../declarations/environment-variable.ts';
import type { SystemDeclaration } from '../../declarations/system.ts';
import type { SandboxAccess } from '../../sandbox/sandbox-access.ts';
import type { SystemAccess } from '../../sandbox/system-access.ts';

/** The fields of a connection that take the address of a simulator. */
const addresses = ['loginUrl', 'baseUrl'];

/** What a connection to a simulator needs to know, by field: where it is, and the credentials that it tells. */
export function sandboxValues({ fields }: Pick<SystemDeclaration, 'fields'>, simulator: SystemAccess | undefined): Record<string, string> {
  const known = fields.flatMap(({ name }) => {
    const value = addresses.includes(name) ? simulator?.url : simulator?.[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(known) as Record<string, string>;
}

/** The environment by which the connections of the template flows find the sandbox, each by the prefix of its system. */
export function connectionEnvironment(access: SandboxAccess, of: readonly SystemDeclaration[] = systems): Record<string, string> {
  const entries = of.flatMap((system) => {
    const values = sandboxValues(system, (access as unknown as Record<string, SystemAccess>)[system.name]);
    return Object.entries(values).map(([name, value]) => [environmentVariable(system.prefix, name), value]);
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/**
 * As a firm makes Node-RED trust its own certificate authority: by a file that NODE_EXTRA_CA_CERTS names. What it named before goes on being trusted.
 */
export function trustOfSandbox(access: SandboxAccess, dir: string): Record<string, string> {
  const certificates = Object.values(access as unknown as Record<string, SystemAccess>).flatMap(({ certificate }) => certificate ?? []);
  if (certificates.length === 0) return {};
  const before = process.env['NODE_EXTRA_CA_CERTS'];
  const file = join(dir, 'authorities.pem');
  writeFileSync(file, [...(before ? [readFileSync(before, 'utf8')] : []), ...certificates].join('\n'));
  return { NODE_EXTRA_CA_CERTS: file };
}
