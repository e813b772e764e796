import type { Area } from '../declarations/area.ts';
import type { Field, NodeDeclaration } from '../declarations/node-declaration.ts';
import { environmentField, nameField } from '../declarations/shared-fields.ts';
import { systemsOf } from './systems.ts';

/** A connection node: for systems of one kind, or for one of them alone. Its form has the fields of the chosen system. */
export interface ConnectionType {
  type: string;
  area: Area;
  /** its one system */
  system?: string;
}

/** Its declaration, from what the systems say that they need. */
export function connectionDeclaration({ type, area, system }: ConnectionType): NodeDeclaration {
  const choice = systemsOf(area).filter(({ name }) => system === undefined || name === system);
  const [first] = choice;
  if (!first) throw new Error(`No system is for ${type}.`);
  const names = choice.map(({ name }) => name);
  const chosen: Field[] = system ? [] : [{ name: 'system', kind: 'select', address: true, options: names, default: first.name }];
  const fields = choice.flatMap((one) => (names.length > 1 ? one.fields.map((field) => onlyFor(one.name, field)) : one.fields));
  const double = fields.find(({ name }, index) => fields.findIndex((other) => other.name === name) < index);
  if (double) throw new Error(`Two systems of ${type} call a field ${double.name}.`);
  return {
    ...{ type, area, config: true, inputs: 0, outputs: 0, extra: 'test-connection' },
    fields: [nameField, ...chosen, { ...environmentField, placeholder: first.prefix }, ...fields],
  };
}

function onlyFor(system: string, field: Field): Field {
  const before = field.when ? ('field' in field.when ? [field.when] : field.when) : [];
  return { ...field, when: [{ field: 'system', is: [system] }, ...before] };
}
