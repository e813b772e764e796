import {
  type AskedField,
  conditionsOf,
  type Condition,
  type Field,
  type NodeDeclaration,
  type Offer,
  type WrittenField,
} from './node-declaration.ts';
import { apiVersionField } from './shared-fields.ts';

/** The switch of a node, and what belongs to it. Their names are nobody else's. `when`: what can be asked for by a call at all */
export const offerFields = (name: string, when: readonly Condition[] = []) =>
  [
    { name: 'offered', kind: 'checkbox', default: false, when, saidOnce: true, hintShown: true },
    { name: 'access', kind: 'config', type: 'business-api-access', required: true, when: isOffered, saidOnce: true },
    { name: 'apiName', kind: 'api-name', default: name, required: true, when: isOffered, saidOnce: true } satisfies WrittenField,
    { ...apiVersionField, when: isOffered },
    { name: 'deprecated', kind: 'date', default: '', when: isOffered, saidOnce: true },
    { name: 'lastDay', kind: 'date', default: '', when: isOffered, saidOnce: true },
  ] as const satisfies readonly Field[];

const isOffered: Condition = { field: 'offered', is: ['true'] };

/** What a node offers as its other fields stand; undefined = nothing that could be asked for by a call. */
export function offerOf({ offers = [] }: NodeDeclaration, read: (field: string) => unknown): Offer | undefined {
  return offers.find(({ when }) => !when || when.is.includes(String(read(when.field))));
}

/** How it is called: what reads is got, all else is sent. */
export const methodOf = ({ asks }: Offer): 'GET' | 'POST' => (asks ? 'GET' : 'POST');

/** Whether a field is one of the switch. */
export const isOfSwitch = (field: Field): boolean =>
  field.name === 'offered' || conditionsOf(field).some((condition) => condition.field === isOffered.field);

/** The name of an API that is its whole path, what a caller must be allowed, and what its figures are counted by. */
export const isApiName = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/.test(text);

/** Whose time is asked for, and of which days. */
export const peopleAsked = [
  { field: 'from', name: 'start', kind: 'date', required: true },
  { field: 'to', name: 'end', kind: 'date', required: true },
  { field: 'role', name: 'role', kind: 'text', required: false },
  { field: 'skills', name: 'skills', kind: 'text', required: false },
  { field: 'region', name: 'region', kind: 'text', required: false },
] as const satisfies readonly AskedField[];
