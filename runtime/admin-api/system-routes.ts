import { type ContractName, contractIssues, contractNames } from '../../model/contract.ts';
import { Failure, type FailureDetails } from '../../model/failure.ts';
import { compileMapping } from '../canonical-mapping.ts';
import { certificateNotices } from '../certificate-notice.ts';
import { liveConnections } from '../connection-node.ts';
import { testConnection } from '../connection-test.ts';
import { lastInput } from '../last-inputs.ts';
import type { Pack } from '../pack.ts';
import { aboutLateRuns } from './about-runs.ts';
import { ApiProblem, type Route, wholeNumber } from './route.ts';

export const systemRoutes: Route[] = [
  {
    method: 'get',
    path: '/overview',
    permission: 'ps-connect.read',
    summary:
      'Runs by status, what is wrong if anything is, Node-REDs alive on the store, connections, revision of the flows; and what who asks may do.',
    handle: async ({ pack, caller }) => {
      const overview = {
        ready: pack.ready,
        trouble: pack.trouble?.toJSON() ?? null,
        notices: certificateNotices(),
        revision: pack.engine.revision,
        runs: pack.trouble ? null : await pack.engine.store.counts(),
        approvals: pack.trouble ? 0 : (await pack.engine.store.openFigures()).approvals,
        active: pack.engine.active.size,
        instances: pack.engine.instancesAlive,
        sources: [...pack.sources].map(([id, { failure, ...source }]) => ({ id, ...source, failure: failure?.toJSON() ?? null })),
        connections: connections(),
        signedInAs: caller.known ? caller.actor : null,
        signsIn: caller.signsIn,
        may: caller.may,
      };
      const told = overview.sources.some((source) => source.failure) || overview.connections.some(wasTold);
      return aboutLateRuns(pack, overview, told);
    },
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
    handle: ({ pack }) => Promise.all(connections().map((one) => aboutLateRuns(pack, one, wasTold(one)))),
  },
  {
    method: 'post',
    path: '/connections/test',
    permission: 'ps-connect.configure',
    persons: 'shown',
    summary:
      'Tries a connection as it stands in the form. What is stored or in the environment goes only to the deployed node’s address; for another, `details.typeAnew` names what is to be typed.',
    body: {
      type: 'node type',
      id: 'node id',
      config: 'fields of the form; absent = as deployed',
      credentials: 'credentials typed in the form',
    },
    handle: async ({ pack, body }) => {
      const asked = {
        type: '',
        id: '',
        ...text(body, 'type'),
        ...text(body, 'id'),
        ...fields(body, 'config'),
        ...fields(body, 'credentials'),
      };
      return { ...(await testConnection(asked, AbortSignal.timeout(30_000), pack.engine.store)), notices: certificateNotices() };
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
    method: 'post',
    path: '/preview',
    permission: 'ps-connect.edit',
    persons: 'shown',
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
    permission: 'ps-connect.edit',
    persons: 'shown',
    summary: 'The last payload that a mapping node saw, for its preview.',
    handle: async ({ parameters }) => ({ payload: lastInput(parameters['id'] ?? '') ?? null }),
  },
];

/** Whether there is a sentence of its system. */
function wasTold({ failure, health }: ConnectionSeen): boolean {
  return Boolean(failure ?? health?.['lastFailure']);
}

interface ConnectionSeen {
  health?: Record<string, unknown>;
  failure?: FailureDetails;
  [name: string]: unknown;
}

function connections(): ConnectionSeen[] {
  const notices = certificateNotices();
  return [...liveConnections.values()].map(({ id, name, type, areas: roles, system, connector, circuit }) => {
    try {
      return { id, name, type, roles, system, health: connector().health(), circuit: circuit.health(), notices };
    } catch (error) {
      return { id, name, type, roles, system, failure: Failure.from(error).toJSON(), notices };
    }
  });
}

async function kpis(pack: Pack): Promise<unknown> {
  const { store } = pack.engine;
  const [runs, standing, open, [latest]] = await Promise.all([
    store.counts(),
    store.standing(),
    store.openFigures(),
    store.reconciliations(1),
  ]);
  const deadByClass: Record<string, number> = {};
  for (const { status, class: name = 'internal', runs: count } of standing) {
    if (status === 'dead') deadByClass[name] = (deadByClass[name] ?? 0) + count;
  }
  return {
    runs,
    deadByClass,
    effectsInDoubt: open.effectsInDoubt,
    oldestOpenRunSeconds: open.oldestOpenAt === undefined ? 0 : Math.round((pack.clock.now() - open.oldestOpenAt) / 1000),
    lastReconciliation: latest ? { at: latest.at, breaks: (latest.result as { breaks?: unknown[] }).breaks?.length ?? 0 } : null,
  };
}

function text(body: Record<string, unknown>, name: string): Record<string, string> {
  return typeof body[name] === 'string' ? { [name]: body[name] } : {};
}

function fields(body: Record<string, unknown>, name: 'config' | 'credentials'): Record<string, Record<string, unknown>> {
  const given = body[name];
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) throw new ApiProblem(400, `${name} is an object of fields.`);
  return { [name]: given as Record<string, unknown> };
}
