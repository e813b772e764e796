import { Failure } from '../../model/failure.ts';
import { mostPages } from './call-limits.ts';

/** Counts the pages of one list: a system that always has one more must not be read for ever. */
export class PageCount {
  private pages = 0;
  private readonly system: string;
  private readonly what: string;

  constructor(system: string, what: string) {
    this.system = system;
    this.what = what;
  }

  next(): void {
    if (++this.pages <= mostPages) return;
    throw new Failure({
      class: 'contract.drift',
      code: 'LIST_WITHOUT_END',
      system: this.system,
      message: `${this.what} has more than ${mostPages} pages, or no end.`,
      remedy: 'Narrow down what is asked for. If the list is short, its pages are not given as the system documents.',
    });
  }
}
