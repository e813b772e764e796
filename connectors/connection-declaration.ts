import { nameInForm } from '../declarations/field-of-system.ts';
import { formerConnections } from '../declarations/migrations/one-connection-node.ts';
import { type Condition, conditionsOf, type Field, type NodeDeclaration } from '../declarations/node-declaration.ts';
import { connectionType, environmentField, nameField } from '../declarations/shared-fields.ts';
import type { SystemDeclaration } from '../declarations/system.ts';
import { systems } from './systems.ts';

/**
 * The one connection node: the system is chosen, and the form has its fields. Each system's are kept under names of its own, so that nothing
 * that was given for one reaches another, however often the choice is changed.
 */
export function connectionDeclaration(choice: readonly SystemDeclaration[] = systems): NodeDeclaration {
  const names = choice.map(({ name }) => name);
  const [first = ''] = names;
  const fields = choice.flatMap(fieldsOf);
  const twice = fields.find(({ name }, index) => fields.findIndex((other) => other.name === name) < index);
  if (twice) throw new Error(`Two systems have a field ${twice.name}.`);
  return {
    ...{ type: connectionType, area: 'system', config: true, inputs: 0, outputs: 0, extra: 'test-connection' },
    fields: [
      nameField,
      { name: 'system', kind: 'select', address: true, options: names, default: first },
      ...fields,
      { name: 'schema', kind: 'hidden', default: 2 },
      // the type that the node had before: credentials that are still stored under the names of then are that one's
      { name: 'former', kind: 'hidden', default: '' },
    ],
  };
}

function fieldsOf({ name: system, prefix, fields }: SystemDeclaration): Field[] {
  const there = (name: string) => nameInForm(system, name);
  const chosen: Condition = { field: 'system', is: [system] };
  return [environmentField(prefix), ...fields].map((field: Field) => ({
    ...field,
    name: there(field.name),
    of: { system, field: field.name },
    when: [chosen, ...conditionsOf(field).map(({ field: other, is }) => ({ field: there(other), is }))],
    ...(field.unless ? { unless: there(field.unless) } : {}),
  }));
}

/** A connection node of the first version: for one kind of system, its fields under their plain names. */
export function formerConnectionDeclaration(type: string): NodeDeclaration {
  const former = formerConnections[type];
  const system = systems.find(({ name }) => name === former?.system);
  if (!former || !system) throw new Error(`There was no connection ${type}.`);
  const choice: Field[] = former.chosen
    ? [{ name: 'system', kind: 'select', address: true, options: [system.name], default: system.name }]
    : [];
  return {
    ...{ type, area: former.area, config: true, inputs: 0, outputs: 0, succeededBy: connectionType },
    fields: [
      ...[nameField, ...choice],
      // what a system has been given since is not of then
      ...[environmentField(system.prefix), ...system.fields]
        .filter(({ name }) => former.fields.includes(name) || former.credentials.includes(name))
        .map((field) => ({ ...field, of: { system: system.name, field: field.name } })),
    ],
  };
}
