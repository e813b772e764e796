import 'should';
import fc from 'fast-check';
import { missedBy, type Polled, polledKantata, polledSalesforce, schedules } from './watermark-schedules.ts';

const numRuns = Number(process.env['WATERMARK_SCHEDULES'] ?? 2_000);

/** Sources are polled by the real connectors' code while others save, withdraw and commit late in any order. */
describe('Watermarks miss nothing', function () {
  this.timeout(3_600_000);

  const holds = (create: () => Polled, mostLag: number, mostRecords: number, quietSeconds: number, outages = true) =>
    fc.assert(
      fc.asyncProperty(schedules(mostLag, mostRecords, outages), async (schedule) => {
        ((await missedBy(create(), schedule, quietSeconds)) ?? 'nothing is missed').should.equal('nothing is missed');
      }),
      { numRuns, seed: 20261123, interruptAfterTimeLimit: 3_000_000 },
    );

  it('of won opportunities, committed up to 9 minutes late', () => holds(polledSalesforce, 540, 4, 700));
  it('of many opportunities saved in the same second', () => holds(polledSalesforce, 60, 30, 700));
  it('of approved time, committed up to 100 seconds late', () => holds(polledKantata, 100, 4, 150, false));
  it('of many time entries approved in the same second', () => holds(polledKantata, 30, 30, 150, false));
});
