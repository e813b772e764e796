import type { Field } from './field.ts';
import type { SObject } from './object.ts';
import { account } from './objects/account.ts';
import { currencyType, pricebook2, pricebookEntry, product2 } from './objects/catalogue.ts';
import { contact } from './objects/contact.ts';
import { contract } from './objects/contract.ts';
import { engagementMilestone, engagementPhase, engagementTask, rateCardLine, staffingNeed } from './objects/engagement.ts';
import { opportunity, opportunityContactRole, opportunityLineItem, opportunityStage } from './objects/opportunity.ts';
import { organization, recordType, user } from './objects/organization.ts';
import { task } from './objects/task.ts';

/** Every sObject of the org. */
export const OBJECTS: readonly SObject[] = [
  account,
  contact,
  contract,
  currencyType,
  engagementMilestone,
  engagementPhase,
  engagementTask,
  opportunity,
  opportunityContactRole,
  opportunityLineItem,
  opportunityStage,
  organization,
  pricebook2,
  pricebookEntry,
  product2,
  rateCardLine,
  recordType,
  staffingNeed,
  task,
  user,
];

export interface ChildRelationship {
  object: SObject;
  field: Field;
  name: string | null;
  cascade: boolean;
}

const byName = new Map(OBJECTS.map((object) => [object.name.toLowerCase(), object]));
const byPrefix = new Map(OBJECTS.map((object) => [object.keyPrefix, object]));
const fieldsByName = new Map(OBJECTS.map((object) => [object.name, new Map(object.fields.map((each) => [each.name.toLowerCase(), each]))]));
const relationships = new Map(
  OBJECTS.map((object) => [
    object.name,
    new Map(object.fields.filter((each) => each.relationshipName).map((each) => [each.relationshipName!.toLowerCase(), each])),
  ]),
);
const children = new Map<string, ChildRelationship[]>();
for (const object of OBJECTS) {
  for (const field of object.fields) {
    for (const parent of field.child ? field.referenceTo : []) {
      const list = children.get(parent) ?? [];
      list.push({ object, field, name: field.child!.name, cascade: field.child!.cascade });
      children.set(parent, list);
    }
  }
}

/** API names are case-insensitive on the way in. */
export const findObject = (name: string): SObject | undefined => byName.get(name.toLowerCase());
export const objectOfId = (id: string): SObject | undefined => byPrefix.get(id.slice(0, 3));
export const findField = (object: SObject, name: string): Field | undefined => fieldsByName.get(object.name)?.get(name.toLowerCase());
/** The lookup behind `Account` in `Account.Name`. */
export const findParent = (object: SObject, relationship: string): Field | undefined =>
  relationships.get(object.name)?.get(relationship.toLowerCase());
export const childrenOf = (object: SObject): readonly ChildRelationship[] => children.get(object.name) ?? [];
export const nameFieldOf = (object: SObject): Field | undefined => object.fields.find((each) => each.nameField);
