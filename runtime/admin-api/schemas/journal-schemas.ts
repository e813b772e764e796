import type { JournalFlawKind } from '../../../engine/journal-flaw.ts';
import { type Fields, flag, json, named, object, oneOf, orNull, text, wholeNumber } from '../schema.ts';

const flaws = [
  ...['line', 'missing', 'beyond', 'head', 'head-missing', 'head-twice', 'cut', 'exchanged', 'other', 'anchor-damaged', 'unfinished'],
] as const satisfies readonly JournalFlawKind[];

export const journalSchemas: Fields = {
  JournalLine: object(
    {
      seq: wholeNumber(),
      at: text('RFC 3339 UTC'),
      actor: text('engine, or the signed-in user'),
      action: text('such as run.replayed'),
      subject: text('run id, or what else it is about'),
      detail: json(),
      previous: text('hash of the line before'),
      hash: text(),
    },
    {},
    'What was done, to what, by whom and why.',
  ),
  JournalHead: object({ seq: wholeNumber(), hash: text() }, {}, 'Where the journal ends.'),
  JournalVerification: object(
    {
      whole: flag('no line was changed, removed or added, and it is the journal that was anchored'),
      head: orNull(named('JournalHead')),
      anchor: orNull(object({ seq: wholeNumber(), hash: text(), at: text() }, {}, 'the end that was kept outside the store')),
    },
    {
      firstBrokenLine: wholeNumber('the first line that is not as it was'),
      kind: oneOf(flaws, 'what shows it'),
      message: text(),
      remedy: text(),
    },
  ),
  JournalEnd: object(
    { end: orNull(named('JournalHead')), exportedAt: text('RFC 3339 UTC') },
    {},
    'The last line of an export; end is null when the journal’s head was tampered with.',
  ),
};
