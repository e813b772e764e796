import { controlTotals, type TotalLine } from '../../../engine/control-totals.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { PostedTime } from '../../../model/operations.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';

interface Posted {
  input: TimeEntry;
  output: PostedTime;
}

/** What the entries of a batch add up to. One that was taken back adds nothing, whether it had been in the books or not. */
export function timeTotals(posted: Posted[]): JsonObject {
  const booked = posted.filter(({ output }) => output.withdrawn !== true);
  return { ...controlTotals(booked.map(totalLine)), withdrawn: posted.length - booked.length };
}

function totalLine({ input, output }: Posted): TotalLine {
  return {
    key: input.id,
    minutes: input.minutes,
    ...(input.amount ? { amount: input.amount } : {}),
    ...(output.legalEntity ? { legalEntity: output.legalEntity } : {}),
  };
}
