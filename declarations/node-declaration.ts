import type { Area } from './area.ts';
import type { OperationId } from './operations.ts';
import type { QueryParameter } from './query-parameters.ts';

/**
 * What a palette node is, as data. The build makes the editor form, the defaults, the validation and the settings table
 * of the help from it; the runtime takes the credential types from it. Words are not here but in `locales/<lang>/<type>.json`:
 * `label.<field>`, `hint.<field>`, `option.<field>.<value>`, `warning.<field>.<value>`, `output.<n>`.
 */
export interface NodeDeclaration {
  /** the name in flow files: never change it */
  type: string;
  area: Area;
  /** a configuration node: shared settings, not in the palette */
  config?: true;
  inputs: 0 | 1;
  outputs: 0 | 1 | 2 | 3 | 4;
  /** of a source that sends records as their system has them: the default mapping that makes canonical objects of them */
  mappedBy?: string;
  /** the output, the first being 1, at which leaves what the node does not take: nobody learns of it where nothing is wired */
  refusesAt?: number;
  /** what callers can ask of the node when its switch is on (`offerFields`): the first whose condition holds, or that has none */
  offers?: readonly Offer[];
  /** what the form has beside its fields */
  extra?: 'test-connection' | 'mapping-preview';
  /** the type that took its place: it is loaded, works and is upgraded in the editor (`migrations/`), but has no form and no help any more */
  succeededBy?: string;
  fields: readonly Field[];
}

/**
 * One operation of a node, as callers can ask for it when the switch of the node is on. What it takes and answers is said by the operation itself
 * (`declarations/operations.ts`).
 */
export interface Offer {
  operation: OperationId;
  /** while another field of the node has one of these values */
  when?: Condition;
  /** the contract of a body, where the operation does not say it. `part-of-account`: an account of which nothing but its code has to be said */
  takes?: 'account' | 'invoice' | 'part-of-account';
  /** it reads, and callers say what in parameters: each fills a field of the node, as long as that field is read from the message */
  asks?: readonly AskedField[];
  /** the node puts this part of what the operation answers into the message; callers get the whole */
  part?: string;
}

/** A parameter of a call, and the field of the node that takes its value. */
export type AskedField = QueryParameter & { field: string };

/** A field is shown, and its value needed, only while another field has one of these values. */
export interface Condition {
  field: string;
  is: readonly string[];
}

interface FieldBase {
  name: string;
  required?: true;
  /** not required while this other field is filled (`environment` stands in for what is left empty) */
  unless?: string;
  when?: Condition | readonly Condition[];
  placeholder?: string;
  /** says to whom credentials go: stored ones go only where the deployed node sends them (`runtime/connection-test.ts`) */
  address?: true;
  /** show the hint under the field, not only as a tooltip and in the help */
  hintShown?: true;
  /** many nodes have it: its label and its hint are said once, in the catalogue of the pack, and not in that of each node */
  saidOnce?: true;
  /** of a connection: the system that alone has this field, and its name there. Two systems share no field, whatever they call it. */
  of?: { system: string; field: string };
}

/** Kept by Node-RED in its encrypted credentials file and never exported with a flow. */
interface Credential {
  credential?: true;
}

export interface TextField extends FieldBase, Credential {
  kind: 'text';
  default?: string;
}
export interface NumberField extends FieldBase {
  kind: 'number';
  default: number;
  /** less, and what is no number, is the default */
  min: number;
  /** more is as much as this */
  max: number;
  /** whole numbers only */
  integer?: true;
}
export interface SelectField extends FieldBase {
  kind: 'select';
  options: readonly string[];
  default: string;
  /** options whose choice the form warns of, in the words `warning.<field>.<option>` */
  warnings?: readonly string[];
}
export interface CheckboxField extends FieldBase {
  kind: 'checkbox';
  default: boolean;
}
/** Refers to a configuration node. */
export interface ConfigField extends FieldBase {
  kind: 'config';
  type: string;
  /** of a connection: only those are offered whose system does one of these */
  can?: readonly OperationId[];
}
/** A password: typed once, never shown again. `multiline-secret` is for keys in PEM. */
export interface SecretField extends FieldBase {
  kind: 'secret' | 'multiline-secret';
  credential: true;
  /** nobody else has to know it: a form that opens without one fills in a random one */
  made?: true;
}
/** A value taken from the message or computed; the type is kept beside it in `<name>Type`. */
export interface TypedField extends FieldBase {
  kind: 'typed';
  types: readonly ('msg' | 'flow' | 'global' | 'jsonata' | 'str' | 'json' | 'env')[];
  default: { type: string; value: string };
}
/**
 * `date` is `YYYY-MM-DD`, `cron` has five or six fields, `jsonata` and `json` get an editor of several lines, `path` is a
 * path that this Node-RED answers at, `api-path` one of a business API, `api-name` the name of one, which is its path, `query` what may stand behind it, `header` the name of an HTTP header.
 */
export interface WrittenField extends FieldBase {
  kind: 'jsonata' | 'date' | 'cron' | 'json' | 'path' | 'api-path' | 'api-name' | 'query' | 'header';
  default?: string;
}
/** What the node keeps of itself: no form shows it, nobody fills it in. */
export interface HiddenField extends FieldBase {
  kind: 'hidden';
  default: number | string;
}

export type Field =
  TextField | NumberField | SelectField | CheckboxField | ConfigField | SecretField | TypedField | WrittenField | HiddenField;

/** Whether the node cannot work without a connection to a system that does this. */
export function asks({ fields }: NodeDeclaration, id: OperationId): boolean {
  return fields.some((field) => field.kind === 'config' && field.required === true && field.can?.includes(id));
}

export function isCredential(field: Field): boolean {
  return 'credential' in field && field.credential === true;
}

export function isSecret(field: Field): field is SecretField {
  return field.kind === 'secret' || field.kind === 'multiline-secret';
}

/** All conditions of a field, however many it has. */
export function conditionsOf(field: Field): readonly Condition[] {
  if (!field.when) return [];
  return 'field' in field.when ? [field.when] : field.when;
}
