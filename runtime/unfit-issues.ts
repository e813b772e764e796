import type { ContractName } from '../model/contract.ts';
import type { Issue } from '../model/failure.ts';
import type { Connector } from '../model/operations.ts';

/** What a connection's system could not hold of an object that keeps its contract; none when no limits of it are known. */
export function unfitIssues({ unfit }: Connector, contract: ContractName, value: unknown): Issue[] {
  const check = (unfit as Partial<Record<ContractName, (value: never) => Issue[]>> | undefined)?.[contract];
  return check?.(value as never) ?? [];
}
