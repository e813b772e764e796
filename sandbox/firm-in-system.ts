import type { Books } from './firm/books.ts';
import type { Desks } from './firm/desks.ts';
import type { Firm } from './firm/firm.ts';
import type { Figures } from './firm/month/figures.ts';
import type { SystemAccess } from './system-access.ts';

/** What one system is for the firm: how it is laid in there, worked with, and read from. */
export interface FirmInSystem<State> {
  /** the firm as the system holds it in the morning, in the form that its `load` takes */
  seed(firm: Firm): unknown;
  /** who works in it; they come by its public API */
  desks?(access: SystemAccess, firm: Firm): Partial<Desks>;
  /** the figures that it holds, counted in its own state */
  books(state: State): Partial<Books>;
  /** what it holds of the month after the business day, counted in its own state, under the names of `monthBooks` */
  month?(state: State): Figures;
}
