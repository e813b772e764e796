import type { Approval } from '../../engine/store/approvals.ts';
import type { Run } from '../../engine/store/runs.ts';
import { inWords } from '../../model/failure-words.ts';
import { concerning } from '../../model/redact.ts';
import { decideApproval } from '../decide-approval.ts';
import { eventOf, runsOf } from './about-runs.ts';
import type { Done } from './admin-api.generated.ts';
import { reason, reasonIn } from './reason.ts';
import { ApiProblem, type Call, type Route, route } from './route.ts';
import { limit, listOf, named, object, oneOf, text } from './schema.ts';
import { approvalStatuses } from './schemas/approval-schemas.ts';

export const approvalRoutes: Route[] = [
  route('GET /approvals', {
    permission: 'ps-connect.read',
    summary:
      'Questions to people: those that are open oldest first, others newest first; personal data is masked. For whom each is asked is told to who has `ps-connect.approve`.',
    query: object(
      {},
      {
        status: oneOf([...approvalStatuses, 'all'], 'of a run that is named, all are answered', { default: 'open' }),
        run: text('run id'),
        after: text('id of the last question of the page before'),
        limit: limit(100, 500),
      },
    ),
    answer: listOf(named('Approval')),
    problems: { 404: 'There is no such approval' },
    handle: async ({ pack, parameters: { status, run, after, limit: most }, caller }) => {
      if (after && !(await pack.engine.store.approval(after))) throw new ApiProblem(404, inWords('API.no-approval'));
      const found = await pack.engine.store.approvals({
        ...(status === 'all' || run ? {} : { status }),
        ...(run ? { run } : {}),
        ...(after ? { after } : {}),
        limit: most,
      });
      const runs = await runsOf(
        pack,
        found.map((approval) => approval.run),
      );
      return found.map(({ requestedBy, details, ...approval }) =>
        withSubject({ ...approval, ...(requestedBy && caller.may.includes('ps-connect.approve') ? { requestedBy } : {}), details }, runs),
      );
    },
  }),
  ...(['approve', 'reject'] as const).map((act) =>
    route(`POST /approvals/:id/${act}`, {
      permission: 'ps-connect.approve',
      summary: `${act === 'approve' ? 'Approves; the run goes on.' : 'Rejects; the run goes the way for rejected ones.'} Who has asked, or changed the run’s data, is refused.`,
      parameters: { id: text('id of the question') },
      body: object({}, { reason }),
      answer: named('Done'),
      problems: {
        403: 'Who decides has asked for it, has changed its data, or has not signed in',
        404: 'There is no such approval',
        409: 'It was decided already, its time is over, or its run has ended',
      },
      handle: (call) => decide(call, act === 'approve' ? 'approved' : 'rejected'),
    }),
  ),
];

function withSubject(approval: Approval, runs: ReadonlyMap<string, Run>): Approval & { subject?: string; flow?: string } {
  const run = runs.get(approval.run);
  return run ? concerning({ subject: run.event.subject, flow: run.flow, ...approval }, eventOf(run)) : approval;
}

async function decide(
  { pack, parameters: { id }, body, actor, caller }: Call<'POST /approvals/:id/approve' | 'POST /approvals/:id/reject'>,
  status: 'approved' | 'rejected',
): Promise<Done> {
  if (caller.signsIn && !caller.known) throw new ApiProblem(403, inWords('API.sign-in-to-decide'));
  const refused = await decideApproval(pack.engine, id, { status, actor, names: caller.names, ...reasonIn(body) });
  if (refused) throw new ApiProblem(refused.status, refused.said);
  return { ok: true };
}
