import type { FailureClass } from '../../model/failure.ts';

/** What a code means: the class decides what happens next, the remedy is for the analyst. */
export interface ErrorMeaning {
  class: FailureClass;
  remedy: string;
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
  QUERY_TIMEOUT: { class: 'transient.timeout', remedy: 'Narrow the query by an indexed field; the run tries again.' },
  INVALID_QUERY_LOCATOR: { class: 'transient.unavailable', remedy: 'The query took too long to read to its end; it starts again.' },
  SERVER_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  UNKNOWN_EXCEPTION: {
    class: 'transient.unavailable',
    remedy: 'The run tries again. If it persists, give Salesforce the ErrorId in the message.',
  },
  REQUEST_LIMIT_EXCEEDED: { class: 'transient.throttled', remedy: later },
  // nobody's own fault: another row of the same call failed
  ALL_OR_NONE_OPERATION_ROLLED_BACK: { class: 'business.rejected', remedy: 'Correct the other record of the same call.' },
  PROCESSING_HALTED: { class: 'business.rejected', remedy: 'Correct the other record of the same call.' },
  // Bulk API 2.0
  BULK_JOB_FAILED: { class: 'business.rejected', remedy: 'The bulk job failed as a whole: see its text, correct the cause, and replay.' },
  INVALIDJOB: { class: 'contract.invalid', remedy: 'The bulk job is not known: it is kept for seven days only.' },
  INVALIDJOBSTATE: { class: 'conflict.stale', remedy: 'The bulk job was closed or aborted by someone else.' },
  INVALIDENTITY: { class: 'contract.invalid', remedy: 'The object cannot be written by the Bulk API: send fewer records at a time.' },
};

/** Statuses of gateways and the few answers without a code. */
export const statusTable: Record<number, ErrorMeaning> = {
  401: { class: 'auth.expired', remedy: later },
  403: { class: 'auth.denied', remedy: askAdmin },
  404: { class: 'contract.drift', remedy: 'Check the address of the org and the object name.' },
  409: { class: 'conflict.stale', remedy: 'Someone else changed the record: the run reads it again.' },
  410: { class: 'contract.drift', remedy: 'This API version is retired: choose a newer one in the connection.' },
  412: { class: 'conflict.stale', remedy: 'Someone else changed the record: the run reads it again.' },
  414: { class: 'contract.invalid', remedy: 'The query is too long: ask for fewer fields.' },
  420: { class: 'transient.unavailable', remedy: later },
  429: { class: 'transient.throttled', remedy: later },
  431: { class: 'contract.invalid', remedy: 'The query is too long: ask for fewer fields.' },
};
