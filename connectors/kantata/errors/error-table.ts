import type { FailureClass } from '../../../model/failure.ts';

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
}

/**
 * Kantata has no error codes: `{"errors":[{"type","message","field"}]}` with English text
 * (https://developer.kantata.com/ "Errors"). So status and field decide, never the text.
 */
export const errorTable: ErrorRule[] = [
  {
    status: 400,
    class: 'contract.invalid',
    code: 'BAD_REQUEST',
    message: 'Kantata could not read the request.',
    remedy: 'Correct the value in the source record or in the mapping; if it looks right, report it with the run id.',
  },
  {
    status: 401,
    class: 'auth.denied',
    code: 'TOKEN_REFUSED',
    message: 'Kantata does not accept the access token.',
    remedy: 'The token was revoked or mistyped (Kantata tokens do not expire). Authorise again and store the new token in the connection.',
  },
  {
    status: 402,
    class: 'auth.denied',
    code: 'PAYMENT_REQUIRED',
    message: 'Kantata asks for payment before it goes on.',
    remedy: 'Ask the account administrator to settle the subscription; the run goes on by itself.',
  },
  {
    status: 403,
    class: 'auth.denied',
    code: 'NO_ACCESS',
    message: 'The integration user may not do this in Kantata.',
    remedy:
      'Give the user the access group or the project role it needs: administrator, or team lead with financial access on the project.',
  },
  {
    status: 404,
    class: 'business.rejected',
    code: 'NOT_FOUND',
    message: 'Kantata does not show this record: it was deleted or archived, or the user may not see it.',
    remedy: 'Restore or unarchive the record in Kantata, or give the integration user access to it.',
  },
  {
    status: 408,
    class: 'transient.timeout',
    code: 'REQUEST_TIMEOUT',
    message: 'Kantata waited too long for the request; whether it was made is not known.',
    remedy: 'Nothing to do: it is looked up before anything is sent again.',
  },
  {
    status: 409,
    class: 'conflict.stale',
    code: 'CONFLICT',
    message: 'The record changed in Kantata at the same moment.',
    remedy: 'Nothing to do: it is read again and tried again.',
  },
  {
    status: 410,
    class: 'business.rejected',
    code: 'GONE',
    message: 'Kantata had this record and has it no more.',
    remedy: 'Restore the record in Kantata, or make it anew; then replay the run.',
  },
  {
    status: 412,
    class: 'conflict.stale',
    code: 'CONFLICT',
    message: 'The record changed in Kantata at the same moment.',
    remedy: 'Nothing to do: it is read again and tried again.',
  },
  ...[413, 414, 431].map((status): ErrorRule => ({
    status,
    class: 'contract.invalid',
    code: 'TOO_LARGE',
    message: 'Kantata does not take so much at once.',
    remedy: 'Shorten the texts in the source record, then replay the run.',
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
    code: 'REFERENCE_TAKEN',
    message: 'Kantata does not take the external reference.',
    remedy:
      'If the record carries another external reference of this service, remove the wrong one in Kantata, or choose another “Service name” of the connection.',
  },
  {
    status: 422,
    fields: ['date_performed', 'lock_date'],
    class: 'business.rejected',
    code: 'DATE_REFUSED',
    message: 'Kantata does not take time on this day.',
    remedy: 'Read what Kantata says: if the period is locked, ask the project lead; otherwise correct the day of work.',
  },
  {
    status: 422,
    fields: ['title'],
    class: 'business.rejected',
    code: 'TITLE_REFUSED',
    message: 'Kantata refused the title.',
    remedy: 'Correct or shorten the name of the project or task in the source record; its title is made of code and name.',
  },
  {
    status: 422,
    fields: ['start_date', 'due_date', 'end_date', 'workspace_allocation_start_date', 'workspace_allocation_end_date'],
    class: 'business.rejected',
    code: 'DATES_REFUSED',
    message: 'Kantata refused the dates.',
    remedy: 'Correct the start and end dates in the source record.',
  },
  {
    status: 422,
    fields: ['currency'],
    class: 'business.rejected',
    code: 'CURRENCY_REFUSED',
    message: 'Kantata refused the currency.',
    remedy: 'Switch the currency on in the Kantata account settings, or correct it in the source record.',
  },
  {
    status: 422,
    fields: ['approver_ids', 'approver_id'],
    class: 'mapping.missing',
    code: 'APPROVER_REFUSED',
    message: 'Kantata does not accept the approver of the staffing request.',
    remedy: 'Enter ids of users with the resource request approver right under “Approvers” of the connection.',
  },
  {
    status: 422,
    fields: ['role_id', 'resource_role_id'],
    class: 'mapping.missing',
    code: 'ROLE_REFUSED',
    message: 'Kantata does not accept the role.',
    remedy: 'Check that the role exists and is active in Kantata.',
  },
  {
    status: 422,
    fields: ['skill_id'],
    class: 'mapping.missing',
    code: 'SKILL_REFUSED',
    message: 'Kantata does not accept the skill.',
    remedy: 'Check that the skill exists in Kantata.',
  },
  {
    status: 422,
    fields: ['workspace_id', 'resource_workspace_id'],
    class: 'business.rejected',
    code: 'PROJECT_REFUSED',
    message: 'Kantata does not let anything be added to this project.',
    remedy:
      'Look whether the project is archived, closed or hidden from the integration user in Kantata, and open it; then replay the run.',
  },
  {
    status: 422,
    fields: ['resource_id', 'workspace_resource_id'],
    class: 'business.rejected',
    code: 'RESOURCE_REFUSED',
    message: 'Kantata does not accept the resource.',
    remedy:
      'Look at the staffing of the project in Kantata: whether the resource was deleted, or has a pending request that has to be settled; then replay the run.',
  },
  {
    status: 422,
    fields: ['user_id'],
    class: 'mapping.missing',
    code: 'USER_REFUSED',
    message: 'Kantata does not accept the user.',
    remedy: 'Check that the person is an active member of the Kantata account.',
  },
  {
    status: 422,
    fields: ['creator_role'],
    class: 'business.rejected',
    code: 'CREATOR_ROLE_REFUSED',
    message: 'Kantata does not let the integration user create projects in this role.',
    remedy: 'Allow the integration user to create projects as consultant.',
  },
  {
    status: 422,
    fields: ['story_id', 'parent_id'],
    class: 'business.rejected',
    code: 'TASK_REFUSED',
    message: 'Kantata does not accept the task.',
    remedy: 'Look at the task and its parent in the Kantata task tracker: whether it is archived, or nested deeper than five levels.',
  },
  {
    status: 422,
    fields: ['minutes', 'time_in_minutes', 'time_estimate_in_minutes'],
    class: 'business.rejected',
    code: 'EFFORT_REFUSED',
    message: 'Kantata refused the effort.',
    remedy: 'Correct the hours in the source record.',
  },
  {
    status: 422,
    class: 'business.rejected',
    code: 'REFUSED',
    message: 'Kantata refused the record.',
    remedy: 'Correct the named field in the source record, then replay the run.',
  },
  {
    status: 423,
    class: 'transient.locked',
    code: 'LOCKED',
    message: 'The record is locked in Kantata at the moment.',
    remedy: 'Nothing to do: the run goes on by itself. If it stays, see in Kantata who or what holds the record.',
  },
  {
    status: 425,
    class: 'transient.unavailable',
    code: 'TOO_EARLY',
    message: 'Kantata does not take the request yet.',
    remedy: 'Nothing to do: the run goes on by itself.',
  },
  {
    status: 429,
    class: 'transient.throttled',
    code: 'TOO_MANY_REQUESTS',
    // neither Retry-After nor quota headers are sent: the retry policy's own back-off decides
    message: 'Kantata asks to slow down.',
    remedy: 'Nothing to do: the run goes on by itself. If it happens often, lower “Requests at once” of the connection.',
  },
  {
    status: 503,
    class: 'transient.unavailable',
    code: 'UNAVAILABLE',
    message: 'Kantata is not available at the moment.',
    remedy: 'Nothing to do: the run goes on by itself.',
  },
  {
    status: 504,
    class: 'transient.timeout',
    code: 'GATEWAY_TIMEOUT',
    message: 'Kantata gave up after its three minutes; whether it finished is not known.',
    remedy: 'Nothing to do: it is looked up before anything is sent again.',
  },
];

/** For statuses the table does not name. */
export const unnamedServerError = {
  class: 'transient.unavailable',
  code: 'SERVER_ERROR',
  message: 'Kantata failed with an error of its own.',
  remedy: 'Nothing to do: the run goes on by itself. If it stays, ask Kantata support and give them the request id.',
} as const;

export const unnamedRefusal = {
  class: 'contract.drift',
  code: 'STATUS_UNEXPECTED',
  message: 'Kantata answered in a way its API does not document.',
  remedy: 'Check the address of the connection; otherwise report it with the run id.',
} as const;
