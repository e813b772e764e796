import type { Issue } from '../../model/failure.ts';
import type { Results } from '../../model/operations.ts';
import { ownContract } from '../../model/own-contract.ts';
import results from '../../model/result-schemas.ts';
import type { BodyContract } from './contract-of.ts';
import { componentOf, withContracts } from './described-schemas.ts';

/** The contract of what an operation answers, as the model states it. */
export function resultContract(name: keyof Results): BodyContract {
  let check: ((value: unknown) => Issue[]) | undefined;
  return {
    schema: { $ref: componentOf(name) },
    // compiled with the first answer: most nodes that are deployed are not asked at once
    issues: (value) => (check ??= ownContract(JSON.stringify({ $ref: `#/$defs/${name}`, $defs: checked() }), 'answer').issues)(value),
  };
}

const checked = () => withContracts((contract) => `urn:psconnect:contract:${contract}:1`, JSON.stringify(results));
