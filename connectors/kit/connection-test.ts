import { Failure } from '../../model/failure.ts';
import type { ConnectionTest } from '../../model/operations.ts';

/** What the test of a connection says: what `ask` has found, or why it failed. */
export async function testedConnection(ask: () => Promise<ConnectionTest>): Promise<ConnectionTest> {
  try {
    return await ask();
  } catch (error) {
    const failure = Failure.from(error);
    const details = { class: failure.class, code: failure.code };
    return {
      ok: false,
      message: [failure.message, failure.remedy].filter(Boolean).join(' '),
      details,
      ...(failure.words ? { words: failure.words } : {}),
    };
  }
}
