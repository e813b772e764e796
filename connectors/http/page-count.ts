import { Failure } from '../../model/failure.ts';
import type { Param } from '../../model/failure-sentence.ts';
import { inWords } from '../../model/failure-words.ts';
import { mostPages } from './call-limits.ts';

/** Counts the pages of one list: a system that always has one more must not be read for ever. */
export class PageCount {
  private pages = 0;
  private readonly system: string;
  private readonly what: Param;

  constructor(system: string, what: Param) {
    this.system = system;
    this.what = what;
  }

  next(): void {
    if (++this.pages <= mostPages) return;
    throw new Failure({
      class: 'contract.drift',
      ...inWords('LIST_WITHOUT_END', { what: this.what, pages: mostPages }),
      system: this.system,
    });
  }
}
