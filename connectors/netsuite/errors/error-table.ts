import type { FailureClass } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { phrase } from '../../../model/failure-words.ts';

/** What an answer of NetSuite means for the analyst; the remedy stands in the locales. */
export interface ErrorMeaning {
  class: FailureClass;
  remedy: Words;
}

const remedies = {
  wait: phrase('NETSUITE.wait'),
  overload: phrase('NETSUITE.overload'),
  period: phrase('NETSUITE.period'),
  periodOfDay: phrase('NETSUITE.period-of-day'),
  reference: phrase('NETSUITE.reference'),
  stale: phrase('NETSUITE.stale'),
  duplicate: phrase('NETSUITE.duplicate'),
  permission: phrase('NETSUITE.permission'),
  login: phrase('NETSUITE.login'),
  approved: phrase('NETSUITE.approved'),
  missingField: phrase('NETSUITE.missing-field'),
  content: phrase('NETSUITE.content'),
  query: phrase('NETSUITE.query'),
  method: phrase('NETSUITE.method'),
  request: phrase('NETSUITE.request'),
  feature: phrase('NETSUITE.feature'),
  show: phrase('NETSUITE.show'),
  less: phrase('NETSUITE.less'),
  locked: phrase('NETSUITE.locked'),
  business: phrase('NETSUITE.business'),
  gone: phrase('NETSUITE.gone'),
} as const;

/** By `o:errorCode`. REST gives few codes of its own and otherwise the status codes of SuiteTalk (platform.faultTypes). */
export const meaningByCode: Record<string, ErrorMeaning> = {
  INVALID_LOGIN: { class: 'auth.denied', remedy: remedies.login },
  INVALID_LOGIN_ATTEMPT: { class: 'auth.denied', remedy: remedies.login },
  INVALID_LOGIN_CREDENTIALS: { class: 'auth.denied', remedy: remedies.login },
  SESSION_TIMED_OUT: { class: 'auth.expired', remedy: remedies.wait },

  INSUFFICIENT_PERMISSION: { class: 'auth.denied', remedy: remedies.permission },
  INSUFFICIENT_FLD_PERMISSION: { class: 'auth.denied', remedy: remedies.permission },
  PERMISSION_VIOLATION: { class: 'auth.denied', remedy: remedies.permission },

  CONCURRENCY_LIMIT_EXCEEDED: { class: 'transient.throttled', remedy: remedies.overload },
  SSS_REQUEST_LIMIT_EXCEEDED: { class: 'transient.throttled', remedy: remedies.overload },
  EXCEEDED_MAX_CONCUR_RQST: { class: 'transient.throttled', remedy: remedies.overload },
  WS_EXCEEDED_MAX_CONCUR_RQST: { class: 'transient.throttled', remedy: remedies.overload },
  WS_CONCUR_SESSION_DISALLWD: { class: 'transient.throttled', remedy: remedies.overload },
  WS_REQUEST_BLOCKED: { class: 'transient.throttled', remedy: remedies.overload },

  ACCT_TEMP_UNAVAILABLE: { class: 'transient.unavailable', remedy: remedies.wait },
  ACCT_TEMP_DISABLED: { class: 'transient.unavailable', remedy: remedies.wait },
  UNEXPECTED_ERROR: { class: 'transient.unavailable', remedy: remedies.wait },
  SSS_CONNECTION_TIME_OUT: { class: 'transient.timeout', remedy: remedies.wait },
  SSS_REQUEST_TIME_EXCEEDED: { class: 'transient.timeout', remedy: remedies.wait },
  EXCEEDED_MAX_TIME: { class: 'transient.timeout', remedy: remedies.wait },

  RCRD_HAS_BEEN_CHANGED: { class: 'conflict.stale', remedy: remedies.stale },
  RCRD_EDITED_SINCE_RETRIEVED: { class: 'conflict.stale', remedy: remedies.stale },
  RCRD_DELETED_SINCE_RETRIEVED: { class: 'conflict.stale', remedy: remedies.stale },
  COLLISION: { class: 'conflict.stale', remedy: remedies.stale },

  DUP_ENTITY: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  DUP_ENTITY_NAME: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  DUP_NAME: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  DUP_RCRD: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  NAME_ALREADY_IN_USE: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  UNIQUE_CUST_ID_REQD: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  UNIQUE_ENTITY_NAME_REQD: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  IDEMPOTENCY_ERROR: { class: 'conflict.duplicate', remedy: remedies.duplicate },

  TRAN_PERIOD_CLOSED: { class: 'business.rejected', remedy: remedies.period },
  TRAN_PRD_CLOSED: { class: 'business.rejected', remedy: remedies.period },
  CLOSED_TRAN_PRD: { class: 'business.rejected', remedy: remedies.period },
  INVALID_PERIOD: { class: 'business.rejected', remedy: remedies.periodOfDay },
  VALID_PRD_REQD: { class: 'business.rejected', remedy: remedies.periodOfDay },
  CANT_MODIFY_APPRVD_TIME: { class: 'business.rejected', remedy: remedies.approved },
  TIME_ENTRY_DISALLWD: { class: 'business.rejected', remedy: remedies.reference },
  RCRD_LOCKED_BY_WF: { class: 'business.rejected', remedy: remedies.business },
  SUBSIDIARY_MISMATCH: { class: 'business.rejected', remedy: remedies.reference },
  RCRD_SUB_MISMATCH_WITH_CLASS: { class: 'business.rejected', remedy: remedies.reference },
  MATCHING_CUR_SUB_REQD: { class: 'business.rejected', remedy: remedies.reference },
  INVALID_KEY_OR_REF: { class: 'business.rejected', remedy: remedies.reference },
  FEATURE_UNAVAILABLE: { class: 'business.rejected', remedy: remedies.feature },
  // permission, closed period, duplicate, missing field: one code for all of them, the text in the user's language
  USER_ERROR: { class: 'business.rejected', remedy: remedies.business },
  MISSING_REQD_FLD: { class: 'business.rejected', remedy: remedies.missingField },
  FLD_VALUE_REQD: { class: 'business.rejected', remedy: remedies.missingField },

  INVALID_CONTENT: { class: 'contract.invalid', remedy: remedies.content },
  INVALID_VALUE: { class: 'contract.invalid', remedy: remedies.content },
  INVALID_FLD_VALUE: { class: 'contract.invalid', remedy: remedies.content },
  DUPLICATE_KEYS: { class: 'contract.invalid', remedy: remedies.content },
  INVALID_ID: { class: 'contract.invalid', remedy: remedies.request },
  INVALID_HEADER: { class: 'contract.invalid', remedy: remedies.request },
  INVALID_REQUEST: { class: 'contract.invalid', remedy: remedies.request },
  INVALID_QUERY: { class: 'contract.invalid', remedy: remedies.request },
  INVALID_PARAMETER: { class: 'contract.drift', remedy: remedies.query },
  NONEXISTENT_FIELD: { class: 'contract.drift', remedy: remedies.query },
  INVALID_METHOD: { class: 'contract.drift', remedy: remedies.method },
  INVALID_URL: { class: 'contract.drift', remedy: remedies.method },
  INVALID_RECORD_TYPE: { class: 'contract.drift', remedy: remedies.method },

  NONEXISTENT_ID: { class: 'mapping.missing', remedy: remedies.gone },
  RCRD_DSNT_EXIST: { class: 'mapping.missing', remedy: remedies.gone },
  RCRD_NOT_FOUND: { class: 'mapping.missing', remedy: remedies.gone },
};

/** Codes that are not listed, by what their family means; the first that fits counts. SuiteTalk has 400 of them. */
export const meaningByFamily: readonly { codes: RegExp; meaning: ErrorMeaning }[] = [
  { codes: /^INVALID_(?:SEARCH|SRCH|SAVED_?S|COLUMN)/, meaning: { class: 'contract.drift', remedy: remedies.query } },
  { codes: /^INVALID_/, meaning: { class: 'contract.invalid', remedy: remedies.content } },
  { codes: /^INSUFFICIENT_|PERMISSION_REQD$/, meaning: { class: 'auth.denied', remedy: remedies.permission } },
  { codes: /^DUP_/, meaning: { class: 'conflict.duplicate', remedy: remedies.duplicate } },
  { codes: /_REQD$/, meaning: { class: 'business.rejected', remedy: remedies.missingField } },
];

/** `USER_ERROR` in these words was seen for a permission that is missing; in other languages it cannot be told from other refusals. */
export const permissionTexts = ['Your current role does not have permission to perform this action', 'Permission Violation:'];

/**
 * A read that is refused as `USER_ERROR`, whatever the language of its words: a workflow or a person may hold the record, which passes, or the role may
 * lack a permission, for which NetSuite has codes of its own. So it is tried again, with a limit, and never waited for without end.
 */
export const readRefused: ErrorMeaning = { class: 'transient.locked', remedy: remedies.show };

/** A read of a record that is held, by the code of SuiteTalk: a look-up that would find it later. */
export const readLocked: ErrorMeaning = { class: 'transient.locked', remedy: remedies.locked };
export const lockedCode = 'RCRD_LOCKED_BY_WF';

/** A query that NetSuite cannot read, and does not say why by a code. */
export const queryMeaning: ErrorMeaning = { class: 'contract.drift', remedy: remedies.query };

/** By HTTP status, where the code says nothing (a gateway's own page, maintenance). */
export const meaningByStatus: Record<number, ErrorMeaning> = {
  400: { class: 'business.rejected', remedy: remedies.business },
  401: { class: 'auth.denied', remedy: remedies.login },
  403: { class: 'auth.denied', remedy: remedies.permission },
  404: { class: 'mapping.missing', remedy: remedies.gone },
  405: { class: 'contract.drift', remedy: remedies.method },
  408: { class: 'transient.timeout', remedy: remedies.wait },
  409: { class: 'conflict.stale', remedy: remedies.stale },
  410: { class: 'mapping.missing', remedy: remedies.gone },
  412: { class: 'conflict.stale', remedy: remedies.stale },
  413: { class: 'contract.invalid', remedy: remedies.less },
  414: { class: 'contract.invalid', remedy: remedies.less },
  415: { class: 'contract.drift', remedy: remedies.content },
  423: { class: 'transient.locked', remedy: remedies.locked },
  425: { class: 'transient.unavailable', remedy: remedies.wait },
  429: { class: 'transient.throttled', remedy: remedies.overload },
  431: { class: 'contract.invalid', remedy: remedies.less },
  500: { class: 'transient.unavailable', remedy: remedies.wait },
  502: { class: 'transient.unavailable', remedy: remedies.wait },
  503: { class: 'transient.unavailable', remedy: remedies.wait },
  504: { class: 'transient.timeout', remedy: remedies.wait },
};

export const otherMeaning: ErrorMeaning = { class: 'contract.drift', remedy: remedies.content };
