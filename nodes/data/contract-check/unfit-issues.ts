import type { ContractName } from '../../../model/contract.ts';
import type { Issue } from '../../../model/failure.ts';
import type { Connector } from '../../../model/operations.ts';

/** What a connection's system could not hold of an object that keeps its contract; none when no limits of it are known. */
export function unfitIssues({ unfit }: Connector, contract: ContractName, value: unknown): Issue[] {
  const checks: Partial<Record<ContractName, (value: never) => Issue[]>> | undefined = unfit;
  const check = checks?.[contract];
  return check?.(value as never) ?? [];
}
