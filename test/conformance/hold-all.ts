import should from 'should';
import { operations } from '../../declarations/operations.ts';
import { type FaultId, faultIds, faultKinds } from './fault-kinds.ts';
import { factsNotKept } from './hold-to-facts.ts';
import { holder, notFor, type Verdict } from './hold-to-it.ts';
import { listedSystems, unfitSamples } from './listed-systems.ts';
import { play } from './play.ts';
import { Stage } from './stage.ts';

const listed = await listedSystems();

/** The same with other names, days, amounts and efforts. */
function withOtherTexts<T>(input: T): T {
  const change = (name: string, value: unknown): unknown => {
    if (name === 'name' || name === 'legalName') return `${value as string} B`;
    if (name === 'amount' && typeof value === 'string') return `1${value}`;
    if (name === 'plannedMinutes' || name === 'effortMinutes') return Number(value) + 60;
    if (name === 'billable') return !value;
    return typeof value === 'string' ? value.replace(/^20(\d\d-\d\d-\d\d)$/, '21$1') : value;
  };
  return JSON.parse(JSON.stringify(input), (name, value: unknown) => change(name, value)) as T;
}

/**
 * Every listed system, by every kind of fault. `short` is every third fault, from another one on for each operation, and all that is no fault; `rest` the
 * other faults: together they take minutes, and what one of them finds of an operation the other nearly always finds, too.
 */
export function holdAll(part: 'short' | 'rest'): void {
  let cases = 0;
  const mine = () => (cases++ % 3 === 0) === (part === 'short');

  describe(`Conformance: whatever goes wrong, nothing is lost and nothing is twice (${part === 'short' ? 'every third fault' : 'the other faults'})`, function () {
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

              if (part === 'short')
                it('writes, costs and is undone as its facts say', async () => {
                  should(await factsNotKept(stage, id, sample)).deepEqual([]);
                });

              for (const fault of faultIds.filter((one) => notFor(one, id, sample) === undefined && mine())) {
                it(faultKinds[fault].title, async () => {
                  const verdict = await hold(fault);
                  should('wrong' in verdict ? verdict.wrong : []).deepEqual([]);
                  ('held' in verdict ? verdict.held : 0).should.be.above(0);
                });
              }

              if (part === 'short' && operations[id].shape === 'one')
                it('says what is there, and other than it would be made', async () => {
                  await stage.prepare(sample);
                  await play(stage, { id, input: sample.input });
                  const { runs } = await play(stage, { id, input: withOtherTexts(sample.input) });
                  runs.length.should.be.above(0);
                });
            });
          }
        }

        // of its own, so that it comes after them
        describe('all that it has told', () => {
          it('has words that a German analyst reads in German, beside what the system itself said', () => {
            [...stage.english].should.deepEqual([]);
          });
        });
      });
    }
  });
}
