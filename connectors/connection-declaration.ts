import type { Area } from '../declarations/area.ts';
import { conditionsOf, type Field, type NodeDeclaration } from '../declarations/node-declaration.ts';
import { environmentField, nameField } from '../declarations/shared-fields.ts';
import type { SystemDeclaration } from '../declarations/system.ts';
import { systemsOf } from './systems.ts';

/** A connection node: for all systems of a kind, or for one of them alone. */
interface ConnectionType {
  area: Area;
  system?: string;
}

const connectionTypes: Readonly<Record<string, ConnectionType>> = {
  'salesforce-connection': { area: 'crm', system: 'salesforce' },
  'erp-connection': { area: 'erp' },
  'psa-connection': { area: 'psa' },
};

/** The systems that a connection node can be for, the one that is chosen unless the form says otherwise first. */
export function systemsOfConnection(type: string): readonly SystemDeclaration[] {
  const { area, system } = connectionTypes[type] ?? missing(type);
  return systemsOf(area).filter(({ name }) => system === undefined || name === system);
}

/** What a connection node is, from what its systems need to know: the form has the fields of the chosen one. */
export function connectionDeclaration(type: string): NodeDeclaration {
  const { area, system } = connectionTypes[type] ?? missing(type);
  const choice = systemsOfConnection(type);
  const [first = missing(type)] = choice;
  const names = choice.map(({ name }) => name);
  const chosen: Field[] = system ? [] : [{ name: 'system', kind: 'select', address: true, options: names, default: first.name }];
  const fields = choice.flatMap((one) => (names.length > 1 ? one.fields.map((field) => onlyFor(one.name, field)) : one.fields));
  const twice = fields.find(({ name }, index) => fields.findIndex((other) => other.name === name) < index);
  if (twice) throw new Error(`Two systems of ${type} have a field ${twice.name}.`);
  return {
    ...{ type, area, config: true, inputs: 0, outputs: 0, extra: 'test-connection' },
    fields: [nameField, ...chosen, { ...environmentField, placeholder: first.prefix }, ...fields],
  };
}

const onlyFor = (system: string, field: Field): Field => ({ ...field, when: [{ field: 'system', is: [system] }, ...conditionsOf(field)] });

function missing(type: string): never {
  throw new Error(`There is no connection ${type}, or no system for it.`);
}
