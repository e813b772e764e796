import type { SalesforceState } from '../store/state.ts';
import { childrenOf, OBJECTS } from './catalogue.ts';
import type { Field, FieldType } from './field.ts';
import type { SObject } from './object.ts';

const SOAP_TYPE: Readonly<Partial<Record<FieldType, string>>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
};

/** When the metadata last changed: the sandbox's schema never does. */
export const SCHEMA_CHANGED = '2026-01-15T09:00:00.000+0000';

/** The short form that `/sobjects` lists. */
export function describeBrief(object: SObject, version: string): Record<string, unknown> {
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable,
    deprecatedAndHidden: false,
    feedEnabled: object.searchable && !object.custom,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: object.createable,
    mergeable: ['Account', 'Contact'].includes(object.name),
    mruEnabled: object.searchable,
    name: object.name,
    queryable: true,
    replicateable: object.replicateable,
    retrieveable: true,
    searchable: object.searchable,
    triggerable: object.createable,
    undeletable: object.deletable,
    updateable: object.updateable,
    urls: {
      compactLayouts: `${base}/describe/compactLayouts`,
      rowTemplate: `${base}/{ID}`,
      describe: `${base}/describe`,
      layouts: `${base}/describe/layouts`,
      sobject: base,
    },
  };
}

export const describeGlobal = (version: string): Record<string, unknown> => ({
  encoding: 'UTF-8',
  maxBatchSize: 200,
  sobjects: OBJECTS.map((object) => describeBrief(object, version)),
});

/** The full describe. Record types are the org's `RecordType` rows and the master. */
export function describeObject(object: SObject, version: string, state: SalesforceState, instanceUrl: string): Record<string, unknown> {
  const brief = describeBrief(object, version);
  return {
    ...brief,
    actionOverrides: [],
    childRelationships: childrenOf(object).map((child) => ({
      cascadeDelete: child.cascade,
      childSObject: child.object.name,
      deprecatedAndHidden: false,
      field: child.field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: child.name,
      restrictedDelete: false,
    })),
    compactLayoutable: object.searchable,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: object.fields.map(describeField),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypes(object, version, state),
    searchLayoutable: object.searchable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
    urls: {
      ...(brief['urls'] as object),
      uiDetailTemplate: `${instanceUrl}/{ID}`,
      uiEditTemplate: `${instanceUrl}/{ID}/e`,
      uiNewRecord: `${instanceUrl}/${object.keyPrefix}/e`,
    },
  };
}

function recordTypes(object: SObject, version: string, state: SalesforceState): unknown[] {
  if (!object.createable) return [];
  const own = Object.values(state.records['RecordType'] ?? {}).filter((row) => row['SobjectType'] === object.name);
  const info = (id: string, name: string, developerName: string, master: boolean, first: boolean) => ({
    active: true,
    available: true,
    defaultRecordTypeMapping: first,
    developerName,
    master,
    name,
    recordTypeId: id,
    urls: { layout: `/services/data/v${version}/sobjects/${object.name}/describe/layouts/${id}` },
  });
  return [
    ...own.map((row, index) => info(row.Id, String(row['Name']), String(row['DeveloperName']), false, index === 0)),
    info('012000000000000AAA', 'Master', 'Master', true, own.length === 0),
  ];
}

function describeField(field: Field): Record<string, unknown> {
  const long = (field.type === 'textarea' && field.length > 255) || field.type === 'address';
  const many = field.type === 'multipicklist';
  const number = ['double', 'currency', 'percent'].includes(field.type);
  return {
    aggregatable: !long && !many && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    byteLength: ['id', 'reference'].includes(field.type) ? field.length : field.length * 3,
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: field.name.endsWith('__c') && field.child?.cascade === true,
    caseSensitive: false,
    compoundFieldName: field.compound,
    controllerName: null,
    createable: field.createable,
    custom: field.name.endsWith('__c'),
    defaultValue: field.type === 'boolean' ? field.initial === true : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.digits,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.extraTypeInfo,
    filterable: field.filterable && (!long || field.type === 'address'),
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: !long && !many && !number && field.type !== 'datetime',
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.createable && field.nillable,
    picklistValues: field.values.map((value) => ({
      active: true,
      defaultValue: value === field.initial,
      label: value,
      validFor: null,
      value,
    })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: field.name.endsWith('__c') && field.child?.cascade ? 0 : null,
    restrictedDelete: false,
    restrictedPicklist: field.restricted,
    scale: field.scale,
    searchPrefilterable: false,
    soapType: SOAP_TYPE[field.type] ?? 'xsd:string',
    sortable: field.filterable && !long && !many,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}
