import should from 'should';
import { type FaultId, faultIds, faultKinds } from './fault-kinds.ts';
import { factsNotKept } from './hold-to-facts.ts';
import { holder, notFor, type Verdict } from './hold-to-it.ts';
import { listedSystems, unfitSamples } from './listed-systems.ts';
import { Stage } from './stage.ts';

const listed = await listedSystems();

describe('Conformance: whatever goes wrong, nothing is lost and nothing is twice', function () {
  this.timeout(120_000);

  for (const tried of listed) {
    const { system, data } = tried;
    describe(system.title, () => {
      let stage: Stage;
      before(async () => {
        stage = await Stage.open(tried);
      });
      after(() => stage.close());

      it('has a sample of each operation that it does', () => {
        unfitSamples(tried).should.deepEqual([]);
      });

      for (const id of system.does) {
        for (const sample of data.operations[id] ?? []) {
          describe(sample.title ? `${id}, ${sample.title}` : id, () => {
            let hold: (fault: FaultId) => Promise<Verdict>;
            before(async () => {
              hold = await holder(stage, id, sample);
            });

            it('writes, costs and is undone as its facts say', async () => {
              should(await factsNotKept(stage, id, sample)).deepEqual([]);
            });

            for (const fault of faultIds.filter((one) => notFor(one, id, sample) === undefined)) {
              it(faultKinds[fault].title, async () => {
                const verdict = await hold(fault);
                should('wrong' in verdict ? verdict.wrong : []).deepEqual([]);
                ('held' in verdict ? verdict.held : 0).should.be.above(0);
              });
            }
          });
        }
      }
    });
  }
});
