import { conditionsOf, isCredential, type NodeDeclaration } from './node-declaration.ts';

type Fields = Record<string, unknown>;

/** The fields of a node as the editor saves them when nobody has changed anything. */
export function declaredDefaults({ fields }: NodeDeclaration): Fields {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (isCredential(field)) return [];
      if (field.kind !== 'typed') return [[field.name, 'default' in field ? (field.default ?? '') : '']];
      const { value, type } = field.default;
      return [
        [field.name, value],
        [`${field.name}Type`, type],
      ];
    }),
  );
}

/**
 * What a flow says of a node, with the declared default for whatever it leaves out: one that was written by hand, or by an older version, has no
 * more than it needs. A choice that is left out is the one that the given fields belong to: an expression without a mapping is an own one. A switch that is
 * left out is off.
 */
export function withDefaults<F extends Fields>(declaration: NodeDeclaration, given: F): F {
  const filled: Fields = { ...declaredDefaults(declaration), ...defined(given) };
  for (const field of declaration.fields) {
    if (!given[field.name]) continue;
    for (const { field: choice, is } of conditionsOf(field)) {
      if (isSwitch(declaration, choice)) continue;
      if (given[choice] === undefined && !is.includes(String(filled[choice]))) filled[choice] = is[0];
    }
  }
  return filled as F;
}

const isSwitch = ({ fields }: NodeDeclaration, name: string): boolean =>
  fields.some((field) => field.name === name && field.kind === 'checkbox');

const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
