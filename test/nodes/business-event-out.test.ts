import should from 'should';
import declaration from '../../nodes/business/event-out/declaration.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { inGerman } from '../model/in-german.ts';
import { nodeContract } from './node-contract.ts';

interface Received {
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  data: unknown;
}

const received = (at: NodeAtWork) =>
  Object.values((at.sandbox['event-receiver'].state as unknown as { events: Record<string, Received> }).events);

nodeContract(
  declaration,
  {
    firm: (sandbox) => sandbox['event-receiver'].definition.load(sandbox['event-receiver'], { refusedTypes: ['com.example.unwanted'] }),
    takes: () => ({ topic: 'ENG-1', payload: { code: 'ENG-1' } }),
    refuses: [
      {
        what: 'a message without a subject',
        message: { payload: 1 },
        field: 'subject',
        says: /text or a number in subject/,
        german: /in subject einen Text oder eine Zahl/,
      },
      {
        what: 'a type that is no text of an event',
        message: { topic: 'a', payload: 1 },
        fields: { eventType: 'x'.repeat(2_000) },
        field: 'eventType',
        says: /eventType says cannot stand/,
      },
      {
        what: 'a source that is no URI reference',
        message: { topic: 'a', payload: 1 },
        fields: { eventSource: 'a b' },
        field: 'eventSource',
        says: /eventSource says cannot stand/,
      },
      {
        what: 'what the receiver does not want',
        message: { topic: 'a', payload: 1 },
        fields: { eventType: 'com.example.unwanted' },
        field: 'type',
        says: /refuses the event \(422\)\. Nobody here wants com\.example\.unwanted/,
        german: /lehnt das Ereignis ab \(422\)/,
      },
    ],
    async behaves(at) {
      at.receive();
      const [run] = await at.red.ended();
      const { type, source, subject, data } = received(at).at(-1)!;
      return [run!.status, type, source, subject, data, at.out(1).length];
    },
  },
  (at) => {
    it('tells the event once, with the moment of the run, and hands on what it got', async () => {
      await at.deploy();
      const before = received(at).length;
      at.receive({ topic: 'ENG-2', payload: { code: 'ENG-2', amount: '10.00' } });
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      const told = received(at);
      told.length.should.equal(before + 1);
      const event = told.at(-1)!;
      event.should.containDeep({
        type: 'com.psconnect.project.provisioned',
        source: '/ps-connect/events',
        subject: 'ENG-2',
        data: { code: 'ENG-2', amount: '10.00' },
      });
      event.time.should.equal(run!.event.time);
      const [message] = at.out(1);
      (message!.payload as object).should.deepEqual({ code: 'ENG-2', amount: '10.00' });
      should((message as unknown as { event: object }).event).deepEqual({ published: { id: event.id, status: 202 } });
    });

    it('tells two events of one run that differ in their data as two, and takes an id of the business where it has one', async () => {
      await at.deploy({ eventId: 'payload.id', eventIdType: 'jsonata' });
      const before = received(at).length;
      at.receive({ topic: 'ENG-3', payload: { id: 'A', n: 1 } });
      await at.red.ended();
      at.receive({ topic: 'ENG-3', payload: { id: 'A', n: 1 } });
      at.receive({ topic: 'ENG-3', payload: { id: 'B', n: 1 } });
      await at.red.until(() => at.out(1).length === 3, 'all are through');
      received(at)
        .slice(before)
        .map(({ id }) => id)
        .should.deepEqual(['A', 'B']);
    });

    describe('of data that nobody should tell', () => {
      const ring: Record<string, unknown> = { code: 'ENG-4' };
      ring['itself'] = ring;
      const throwing = Object.defineProperty({ code: 'ENG-4' }, 'rate', {
        enumerable: true,
        get() {
          throw new Error('the rate of Anna Keller cannot be read');
        },
      });
      for (const [what, odd, said] of [
        ['holds itself', ring, /data(\.itself)+… is nested deeper than 100 levels/],
        ['is larger than an event may be', { note: 'x'.repeat(17_000_000) }, /data is larger than 16 MB/],
        ['has a field __proto__', JSON.parse('{"a":{"__proto__":{"admin":true}}}'), /data\.a.*__proto__/],
        ['has a number that JSON does not know', { hours: Infinity }, /data\.hours/],
        ['has a number that JSON cannot write', { count: 7n }, /data\.count is nothing that JSON can hold/],
        ['cannot be read', throwing, /data cannot be written/],
      ] as const) {
        it(`tells nothing where it ${what}, says so in German too, and goes on`, async () => {
          await at.deploy({ data: 'odd', dataType: 'msg' });
          const before = received(at).length;
          at.receive({ topic: 'ENG-4', payload: { code: 'ENG-4' }, odd });
          const [run] = await at.red.ended();
          should(run).have.property('status', 'dead');
          const failure = run!.failure!;
          failure.should.match({ class: 'contract.invalid', code: 'DATA_NOT_STORABLE', field: /^data/ });
          failure.message.should.match(said).and.not.containEql('Keller');
          should(failure.remedy).be.ok();
          inGerman(failure).message.should.not.match(/\b(is|are|the|with|than)\b/);
          received(at).length.should.equal(before);
          at.receive({ topic: 'ENG-5', payload: { code: 'ENG-5' }, odd: { code: 'ENG-5' } });
          await at.red.until(() => at.out(1).length === 1, 'the next is through');
          received(at).at(-1)!.data!.should.deepEqual({ code: 'ENG-5' });
        });
      }

      for (const [what, odd, told] of [
        ['bytes', Buffer.from('hi'), { type: 'Buffer', data: [104, 105] }],
        ['half a character', { note: 'a\ud800' }, { note: 'a\ud800' }],
        ['5 MB', { note: 'x'.repeat(5_000_000) }, { note: 'x'.repeat(5_000_000) }],
        ['nothing', undefined, null],
      ] as const) {
        it(`tells ${what}`, async () => {
          await at.deploy({ data: 'odd', dataType: 'msg' });
          at.receive({ topic: 'ENG-6', payload: { code: 'ENG-6' }, odd });
          const [run] = await at.red.ended();
          should(run!.failure).equal(undefined);
          should(received(at).at(-1)!.data).deepEqual(told);
        });
      }
    });
  },
);
