import { boolean, datetime, integer, stamps, string } from '../attributes.ts';
import { unwrap } from '../body.ts';
import { type ErrorItem, forbidden, invalid, unprocessable } from '../errors.ts';
import { checkReference, writeReference } from '../external-reference-writes.ts';
import { after, before, equals } from '../filters.ts';
import { registry } from '../registry.ts';
import type { Action, Resource } from '../resource.ts';
import { faultErrors, journal } from '../writer.ts';

/** The API page's list of `subject_type` */
export const SUBJECT_TYPES = [
  ...[
    'Assignment',
    'BillingMilestone',
    'CustomField',
    'CustomFieldChoice',
    'CustomFieldSet',
    'CustomFieldValue',
    'Estimate',
    'EstimateScenario',
  ],
  ...[
    'EstimateScenarioResource',
    'Expense',
    'ExpenseBudget',
    'Invoice',
    'Participation',
    'Post',
    'RateCard',
    'Role',
    'Skill',
    'StatusReport',
  ],
  ...['Story', 'StoryAllocationDay', 'Submission', 'SurveyAnswer', 'SurveyQuestion', 'SurveyResponse', 'SurveyTemplate', 'TimeEntry'],
  ...['TimeOffEntry', 'User', 'Vendor', 'Workspace', 'WorkspaceAllocation', 'WorkspaceGroup', 'WorkspaceResource'],
];

/**
 * Which record in another system an object is. The API has a list (which needs `subject_type`), `create_or_update` and a delete;
 * there is no `POST /external_references`, no `PUT` and no `GET /external_references/{id}`.
 */
export const externalReferences: Resource = {
  collection: 'external_references',
  singular: 'external_reference',
  subjectType: 'ExternalReference',
  attributes: {
    service_name: string,
    service_model: string,
    service_model_ref: string,
    subject_id: integer,
    subject_type: string,
    status: { type: 'string', default: 'pending' },
    external_link: string,
    external_message: string,
    external_status: string,
    locked: boolean,
    ...stamps,
    last_synced_at: datetime,
  },
  associations: {},
  listOnly: true,
  destroy: true,
  requiredFilters: ['subject_type'],
  filters: {
    subject_type: equals('subject_type'),
    subject_id: equals('subject_id'),
    service_name: equals('service_name'),
    service_model: equals('service_model'),
    service_model_ref: equals('service_model_ref'),
    status: equals('status'),
    external_message: equals('external_message'),
    external_status: equals('external_status'),
    last_synced_after: after('last_synced_at'),
    last_synced_before: before('last_synced_at'),
  },
  orders: { created_at: 'created_at', last_synced_at: 'last_synced_at' },
  defaultOrder: 'last_synced_at:desc',
  actions: [createOrUpdate()],
};

function createOrUpdate(): Action {
  return {
    method: 'post',
    path: '/external_references/create_or_update',
    run: (call, body) => {
      if (!call.caller.administrator) throw forbidden();
      const received = unwrap(body, 'external_reference', '').records[0] ?? {};
      const subjectType = String(received['subject_type'] ?? '');
      const subjectId = String(received['subject_id'] ?? '');
      const errors: ErrorItem[] = checkReference(received).map((error) => ({
        ...error,
        field: error.field?.replace('external_reference.', '') ?? 'base',
      }));
      if (!SUBJECT_TYPES.includes(subjectType)) errors.push(invalid('subject_type', 'Subject type is not included in the list'));
      else if (!registry.bySubject(subjectType) || !call.store.find(registry.bySubject(subjectType)?.collection ?? '', subjectId)) {
        errors.push(invalid('subject_id', 'Subject does not exist'));
      }
      if (errors.length === 0) errors.push(...(faultErrors(call, externalReferences, received) ?? []));
      const key = `${String(received['service_model'] ?? '')}:${String(received['service_model_ref'] ?? '')}`;
      if (errors.length > 0) {
        journal(call, externalReferences, 422, 'refused', undefined, received, key);
        throw unprocessable(errors);
      }
      const { row, created } = writeReference(call, subjectType, subjectId, received);
      journal(call, externalReferences, 200, created ? 'created' : 'updated', row.id, received, key);
      return { rows: [row], resource: externalReferences };
    },
  };
}
