import { connectionDeclaration } from '../connectors/connection-declaration.ts';
import { systems } from '../connectors/systems.ts';
import { declaredDefaults } from '../declarations/declared-defaults.ts';
import { environmentVariable } from '../declarations/environment-variable.ts';
import { environmentFieldOf, plainName } from '../declarations/field-of-system.ts';
import { conditionsOf, type Field, type NodeDeclaration } from '../declarations/node-declaration.ts';
import type { ConnectionValues, SystemDeclaration } from '../declarations/system.ts';
import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';

const standardSystem = textOf(declaredDefaults(connectionDeclaration())['system']);

/** The name of the system that the form has chosen. */
export function systemNamed(settings: Record<string, unknown>): string {
  return textOf(settings['system']) || standardSystem;
}

/** The system of that name; throws a Failure when there is none. */
export function systemIn(name: string): SystemDeclaration {
  const found = systems.find((system) => system.name === name);
  if (found) return found;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('SYSTEM_UNKNOWN', { name, systems: systems.map((system) => system.name).join(', ') }),
    field: 'system',
    value: name,
  });
}

/** A field as text: what the form has, else what the environment has under its prefix. */
export function effectiveValue(field: Field, settings: Record<string, unknown>, environment: NodeJS.ProcessEnv = process.env): string {
  const prefix = textOf(settings[environmentFieldOf(field)]);
  return textOf(settings[field.name]) || (prefix ? (environment[environmentVariable(prefix, plainName(field))] ?? '') : '');
}

/** What is no text, number or choice is no setting of ours, whatever it says of itself: its JSON is refused by what needs the field. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
}

/** The fields that count for the chosen system; all of them where a node has none to choose. */
export function chosenFields({ fields }: NodeDeclaration, settings: Record<string, unknown>): Field[] {
  const system = systemNamed(settings);
  return fields.filter(({ of }) => of === undefined || of.system === system);
}

/**
 * Each field's value, by the plain name that its system knows it by: the one place where the names of the form are left behind. Fields of another
 * system, or of another sign-in, are left out.
 */
export function connectionValues(
  declaration: NodeDeclaration,
  settings: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
): ConnectionValues {
  const fields = chosenFields(declaration, settings);
  const value = (name: string): string => {
    const field = fields.find((one) => one.name === name);
    return name === 'system' ? systemNamed(settings) : field ? effectiveValue(field, settings, environment) : '';
  };
  const applies = (field: Field) => conditionsOf(field).every(({ field: other, is }) => is.includes(value(other)));
  const values: Record<string, string> = {};
  for (const field of fields) {
    const name = plainName(field);
    if (notOfTheSystem.has(name) || field.kind === 'hidden' || !applies(field)) continue;
    const text = value(field.name);
    // a key in an environment variable or a one-line field has its line breaks written out
    if (text) values[name] = field.kind === 'multiline-secret' ? text.replaceAll('\\n', '\n') : text;
  }
  return values;
}

const notOfTheSystem: ReadonlySet<string> = new Set(['name', 'system', 'environment']);
