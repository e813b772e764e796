import { Failure } from '../../model/failure.ts';

/** The change was taken: whatever goes wrong in looking at it leaves it in doubt, never not made. */
export async function afterwards<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    throw Failure.from(error).with({ outcome: 'unknown' });
  }
}
