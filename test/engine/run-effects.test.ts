import 'should';
import type { ActiveRun } from '../../engine/active-run.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { Failure, type FailureDetails } from '../../model/failure.ts';
import { phrase } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import { neededId } from '../../model/needed-result.ts';
import { called } from '../../model/record-names.ts';
import { inGerman } from '../model/in-german.ts';
import { EngineBench } from './engine-bench.ts';
import { type Job, noAnswer, OneJobSystem } from './one-job-system.ts';
import { deal } from './sample-events.ts';

describe('A write made for a run', () => {
  let bench: EngineBench;
  let system: OneJobSystem;
  let active: ActiveRun;
  beforeEach(async () => {
    bench = await new EngineBench().start();
    system = new OneJobSystem();
    bench.deliver = (delivered) => {
      active = delivered;
      delivered.enter('erp', 0);
    };
    await bench.accept(deal('A'));
  });

  const effects = () => bench.engine.effectsFor(active, 'erp', 'netsuite');
  const stored = async () => (await bench.store.effects(active.id))[0] as Effect;
  const again = async () => {
    await bench.engine.release();
    await bench.quiet();
  };

  it('is sent once; whoever asks again gets the stored result', async () => {
    (await effects().write(system.write())).should.deepEqual({ id: '1' });
    await again();
    (await effects().write(system.write())).should.deepEqual({ id: '1' });
    system.should.have.properties({ sent: 1, probed: 0 });
    (await stored()).should.have.properties({ status: 'done', result: { id: '1' }, business: 'job ENG-1', attempts: 1 });
  });

  it('is stored under its English title, with the words of every other language', async () => {
    const title = phrase('WRITE.in', { record: called.project('ENG-1'), systemName: 'NetSuite' });
    const { probe: _probe, ...write } = system.write({ title, settle: 'person' });
    system.answers = [noAnswer];
    await effects().write(write).should.be.rejected();
    const { title: stored_, titleWords } = await stored();
    stored_.should.equal('Project ENG-1 in NetSuite');
    inGerman({ message: stored_, ...(titleWords ? { words: titleWords } : {}) }).message.should.equal('Projekt ENG-1 in NetSuite');
    await again();
    const failure = await effects()
      .write(write)
      .then(() => undefined as never, Failure.from);
    failure.message.should.startWith('Project ENG-1 in NetSuite: ');
    inGerman(failure).message.should.startWith('Projekt ENG-1 in NetSuite: ');
  });

  it('is looked up when its answer was lost, and found', async () => {
    system.answers = [{ ...noAnswer, made: true }];
    await effects().write(system.write()).should.be.rejectedWith({ code: 'NO_ANSWER' });
    (await stored()).status.should.equal('in-doubt');
    await again();
    (await effects().write(system.write())).should.deepEqual({ id: '1' });
    system.should.have.properties({ sent: 1, probed: 1 });
    (await stored()).should.have.properties({ status: 'done', found: true });
  });

  it('is sent again when its answer was lost and the system does not have it', async () => {
    system.answers = [{ ...noAnswer, made: false }];
    await effects().write(system.write()).should.be.rejected();
    await again();
    (await effects().write(system.write())).should.deepEqual({ id: '2' });
    system.should.have.properties({ sent: 2, probed: 1 });
    (await stored()).should.have.properties({ status: 'done', attempts: 2 });
  });

  it('is not sent again while the system may still be making it, counted from the last time it was sent', async () => {
    const write = system.write({ settleAfterMs: 60_000 });
    system.answers = [noAnswer, noAnswer];
    await effects().write(write).should.be.rejectedWith({ code: 'NO_ANSWER' });
    await again();
    await effects().write(write).should.be.rejectedWith({ code: 'NOT_SETTLED_YET', retryAfterMs: 60_000, class: 'transient.unavailable' });
    system.sent.should.equal(1);
    bench.clock.jump(60_000);
    await effects().write(write).should.be.rejectedWith({ code: 'NO_ANSWER' });
    system.sent.should.equal(2);
    bench.clock.jump(59_999);
    await effects().write(write).should.be.rejectedWith({ code: 'NOT_SETTLED_YET', retryAfterMs: 1 });
    system.sent.should.equal(2);
  });

  it('is not sent again too soon when the process died while sending it a second time', async () => {
    const write = system.write({ settleAfterMs: 60_000 });
    system.answers = [noAnswer];
    await effects().write(write).should.be.rejected();
    await again();
    bench.clock.jump(60_000);
    void effects().write({ ...write, send: () => new Promise<Job>(() => undefined) }); // the process dies here
    await bench.quiet();
    await bench.engine.release();
    await bench.quiet();
    const { engine } = new EngineBench(); // another process knows nothing of the call
    const other = Object.assign(engine, { store: bench.store }).effectsFor(active, 'erp', 'netsuite');
    const asked = Object.assign(other, { clock: bench.clock }).write(write);
    await asked.should.be.rejectedWith({ code: 'NOT_SETTLED_YET', retryAfterMs: 60_000 });
  });

  it('waits for a person when the system cannot be asked', async () => {
    const { probe: _probe, ...write } = system.write({ settle: 'person' });
    system.answers = [noAnswer];
    await effects().write(write).should.be.rejected();
    await again();
    const failure = await effects()
      .write(write)
      .then(
        () => new Failure({ class: 'internal', code: 'SENT', message: 'It must not be sent.' }),
        (error: Failure) => error,
      );
    failure.should.have.properties({ code: 'IN_DOUBT', record: 'job ENG-1', system: 'netsuite', value: 'NO_ANSWER' });
    failure.remedy!.should.match(/by hand/);
    system.sent.should.equal(1);
  });

  it('is simply sent again when repeating it is harmless', async () => {
    const { probe: _probe, ...write } = system.write({ settle: 'repeat' });
    system.answers = [{ ...noAnswer, made: true }];
    await effects().write(write).should.be.rejected();
    (await effects().write(write)).should.deepEqual({ id: '1' });
    system.sent.should.equal(2);
  });

  it('is looked up first where the record may exist already', async () => {
    system.made = { id: 'by hand' };
    (await effects().write(system.write({ lookFirst: true }))).should.deepEqual({ id: 'by hand' });
    system.sent.should.equal(0);
    (await stored()).should.have.properties({ status: 'done', found: true });
  });

  it('of an earlier delivery that is still under way is awaited, not repeated', async () => {
    let answer: (job: Job) => void = () => undefined;
    const slow = system.write({
      send: () => {
        system.sent++;
        return new Promise<Job>((resolve) => {
          answer = resolve;
        });
      },
    });
    const early = effects().write(slow);
    await bench.quiet();
    await again();
    const late = effects().write(slow);
    await bench.quiet();
    system.should.have.properties({ sent: 1, probed: 0 });
    answer({ id: '7' });
    (await early).should.deepEqual({ id: '7' });
    (await late).should.deepEqual({ id: '7' });
    system.should.have.properties({ sent: 1, probed: 0 });
    (await stored()).should.have.properties({ status: 'done', result: { id: '7' } });
  });

  describe('that finds its record with other content', () => {
    const undo = { code: 'ENG-1' };
    let attempts: unknown[];
    /** a correction where the record is there, else what makes it */
    const correcting = (isThere: () => boolean) =>
      system.write({
        lookFirst: true,
        undo,
        probe: async () => (system.sent > 0 && system.made ? system.made : undefined),
        wasThere: isThere,
        send: async (attempt) => {
          attempts.push(attempt);
          system.sent++;
          if (system.sent === 1) throw new Failure(noAnswer);
          return { id: '1' };
        },
      });
    beforeEach(() => {
      attempts = [];
    });

    it('and corrects it is nobody’s to delete when its answer was lost: it had been there', async () => {
      await effects()
        .write(correcting(() => true))
        .should.be.rejected();
      system.made = { id: '1' }; // it came all the same
      await again();
      await effects().write(correcting(() => true));
      (await stored()).should.have.properties({ status: 'done', maker: 'unknown' });
    });

    it('and had found none before is told, when it sends again, that what is there is its own', async () => {
      await effects()
        .write(correcting(() => false))
        .should.be.rejected();
      await again();
      await effects().write(correcting(() => true));
      attempts.should.deepEqual([
        { again: false, own: false },
        { again: true, own: true },
      ]);
    });
  });

  it('is made once when several messages of the run ask for the same one at once', async () => {
    const slow = () =>
      system.write({
        probe: async () => undefined, // the system shows it only later
        send: async () => {
          system.sent++;
          await bench.quiet();
          return { id: String(system.sent) };
        },
      });
    const results = await Promise.all([1, 2, 3, 4].map(() => effects().write(slow())));
    results.should.deepEqual([{ id: '1' }, { id: '1' }, { id: '1' }, { id: '1' }]);
    system.sent.should.equal(1);
  });

  it('is refused for a delivery that is over', async () => {
    const old = effects();
    await again();
    await old.write(system.write()).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
    system.sent.should.equal(0);
  });

  it('is not sent by a delivery that ended while it was looked up', async () => {
    system.answers = [noAnswer];
    await effects().write(system.write()).should.be.rejected();
    const write = system.write({
      probe: async () => {
        await again();
        return undefined;
      },
    });
    await effects().write(write).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
    system.sent.should.equal(1);
  });

  it('of one node does not stand for that of another, nor that of another run', async () => {
    await effects().write(system.write());
    await bench.engine.effectsFor(active, 'other', 'netsuite').write(system.write());
    await bench.accept(deal('B'));
    await bench.engine.effectsFor(active, 'erp', 'netsuite').write(system.write());
    system.sent.should.equal(3);
  });

  it('keeps personal data out of what is stored of the request', async () => {
    await effects().write(system.write({ request: { email: 'jana@firm.example', code: 'ENG-1' } }));
    JSON.stringify((await stored()).request).should.equal('{"email":"•••","code":"ENG-1"}');
  });

  const outcomes: [string, FailureDetails, string][] = [
    ['refused by a business rule', { class: 'business.rejected', code: 'X', message: 'x' }, 'rejected'],
    ['that could not be made because nobody was signed in', { class: 'auth.expired', code: 'X', message: 'x' }, 'not-made'],
    ['turned away by a rate limit', { class: 'transient.throttled', code: 'X', message: 'x' }, 'not-made'],
    ['that never left the machine', { class: 'transient.unavailable', code: 'X', message: 'x', outcome: 'not-made' }, 'not-made'],
    ['cut off on the way, nobody knows where', { class: 'transient.unavailable', code: 'X', message: 'x' }, 'in-doubt'],
    ['that was not answered in time', { class: 'transient.timeout', code: 'X', message: 'x' }, 'in-doubt'],
    ['refused with an unknown outcome', { class: 'business.rejected', code: 'X', message: 'x', outcome: 'unknown' }, 'in-doubt'],
  ];
  for (const [what, failure, status] of outcomes) {
    it(`${what} is ${status}`, async () => {
      system.answers = [failure];
      await effects().write(system.write()).should.be.rejected();
      (await stored()).should.have.properties({ status, failure });
    });
  }

  it('that failed by a defect of ours is in doubt', async () => {
    const write = system.write({ send: () => Promise.reject(new TypeError('x is not a function')) });
    await effects().write(write).should.be.rejectedWith({ code: 'UNEXPECTED' });
    (await stored()).status.should.equal('in-doubt');
  });

  describe('with what cannot be stored', () => {
    let deep: Json = 1;
    for (let level = 0; level < 5_000; level++) deep = [deep];

    it('is not sent when its request, or what would undo it, cannot be', async () => {
      for (const more of [{ request: { rate: Infinity } }, { request: deep }, { undo: { rate: Number.NaN } }, { undo: deep }]) {
        await effects()
          .write(system.write(more))
          .should.be.rejectedWith({
            class: 'contract.invalid',
            code: 'DATA_NOT_STORABLE',
            message: /nothing was sent/,
            record: 'job ENG-1',
          });
      }
      system.sent.should.equal(0);
      (await bench.store.effects(active.id)).should.deepEqual([]);
    });

    it('is in doubt when the answer cannot be: it was made, and a person says what the flow needs of it', async () => {
      const send = async () => {
        system.sent++;
        return { id: '1', more: deep } as Job;
      };
      const failure = (await effects()
        .write(system.write({ send }))
        .catch((error: unknown) => error)) as Failure;
      failure.should.have
        .properties({ class: 'contract.drift', code: 'ANSWER_NOT_STORABLE' })
        .and.match({ message: /netsuite has answered/ });
      (await stored()).should.have.properties({ status: 'in-doubt' });
      active.fail(failure, 'erp');
      active.leave('erp', bench.clock.now());
      await bench.quiet();
      (await bench.status('A')).should.equal('dead');
      const result = { id: '1' };
      (await bench.store.settleEffect((await stored()).key, { made: true, result, actor: 'ana' }, bench.clock.now()))!.should.be.ok();
      await bench.store.replay(active.id, { actor: 'ana' }, bench.clock.now());
      bench.engine.wake();
      await bench.quiet();
      (await effects().write(system.write({ send }))).should.deepEqual({ id: '1' });
      system.sent.should.equal(1);
    });

    it('is looked up when a person settled it without what the flow needs of it, and says what is missing when nothing is there', async () => {
      system.answers = [noAnswer];
      const failure = (await effects()
        .write(system.write())
        .catch((error: unknown) => error)) as Failure;
      active.fail(failure, 'erp');
      active.leave('erp', bench.clock.now());
      await bench.quiet();
      const result = { Id: '1' }; // the flow needs `id`
      (await bench.store.settleEffect((await stored()).key, { made: true, result, actor: 'ana' }, bench.clock.now()))!.should.be.ok();
      await bench.store.replay(active.id, { actor: 'ana' }, bench.clock.now());
      bench.engine.wake();
      await bench.quiet();
      const needs = neededId;
      await effects()
        .write(system.write({ needs, probe: async () => undefined }))
        .should.be.rejectedWith({ class: 'contract.invalid', code: 'RESULT_MISSING', field: 'result', message: /as {"id": "4711"}/ });
      const missing = effects().write(system.write({ needs, probe: async () => undefined }));
      inGerman(await missing.then(() => undefined as never, Failure.from)).message.should.match(/ohne die ID, als {"id": "4711"}, und /);
      (await effects().write(system.write({ needs, probe: async () => ({ id: '7' }) }))).should.deepEqual({ id: '7' });
      (await effects().write(system.write())).should.deepEqual(result); // nothing of it is read
      system.sent.should.equal(1);
    });

    it('is not taken as found when what is found cannot be stored', async () => {
      const probe = async () => ({ id: '1', rate: Infinity }) as Job;
      await effects()
        .write(system.write({ probe, lookFirst: true }))
        .should.be.rejectedWith({ code: 'ANSWER_NOT_STORABLE', field: 'result.rate' });
      system.sent.should.equal(0);
    });
  });
});
