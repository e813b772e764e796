import type { FailureClass } from '../../model/failure.ts';

/** What an answer of NetSuite means for the analyst. */
export interface ErrorMeaning {
  class: FailureClass;
  remedy: string;
}

const remedies = {
  wait: 'Nothing to do: it is tried again.',
  overload:
    'Nothing to do: it is tried again. If it happens often, lower “Requests at once” of the connection or add a SuiteCloud Plus licence.',
  period: 'Open the accounting period in NetSuite (Setup > Accounting > Manage Accounting Periods) or correct the date, then replay.',
  reference: 'Check that the named record exists in NetSuite, is active and may be used in this subsidiary, then replay.',
  stale: 'Someone changed the record at the same moment: replay; it is read again first.',
  duplicate: 'Find the record in NetSuite and give it the external id named here, or rename it; then replay.',
  permission: 'Give the role of the integration the named permission and the subsidiary (Setup > Users/Roles > Manage Roles), then replay.',
  login: 'Check the credentials of the connection, that the integration record and token are active, and the clock of this machine.',
  approved: 'The time is approved or billed in NetSuite: reverse it there, or leave it and correct by a new entry.',
  missingField: 'NetSuite needs a field that was left empty; fill it in the source or set a default in NetSuite, then replay.',
  content: 'Compare the named field with the NetSuite record (custom forms may hide or require fields), correct the mapping, then replay.',
  query: 'A table or column that the connector reads is not there: switch on the feature (Projects, Time Tracking) and check the role.',
  business: 'Read what NetSuite says, correct the record there or in the source, then replay.',
  gone: 'The record was deleted or never existed: create it, or correct its id, then replay.',
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
  DUPLICATE_KEYS: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  NAME_ALREADY_IN_USE: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  UNIQUE_CUST_ID_REQD: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  UNIQUE_ENTITY_NAME_REQD: { class: 'conflict.duplicate', remedy: remedies.duplicate },
  IDEMPOTENCY_ERROR: { class: 'conflict.duplicate', remedy: remedies.duplicate },

  TRAN_PERIOD_CLOSED: { class: 'business.rejected', remedy: remedies.period },
  TRAN_PRD_CLOSED: { class: 'business.rejected', remedy: remedies.period },
  CLOSED_TRAN_PRD: { class: 'business.rejected', remedy: remedies.period },
  INVALID_PERIOD: { class: 'business.rejected', remedy: remedies.period },
  VALID_PRD_REQD: { class: 'business.rejected', remedy: remedies.period },
  CANT_MODIFY_APPRVD_TIME: { class: 'business.rejected', remedy: remedies.approved },
  TIME_ENTRY_DISALLWD: { class: 'business.rejected', remedy: remedies.reference },
  RCRD_LOCKED_BY_WF: { class: 'business.rejected', remedy: remedies.business },
  SUBSIDIARY_MISMATCH: { class: 'business.rejected', remedy: remedies.reference },
  RCRD_SUB_MISMATCH_WITH_CLASS: { class: 'business.rejected', remedy: remedies.reference },
  MATCHING_CUR_SUB_REQD: { class: 'business.rejected', remedy: remedies.reference },
  INVALID_KEY_OR_REF: { class: 'business.rejected', remedy: remedies.reference },
  FEATURE_UNAVAILABLE: { class: 'business.rejected', remedy: remedies.query },
  // permission, closed period, duplicate, missing field: one code for all of them, the text in the user's language
  USER_ERROR: { class: 'business.rejected', remedy: remedies.business },
  MISSING_REQD_FLD: { class: 'business.rejected', remedy: remedies.missingField },
  FLD_VALUE_REQD: { class: 'business.rejected', remedy: remedies.missingField },

  INVALID_CONTENT: { class: 'contract.invalid', remedy: remedies.content },
  INVALID_PARAMETER: { class: 'contract.drift', remedy: remedies.query },
  INVALID_METHOD: { class: 'contract.drift', remedy: remedies.query },

  NONEXISTENT_ID: { class: 'mapping.missing', remedy: remedies.gone },
  RCRD_DSNT_EXIST: { class: 'mapping.missing', remedy: remedies.gone },
  RCRD_NOT_FOUND: { class: 'mapping.missing', remedy: remedies.gone },
};

/** By HTTP status, where the code says nothing (a gateway's own page, maintenance). */
export const meaningByStatus: Record<number, ErrorMeaning> = {
  400: { class: 'business.rejected', remedy: remedies.business },
  401: { class: 'auth.denied', remedy: remedies.login },
  403: { class: 'auth.denied', remedy: remedies.permission },
  404: { class: 'mapping.missing', remedy: remedies.gone },
  405: { class: 'contract.drift', remedy: remedies.query },
  408: { class: 'transient.timeout', remedy: remedies.wait },
  409: { class: 'conflict.stale', remedy: remedies.stale },
  412: { class: 'conflict.stale', remedy: remedies.stale },
  415: { class: 'contract.drift', remedy: remedies.content },
  425: { class: 'transient.unavailable', remedy: remedies.wait },
  429: { class: 'transient.throttled', remedy: remedies.overload },
  500: { class: 'transient.unavailable', remedy: remedies.wait },
  502: { class: 'transient.unavailable', remedy: remedies.wait },
  503: { class: 'transient.unavailable', remedy: remedies.wait },
  504: { class: 'transient.timeout', remedy: remedies.wait },
};

export const otherMeaning: ErrorMeaning = { class: 'contract.drift', remedy: remedies.content };
