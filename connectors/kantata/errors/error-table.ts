import type { FailureClass } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { inWords } from '../../../model/failure-words.ts';

/** What one kind of refusal means. The first rule whose status, and field where it names some, match is taken. */
export interface ErrorRule {
  status: number;
  /** fields of the vendor's `errors[]` */
  fields?: string[];
  class: FailureClass;
  code: string;
  /** the sentence before the vendor's own words */
  message: string;
  remedy: string;
  /** what both are made of in other languages */
  words: Words;
}

/**
 * Kantata has no error codes: `{"errors":[{"type","message","field"}]}` with English text
 * (https://developer.kantata.com/ "Errors"). So status and field decide, never the text.
 */
export const errorTable: ErrorRule[] = [
  { status: 400, class: 'contract.invalid', ...inWords('BAD_REQUEST.kantata') },
  { status: 401, class: 'auth.denied', ...inWords('TOKEN_REFUSED.kantata') },
  { status: 402, class: 'auth.denied', ...inWords('PAYMENT_REQUIRED.kantata') },
  { status: 403, class: 'auth.denied', ...inWords('NO_ACCESS.kantata') },
  { status: 404, class: 'business.rejected', ...inWords('NOT_FOUND.kantata') },
  { status: 408, class: 'transient.timeout', ...inWords('REQUEST_TIMEOUT.kantata') },
  { status: 409, class: 'conflict.stale', ...inWords('CONFLICT.kantata') },
  { status: 410, class: 'business.rejected', ...inWords('GONE.kantata') },
  { status: 412, class: 'conflict.stale', ...inWords('CONFLICT.kantata') },
  ...[413, 414, 431].map((status): ErrorRule => ({
    status,
    class: 'contract.invalid',
    ...inWords('TOO_LARGE.kantata'),
  })),
  {
    status: 422,
    fields: [
      'external_reference',
      'external_reference.service_name',
      'external_reference.service_model_ref',
      'service_name',
      'service_model_ref',
    ],
    class: 'conflict.duplicate',
    ...inWords('REFERENCE_TAKEN.kantata'),
  },
  {
    status: 422,
    fields: ['date_performed', 'lock_date'],
    class: 'business.rejected',
    ...inWords('DATE_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['title'],
    class: 'business.rejected',
    ...inWords('TITLE_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['start_date', 'due_date', 'end_date', 'workspace_allocation_start_date', 'workspace_allocation_end_date'],
    class: 'business.rejected',
    ...inWords('DATES_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['currency'],
    class: 'business.rejected',
    ...inWords('CURRENCY_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['approver_ids', 'approver_id'],
    class: 'mapping.missing',
    ...inWords('APPROVER_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['role_id', 'resource_role_id'],
    class: 'mapping.missing',
    ...inWords('ROLE_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['skill_id'],
    class: 'mapping.missing',
    ...inWords('SKILL_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['workspace_id', 'resource_workspace_id'],
    class: 'business.rejected',
    ...inWords('PROJECT_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['resource_id', 'workspace_resource_id'],
    class: 'business.rejected',
    ...inWords('RESOURCE_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['user_id'],
    class: 'mapping.missing',
    ...inWords('USER_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['creator_role'],
    class: 'business.rejected',
    ...inWords('CREATOR_ROLE_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['story_id', 'parent_id'],
    class: 'business.rejected',
    ...inWords('TASK_REFUSED.kantata'),
  },
  {
    status: 422,
    fields: ['minutes', 'time_in_minutes', 'time_estimate_in_minutes'],
    class: 'business.rejected',
    ...inWords('EFFORT_REFUSED.kantata'),
  },
  { status: 422, class: 'business.rejected', ...inWords('REFUSED.kantata') },
  { status: 423, class: 'transient.locked', ...inWords('LOCKED.kantata') },
  { status: 425, class: 'transient.unavailable', ...inWords('TOO_EARLY.kantata') },
  {
    status: 429,
    class: 'transient.throttled',
    // neither Retry-After nor quota headers are sent: the retry policy's own back-off decides
    ...inWords('TOO_MANY_REQUESTS.kantata'),
  },
  { status: 503, class: 'transient.unavailable', ...inWords('UNAVAILABLE.kantata') },
  { status: 504, class: 'transient.timeout', ...inWords('GATEWAY_TIMEOUT.kantata') },
];

/** For statuses the table does not name. */
export const unnamedServerError = {
  class: 'transient.unavailable',
  ...inWords('SERVER_ERROR.kantata'),
} as const;

export const unnamedRefusal = {
  class: 'contract.drift',
  ...inWords('STATUS_UNEXPECTED.kantata'),
} as const;
