import 'should';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { eventIn } from '../runtime/event-in-flow.ts';
import { policy, sink, tab } from '../runtime/flow-parts.ts';
import { LiveNodeRed } from '../runtime/live-node-red.ts';
import { secret } from '../runtime/webhook-sender.ts';
import { document, found, sources } from './documents.ts';

const page = document('docs/webhooks.md');

describe('docs/webhooks.md', function () {
  this.timeout(60_000);
  let live: LiveNodeRed | undefined;
  after(() => live?.end());

  it('has an example by curl that works as it stands', async function () {
    if (['curl', 'openssl'].some((tool) => spawnSync(tool, ['--version']).error)) {
      console.log('      NOT PLAYED: curl or openssl is not installed');
      return this.skip();
    }
    live = await LiveNodeRed.start({ environment: { TIME_EVENTS_SECRET: secret } });
    await live.deploy([tab(), policy(), eventIn({ path: 'events/time-approved' }), sink()]);
    const script = /<!-- curl example[^>]*-->\s*```sh\n([\s\S]*?)```/.exec(page)![1]!;
    const send = async () => {
      const shell = spawn('sh', ['-e'], { env: { ...process.env, SECRET: secret, URL: `${live!.editor}/events/time-approved` } });
      let said = '';
      for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
      shell.stdin.end(script);
      await once(shell, 'close');
      return said;
    };
    (await send()).should.match(/ 202 [\s\S]*\{"accepted":1,"duplicates":0\}/);
    (await send()).should.match(/ 202 [\s\S]*\{"accepted":0,"duplicates":1\}/);
    (await live.ended('4711')).status.should.equal('done');
  });

  it('explains every status that is answered', () => {
    const code = sources('runtime/webhook/*.ts')
      .map(({ text }) => text)
      .join('\n');
    const statuses = found(code, /\b(?:problem|later|made)\((\d{3})/g);
    statuses.should.containDeep(['202', '400', '401', '405', '413', '415', '429', '500', '503']);
    const table = page.slice(page.indexOf('## What is answered'));
    for (const status of statuses) table.should.match(new RegExp(`^\\| (?:\\d+, )*${status}`, 'm'));
  });
});
