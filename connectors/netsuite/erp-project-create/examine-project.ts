import { ExactDecimal } from '../../../model/exact-decimal.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { phrase } from '../../../model/failure-words.ts';
import {
  anotherCrmId,
  Comparison,
  type Difference,
  type Differences,
  type FoundIn,
  recordOfAnother,
  recordPutAside,
} from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Project } from '../../../model/types.generated.ts';
import { withId } from '../../../model/record-names.ts';
import { customerKey } from '../records/customer-lookup.ts';
import { billingType, commentsOf, contractAmount, hasBillingSchedule, type JobReferences, priceOf } from './project-bodies.ts';
import { fieldText, referredId, referredName } from '../records/record-field.ts';

/** What a project that had been there before is looked at for. */
export interface ProjectNeeded {
  project: Project;
  references: JobReferences;
  /** internal id of its billing schedule, where that is there already */
  schedule: string | undefined;
}

/** What differs in a project of the deal's own. Empty billing fields of one made by hand are no difference: they are filled in. */
export function examineProject(found: FoundIn, there: JsonObject, needed: ProjectNeeded): Differences {
  return { money: termsThatDiffer(found, there, needed), plan: planThatDiffers(found, there, needed.project) };
}

/** Refuses a project that is another client's, legal entity's, currency's or deal's, and one that was put aside. */
export function mustBeOfDeal(found: FoundIn, there: JsonObject, { project, references }: Omit<ProjectNeeded, 'schedule'>): void {
  const another = (field: string, id: string, wanted: Words, what: Words) => {
    const holds = referredId(there, field);
    if (holds === undefined || holds === id) return;
    throw recordOfAnother(found, { field, there: referredName(there, field), wanted, what });
  };
  another(
    'parent',
    references.customer,
    withId(references.customer, customerKey(project.account.code, project.legalEntity)),
    phrase('NETSUITE.of-client'),
  );
  another('subsidiary', references.subsidiary, withId(references.subsidiary, project.legalEntity), phrase('NETSUITE.of-legal-entity'));
  another('currency', references.currency, withId(references.currency, project.currency), phrase('NETSUITE.of-currency'));
  const crmId = project.engagementId && anotherCrmId(fieldText(there, 'comments'), project.engagementId);
  if (project.engagementId && crmId) {
    throw recordOfAnother(found, { field: 'code', there: crmId, wanted: project.engagementId, what: phrase('NETSUITE.of-deal') });
  }
  if (there['isInactive'] === true) throw recordPutAside(found, 'isInactive', phrase('NETSUITE.inactive'));
}

/** What is billed: a person decides which is right. */
function termsThatDiffer({ record }: FoundIn, there: JsonObject, { project, references, schedule }: ProjectNeeded): Difference[] {
  const compared = new Comparison(record);
  if (referredId(there, 'parent') === undefined)
    compared.told('parent', undefined, phrase('NETSUITE.customer-id', { id: references.customer }), false);
  const type = referredId(there, 'jobBillingType');
  // a way of billing that NetSuite names otherwise cannot be compared
  if (type !== undefined && /^(CB|FBI|FBM|TM)$/.test(type)) compared.text('jobBillingType', type, billingType(project));
  const price = fieldText(there, 'jobPrice');
  const sold = hasBillingSchedule(project) ? priceOf(project) : undefined;
  if (price !== undefined && sold !== undefined) compared.told('jobPrice', price, sold, sameNumber(price, sold));
  const linked = referredId(there, 'billingSchedule');
  if (hasBillingSchedule(project) && linked !== undefined && linked !== schedule) {
    compared.told('billingSchedule', referredName(there, 'billingSchedule'), schedule === undefined ? undefined : withId(schedule), false);
  }
  const [noted, amount] = [notedAmount(there), contractAmount(project)];
  if (amount === undefined) return compared.differences;
  if (noted !== undefined) compared.text('comments (Contract amount)', noted, amount);
  // a price that somebody gave the project says what it is worth, too
  else if (price !== undefined) compared.told('jobPrice', price, amount, isPriceOf(project, price));
  return compared.differences;
}

/** What the comments say that the contract is worth. */
export const notedAmount = (there: JsonObject) => /^Contract amount: (.+?)\r?$/m.exec(fieldText(there, 'comments') ?? '')?.[1];

/** A price is in the currency of the project. */
const isPriceOf = ({ amount, currency }: Project, price: string) => amount?.currency === currency && sameNumber(price, amount.amount);

function planThatDiffers({ record }: FoundIn, there: JsonObject, project: Project): Difference[] {
  const compared = new Comparison(record)
    .text('companyName', fieldText(there, 'companyName'), project.name)
    .text('startDate', fieldText(there, 'startDate'), project.start)
    .text('projectedEndDate', fieldText(there, 'projectedEndDate'), project.end);
  const [noted, amount] = [notedAmount(there), contractAmount(project)];
  // a project that does not say what it is worth may be worth something else: nobody can tell
  const isSilent = amount !== undefined && noted === undefined && fieldText(there, 'jobPrice') === undefined;
  if (isSilent || (noted !== undefined && project.amount === undefined)) compared.text('comments (Contract amount)', noted, amount);
  const comments = fieldText(there, 'comments');
  // people write into comments too: what the deal says has to be among them
  const lines = new Set((comments ?? '').split('\n').map((line) => line.trim()));
  const wanted = commentsOf(project).split('\n');
  const lacking = wanted.filter((line) => line.trim() !== '' && !/^(CRM id|Contract amount:) /.test(line) && !lines.has(line.trim()));
  // what an earlier state of the deal left behind: a PO number that was cleared, a date of billing that is off
  const leftOver = [...lines].filter((line) => ofDeal.test(line) && !wanted.some((one) => one.trim() === line));
  if (lacking.length > 0) compared.told('comments', comments, lacking.join('\n'), false);
  else if (leftOver.length > 0) compared.told('comments', leftOver.join('\n'), undefined, false);
  return compared.differences;
}

/** Lines of the comments that say something of the deal: `PO 4711`, `M1 Signed: 2026-03-01, 33333.33 EUR`. */
export const isLineOfDeal = (line: string): boolean => ofDeal.test(line);
const ofDeal = /^PO \S|: \d{4}-\d{2}-\d{2}, \d+(\.\d+)? [A-Z]{3}$/;

/** Exact decimals, however they are written: `286180.94`, `286180.9400`. */
export function sameNumber(one: string, other: string): boolean {
  return isDecimal(one) && isDecimal(other) && new ExactDecimal(one).equals(other);
}

export const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/.test(text);
