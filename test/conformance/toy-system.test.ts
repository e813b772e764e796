import should from 'should';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { connectionDeclaration } from '../../connectors/connection-declaration.ts';
import { systems } from '../../connectors/systems.ts';
import { conditionsOf } from '../../declarations/node-declaration.ts';
import type { OperationFacts, WriteFacts } from '../../declarations/operation-facts.ts';
import type { ConnectionValues, SystemDeclaration } from '../../declarations/system.ts';
import type { Connector, Effects, LineOutcome, PostedTime } from '../../model/operations.ts';
import { systemErrorTables } from '../../scripts/docs/error-tables.ts';
import { environmentTable, operationTable, settingTables } from '../../scripts/docs/node-tables.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import type { FaultId } from './fault-kinds.ts';
import { factsNotKept } from './hold-to-facts.ts';
import { holder } from './hold-to-it.ts';
import { unfitSamples } from './listed-systems.ts';
import { operationMatrix } from './matrix.ts';
import { Stage } from './stage.ts';
import { abaco } from './toy-system/declaration.ts';
import { tried } from './toy-system/tried.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The one line. */
const withToy: readonly SystemDeclaration[] = [...systems, abaco];

describe('A system that is added as one folder and one line', function () {
  this.timeout(120_000);

  it('has its column in the table of operations, with why it cannot do the rest of its kind', async () => {
    const table = (await operationTable(root, withToy)).split('\n');
    table[0]!.should.match(/\| Salesforce \| NetSuite \| Kantata \| Webhooks \| Abaco \|$/);
    const last = (id: string) =>
      table
        .find((line) => line.startsWith(`| \`${id}\``))!
        .split(' | ')
        .at(-1);
    last('time.post')!.should.equal('yes |');
    last('customer.ensure')!.should.equal('Abaco has no customers |');
  });

  it('has its fields in the form of a connection, shown when it is chosen, and offers its own variables of the environment', async () => {
    const { fields } = connectionDeclaration(withToy);
    should(fields.find(({ name }) => name === 'system')).have.property('options', [
      'salesforce',
      'netsuite',
      'kantata',
      'event-receiver',
      'abaco',
    ]);
    const own = fields.filter(({ of }) => of?.system === 'abaco');
    own.map(({ name }) => name).should.deepEqual(['abacoEnvironment', 'abacoBaseUrl', 'abacoApiKey', 'abacoTimeoutMs']);
    for (const field of own) conditionsOf(field).should.containEql({ field: 'system', is: ['abaco'] });
    (await settingTables(root, withToy)).should.containEql('| `abacoApiKey` | secret, kept encrypted');
    const environment = await environmentTable(root, withToy);
    for (const row of [
      '| `ABACO_BASE_URL` | `system-connection` · abacoBaseUrl | text |',
      '| `ABACO_API_KEY` | `system-connection` · abacoApiKey | secret |',
    ]) {
      environment.should.containEql(row);
    }
  });

  it('is offered by the nodes that do what it does, and by no other', async () => {
    const settings = await settingTables(root, withToy);
    const offered = (type: string) =>
      /a `system-connection` to ([^|,]+)/.exec(settings.split(`### ${type}\n`)[1]!.split('### ')[0]!)![1]!.trim();
    offered('erp-post-timesheet').should.equal('NetSuite or Abaco');
    offered('erp-project').should.equal('NetSuite');
  });

  it('has its table of errors in the documents, and its address in the environment of the sandbox', () => {
    systemErrorTables(withToy)['abaco']!.should.containEql('| 422 | business.rejected |');
    const access = { abaco: { url: 'http://127.0.0.1:4103', apiKey: 'abaco-sandbox-key-0001' } } as never;
    connectionEnvironment(access, withToy).should.deepEqual({
      ABACO_BASE_URL: 'http://127.0.0.1:4103',
      ABACO_API_KEY: 'abaco-sandbox-key-0001',
    });
  });

  it('is held to all that can go wrong, by the command that a package of its own would be held by', async () => {
    const { code, text } = await conformance('test/conformance/toy-system/tried.ts');
    should(code).equal(0, text);
    text.should.match(/\| time\.post \| ✓ 2 \| ✓ 4 .*✓ 1 \|\n/);
    text.should.match(/\| posted-time\.list \| — 1 \| ✓ 1 /);
    text.should.match(/— 1: it writes nothing/);
    operationMatrix(withToy).should.match(/\| customer\.ensure \| .* \| done \| .* \| Abaco has no customers \|/);
  });

  it('is not taken without a sample of what it does', () => {
    const { 'time.post': _left, ...operations } = tried.data.operations;
    unfitSamples({ ...tried, data: { ...tried.data, operations } }).should.deepEqual(['Abaco does time.post and has no sample of it.']);
  });
});

/** What a connector could do wrong, and the faults by which it is found out. */
const careless: readonly [what: string, connector: (sound: Connector) => Connector, found: readonly FaultId[], told: RegExp][] = [
  [
    'sends without an intent',
    (sound) => posting(sound, (effects) => ({ ...effects, write: (write) => write.send() })),
    ['lost-after', 'killed', 'there-already'],
    /was made 2 times/,
  ],
  [
    'sends again without a look',
    (sound) =>
      posting(sound, (effects) => ({
        write: ({ probe: _probe, ...write }) => effects.write({ ...write, settle: 'repeat', lookFirst: false }),
      })),
    ['lost-after', 'killed', 'there-already'],
    /was made 2 times/,
  ],
  [
    'says that it posted what it did not',
    (sound) => answering(sound, () => ({ ok: true, output: { id: '?' } })),
    ['lost-before', 'status-503', 'refused'],
    /made 0 times|the run is done/,
  ],
  [
    'takes everything for permanent',
    (sound) => answering(sound, ({ failure }) => ({ ok: false, failure: failure.with({ class: 'business.rejected' }) })),
    ['lost-before', 'status-401', 'status-429', 'status-503', 'web-page', 'cut-page'],
    /the run is dead/,
  ],
  [
    'hides for how long it was asked to wait',
    (sound) => answering(sound, ({ failure }) => ({ ok: false, failure: failure.with({ retryAfterMs: undefined }) })),
    ['status-429'],
    /the pause that is asked for is not told/,
  ],
  [
    'answers what it is not declared to answer',
    (sound) =>
      posting(sound, (effects) => ({
        write: async (write) => {
          await effects.write(write);
          return { id: 7 } as never;
        },
      })),
    ['lost-after', 'status-503'],
    /undisturbed: it answers no PostedTime: \/id must be string/,
  ],
  [
    'names no record',
    (sound) => answering(sound, ({ failure }) => ({ ok: false, failure: failure.with({ record: undefined }) })),
    ['of-another', 'refused'],
    /record is undefined/,
  ],
];

describe('The suite finds out a connector that', function () {
  this.timeout(120_000);

  for (const [what, connector, faults, told] of careless) {
    it(what, async () => {
      const stage = await Stage.open({ ...tried, system: { ...abaco, connect: (values) => connector(abaco.connect(values)) } });
      try {
        const hold = await holder(stage, 'time.post', tried.data.operations['time.post']![0]!);
        for (const fault of faults) {
          const verdict = await hold(fault);
          ('wrong' in verdict ? verdict.wrong.join('\n') : `${fault} was held`).should.match(told);
        }
      } finally {
        await stage.close();
      }
    });
  }
});

/** What could be said of a connector and is not so. */
const posted = tried.facts.operations['time.post']!;
const said = (change: Partial<WriteFacts>): OperationFacts => ({
  ...posted,
  writes: posted.writes!.map((write) => ({ ...write, ...change })),
});
const keptUndo = (effects: Effects): Effects => ({ write: (write) => effects.write({ ...write, undo: { entry: write.key } }) });
const untrue: readonly [what: string, facts: OperationFacts, told: RegExp, connector?: (sound: Connector) => Connector][] = [
  ['its writes', { ...posted, writes: [] }, /nothing is said of the write entry kantata:1/],
  ['the keys of its writes', said({ keys: ['row KEY'] }), /nothing is said of the write entry kantata:1/],
  ['how they are settled', said({ settles: 'repeat' }), /entry kantata:1 is settled by probe and is said to be by repeat/],
  [
    'what it costs',
    { ...posted, calls: [{ once: 1, each: [{ calls: 1, per: 'entry' }] }] },
    /it takes 4 calls, and is said to take 3 at most/,
  ],
  ['that they can be taken back', said({ inverse: { by: 'system', how: 'deleted' } }), /keeps nothing, and is said to be undone by system/],
  [
    'that they are taken back',
    said({ inverse: { by: 'system', how: 'deleted' } }),
    /entry kantata:1 is said to be taken back, and stays as it was/,
    (sound) => ({ ...posting(sound, keptUndo), undo: async () => undefined }),
  ],
  [
    'that a person is told',
    posted,
    /no person is told: it is undone/,
    (sound) => ({ ...posting(sound, keptUndo), undo: async () => undefined }),
  ],
];

describe('The suite finds out a connector of which is said, and not so,', function () {
  this.timeout(120_000);

  for (const [what, facts, told, connector = (sound: Connector) => sound] of untrue) {
    it(what, async () => {
      const system = { ...abaco, connect: (values: ConnectionValues) => connector(abaco.connect(values)) };
      const stage = await Stage.open({
        ...tried,
        system,
        facts: { ...tried.facts, operations: { ...tried.facts.operations, 'time.post': facts } },
      });
      try {
        const sample = tried.data.operations['time.post']![0]!;
        (await factsNotKept(stage, 'time.post', sample)).join('\n').should.match(told);
      } finally {
        await stage.close();
      }
    });
  }
});

type Refused = Extract<LineOutcome<PostedTime>, { ok: false }>;

/** The connector with other effects than the engine's. */
function posting(sound: Connector, change: (effects: Effects) => Effects): Connector {
  const post = sound.operations['time.post']!;
  const changed: typeof post = (lines, signal) =>
    post(
      lines.map((line) => ({ ...line, effects: change({ write: (write) => line.effects.write(write) }) })),
      signal,
    );
  return { ...sound, operations: { ...sound.operations, 'time.post': changed } };
}

/** The connector with another answer where a line was refused. */
function answering(sound: Connector, change: (refused: Refused) => LineOutcome<PostedTime>): Connector {
  const post = sound.operations['time.post']!;
  const changed: typeof post = async (lines, signal) => (await post(lines, signal)).map((line) => (line.ok ? line : change(line)));
  return { ...sound, operations: { ...sound.operations, 'time.post': changed } };
}

function conformance(system: string): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/conformance.ts', '--system', system], { cwd: root });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}
