/** Where the simulators are and what lets one in: the JSON line that the sandbox prints. */
export interface SandboxAccess {
  salesforce: SystemAccess;
  netsuite: SystemAccess;
  kantata: SystemAccess;
  /** what the firm was generated from; absent in an empty sandbox */
  firm?: { seed: number; date: string };
}

export type SystemAccess = { url: string } & Record<string, string>;

export function required(access: SystemAccess, name: string): string {
  const value = access[name];
  if (!value) throw new Error(`the sandbox gave no ${name} for ${access.url}`);
  return value;
}
