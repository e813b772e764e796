import 'should';
import { type ChaosOptions, playChaos } from './play.ts';

/** The short form of `npm run chaos`. `CHAOS_SEED` lets other things go wrong. */
const seed = Number(process.env['CHAOS_SEED'] ?? 3);

describe('Business goes on while everything goes wrong', function () {
  this.timeout(10 * 60_000);

  const play = (options: Pick<ChaosOptions, 'store' | 'instances'>) => async () => {
    const report = await playChaos({ ...options, kills: 5, seed, rate: 8 });
    console.log(
      `      ${report.acked} acknowledged, ${report.repeated} sent again, ${report.points} deaths, ${JSON.stringify(report.faults)}`,
    );
    report.differences.should.deepEqual([]);
    report.should.have.properties({ lost: 0, duplicated: 0, orphaned: 0, inDoubt: 0, unended: 0, journalWhole: true, ok: true });
    report.acked.should.be.above(50);
    report.points.should.be.aboveOrEqual(5);
  };

  it('on the embedded store: nothing lost, nothing twice', play({ store: 'sqlite', instances: 1 }));
  it('on three instances and one PostgreSQL: nothing lost, nothing twice', play({ store: 'postgres', instances: 3 }));
});
