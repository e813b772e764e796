import { type ListedReconciliation, maskedBreaks, maskedReconciliation } from '../../engine/kept-reconciliation.ts';
import type { ReconciliationRecord } from '../../engine/store/reconciliations.ts';
import { inWords } from '../../model/failure-words.ts';
import { jsonLines } from './file-answer.ts';
import { ApiProblem, type Route, route } from './route.ts';
import { limit, listOf, named, object, oneOf, text } from './schema.ts';

/** of one reconciliation in a list; nobody reads more on a screen */
const mostBreaks = 1_000;

export const reconciliationRoutes: Route[] = [
  route('GET /reconciliations', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: `Past reconciliations, newest first, with totals and their first ${mostBreaks.toLocaleString('en-US')} breaks.`,
    query: object({}, { limit: limit(10, 100) }),
    answer: listOf(named('ReconciliationRow')),
    async handle({ pack, parameters }) {
      const rows = [];
      for (const one of await pack.engine.store.reconciliations(parameters.limit, mostBreaks)) {
        rows.push({ ...one, result: await maskedReconciliation(resultOf(one)) });
      }
      return rows;
    },
  }),
  route('GET /reconciliations/:id/breaks', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts',
    summary: 'All breaks of one reconciliation, one JSON object a line.',
    parameters: { id: text('id of the reconciliation') },
    lines: true,
    answer: named('Break'),
    async handle({ pack, parameters: { id } }) {
      const found = await pack.engine.store.reconciliation(id);
      if (!found) throw new ApiProblem(404, inWords('API.no-reconciliation'));
      const { breaks = [], breaksForgotten = 0 } = resultOf(found);
      if (breaksForgotten > 0) throw new ApiProblem(404, inWords('API.breaks-forgotten', { forgotten: { count: breaksForgotten } }));
      return jsonLines(maskedBreaks(breaks), 'breaks.jsonl');
    },
    problems: { 404: 'No such reconciliation, or its breaks are kept no longer' },
  }),
  route('GET /breaks', {
    permission: 'ps-connect.read',
    summary: `The first ${mostBreaks.toLocaleString('en-US')} breaks of the newest reconciliation.`,
    query: object({}, { subject: oneOf(['time', 'expenses'], 'what was compared; absent = whichever was compared last') }),
    answer: named('Breaks'),
    async handle({ pack, parameters: { subject } }) {
      const last = await pack.engine.store.lastReconciliations(mostBreaks);
      const latest = last.find((one) => subject === undefined || one.subject === subject);
      if (!latest) return { breaks: [] };
      const { breaks, breaksLeftOut, breaksForgotten } = resultOf(latest);
      return {
        ...{ reconciliation: latest.id, at: latest.at, subject: latest.subject, breaks },
        ...(breaksLeftOut ? { leftOut: breaksLeftOut.breaks } : {}),
        ...(breaksForgotten ? { forgotten: breaksForgotten } : {}),
      };
    },
  }),
];

/** As `runReconciliation` has stored it. */
function resultOf({ result }: ReconciliationRecord): ListedReconciliation {
  return result as unknown as ListedReconciliation;
}
