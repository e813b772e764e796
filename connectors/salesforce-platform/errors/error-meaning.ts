import type { Words } from '../../../model/failure-sentence.ts';
import { phrase } from '../../../model/failure-words.ts';
import type { HttpAnswer } from '../../http/http-call.ts';
import { apiUsage } from '../wire/api-usage.ts';
import { automationCodes, type ErrorMeaning, errorTable, later, otherRefusal, statusTable } from './error-table.ts';
import { knownOf } from '../../../model/known-of.ts';

/** One item of an error list, from a top-level answer, a collection row or a Bulk result. */
export interface SalesforceError {
  code: string;
  message: string;
  fields: string[];
  /** what we say of it where Salesforce said nothing */
  unsaid?: Words;
  /** records that a duplicate rule found */
  matches?: string[];
}

/** A refusal without a word. */
export const noReason = (): SalesforceError => ({
  code: 'UNKNOWN_EXCEPTION',
  message: '',
  unsaid: phrase('SALESFORCE.no-reason'),
  fields: [],
});

/** One code of INVALID_SESSION_ID is permanent: signing in again gives the same answer, so it must not be tried for ever. */
const permanentSessionErrors = [/not valid for use with the REST API/i, /not attached to Agent/i];

/** What one error means: by its code, by what its text says was behind it, and where neither is known, by the status of the answer. */
export function meaningOf(error: SalesforceError, answer?: HttpAnswer): ErrorMeaning {
  if (error.code === 'INVALID_SESSION_ID' && permanentSessionErrors.some((text) => text.test(error.message))) {
    return {
      class: 'auth.denied',
      remedy: phrase('SALESFORCE.session-not-for-rest'),
    };
  }
  if (error.code === 'REQUEST_LIMIT_EXCEEDED' && quotaUsedUp(error, answer)) {
    return {
      class: 'quota.exhausted',
      remedy: phrase('SALESFORCE.quota-used-up'),
    };
  }
  const byStatus = answer && meaningOfStatus(answer.status);
  const meaning = knownOf(errorTable, error.code);
  // these say it by themselves, whatever code comes with them
  if (byStatus && answer.status === 429) return byStatus;
  if (byStatus && answer.status > 501 && !(meaning && passes(meaning))) return byStatus;
  return innerMeaning(error) ?? meaning ?? byStatus ?? otherRefusal;
}

/** What a status means by itself; undefined where only the code can say. */
export function meaningOfStatus(status: number): ErrorMeaning | undefined {
  return statusTable[status] ?? (status >= 500 ? { class: 'transient.unavailable', remedy: later } : undefined);
}

const passes = ({ class: failureClass }: ErrorMeaning) => /^(transient|quota)\./.test(failureClass);

/**
 * What an error was caused by within the org, as an API code in its text: those are not translated. In the words of a trigger or flow the innermost
 * code counts; texts that people write (a validation rule) only tell of what passes.
 */
function innerMeaning({ code, message }: SalesforceError): ErrorMeaning | undefined {
  const outer = knownOf(errorTable, code) ?? otherRefusal;
  const isAutomation = automationCodes.has(code);
  if (!isAutomation && outer.class !== 'business.rejected' && code !== 'UNKNOWN_EXCEPTION') return undefined;
  const named = [...message.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].flatMap(({ 0: name, index }) => {
    const inner = knownOf(errorTable, name);
    // what the org's code called elsewhere with a session of its own says nothing of ours
    if (!inner || name === code || automationCodes.has(name) || inner.class === 'auth.expired') return [];
    const isCause = /^\s?[,:]/.test(message.slice(index + name.length));
    return passes(inner) || (isAutomation && isCause) ? [{ name, inner }] : [];
  });
  const last = named.at(-1);
  if (!last) return undefined;
  // the record at fault is one that the org's code wrote, so it is not our mapping that must be corrected
  return { class: last.inner.class, code: last.name, remedy: passes(last.inner) ? last.inner.remedy : outer.remedy };
}

/** The messages carry an untranslated limit name: `TotalRequests`, `ConcurrentRequests`, `ConcurrentPerOrgLongTxn`. */
function quotaUsedUp(error: SalesforceError, answer?: HttpAnswer): boolean {
  if (/TotalRequests/.test(error.message)) return true;
  if (/Concurrent|Burst/i.test(error.message)) return false;
  const usage = apiUsage(answer?.headers['sforce-limit-info']);
  return usage !== undefined && usage.used >= usage.max;
}
