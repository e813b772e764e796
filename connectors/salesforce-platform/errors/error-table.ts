import type { FailureClass } from '../../../model/failure.ts';

/** What a code means: the class decides what happens next, the remedy is for the analyst. */
export interface ErrorMeaning {
  class: FailureClass;
  remedy: string;
  /** the code that says what it was, where it is not the outer one */
  code?: string;
}

const fixMapping = 'Correct the field in the mapping or the value in the source record.';
const askAdmin = 'Ask the Salesforce administrator to give the integration user the right.';
export const later = 'Nothing to do: the run tries again.';

/**
 * What Salesforce's codes mean. Codes are the same in REST (`errorCode`), collections (`statusCode`) and Bulk (`sf__Error`):
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_calls_concepts_core_data_objects.htm
 */
export const errorTable: Record<string, ErrorMeaning> = {
  // sessions
  INVALID_SESSION_ID: { class: 'auth.expired', remedy: later },
  INVALID_AUTH_HEADER: { class: 'auth.expired', remedy: 'Check the connection: Salesforce does not understand the token.' },
  // rights and switched-off functions
  API_DISABLED_FOR_ORG: { class: 'auth.denied', remedy: 'The edition or the user has no API access: enable "API Enabled".' },
  API_CURRENTLY_DISABLED: { class: 'auth.denied', remedy: 'The API is switched off for this org at present: ask Salesforce.' },
  FUNCTIONALITY_NOT_ENABLED: { class: 'auth.denied', remedy: 'Enable the feature in the org, or choose another field or object.' },
  INSUFFICIENT_ACCESS: { class: 'auth.denied', remedy: askAdmin },
  INSUFFICIENT_ACCESS_OR_READONLY: { class: 'auth.denied', remedy: askAdmin },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: { class: 'auth.denied', remedy: askAdmin },
  APEX_REST_SERVICES_DISABLED: {
    class: 'auth.denied',
    remedy: 'The user may not call Apex REST services: give it the right "Apex REST Services".',
  },
  INVALID_READ_ONLY_USER_DML: { class: 'auth.denied', remedy: 'The integration user may read only: give it a licence that may write.' },
  INVALID_OPERATION_WITH_EXPIRED_PASSWORD: {
    class: 'auth.denied',
    remedy: 'The password of the integration user has run out: set a new one, or let it never expire.',
  },
  TXN_SECURITY_METERING_ERROR: {
    class: 'auth.denied',
    remedy: 'A transaction security policy of the org stops the call: ask the administrator.',
  },
  // the request does not fit the org: objects and fields
  INVALID_FIELD: {
    class: 'contract.drift',
    remedy: 'The field does not exist or the integration user cannot see it: check the mapping and field-level security.',
  },
  INVALID_TYPE: { class: 'contract.drift', remedy: 'The object does not exist or the integration user cannot see it.' },
  INVALID_FIELD_FOR_INSERT_UPDATE: {
    class: 'contract.drift',
    remedy: 'The field cannot be written: remove it from the mapping or give the user edit rights on it.',
  },
  NOT_FOUND: {
    class: 'contract.drift',
    remedy: 'Check the object, the external id field (it must be marked External ID) and the rights of the user.',
  },
  MALFORMED_QUERY: { class: 'contract.invalid', remedy: 'Correct the SOQL of the node.' },
  MALFORMED_SEARCH: { class: 'contract.invalid', remedy: 'Correct the search text.' },
  INVALID_QUERY_FILTER_OPERATOR: {
    class: 'contract.invalid',
    remedy: 'Correct the condition: the operator does not fit the field’s type.',
  },
  QUERY_TOO_COMPLICATED: {
    class: 'contract.invalid',
    remedy: 'Ask for fewer fields, above all fewer formula fields, or simplify the condition.',
  },
  OPERATION_TOO_LARGE: { class: 'contract.invalid', remedy: 'Ask for fewer records or fields: narrow the condition by an indexed field.' },
  EXCEEDED_ID_LIMIT: { class: 'contract.invalid', remedy: 'Ask for a shorter period.' },
  JSON_PARSER_ERROR: { class: 'contract.invalid', remedy: fixMapping },
  METHOD_NOT_ALLOWED: { class: 'contract.invalid', remedy: 'The object does not allow this kind of call.' },
  UNSUPPORTED_MEDIA_TYPE: { class: 'contract.invalid', remedy: 'Check that no proxy changes the request.' },
  // values
  MALFORMED_ID: { class: 'contract.invalid', remedy: 'Give a record id of 15 or 18 characters of the right object.' },
  REQUIRED_FIELD_MISSING: { class: 'contract.invalid', remedy: 'Fill in the required field in the mapping.' },
  MISSING_ARGUMENT: { class: 'contract.invalid', remedy: 'Fill in the required field in the mapping.' },
  STRING_TOO_LONG: { class: 'contract.invalid', remedy: 'Shorten the value or lengthen the field.' },
  NUMBER_OUTSIDE_VALID_RANGE: { class: 'contract.invalid', remedy: fixMapping },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
    class: 'mapping.missing',
    remedy: 'Translate the value to one of the picklist, or add it to the picklist in Salesforce.',
  },
  INVALID_CROSS_REFERENCE_KEY: {
    class: 'mapping.missing',
    remedy: 'The record referred to does not exist: check the id or create that record first.',
  },
  INVALID_CURRENCY_ISO: {
    class: 'mapping.missing',
    remedy: 'The org does not have this currency, or not active: activate it in Salesforce, or translate the value.',
  },
  INVALID_TYPE_ON_FIELD_IN_RECORD: { class: 'contract.invalid', remedy: fixMapping },
  TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET: {
    class: 'contract.invalid',
    remedy: 'Take the signs that Salesforce does not know out of the text.',
  },
  INVALID_EMAIL_ADDRESS: { class: 'contract.invalid', remedy: 'Correct the e-mail address in the source record.' },
  FIELD_INTEGRITY_EXCEPTION: { class: 'business.rejected', remedy: fixMapping },
  FIELD_FILTER_VALIDATION_EXCEPTION: {
    class: 'business.rejected',
    remedy: 'The lookup filter of the field excludes the value: choose another or change the filter.',
  },
  STANDARD_PRICE_NOT_DEFINED: { class: 'business.rejected', remedy: 'Add the product to the standard price book first.' },
  // the org's own rules
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    class: 'business.rejected',
    remedy: 'A validation rule of the org refused the record: do what its text says.',
  },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    class: 'business.rejected',
    remedy: 'An Apex trigger of the org refused the record: show the text to the administrator.',
  },
  CANNOT_EXECUTE_FLOW_TRIGGER: {
    class: 'business.rejected',
    remedy: 'A flow of the org failed on the record: show the text to the administrator.',
  },
  APEX_ERROR: { class: 'business.rejected', remedy: 'Apex code of the org failed: show the text to the administrator.' },
  INACTIVE_OWNER_OR_USER: { class: 'business.rejected', remedy: 'The owner or user named is inactive: choose another, or activate it.' },
  ENTITY_IS_LOCKED: { class: 'business.rejected', remedy: 'The record is locked by an approval: finish or recall the approval.' },
  ENTITY_IS_DELETED: { class: 'business.rejected', remedy: 'The record is in the recycle bin: restore it, or leave it out.' },
  DELETE_FAILED: { class: 'business.rejected', remedy: 'Other records depend on it: remove them first.' },
  DEPENDENCY_EXISTS: { class: 'business.rejected', remedy: 'Other records depend on it: remove them first.' },
  STORAGE_LIMIT_EXCEEDED: { class: 'business.rejected', remedy: 'The org’s storage is full: the administrator must free some.' },
  LIMIT_EXCEEDED: { class: 'business.rejected', remedy: 'A limit of the org is reached: show the text to the administrator.' },
  // duplicates
  DUPLICATE_VALUE: { class: 'conflict.duplicate', remedy: 'Another record has this unique value: merge the two or correct the value.' },
  DUPLICATE_EXTERNAL_ID: {
    class: 'conflict.duplicate',
    remedy: 'Several records have this external id: keep one, and mark the field Unique.',
  },
  DUPLICATES_DETECTED: {
    class: 'conflict.duplicate',
    remedy: 'A duplicate rule found a matching record: use that one, or let the rule allow the integration user.',
  },
  // at other times it would work
  UNABLE_TO_LOCK_ROW: { class: 'transient.locked', remedy: later },
  RECORD_IN_USE_BY_WORKFLOW: { class: 'transient.locked', remedy: later },
  TERRITORY_REALIGN_IN_PROGRESS: { class: 'transient.locked', remedy: later },
  ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE: { class: 'conflict.stale', remedy: 'Someone else changed the record: the run reads it again.' },
  QUERY_TIMEOUT: { class: 'transient.timeout', remedy: 'Narrow the query by an indexed field; the run tries again.' },
  INVALID_QUERY_LOCATOR: { class: 'transient.unavailable', remedy: 'The query took too long to read to its end; it starts again.' },
  REQUEST_RUNNING_TOO_LONG: { class: 'transient.timeout', remedy: later },
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: {
    class: 'transient.unavailable',
    remedy: 'Nothing to do: the org is read-only while Salesforce maintains it; the run tries again.',
  },
  ORG_IN_MAINTENANCE: { class: 'transient.unavailable', remedy: later },
  FUNCTIONALITY_TEMPORARILY_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  PLATFORM_EVENT_PUBLISHING_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  DATACLOUD_API_SERVER_BUSY_EXCEPTION: { class: 'transient.unavailable', remedy: later },
  DATACLOUD_API_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  SERVER_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  UNKNOWN_EXCEPTION: {
    class: 'transient.unavailable',
    remedy: 'The run tries again. If it persists, give Salesforce the ErrorId in the message.',
  },
  REQUEST_LIMIT_EXCEEDED: { class: 'transient.throttled', remedy: later },
  TOO_MANY_APEX_REQUESTS: { class: 'transient.throttled', remedy: later },
  TOO_MANY_JOBS: { class: 'transient.throttled', remedy: later },
  // nobody's own fault: another row of the same call failed
  ALL_OR_NONE_OPERATION_ROLLED_BACK: { class: 'business.rejected', remedy: 'Correct the other record of the same call.' },
  PROCESSING_HALTED: { class: 'business.rejected', remedy: 'Correct the other record of the same call.' },
  // Bulk API 2.0
  BULK_JOB_FAILED: { class: 'business.rejected', remedy: 'The bulk job failed as a whole: see its text, correct the cause, and replay.' },
  INVALIDJOB: { class: 'contract.invalid', remedy: 'The bulk job is not known: it is kept for seven days only.' },
  INVALIDJOBSTATE: { class: 'conflict.stale', remedy: 'The bulk job was closed or aborted by someone else.' },
  INVALIDENTITY: { class: 'contract.invalid', remedy: 'The object cannot be written by the Bulk API: send fewer records at a time.' },
};

/**
 * Codes of the org's own automation. What went wrong within it stands in their text: `…; first error: UNABLE_TO_LOCK_ROW, unable to obtain …`
 */
export const automationCodes: ReadonlySet<string> = new Set([
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  'CANNOT_EXECUTE_FLOW_TRIGGER',
  'APEX_ERROR',
]);

/** What a code means that is not in the table, when its status says nothing either. */
export const otherRefusal: ErrorMeaning = {
  class: 'business.rejected',
  remedy: 'Salesforce refused the record: see its text, or ask the administrator.',
};

/** Statuses of gateways, of the few answers without a code, and of codes that the table does not have. */
export const statusTable: Record<number, ErrorMeaning> = {
  401: { class: 'auth.expired', remedy: later },
  403: { class: 'auth.denied', remedy: askAdmin },
  404: { class: 'contract.drift', remedy: 'Check the address of the org and the object name.' },
  408: { class: 'transient.timeout', remedy: later },
  409: { class: 'conflict.stale', remedy: 'Someone else changed the record: the run reads it again.' },
  410: { class: 'contract.drift', remedy: 'This API version is retired: choose a newer one in the connection.' },
  412: { class: 'conflict.stale', remedy: 'Someone else changed the record: the run reads it again.' },
  413: { class: 'contract.invalid', remedy: 'The request is too large: send or ask for less at once.' },
  414: { class: 'contract.invalid', remedy: 'The query is too long: ask for fewer fields.' },
  420: { class: 'transient.unavailable', remedy: later },
  423: { class: 'transient.locked', remedy: later },
  425: { class: 'transient.unavailable', remedy: later },
  429: { class: 'transient.throttled', remedy: later },
  431: { class: 'contract.invalid', remedy: 'The query is too long: ask for fewer fields.' },
};
