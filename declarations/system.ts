import type { CredentialKeeper } from '../model/kept-credential.ts';
import type { Words } from '../model/failure-sentence.ts';
import type { Connector, WrittenRecord } from '../model/operations.ts';
import type { PersonalForm } from '../model/personal-forms.ts';
import type { Field } from './node-declaration.ts';
import { type OperationId, operations, type SystemArea } from './operations.ts';

/** A connection's settings as the form or the environment gives them: text by field name; empty fields are absent. */
export type ConnectionValues = Readonly<Record<string, string>>;

/** A table of a document, row by row. */
export interface TableOfWords {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A system: all that the pack knows of it outside its folder. */
export interface SystemDeclaration {
  /** its name in flows, runs and journals: never change it */
  name: string;
  /** its name for people */
  title: string;
  /** what its environment variables begin with in the template flows */
  prefix: string;
  /** what a connection to it needs to know, besides a name and the environment */
  fields: readonly Field[];
  /** what it does; everything else is refused */
  does: readonly OperationId[];
  /** what somebody could want of it and it cannot: why, as a clause behind a colon, which is told whoever asks it to */
  cannot?: Readonly<Partial<Record<OperationId, Words>>>;
  /** what its refusals become, by the heading in `docs/errors.md` */
  errors: Readonly<Record<string, () => TableOfWords>>;
  /** what names a person in its own records, beside what all call the same (`model/personal-forms.ts`): shown to nobody who may not see persons */
  personal: PersonalForm;
  /** default mappings of what it tells to canonical objects: JSONata, by the name that flows know each by: never change it */
  mappings?: Readonly<Record<string, string>>;
  /** Where people see a record in the system's own interface, as far as the settings tell; undefined = that is not known. */
  recordAddress?(values: ConnectionValues, record: WrittenRecord): string | undefined;
  /** Throws a Failure that names the field when the settings cannot work. `credentials` keeps what changes by being used. */
  connect(values: ConnectionValues, credentials?: CredentialKeeper): Connector;
}

/** All that a system is for the firm: one can be more than one thing. */
export function areasOf({ does }: Pick<SystemDeclaration, 'does'>): SystemArea[] {
  return [...new Set(does.map((id) => operations[id].area))];
}

/** Of the values, those named, as numbers; what is empty stays away. Whether one can be is the settings' to say. */
export function numbersIn(values: ConnectionValues, ...names: string[]): Record<string, number> {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, Number(values[name])]])));
}

/** The same as the texts that they are. */
export function textsIn(values: ConnectionValues, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}
