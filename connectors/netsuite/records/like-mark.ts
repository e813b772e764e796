import { crmMark } from '../../../model/found-record.ts';
import { literal } from '../wire/suiteql.ts';

/**
 * What a text that bears an id's mark looks like to LIKE: its own wildcards stand for themselves, too, as any one sign, for SuiteQL documents no way to
 * escape them. Ids of Salesforce are written in 15 or in 18 characters.
 */
export function likeMark(crmId: string): string {
  const id = crmId.trim();
  return literal(`%${crmMark(id.length === 18 ? id.slice(0, 15) : id).replace(/[%\\]/g, '_')}%`);
}
