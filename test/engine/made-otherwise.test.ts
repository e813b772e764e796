import 'should';
import type { ActiveRun } from '../../engine/active-run.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Write } from '../../model/operations.ts';
import { inGerman } from '../model/in-german.ts';
import { EngineBench } from './engine-bench.ts';
import { type Job, noAnswer, OneJobSystem } from './one-job-system.ts';
import { deal } from './sample-events.ts';

describe('A write that was made, and is asked for again by its run', () => {
  let bench: EngineBench;
  let system: OneJobSystem;
  let active: ActiveRun;
  const effects = () => bench.engine.effectsFor(active, 'erp', 'netsuite');
  const stored = async () => (await bench.store.effects(active.id))[0] as Effect;
  const again = async () => {
    await bench.engine.release();
    await bench.quiet();
  };
  const asked = (request: Json, more: Partial<Write<Job>> = {}) => effects().write(system.write({ request, sameBesides: [], ...more }));
  const entry = { hours: '8:00', about: { by: 'Ada', text: 'Workshop' }, email: 'ada@firm.example' };
  beforeEach(async () => {
    bench = await new EngineBench().start();
    system = new OneJobSystem();
    bench.deliver = (delivered) => {
      active = delivered;
      delivered.enter('erp', 0);
    };
    await bench.accept(deal('A'));
    await asked(entry);
    await again();
  });

  it('with another content is refused, with the field: what stands is not told as what was asked for', async () => {
    const failure = await asked({ ...entry, hours: '6:00' }).then(() => undefined as never, Failure.from);
    failure
      .toJSON()
      .should.match({ class: 'conflict.stale', code: 'MADE_OTHERWISE', field: 'hours', record: 'job ENG-1', outcome: 'not-made' });
    inGerman(failure).message.should.match(/mit anderem hours/);
    system.sent.should.equal(1);
    (await stored()).should.have.properties({ status: 'done', result: { id: '1' } });
  });

  it('with the same in another order, and persons that are masked where it is kept, is answered as it was', async () => {
    (await asked({ email: 'ada@firm.example', about: { text: 'Workshop', by: 'Ada' }, hours: '8:00' })).should.deepEqual({ id: '1' });
  });

  it('is held to what was sent last, where the answer to what was asked first was lost', async () => {
    const edited = { ...entry, hours: '6:00' };
    const other = { key: 'job ENG-2' };
    system.answers = [{ ...noAnswer, made: false }];
    system.made = undefined;
    await asked(entry, other).should.be.rejectedWith({ code: 'NO_ANSWER' });
    await again();
    const made = await asked(edited, other);
    await again();
    (await asked(edited, other)).should.deepEqual(made);
    await asked(entry, other).should.be.rejectedWith({ code: 'MADE_OTHERWISE' });
  });

  it('may differ in what it says may, however deep that stands, and in fields that another version of the product did not send', async () => {
    const other = { ...entry, about: { by: 'Ada', text: 'Other' }, place: 'Berlin' };
    await asked(other).should.be.rejectedWith({ code: 'MADE_OTHERWISE', field: 'about' });
    (await asked(other, { sameBesides: ['text'] })).should.deepEqual({ id: '1' });
  });
});
