import type { ApprovalStatus } from '../../../engine/store/approvals.ts';
import { type Fields, json, listOf, moment, named, object, oneOf, text } from '../schema.ts';

export const approvalStatuses = ['open', 'approved', 'rejected', 'expired'] as const satisfies readonly ApprovalStatus[];

export const approvalSchemas: Fields = {
  Approval: object(
    {
      id: text(),
      run: text(),
      node: text(),
      title: text(),
      details: json(),
      severity: named('Severity'),
      status: oneOf(approvalStatuses),
      requestedAt: moment(),
    },
    {
      subject: text('business id of its run'),
      flow: text('tab of its run'),
      requestedBy: listOf(text(), 'for whom it is asked: they do not decide'),
      expiresAt: moment(),
      escalateAt: moment(),
      escalatedAt: moment(),
      decidedBy: text('a person, rule or expiry'),
      reason: text(),
      decidedAt: moment(),
    },
    'One question that a run puts to a person.',
  ),
};
