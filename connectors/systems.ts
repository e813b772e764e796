import type { Area } from '../declarations/area.ts';
import { type ConnectionValues, isOf, type SystemDeclaration } from '../declarations/system.ts';
import { Failure } from '../model/failure.ts';
import type { CredentialKeeper } from '../model/kept-credential.ts';
import type { Connector } from '../model/operations.ts';
import { kantata } from './kantata/declaration.ts';
import { netsuite } from './netsuite/declaration.ts';
import { salesforce } from './salesforce/declaration.ts';

/** The systems. Adding one is one line here, one folder beside this file and one in the sandbox. */
export const systems: readonly SystemDeclaration[] = [salesforce, netsuite, kantata];

/** Those that are of a kind for the firm, in the order of the list. */
export function systemsOf(area: Area): readonly SystemDeclaration[] {
  return systems.filter((system) => isOf(system, area));
}

/** A connector to a system; throws a Failure that names the field when the settings cannot work. */
export function createConnector(area: Area, system: string, values: ConnectionValues, credentials?: CredentialKeeper): Connector {
  const known = systemsOf(area);
  const found = known.find(({ name }) => name === system);
  if (found) return found.connect(values, credentials);
  throw new Failure({
    class: 'contract.invalid',
    code: 'SYSTEM_UNKNOWN',
    message: `There is no connector for "${system}" as ${area.toUpperCase()}.`,
    field: 'system',
    value: system,
    remedy: `Choose one of ${known.map(({ name }) => name).join(', ')}.`,
  });
}
