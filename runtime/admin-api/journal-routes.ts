import { exportedJournal } from '../../engine/journal-export.ts';
import { inWords } from '../../model/failure-words.ts';
import { isObject, type Json } from '../../model/json.ts';
import { aboutRuns } from './about-runs.ts';
import { jsonLines } from './file-answer.ts';
import { neededReason } from './reason.ts';
import { ApiProblem, type Route, route } from './route.ts';
import { limit, listOf, named, object, place, says, text } from './schema.ts';

const afterLine = { ...place('seq of the last line of the page before'), default: 0 };

export const journalRoutes: Route[] = [
  route('GET /journal', {
    permission: 'ps-connect.read',
    summary: 'The journal: what was done, to what, by whom and why, each line chained to the one before.',
    query: object({}, { after: afterLine, limit: limit(100, 1000), subject: text('run id') }),
    answer: listOf(named('JournalLine')),
    handle: async ({ pack, parameters: { after, limit: most, subject: about } }) => {
      const lines = await pack.engine.store.journal({ after, limit: most, ...(about ? { subject: about } : {}) });
      return aboutRuns(pack, lines, ({ subject, detail }) => (hasWords(detail) ? subject : undefined));
    },
  }),
  route('GET /journal/verification', {
    permission: 'ps-connect.read',
    summary:
      'Whether the journal is whole and the one that was anchored; if not, what shows it, the first line that is not as it was, and the remedy.',
    answer: named('JournalVerification'),
    handle: async ({ pack }) => {
      const { store } = pack.engine;
      const flaw = await store.verifyJournal();
      const { head = null, anchored = null } = await store.journalState();
      const anchor = anchored && { seq: anchored.seq, hash: anchored.hash, at: anchored.at };
      if (!flaw) return { whole: true, head, anchor };
      const { kind, line, message, remedy } = flaw;
      return { whole: false, ...(line === undefined ? {} : { firstBrokenLine: line }), kind, message, remedy, head, anchor };
    },
  }),
  route('GET /journal/export', {
    permission: 'ps-connect.edit',
    persons: 'shown',
    summary:
      'The whole journal, unmasked, one JSON object a line, with its end as the last: to be kept elsewhere and checked by ps-connect-journal.',
    lines: true,
    answer: { anyOf: [named('JournalLine'), named('JournalEnd')] },
    handle: async ({ pack }) => jsonLines(exportedJournal(pack.engine.store, pack.clock.now()), 'journal.jsonl'),
  }),
  route('POST /journal/anchor', {
    permission: 'ps-connect.configure',
    summary:
      'Accepts the journal as it is although it is not the one that was anchored: the store was restored from a backup, or begun anew.',
    body: object({
      reason: neededReason('why, for the journal; must be given', says(inWords('API.reason-of-journal'))),
    }),
    answer: object({ accepted: { const: true } }),
    problems: { 409: 'The journal is the one that was anchored' },
    handle: async ({ pack, body, actor }) => {
      const accepted = await pack.engine.store.acceptJournal({ actor, reason: body.reason }, pack.clock.now());
      if (!accepted) throw new ApiProblem(409, inWords('API.journal-as-anchored'));
      return { accepted: true };
    },
  }),
];

/** Whether somebody has written a sentence into a journal line: a reason, a title. */
function hasWords(detail: Json): boolean {
  return isObject(detail) && Boolean(detail['reason'] ?? detail['title']);
}
