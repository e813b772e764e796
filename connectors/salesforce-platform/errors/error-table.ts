import type { FailureClass } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { phrase } from '../../../model/failure-words.ts';

/** What a code means: the class decides what happens next, the remedy is for the analyst and stands in the locales, under the code or a name. */
export interface ErrorMeaning {
  class: FailureClass;
  remedy: Words;
  /** the code that says what it was, where it is not the outer one */
  code?: string;
}

const fixMapping = phrase('SALESFORCE.fix-mapping');
const askAdmin = phrase('SALESFORCE.ask-admin');
export const later = phrase('SALESFORCE.later');

/**
 * What Salesforce's codes mean. Codes are the same in REST (`errorCode`), collections (`statusCode`) and Bulk (`sf__Error`):
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_calls_concepts_core_data_objects.htm
 */
export const errorTable: Record<string, ErrorMeaning> = {
  // sessions
  INVALID_SESSION_ID: { class: 'auth.expired', remedy: later },
  INVALID_AUTH_HEADER: { class: 'auth.expired', remedy: phrase('SALESFORCE.INVALID_AUTH_HEADER') },
  // rights and switched-off functions
  API_DISABLED_FOR_ORG: { class: 'auth.denied', remedy: phrase('SALESFORCE.API_DISABLED_FOR_ORG') },
  API_CURRENTLY_DISABLED: { class: 'auth.denied', remedy: phrase('SALESFORCE.API_CURRENTLY_DISABLED') },
  FUNCTIONALITY_NOT_ENABLED: { class: 'auth.denied', remedy: phrase('SALESFORCE.FUNCTIONALITY_NOT_ENABLED') },
  INSUFFICIENT_ACCESS: { class: 'auth.denied', remedy: askAdmin },
  INSUFFICIENT_ACCESS_OR_READONLY: { class: 'auth.denied', remedy: askAdmin },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: { class: 'auth.denied', remedy: askAdmin },
  APEX_REST_SERVICES_DISABLED: {
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.APEX_REST_SERVICES_DISABLED'),
  },
  INVALID_READ_ONLY_USER_DML: { class: 'auth.denied', remedy: phrase('SALESFORCE.INVALID_READ_ONLY_USER_DML') },
  INVALID_OPERATION_WITH_EXPIRED_PASSWORD: {
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.INVALID_OPERATION_WITH_EXPIRED_PASSWORD'),
  },
  TXN_SECURITY_METERING_ERROR: {
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.TXN_SECURITY_METERING_ERROR'),
  },
  // the request does not fit the org: objects and fields
  INVALID_FIELD: {
    class: 'contract.drift',
    remedy: phrase('SALESFORCE.INVALID_FIELD'),
  },
  INVALID_TYPE: { class: 'contract.drift', remedy: phrase('SALESFORCE.INVALID_TYPE') },
  INVALID_FIELD_FOR_INSERT_UPDATE: {
    class: 'contract.drift',
    remedy: phrase('SALESFORCE.INVALID_FIELD_FOR_INSERT_UPDATE'),
  },
  NOT_FOUND: {
    class: 'contract.drift',
    remedy: phrase('SALESFORCE.NOT_FOUND'),
  },
  MALFORMED_QUERY: { class: 'contract.invalid', remedy: phrase('SALESFORCE.MALFORMED_QUERY') },
  MALFORMED_SEARCH: { class: 'contract.invalid', remedy: phrase('SALESFORCE.MALFORMED_SEARCH') },
  INVALID_QUERY_FILTER_OPERATOR: {
    class: 'contract.invalid',
    remedy: phrase('SALESFORCE.INVALID_QUERY_FILTER_OPERATOR'),
  },
  QUERY_TOO_COMPLICATED: {
    class: 'contract.invalid',
    remedy: phrase('SALESFORCE.QUERY_TOO_COMPLICATED'),
  },
  OPERATION_TOO_LARGE: { class: 'contract.invalid', remedy: phrase('SALESFORCE.OPERATION_TOO_LARGE') },
  EXCEEDED_ID_LIMIT: { class: 'contract.invalid', remedy: phrase('SALESFORCE.EXCEEDED_ID_LIMIT') },
  JSON_PARSER_ERROR: { class: 'contract.invalid', remedy: fixMapping },
  METHOD_NOT_ALLOWED: { class: 'contract.invalid', remedy: phrase('SALESFORCE.METHOD_NOT_ALLOWED') },
  UNSUPPORTED_MEDIA_TYPE: { class: 'contract.invalid', remedy: phrase('SALESFORCE.UNSUPPORTED_MEDIA_TYPE') },
  // values
  MALFORMED_ID: { class: 'contract.invalid', remedy: phrase('SALESFORCE.MALFORMED_ID') },
  REQUIRED_FIELD_MISSING: { class: 'contract.invalid', remedy: phrase('SALESFORCE.required-field') },
  MISSING_ARGUMENT: { class: 'contract.invalid', remedy: phrase('SALESFORCE.required-field') },
  STRING_TOO_LONG: { class: 'contract.invalid', remedy: phrase('SALESFORCE.STRING_TOO_LONG') },
  NUMBER_OUTSIDE_VALID_RANGE: { class: 'contract.invalid', remedy: fixMapping },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
    class: 'mapping.missing',
    remedy: phrase('SALESFORCE.INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'),
  },
  INVALID_CROSS_REFERENCE_KEY: {
    class: 'mapping.missing',
    remedy: phrase('SALESFORCE.INVALID_CROSS_REFERENCE_KEY'),
  },
  INVALID_CURRENCY_ISO: {
    class: 'mapping.missing',
    remedy: phrase('SALESFORCE.INVALID_CURRENCY_ISO'),
  },
  INVALID_TYPE_ON_FIELD_IN_RECORD: { class: 'contract.invalid', remedy: fixMapping },
  TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET: {
    class: 'contract.invalid',
    remedy: phrase('SALESFORCE.TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET'),
  },
  INVALID_EMAIL_ADDRESS: { class: 'contract.invalid', remedy: phrase('SALESFORCE.INVALID_EMAIL_ADDRESS') },
  FIELD_INTEGRITY_EXCEPTION: { class: 'business.rejected', remedy: fixMapping },
  FIELD_FILTER_VALIDATION_EXCEPTION: {
    class: 'business.rejected',
    remedy: phrase('SALESFORCE.FIELD_FILTER_VALIDATION_EXCEPTION'),
  },
  STANDARD_PRICE_NOT_DEFINED: { class: 'business.rejected', remedy: phrase('SALESFORCE.STANDARD_PRICE_NOT_DEFINED') },
  // the org's own rules
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    class: 'business.rejected',
    remedy: phrase('SALESFORCE.FIELD_CUSTOM_VALIDATION_EXCEPTION'),
  },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    class: 'business.rejected',
    remedy: phrase('SALESFORCE.CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'),
  },
  CANNOT_EXECUTE_FLOW_TRIGGER: {
    class: 'business.rejected',
    remedy: phrase('SALESFORCE.CANNOT_EXECUTE_FLOW_TRIGGER'),
  },
  APEX_ERROR: { class: 'business.rejected', remedy: phrase('SALESFORCE.APEX_ERROR') },
  INACTIVE_OWNER_OR_USER: { class: 'business.rejected', remedy: phrase('SALESFORCE.INACTIVE_OWNER_OR_USER') },
  ENTITY_IS_LOCKED: { class: 'business.rejected', remedy: phrase('SALESFORCE.ENTITY_IS_LOCKED') },
  ENTITY_IS_DELETED: { class: 'business.rejected', remedy: phrase('SALESFORCE.ENTITY_IS_DELETED') },
  DELETE_FAILED: { class: 'business.rejected', remedy: phrase('SALESFORCE.others-depend-on-it') },
  DEPENDENCY_EXISTS: { class: 'business.rejected', remedy: phrase('SALESFORCE.others-depend-on-it') },
  STORAGE_LIMIT_EXCEEDED: { class: 'business.rejected', remedy: phrase('SALESFORCE.STORAGE_LIMIT_EXCEEDED') },
  LIMIT_EXCEEDED: { class: 'business.rejected', remedy: phrase('SALESFORCE.LIMIT_EXCEEDED') },
  // duplicates
  DUPLICATE_VALUE: { class: 'conflict.duplicate', remedy: phrase('SALESFORCE.DUPLICATE_VALUE') },
  DUPLICATE_EXTERNAL_ID: {
    class: 'conflict.duplicate',
    remedy: phrase('SALESFORCE.DUPLICATE_EXTERNAL_ID'),
  },
  DUPLICATES_DETECTED: {
    class: 'conflict.duplicate',
    remedy: phrase('SALESFORCE.DUPLICATES_DETECTED'),
  },
  // at other times it would work
  UNABLE_TO_LOCK_ROW: { class: 'transient.locked', remedy: later },
  RECORD_IN_USE_BY_WORKFLOW: { class: 'transient.locked', remedy: later },
  TERRITORY_REALIGN_IN_PROGRESS: { class: 'transient.locked', remedy: later },
  ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE: { class: 'conflict.stale', remedy: phrase('SALESFORCE.changed-by-another') },
  QUERY_TIMEOUT: { class: 'transient.timeout', remedy: phrase('SALESFORCE.QUERY_TIMEOUT') },
  INVALID_QUERY_LOCATOR: { class: 'transient.unavailable', remedy: phrase('SALESFORCE.INVALID_QUERY_LOCATOR') },
  REQUEST_RUNNING_TOO_LONG: { class: 'transient.timeout', remedy: later },
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: {
    class: 'transient.unavailable',
    remedy: phrase('SALESFORCE.read-only-in-maintenance'),
  },
  ORG_IN_MAINTENANCE: { class: 'transient.unavailable', remedy: later },
  FUNCTIONALITY_TEMPORARILY_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  PLATFORM_EVENT_PUBLISHING_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  DATACLOUD_API_SERVER_BUSY_EXCEPTION: { class: 'transient.unavailable', remedy: later },
  DATACLOUD_API_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  SERVER_UNAVAILABLE: { class: 'transient.unavailable', remedy: later },
  UNKNOWN_EXCEPTION: {
    class: 'transient.unavailable',
    remedy: phrase('SALESFORCE.UNKNOWN_EXCEPTION'),
  },
  REQUEST_LIMIT_EXCEEDED: { class: 'transient.throttled', remedy: later },
  TOO_MANY_APEX_REQUESTS: { class: 'transient.throttled', remedy: later },
  TOO_MANY_JOBS: { class: 'transient.throttled', remedy: later },
  // nobody's own fault: another row of the same call failed
  ALL_OR_NONE_OPERATION_ROLLED_BACK: { class: 'business.rejected', remedy: phrase('SALESFORCE.other-record-of-the-call') },
  PROCESSING_HALTED: { class: 'business.rejected', remedy: phrase('SALESFORCE.other-record-of-the-call') },
  // Bulk API 2.0
  BULK_JOB_FAILED: { class: 'business.rejected', remedy: phrase('SALESFORCE.BULK_JOB_FAILED') },
  INVALIDJOB: { class: 'contract.invalid', remedy: phrase('SALESFORCE.INVALIDJOB') },
  INVALIDJOBSTATE: { class: 'conflict.stale', remedy: phrase('SALESFORCE.INVALIDJOBSTATE') },
  INVALIDENTITY: { class: 'contract.invalid', remedy: phrase('SALESFORCE.INVALIDENTITY') },
  API_ERROR: { class: 'contract.invalid', remedy: phrase('SALESFORCE.API_ERROR') },
  TooManyLockFailure: { class: 'transient.locked', remedy: later },
  InternalServerError: { class: 'transient.unavailable', remedy: later },
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
  remedy: phrase('SALESFORCE.other-refusal'),
};

/** Statuses of gateways, of the few answers without a code, and of codes that the table does not have. */
export const statusTable: Record<number, ErrorMeaning> = {
  401: { class: 'auth.expired', remedy: later },
  403: { class: 'auth.denied', remedy: askAdmin },
  404: { class: 'contract.drift', remedy: phrase('SALESFORCE.address-or-object') },
  408: { class: 'transient.timeout', remedy: later },
  409: { class: 'conflict.stale', remedy: phrase('SALESFORCE.changed-by-another') },
  410: { class: 'contract.drift', remedy: phrase('SALESFORCE.version-retired') },
  412: { class: 'conflict.stale', remedy: phrase('SALESFORCE.changed-by-another') },
  413: { class: 'contract.invalid', remedy: phrase('SALESFORCE.request-too-large') },
  414: { class: 'contract.invalid', remedy: phrase('SALESFORCE.query-too-long') },
  420: { class: 'transient.unavailable', remedy: later },
  423: { class: 'transient.locked', remedy: later },
  425: { class: 'transient.unavailable', remedy: later },
  429: { class: 'transient.throttled', remedy: later },
  431: { class: 'contract.invalid', remedy: phrase('SALESFORCE.query-too-long') },
};
