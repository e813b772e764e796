import type { Stated } from '../../../engine/store/statements.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import type { Owners } from '../../../model/owners.ts';
import type { Elsewhere } from './kept-owners.ts';

/**
 * Why a field does not go on: it is the owner's own word come back (`echo`), or another one (`differs`); nothing is known of what the owner says of it
 * (`unknown`); it is owned, but does not go this way (`direction`); nobody owns it (`nobody`).
 */
export interface FieldLeftOut {
  field: string;
  /** the system that owns it */
  owner?: string;
  why: 'echo' | 'differs' | 'unknown' | 'direction' | 'nobody';
  message: string;
  words: Words;
}

/** What of a message is a field of others, and who says it. */
export interface Foreign {
  field: string;
  digest: string;
  system: string;
}

/** @param stated what was said of the record's fields, the last at the end */
export function leftOut(
  { field, digest, system }: Foreign,
  { owners, elsewhere }: { owners: Owners; elsewhere?: ReadonlyMap<string, Elsewhere> },
  stated: readonly Stated[],
): FieldLeftOut {
  const owner = owners.get(field);
  const other = owner === undefined ? elsewhere?.get(field) : undefined;
  if (other) {
    const { owner: holder, to } = other;
    return { field, owner: holder, why: 'direction', ...said(inWords('FIELD_LEFT_OUT.direction', { field, owner: holder, to })) };
  }
  if (owner === undefined) return { field, why: 'nobody', ...said(inWords('FIELD_LEFT_OUT.nobody', { field })) };
  const last = stated.findLast((one) => one.field === field && one.system === owner);
  if (!last) return { field, owner, why: 'unknown', ...said(inWords('FIELD_LEFT_OUT.unknown', { field, owner })) };
  return last.digest === digest
    ? { field, owner, why: 'echo', ...said(inWords('FIELD_LEFT_OUT.echo', { field, owner })) }
    : { field, owner, why: 'differs', ...said(inWords('FIELD_LEFT_OUT.differs', { field, owner, system })) };
}

const said = ({ message, words }: { message: string; words: Words }) => ({ message, words });
