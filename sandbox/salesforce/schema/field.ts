/** Field types of the describe call (REST API Developer Guide, "sObject Describe"). */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'email'
  | 'phone'
  | 'url'
  | 'address';

/** What the org knows of one field; the describe call, the validation and SOQL all read it. */
export interface Field {
  name: string;
  label: string;
  type: FieldType;
  length: number;
  digits: number;
  precision: number;
  scale: number;
  createable: boolean;
  updateable: boolean;
  nillable: boolean;
  defaultedOnCreate: boolean;
  values: readonly string[];
  restricted: boolean;
  /** stored on create when the caller sends nothing */
  initial: string | number | boolean | null;
  referenceTo: readonly string[];
  relationshipName: string | null;
  /** the relationship as the parent sees it */
  child: { name: string | null; cascade: boolean } | null;
  unique: boolean;
  externalId: boolean;
  idLookup: boolean;
  nameField: boolean;
  autoNumber: boolean;
  /** may stand in WHERE and ORDER BY, as far as its type allows it */
  filterable: boolean;
  compound: string | null;
  extraTypeInfo: string | null;
}

type Options = Partial<Omit<Field, 'name' | 'type'>>;

/** Access letters: C createable, U updateable, N nillable, D defaulted on create. */
export function field(name: string, type: FieldType, access: string, options: Options = {}): Field {
  return {
    name,
    label: labelOf(name),
    type,
    length: 0,
    digits: 0,
    precision: 0,
    scale: 0,
    createable: access.includes('C'),
    updateable: access.includes('U'),
    nillable: access.includes('N'),
    defaultedOnCreate: access.includes('D'),
    values: [],
    restricted: false,
    initial: type === 'boolean' ? false : null,
    referenceTo: [],
    relationshipName: null,
    child: null,
    unique: false,
    externalId: false,
    idLookup: options.externalId === true,
    nameField: false,
    autoNumber: false,
    filterable: true,
    compound: null,
    extraTypeInfo: null,
    ...options,
  };
}

export const text = (name: string, length: number, access = 'CUN', options: Options = {}): Field =>
  field(name, 'string', access, { length, ...options });
export const longText = (name: string, length = 32000, access = 'CUN', options: Options = {}): Field =>
  field(name, 'textarea', access, { length, extraTypeInfo: 'plaintextarea', ...options });
export const flag = (name: string, access = 'CUD', options: Options = {}): Field => field(name, 'boolean', access, options);
export const integer = (name: string, access = 'CUN', options: Options = {}): Field =>
  field(name, 'int', access, { digits: 8, ...options });
export const decimal = (name: string, precision: number, scale: number, access = 'CUN', options: Options = {}): Field =>
  field(name, 'double', access, { precision, scale, ...options });
export const money = (name: string, access = 'CUN', options: Options = {}): Field =>
  field(name, 'currency', access, { precision: 18, scale: 2, ...options });
export const percent = (name: string, precision: number, scale: number, access = 'CUN', options: Options = {}): Field =>
  field(name, 'percent', access, { precision, scale, ...options });
export const date = (name: string, access = 'CUN', options: Options = {}): Field => field(name, 'date', access, options);
export const instant = (name: string, access = 'N', options: Options = {}): Field => field(name, 'datetime', access, options);
export const phone = (name: string, access = 'CUN'): Field => field(name, 'phone', access, { length: 40 });
export const email = (name: string, access = 'CUN', options: Options = {}): Field =>
  field(name, 'email', access, { length: 80, ...options });
export const url = (name: string, access = 'CUN', options: Options = {}): Field => field(name, 'url', access, { length: 255, ...options });
export const picklist = (name: string, values: readonly string[], access = 'CUN', options: Options = {}): Field =>
  field(name, 'picklist', access, { length: 255, values, ...options });

/** A lookup. `child` names the relationship on the parent: `Contacts`, `Engagement_Phases__r`. */
export function lookup(name: string, to: string | readonly string[], child: string | null, access = 'CUN', options: Options = {}): Field {
  return field(name, 'reference', access, {
    length: 18,
    referenceTo: typeof to === 'string' ? [to] : to,
    relationshipName: name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, ''),
    child: { name: child, cascade: false },
    ...options,
  });
}

/** Street, city … and the compound field of one address. */
export function addressFields(prefix: string): Field[] {
  const compound = `${prefix}Address`;
  const part = (name: string, length: number) => text(`${prefix}${name}`, length, 'CUN', { compound });
  return [
    field(`${prefix}Street`, 'textarea', 'CUN', { length: 255, extraTypeInfo: 'plaintextarea', compound }),
    part('City', 40),
    part('State', 80),
    part('PostalCode', 20),
    part('Country', 80),
    decimal(`${prefix}Latitude`, 18, 15, 'CUN', { compound }),
    decimal(`${prefix}Longitude`, 18, 15, 'CUN', { compound }),
    picklist(
      `${prefix}GeocodeAccuracy`,
      ['Address', 'NearAddress', 'Block', 'Street', 'ExtendedZip', 'Zip', 'Neighborhood', 'City', 'County', 'State', 'Unknown'],
      'CUN',
      { length: 40, restricted: true, compound },
    ),
    field(compound, 'address', 'N'),
  ];
}

export const idField = (label: string): Field =>
  field('Id', 'id', 'D', { length: 18, idLookup: true, label: label.endsWith('ID') ? label : `${label} ID` });
export const deletedField = (): Field => flag('IsDeleted', 'D', { label: 'Deleted' });
export const ownerField = (): Field => lookup('OwnerId', 'User', null, 'CUD', { label: 'Owner ID' });
export const currencyField = (values: readonly string[]): Field =>
  picklist('CurrencyIsoCode', values, 'CUND', { length: 3, restricted: true, label: 'Currency ISO Code' });

/** Created, last modified, system modstamp: every record of every object. */
export function auditFields(): Field[] {
  return [
    instant('CreatedDate', 'D'),
    lookup('CreatedById', 'User', null, 'D', { label: 'Created By ID' }),
    instant('LastModifiedDate', 'D'),
    lookup('LastModifiedById', 'User', null, 'D', { label: 'Last Modified By ID' }),
    instant('SystemModstamp', 'D', { label: 'System Modstamp' }),
  ];
}

export const viewedFields = (): Field[] => [instant('LastViewedDate'), instant('LastReferencedDate')];

function labelOf(name: string): string {
  const words = name.replace(/__c$/, '').replaceAll('_', ' ');
  return words.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/ Id$/, ' ID');
}
