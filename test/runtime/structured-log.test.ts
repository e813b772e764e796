import 'should';
import { join } from 'node:path';
import should from 'should';
import structuredLog from '../../runtime/telemetry/structured-log.ts';
import { entry, func, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';
import { packUnderTest } from './pack-under-test.ts';

interface Line {
  timestamp: string;
  severityText: string;
  severityNumber: number;
  body: string;
  traceId?: string;
  attributes: Record<string, string>;
}

const lineOf = (event: object): Line => {
  const lines: string[] = [];
  structuredLog({}, (line) => lines.push(line))({ level: 40, timestamp: 1_796_000_000_000, ...event });
  lines.should.have.length(1);
  lines[0]!.should.not.match(/\n/);
  return JSON.parse(lines[0]!) as Line;
};

describe('The log as lines of JSON', () => {
  it('says when, how grave, what, and of which node', () => {
    lineOf({ level: 30, type: 'erp-project', id: 'n1', name: 'Project', z: 'tab', msg: 'is away' }).should.deepEqual({
      ...{ timestamp: new Date(1_796_000_000_000).toISOString(), severityText: 'WARN', severityNumber: 13, body: 'is away' },
      attributes: {
        ...{ 'node_red.node.type': 'erp-project', 'node_red.node.id': 'n1', 'node_red.node.name': 'Project', 'node_red.flow.id': 'tab' },
      },
    });
  });

  it('takes whatever a node logs, as one line, without e-mail addresses', () => {
    lineOf({ msg: new Error('ada.berg@client.example\nis unknown') }).body.should.match(/^[^\n]*is unknown$/);
    lineOf({ msg: new Error('ada.berg@client.example is unknown') }).body.should.not.match(/ada/);
    lineOf({ msg: { message: 'an object' } }).body.should.equal('an object');
    lineOf({ msg: { a: 1 } }).body.should.be.a.String();
    lineOf({ msg: undefined }).body.should.equal('undefined');
    lineOf({ msg: 'x'.repeat(1e6) }).body.length.should.be.below(3_000);
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    lineOf({ msg: circle, id: 'n1' }).should.match({ severityText: 'INFO', attributes: { 'node_red.node.id': 'n1' } });
    lineOf({ msg: { n: 1n } }).severityText.should.equal('INFO');
    lineOf({ level: 98, event: 'auth.login', msg: undefined }).should.match({ severityText: 'AUDIT', body: 'auth.login' });
  });
});

describe('A Node-RED that logs lines of JSON', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    const handler = `require(${JSON.stringify(join(await packUnderTest(), 'dist', 'structured-log.js'))})`;
    live = await LiveNodeRed.start({ settings: `logging: { console: { level: 'off' }, json: { level: 'info', handler: ${handler} } }` });
    await live.deploy([
      tab(),
      policy(),
      entry('says'),
      func('says', 'node.warn("looks at " + msg.payload.id); return msg;', [['sink']]),
      sink(),
    ]);
  });
  after(() => live?.end());

  it('names the run in which any node of the flow has said something', async () => {
    live.receive('entry', { payload: { id: 'S-1' }, topic: 'S-1' });
    const { id } = await live.ended('S-1');
    const lines = live.log
      .join('')
      .split('\n')
      .flatMap((line) => {
        try {
          return [JSON.parse(line) as Line];
        } catch {
          return [];
        }
      });
    const said = lines.find(({ body }) => body === 'looks at S-1');
    should(said).match({
      severityText: 'WARN',
      traceId: id.replaceAll('-', ''),
      attributes: { 'psconnect.run': id, 'node_red.node.type': 'function' },
    });
    lines.some(({ body }) => body === 'Started flows').should.be.true();
  });
});
