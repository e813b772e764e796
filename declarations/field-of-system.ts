import type { Field } from './node-declaration.ts';

/** The name that a system's field has in the one connection node: `nameInForm('time-book', 'clientId')` → `timeBookClientId`. */
export function nameInForm(system: string, field: string): string {
  const first = system.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `${first}${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}

/** The name that a field has in its system's declaration, and in the environment. */
export function plainName({ name, of }: Pick<Field, 'name' | 'of'>): string {
  return of?.field ?? name;
}

/** The field with the prefix of the environment variables that stand in for this one: each system has its own, so that no system's secrets are read for another. */
export function environmentFieldOf({ of }: Pick<Field, 'of'>): string {
  return of ? nameInForm(of.system, 'environment') : 'environment';
}
