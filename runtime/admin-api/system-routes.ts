import { type ContractName, contractIssues, contractNames } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';
import { compileMapping } from '../canonical-mapping.ts';
import { liveConnections, testConnection } from '../connection-node.ts';
import { lastInput } from '../last-inputs.ts';
import type { Pack } from '../pack.ts';
import { type Route, wholeNumber } from './route.ts';

export const systemRoutes: Route[] = [
  {
    method: 'get',
    path: '/overview',
    permission: 'ps-connect.read',
    summary: 'Runs by status, what is wrong if anything is, Node-REDs alive on the store, connections, revision of the flows.',
    handle: async ({ pack }) => ({
      ready: pack.ready,
      trouble: pack.trouble?.toJSON() ?? null,
      revision: pack.engine.revision,
      runs: pack.trouble ? null : await pack.engine.store.counts(),
      approvals: pack.trouble ? 0 : (await pack.engine.store.approvals({ status: 'open', limit: 1000 })).length,
      active: pack.engine.active.size,
      instances: pack.engine.instancesAlive,
      sources: [...pack.sources].map(([id, { failure, ...source }]) => ({ id, ...source, failure: failure?.toJSON() ?? null })),
      connections: connections(),
    }),
  },
  {
    method: 'get',
    path: '/kpis',
    permission: 'ps-connect.read',
    summary: 'Business figures: runs by status, dead letters by class, age of the oldest open run, last reconciliation.',
    handle: ({ pack }) => kpis(pack),
  },
  {
    method: 'get',
    path: '/connections',
    permission: 'ps-connect.read',
    summary: 'Each connection with calls in flight, quota left and its last failure.',
    handle: async () => connections(),
  },
  {
    method: 'post',
    path: '/connections/test',
    permission: 'ps-connect.write',
    summary: 'Tries a connection as it stands in the form; secrets left unchanged there are taken from the deployed node.',
    body: { type: 'node type', id: 'node id', config: 'fields of the form', credentials: 'secrets typed in the form' },
    handle: async ({ pack, body }) => {
      const stored = pack.RED.nodes.getCredentials(String(body['id'] ?? '')) as Record<string, unknown> | undefined;
      const settings = { ...(body['config'] as object), ...stored, ...(body['credentials'] as object) };
      return testConnection(String(body['type']), settings, AbortSignal.timeout(30_000));
    },
  },
  {
    method: 'get',
    path: '/reconciliations',
    permission: 'ps-connect.read',
    summary: 'Past reconciliations, newest first, with totals and breaks.',
    query: { limit: '1–100, default 10' },
    handle: ({ pack, parameters }) => pack.engine.store.reconciliations(wholeNumber(parameters['limit'], 10, 100)),
  },
  {
    method: 'get',
    path: '/breaks',
    permission: 'ps-connect.read',
    summary: 'Breaks of the newest reconciliation.',
    handle: async ({ pack }) => {
      const [latest] = await pack.engine.store.reconciliations(1);
      return latest
        ? { reconciliation: latest.id, at: latest.at, breaks: (latest.result as { breaks?: unknown }).breaks ?? [] }
        : { breaks: [] };
    },
  },
  {
    method: 'get',
    path: '/journal',
    permission: 'ps-connect.read',
    summary: 'The journal: what was done, to what, by whom and why, each line chained to the one before.',
    query: { after: 'seq', limit: '1–1000, default 100', subject: 'run id' },
    handle: ({ pack, parameters }) =>
      pack.engine.store.journal({
        after: wholeNumber(parameters['after'], 0, Number.MAX_SAFE_INTEGER),
        limit: wholeNumber(parameters['limit'], 100, 1000),
        ...(parameters['subject'] ? { subject: parameters['subject'] } : {}),
      }),
  },
  {
    method: 'get',
    path: '/journal/verification',
    permission: 'ps-connect.read',
    summary: 'Whether the chain of the journal is whole, and the first line that is not.',
    handle: async ({ pack }) => {
      const broken = await pack.engine.store.verifyJournal();
      return broken === undefined ? { whole: true } : { whole: false, firstBrokenLine: broken };
    },
  },
  {
    method: 'post',
    path: '/preview',
    permission: 'ps-connect.write',
    summary: 'Tries a mapping on a sample.',
    body: { preset: 'name of a preset', expression: 'JSONata', contract: 'contract to check the result against', sample: 'payload' },
    handle: async ({ body, signal }) => {
      try {
        const map = compileMapping({ ...text(body, 'preset'), ...text(body, 'expression') });
        const result = await map({ payload: body['sample'] }, signal);
        const contract = body['contract'];
        const checked = typeof contract === 'string' && contractNames.includes(contract as ContractName);
        return { result, issues: checked ? contractIssues(contract as ContractName, result) : [] };
      } catch (error) {
        return { error: Failure.from(error).message };
      }
    },
  },
  {
    method: 'get',
    path: '/nodes/:id/last-input',
    permission: 'ps-connect.write',
    summary: 'The last payload that a mapping node saw, for its preview.',
    handle: async ({ parameters }) => ({ payload: lastInput(parameters['id'] ?? '') ?? null }),
  },
];

function connections(): unknown[] {
  return [...liveConnections.values()].map(({ id, name, type, role, system, connector, circuit }) => {
    try {
      return { id, name, type, role, system, health: connector().health(), circuit: circuit.health() };
    } catch (error) {
      return { id, name, type, role, system, failure: Failure.from(error).toJSON() };
    }
  });
}

async function kpis(pack: Pack): Promise<unknown> {
  const { store } = pack.engine;
  const [runs, dead, open, [latest], inDoubt] = await Promise.all([
    store.counts(),
    store.runs({ status: ['dead'], limit: 500 }),
    store.runs({ status: ['ready', 'running', 'waiting'], limit: 500 }),
    store.reconciliations(1),
    store.effectsInDoubt(500),
  ]);
  const deadByClass: Record<string, number> = {};
  for (const { failure } of dead) deadByClass[failure?.class ?? 'internal'] = (deadByClass[failure?.class ?? 'internal'] ?? 0) + 1;
  const oldest = open.reduce((least, run) => Math.min(least, run.createdAt), Number.POSITIVE_INFINITY);
  return {
    runs,
    deadByClass,
    effectsInDoubt: inDoubt.length,
    oldestOpenRunSeconds: Number.isFinite(oldest) ? Math.round((pack.clock.now() - oldest) / 1000) : 0,
    lastReconciliation: latest ? { at: latest.at, breaks: (latest.result as { breaks?: unknown[] }).breaks?.length ?? 0 } : null,
  };
}

function text(body: Record<string, unknown>, name: string): Record<string, string> {
  return typeof body[name] === 'string' ? { [name]: body[name] } : {};
}
