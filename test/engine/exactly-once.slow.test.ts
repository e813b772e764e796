import { everyScheduleHolds } from './every-schedule.ts';

describe('Whatever goes wrong, in whatever of many orders', function () {
  this.timeout(300_000);
  /** More: `SCHEDULES=5000`. */
  everyScheduleHolds(Number(process.env['SCHEDULES'] ?? 1_000), 120);
});
