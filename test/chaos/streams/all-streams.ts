import { amendmentStream } from './amendments.ts';
import { bookingStream } from './bookings.ts';
import { customerStream } from './customers.ts';
import { dealStream } from './deals.ts';
import { expenseStream } from './expenses.ts';
import { invoiceStream } from './invoices.ts';
import { milestoneStream } from './milestones.ts';
import { packageStream } from './packages.ts';
import { scheduleStream } from './schedules.ts';
import type { Stream } from './stream.ts';
import { timeStream } from './time.ts';
import { toldEventStream } from './told-events.ts';

/** A kind of business event, and how many of a hundred events are of it. */
export interface Share {
  stream: Stream;
  ofHundred: number;
}

/** All that happens during a chaos: a hundred of a hundred. */
export const allStreams = (): Share[] => [
  { stream: timeStream(), ofHundred: 58 },
  { stream: packageStream(), ofHundred: 6 },
  { stream: dealStream(), ofHundred: 3 },
  { stream: expenseStream(), ofHundred: 8 },
  { stream: customerStream(), ofHundred: 5 },
  { stream: bookingStream(), ofHundred: 5 },
  { stream: amendmentStream(), ofHundred: 4 },
  { stream: invoiceStream(), ofHundred: 4 },
  { stream: scheduleStream(), ofHundred: 2 },
  { stream: milestoneStream(), ofHundred: 2 },
  { stream: toldEventStream(), ofHundred: 3 },
];
