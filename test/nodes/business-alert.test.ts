import should from 'should';
import declaration from '../../nodes/business/alert/declaration.ts';
import type { Alert } from '../../nodes/business/alert/alert.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

const interval = 60_000;
const looksAgain = (at: NodeAtWork) => at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
const lookAgain = async (at: NodeAtWork) => {
  await looksAgain(at);
  at.red.timers.pass(interval);
  await looksAgain(at);
};

nodeContract(
  declaration,
  {
    async behaves(at) {
      await at.shows(/^watching, \d+ open/, 'green');
      await looksAgain(at);
      return [at.out(1).length, at.out(2).length];
    },
  },
  (at) => {
    const breakOne = async (code: string) => {
      const before = at.red.seen.runs.size;
      at.red.receive('beside', { payload: { code, breaks: true } });
      await at.red.until(() => at.red.seen.runs.size > before, 'there is a run');
      await at.red.ended(before + 1);
    };

    it('tells of all dead letters of a cause in one message, and of the next one not', async () => {
      await at.deploy();
      await looksAgain(at);
      at.out(1).should.be.empty();
      for (const code of ['D-1', 'D-2']) await breakOne(code);
      await lookAgain(at);
      await at.red.until(() => at.out(1).length === 1, 'it is told');
      const [message] = at.out(1);
      should(message!.topic).match(/^business-alert needs somebody \(Normal\)$/);
      const alert = message!.payload as Alert;
      alert.should.match({ level: 'alert', severity: 'normal', title: message!.topic, more: 0 });
      const [problem, ...others] = alert.problems as [Alert['problems'][0]];
      others.should.be.empty();
      problem.should.match({ what: 'new', status: 'dead', runs: 2, steps: 0, flow: { id: 'tab' }, node: { id: 'beside' } });
      problem.examples.map(({ subject }) => subject).should.deepEqual(['D-2', 'D-1']);
      problem.examples[0]!.message.should.match(/breaks/);
      alert.text.split('\n')[0]!.should.match(/^• business-alert › canonical-map: dead letters: 2 \(Normal\)$/);
      should(message!.psConnect!.run).be.ok();
      await breakOne('D-3');
      await lookAgain(at);
      at.out(1).should.have.length(1);
      at.out(2).should.be.empty();
    });

    it('tells it again as an escalation, at the other output', async () => {
      await at.deploy({ escalateMinutes: 0.000_001 });
      await at.red.until(() => at.out(1).length === 1, 'it is told');
      await lookAgain(at);
      await at.red.until(() => at.out(2).length === 1, 'it goes up');
      const { level, title, problems } = at.out(2)[0]!.payload as Alert;
      level.should.equal('escalation');
      title.should.match(/still needs somebody/);
      problems[0]!.should.match({ what: 'escalated', steps: 1 });
    });

    it('tells of a source that cannot read, why, and that it reads again; not of one that is in the flows no more', async () => {
      const { store } = at.red.pack.engine;
      const failure = {
        class: 'auth.denied',
        code: 'DENIED',
        message: 'The token of ada.berg@example.com is not valid.',
        remedy: 'Renew it.',
      } as const;
      const failing = { flow: 'tab', severity: 'high', failure } as const;
      await store.sourceFails({ ...failing, source: 'beside' }, at.red.pack.clock.now() - 3_600_000);
      await store.sourceFails({ ...failing, source: 'gone' }, at.red.pack.clock.now() - 3_600_000);
      await at.deploy({ waitingMinutes: 60 });
      await at.red.until(() => at.out(1).length === 1, 'it is told');
      const { problems, text, severity } = at.out(1)[0]!.payload as Alert;
      should(problems.filter(({ status }) => status === 'source')).match([
        { what: 'new', node: { id: 'beside' }, class: 'auth.denied', examples: [] },
      ]);
      severity.should.equal('high');
      const [line, why] = text.split('\n').slice(text.split('\n').findIndex((one) => /reads nothing/.test(one)));
      line!.should.match(/^• business-alert › canonical-map reads nothing since \d{4}-\d\d-\d\d \d\d:\d\d UTC \(High\)$/);
      why!.should.match(/^ {3}The token of .+ is not valid\. Renew it\.$/);
      text.should.not.match(/ada\.berg/);
      await store.sourceReads('beside');
      await store.sourceReads('gone');
    });

    it('says nobody’s address', async () => {
      await at.deploy();
      await breakOne('ada.berg@example.com');
      await lookAgain(at);
      await at.red.until(() => at.out(1).length > 0, 'it is told');
      JSON.stringify(at.out(1)).should.not.match(/ada\.berg/);
    });

    it('gives what chat systems take, in which no name of a record is a command', async () => {
      await breakAs('slack', '<!channel> & [a](http://b)');
      const slack = at.out(1)[0]!.payload as { text: string };
      slack.text.should.match(/^\*.+\*\n/);
      slack.text.should.containEql('&lt;!channel&gt; &amp;');
      slack.text.should.not.match(/<!channel>/);
      await at.red.unload();
      await breakAs('teams', '<!channel> & [a](http://b)');
      const { attachments } = at.out(1)[0]!.payload as { attachments: { content: { type: string; body: { text: string }[] } }[] };
      attachments[0]!.content.type.should.equal('AdaptiveCard');
      const said = attachments[0]!.content.body.map(({ text }) => text).join('\n');
      said.should.containEql('\\[a\\]\\(http://b\\)');
      await at.red.unload();
      await breakAs('text', 'D-6');
      should(at.out(1)[0]!.payload).be.a.String();
    });

    /** What stands is told to a node that is new. */
    async function breakAs(format: string, code: string): Promise<void> {
      await at.deploy();
      await breakOne(code);
      await at.red.unload();
      await at.deploy({ format });
      await at.red.until(() => at.out(1).length > 0, 'it is told');
    }

    it('says at both outputs that what had gone up is over', async () => {
      const { pack } = at.red;
      const now = pack.clock.now.bind(pack.clock);
      let laterMs = 0;
      pack.clock.now = () => now() + laterMs;
      try {
        await at.deploy({ escalateMinutes: 0.000_001 });
        await at.red.until(() => at.out(1).length === 1, 'it is told');
        await lookAgain(at);
        await at.red.until(() => at.out(2).length === 1, 'it goes up');
        for (const { id } of await pack.engine.store.runs({ status: ['dead'], limit: 100 }))
          await pack.engine.store.discard(id, { actor: 'ana', reason: 'not needed' }, now());
        await lookAgain(at);
        laterMs = 301_000;
        await lookAgain(at);
        await at.red.until(() => at.out(1).length === 2 && at.out(2).length === 2, 'it is over');
        for (const { payload, topic } of [at.out(1)[1]!, at.out(2)[1]!]) {
          should(topic).equal('business-alert goes on again');
          (payload as Alert).text.should.match(/no dead letter is left$/);
        }
      } finally {
        pack.clock.now = now;
      }
    });

    it('links each example to its run in the console, where it knows the address', async () => {
      await at.deploy({ console: 'https://node-red.example/ps-connect/' });
      await breakOne('D-7');
      await lookAgain(at);
      await at.red.until(() => at.out(1).length > 0, 'it is told');
      const { problems, text } = at.out(1)[0]!.payload as Alert;
      const [example] = problems[0]!.examples;
      const link = `https://node-red.example/ps-connect/#tab=dead&run=${example!.run}`;
      should(example!.link).equal(link);
      text.should.containEql(link);
      await at.red.unload();
      await at.deploy({ console: 'javascript:alert(1)' });
      await at.shows(/is not a web address/, 'red');
    });

    it('says that there is no such time zone', async () => {
      await at.deploy({ quiet: 'nights', timeZone: 'Europe/Berln' });
      await at.shows(/no time zone Europe\/Berln/, 'red');
    });
  },
);
