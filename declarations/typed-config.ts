import { outsideNumber } from '../model/outside-number.ts';
import { type Field, isCredential, type NodeDeclaration } from './node-declaration.ts';

type Config = Readonly<Record<string, unknown>>;

/** What a field holds. Of a typed field it is the value, not what it gives for a message. */
export type ValueOf<F> = F extends { kind: 'number' }
  ? number
  : F extends { kind: 'checkbox' }
    ? boolean
    : F extends { kind: 'select'; options: readonly (infer Option)[] }
      ? Option
      : string;

/** The fields of a node that its declaration writes out (`as const`), each as what it holds. */
export type TypedConfig<D extends NodeDeclaration> = {
  readonly [F in D['fields'][number] as string extends F['name'] ? never : F['name']]: ValueOf<F>;
};

/**
 * A node's configuration as its declaration says: defaults and bounds are stated there alone. A flow may have been written by hand, so the form's own
 * check is not relied upon.
 */
export function typedConfig<const D extends NodeDeclaration>({ fields }: D, config: Config): TypedConfig<D> {
  const values = fields.flatMap((field): [string, unknown][] => (isCredential(field) ? [] : [[field.name, fieldValue(field, config)]]));
  return Object.fromEntries(values) as TypedConfig<D>;
}

/**
 * One field. The default stands for what is no number or too small, for what is none of the choices, and for an empty header; what is too large is
 * the most there can be. A text that was emptied is the default, too, unless there has to be one: then it is missing.
 */
export function fieldValue<const F extends Field>(field: F, config: Config): ValueOf<F> {
  return valueOf(field, config[field.name]) as ValueOf<F>;
}

function valueOf(field: Field, given: unknown): number | string | boolean {
  switch (field.kind) {
    case 'number':
      return outsideNumber(given, { least: field.min, most: field.max, whole: field.integer === true }) ?? field.default;
    case 'checkbox':
      return typeof given === 'boolean' ? given : field.default;
    case 'select':
      return field.options.find((option) => option === given) ?? field.default;
    case 'typed':
      return typeof given === 'string' ? given : field.default.value;
    case 'header':
      return textOf(given) || (field.default ?? '');
    default: {
      const standard = 'default' in field ? (field.default ?? '') : '';
      return textOf(given ?? standard) || (field.required ? '' : standard);
    }
  }
}

/** What is no text and no number is nothing that anybody has written in a form. */
function textOf(given: unknown): string {
  return typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
}
