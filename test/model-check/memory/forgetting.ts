import type { Forgetting } from '../../../engine/store/forgetting.ts';
import { MemoryConnection } from './connection.ts';

/** It lives no longer than a test, and forgets nothing. */
export abstract class MemoryForgetting extends MemoryConnection implements Forgetting {
  async forget(): Promise<number> {
    return 0;
  }
}
