import { type ContractName, contractIssues, contractNames } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';
import { isObject, type Json } from '../../model/json.ts';
import { compileMapping } from '../canonical-mapping.ts';
import { sampleOfEvent } from '../event-message.ts';
import { asLastMessage, lastMessage, type LastMessage } from '../last-messages.ts';
import type { Pack } from '../pack.ts';
import type { Preview } from './admin-api.generated.ts';
import { type Call, type Route, route } from './route.ts';
import { json, moment, named, object, orNull, text } from './schema.ts';

const whole = json('with all its parts that are JSON');

export const mappingRoutes: Route[] = [
  route('POST /preview', {
    permission: 'ps-connect.edit',
    persons: 'shown',
    summary: 'Tries a mapping on a sample.',
    onlyTries: true,
    body: object(
      {},
      {
        preset: orNull(text('name of a preset')),
        expression: orNull(text('JSONata')),
        contract: orNull(text('contract to check the result against; one that there is not checks nothing')),
        sample: json('payload'),
        message: json('message'),
      },
    ),
    answer: named('Preview'),
    handle: preview,
  }),
  route('GET /nodes/:id/last-input', {
    permission: 'ps-connect.edit',
    persons: 'shown',
    summary:
      'The last message that came to a node, for the preview of its mapping and its expressions; where none has come since the start, what the newest run came in with there.',
    parameters: { id: text('node id') },
    query: object(
      {},
      { behind: text('what is wired to it, `node:output` with commas in between: where nothing has come to it, what left there last') },
    ),
    answer: object(
      { payload: json('null = it has seen none') },
      {
        message: whole,
        at: moment('when it came'),
        large: { const: true, description: 'the message is too large to be shown' },
        from: text('where nothing has come to the node itself: the output behind which it is'),
      },
    ),
    handle: async ({ pack, parameters: { id, behind = '' } }) => {
      const outputs = behind.split(',').slice(0, mostBehind);
      return lastSeen(id, outputs) ?? (await lastKept(pack, id, outputs)) ?? { payload: null };
    },
  }),
];

/** wires that are looked at */
const mostBehind = 50;

/** What came to the node; before that, the newest of what left the outputs that are wired to it. */
function lastSeen(id: string, outputs: readonly string[]) {
  const own = lastMessage(id);
  if (own) return shown(own);
  const [newest] = outputs
    .flatMap((from) => {
      const left = lastMessage(from);
      return left ? [{ ...left, from }] : [];
    })
    .toSorted((one, other) => other.at - one.at);
  return newest && { ...shown(newest), from: newest.from };
}

/** newest runs among which one is looked for: what a form shows is not worth a walk through all of a store */
const mostRuns = 500;

/** Since the start nothing has come there: with what the newest run came in at the node, or at what is wired to it by its only output. */
async function lastKept({ RED, engine, ready }: Pack, id: string, outputs: readonly string[]) {
  if (!ready) return undefined;
  const from = new Map(outputs.map((output) => [output.split(':', 1)[0]!, output]));
  const fits = (entry: string) =>
    entry === id || (from.has(entry) && (RED.nodes.getNode(entry) as { wires?: unknown[] } | null)?.wires?.length === 1);
  const newest = (await engine.store.runs({ limit: mostRuns, dataUpTo: 0 })).find(({ entry }) => fits(entry));
  const run = newest && (await engine.store.run(newest.id));
  // what retention has erased is no sample
  if (!run || run.event.data === null) return undefined;
  const before = run.entry === id ? {} : { from: from.get(run.entry)! };
  return { ...shown(asLastMessage(sampleOfEvent(run.event), run.createdAt)), ...before };
}

const shown = ({ message, at }: LastMessage) =>
  message ? { payload: message['payload'] ?? null, message, at } : { payload: null, at, large: true as const };

async function preview({ body, signal }: Call<'POST /preview'>): Promise<Preview> {
  const { preset, expression, contract, sample, message } = body;
  try {
    const map = compileMapping({ ...(preset ? { preset } : {}), ...(expression ? { expression } : {}) });
    const result = (await map(isObject(message) ? message : { payload: sample }, signal)) as Json | undefined;
    return { result, issues: isContract(contract) ? contractIssues(contract, result) : [] };
  } catch (error) {
    const { message, words } = Failure.from(error);
    return { error: message, ...(words ? { words } : {}) };
  }
}

function isContract(name: string | null | undefined): name is ContractName {
  return contractNames.includes(name as ContractName);
}
