import 'should';
import fc from 'fast-check';
import { missedBy, type Polled, polledKantata, polledSalesforce, schedules } from './watermark-schedules.ts';

/** `node scripts/model-check.ts --watermarks 25000` plays as many of each kind */
const numRuns = Number(process.env['WATERMARK_SCHEDULES'] ?? 500);

interface Kind {
  polled(): Polled;
  /** seconds from a record's stamp to its commit, at most */
  mostLag: number;
  mostRecords: number;
  /** seconds without a change after which nothing old may be read any more: longer than the overlap */
  quiet: number;
  /** hours may pass between two pages of one sweep */
  outages: boolean;
}

/** Sources are polled by the real connectors' code while others save, withdraw and commit late in any order. */
describe('Watermarks miss nothing', function () {
  this.timeout(3_600_000);
  let played = 0;

  const property = ({ polled, mostLag, mostRecords, quiet, outages }: Kind) =>
    fc.asyncProperty(schedules(mostLag, mostRecords, outages), async (schedule) => {
      played++;
      ((await missedBy(polled(), schedule, quiet)) ?? 'nothing is missed').should.equal('nothing is missed');
    });
  const holds = (kind: Kind) => fc.assert(property(kind), { numRuns, seed: 20261123 });

  after(() => console.log(`      ${played} schedules played`));

  it('of won opportunities, committed up to 9 minutes late, also over outages', () =>
    holds({ polled: () => polledSalesforce(10), mostLag: 540, mostRecords: 4, quiet: 700, outages: true }));

  it('of many opportunities saved in the same second', () =>
    holds({ polled: () => polledSalesforce(10), mostLag: 60, mostRecords: 30, quiet: 700, outages: true }));

  it('of approved time, committed up to 100 seconds late', () =>
    holds({ polled: polledKantata, mostLag: 100, mostRecords: 4, quiet: 150, outages: false }));

  it('of many time entries approved in the same second', () =>
    holds({ polled: polledKantata, mostLag: 30, mostRecords: 30, quiet: 150, outages: false }));

  it('of approved time when minutes pass between two pages of one sweep', () =>
    holds({ polled: polledKantata, mostLag: 100, mostRecords: 30, quiet: 150, outages: true }));

  it('and a record that commits later than the overlap allows is noticed as missed', async () => {
    const tooShort = { polled: () => polledSalesforce(2), mostLag: 540, mostRecords: 4, quiet: 700, outages: true };
    const { failed } = await fc.check(property(tooShort), { numRuns: 500, seed: 20261123 });
    failed.should.be.true();
  });
});
