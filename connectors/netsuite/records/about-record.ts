import { Failure } from '../../../model/failure.ts';
import type { Told } from '../../../model/failure-sentence.ts';

/** Says in a failure which record it is about, where the failure does not know it itself. */
export async function aboutRecord<T>(record: Told, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw Failure.is(error) && !error.record ? error.with({ record }) : error;
  }
}
