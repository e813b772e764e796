import { systems } from '../../connectors/systems.ts';
import { environmentVariable } from '../../declarations/environment-variable.ts';
import type { SandboxAccess, SystemAccess } from '../../sandbox/firm/sandbox-access.ts';

/** The fields of a connection that take the address of a simulator. */
const addresses = ['loginUrl', 'baseUrl'];

/** The environment by which the connections of the template flows find the sandbox, each by the prefix of its system. */
export function connectionEnvironment(access: SandboxAccess): Record<string, string> {
  const entries = systems.flatMap(({ name, prefix, fields }) => {
    const simulator = (access as unknown as Record<string, SystemAccess>)[name];
    return fields.flatMap((field) => {
      const value = addresses.includes(field.name) ? simulator?.url : simulator?.[field.name];
      return value === undefined ? [] : [[environmentVariable(prefix, field.name), value]];
    });
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
