import { phrase } from '../../../model/failure-words.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { PageCount } from '../../http/page-count.ts';
import { incomplete } from '../../http/whole-list.ts';
import { type KantataApi, pageLimit, type Params } from '../wire.ts';
import { type Envelope, type Row, text } from '../wire/envelope.ts';

/** Lists move while they are read: a record that leaves the list shifts the later ones, so a list that moved is read again. */
const mostPasses = 3;

export interface ListedPage {
  envelope: Envelope;
  /** those of it that no page before it had; of a row without an id its place */
  rows: { row: Row; id: string }[];
}

/** All of a list in the order in which its records were made, each once. Pages overlap by one record, which shows whether the list moved. */
export async function* listedRows(
  api: KantataApi,
  { collection, params, endless }: { collection: string; params: Params; endless: Words },
  signal: AbortSignal,
): AsyncGenerator<ListedPage> {
  const given = new Set<string>();
  for (let pass = 1, moved = true; moved; pass++) {
    if (pass > mostPasses) throw incomplete('kantata', collection, phrase('LIST_INCOMPLETE.moved', { passes: mostPasses }));
    moved = false;
    let anchor: string | undefined;
    const pages = new PageCount('kantata', endless);
    for (let offset = 0; ;) {
      pages.next();
      const envelope = await api.page(collection, { ...params, order: 'created_at:asc', limit: pageLimit, offset }, signal);
      const all = envelope.results.map((row, index) => ({ row, id: text(row, 'id') ?? `row ${offset + index + 1}` }));
      // what was added before it only repeats rows; where it is gone, rows behind it may have been passed over
      if (anchor !== undefined && !all.some(({ id }) => id === anchor)) moved = true;
      const rows = all.filter(({ id }) => !given.has(id) && given.add(id));
      yield { envelope, rows };
      // one row alone is the overlap itself
      if (all.length < 2 || offset + all.length >= envelope.count) break;
      anchor = all.at(-1)?.id;
      offset += all.length - 1;
    }
  }
}
