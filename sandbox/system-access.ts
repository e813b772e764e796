/** Where a simulator is, and what lets one in. */
export type SystemAccess = { url: string } & Record<string, string>;

export function required(access: SystemAccess, name: string): string {
  const value = access[name];
  if (!value) throw new Error(`the sandbox gave no ${name} for ${access.url}`);
  return value;
}
