import { everyScheduleHolds } from './every-schedule.ts';

describe('Whatever goes wrong, in whatever order', function () {
  this.timeout(60_000);
  everyScheduleHolds(100, 18);
});
