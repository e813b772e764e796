import type { Row } from '../store/state.ts';
import type { Work } from '../write/work.ts';

/** What the platform itself does when a record is saved. `before` changes the row in hand; `after` changes others. */
export interface Automation {
  before?(work: Work, row: Row, old: Row | undefined, given: ReadonlySet<string>): void;
  after?(work: Work, row: Row, old: Row | undefined): void;
  removed?(work: Work, row: Row): void;
}
