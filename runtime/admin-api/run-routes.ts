import type { Run, RunStatus } from '../../engine/store/runs.ts';
import type { Json } from '../../model/json.ts';
import { concerning } from '../../model/redact.ts';
import type { Pack } from '../pack.ts';
import { aboutRuns, eventOf, listedData } from './about-runs.ts';
import { type RunAbout, runAbout } from './run-about.ts';
import { ApiProblem, type Call, mustBeAllowed, type Route, reasonIn, wholeNumber } from './route.ts';

const statuses: RunStatus[] = ['ready', 'running', 'waiting', 'done', 'dead', 'cancelled'];

export const runRoutes: Route[] = [
  {
    method: 'get',
    path: '/runs',
    permission: 'ps-connect.read',
    summary: 'Runs, newest first, without their events.',
    query: {
      status: 'one or more of ready, running, waiting, done, dead, cancelled, with commas',
      flow: 'tab id',
      entry: 'node id',
      search: 'part of the business id',
      before: 'seq of the last run of the page before',
      limit: '1–500, default 50',
    },
    handle: (call) => list(call),
  },
  {
    method: 'get',
    path: '/runs/:id',
    permission: 'ps-connect.read',
    summary: 'One run with its effects, failed attempts and journal; personal data is masked.',
    handle: ({ pack, parameters }) => details(pack, parameters['id'] ?? ''),
  },
  {
    method: 'post',
    path: '/runs/:id/cancel',
    permission: 'ps-connect.replay',
    summary: 'Ends an open run for good: one that waits, is to be delivered or is under way. What it has written stays.',
    body: { reason: 'why, for the journal' },
    handle: async ({ pack, parameters, body, actor }) =>
      changed(await pack.engine.cancel(parameters['id'] ?? '', { actor, ...reasonIn(body) }), pack, 'The run has ended already.'),
  },
  {
    method: 'post',
    path: '/runs/:id/wake',
    permission: 'ps-connect.replay',
    summary: 'Delivers a run that waits at once: it is tried again, or looks again whether its moment has come.',
    body: { reason: 'why, for the journal' },
    handle: wake,
  },
  {
    method: 'get',
    path: '/dead-letters',
    permission: 'ps-connect.read',
    summary: 'Runs that need a person, newest first.',
    query: { search: 'part of the business id', flow: 'tab id', before: 'seq of the last of the page before', limit: '1–500, default 50' },
    handle: (call) => list(call, ['dead']),
  },
  {
    method: 'get',
    path: '/dead-letters/:id',
    permission: 'ps-connect.read',
    persons: 'shown-to-editors',
    summary:
      'One dead letter, whole: event, failure, remedy, effects so far, attempts, journal; personal data is masked for who lacks `ps-connect.edit`.',
    handle: ({ pack, parameters }) => details(pack, parameters['id'] ?? ''),
  },
  {
    method: 'post',
    path: '/dead-letters/:id/replay',
    permission: 'ps-connect.replay',
    summary: 'Delivers a dead letter again; effects already made stay made.',
    body: { data: 'the event data as edited (needs `ps-connect.edit` too); absent = as it was', reason: 'why, for the journal' },
    handle: async (call) => {
      const { pack, parameters, body, actor } = call;
      if ('data' in body) mustBeAllowed(call, 'ps-connect.edit');
      const act = { actor, ...reasonIn(body), ...('data' in body ? { data: body['data'] as Json } : {}) };
      return changed(
        await pack.engine.store.replay(parameters['id'] ?? '', act, pack.clock.now()),
        pack,
        'This run is not a dead letter, or its writes are being undone.',
      );
    },
  },
  {
    method: 'post',
    path: '/dead-letters/:id/discard',
    permission: 'ps-connect.replay',
    summary: 'Ends a dead letter as cancelled.',
    body: { reason: 'why, for the journal' },
    handle: async ({ pack, parameters, body, actor }) =>
      changed(
        await pack.engine.store.discard(parameters['id'] ?? '', { actor, ...reasonIn(body) }, pack.clock.now()),
        pack,
        'This run is not a dead letter.',
      ),
  },
  {
    method: 'post',
    path: '/dead-letters/:id/compensate',
    permission: 'ps-connect.replay',
    summary: 'Takes back what a dead letter has written, the newest first, and ends it; what cannot be undone is a dead letter again.',
    body: { reason: 'why, for the journal' },
    handle: async ({ pack, parameters, body, actor }) => {
      const id = parameters['id'] ?? '';
      if ((await pack.engine.store.run(id))?.status !== 'dead') throw new ApiProblem(409, 'This run is not a dead letter.');
      const act = { actor, ...reasonIn(body) };
      return changed(await pack.engine.store.compensate(id, act, pack.engine.clock.now()), pack, 'This run is not a dead letter.');
    },
  },
  {
    method: 'get',
    path: '/effects',
    permission: 'ps-connect.read',
    summary: 'Effects in doubt: writes of which it is not known whether they were made.',
    query: { limit: '1–500, default 100' },
    handle: async ({ pack, parameters }) =>
      aboutRuns(pack, await pack.engine.store.effectsInDoubt(wholeNumber(parameters['limit'], 100, 500)), (effect) => effect.run),
  },
];

async function wake({ pack, parameters, body, actor }: Call): Promise<unknown> {
  const { engine } = pack;
  const id = parameters['id'] ?? '';
  const now = engine.clock.now();
  if ((await engine.store.run(id))?.status !== 'waiting' || !(await engine.store.rouse(id, now)))
    throw new ApiProblem(409, 'The run does not wait.');
  await engine.store.note({ actor, action: 'run.woken', subject: id, detail: { reason: reasonIn(body).reason ?? null } }, now);
  return changed(true, pack, '');
}

async function list({ pack, parameters }: Call, only?: RunStatus[]): Promise<unknown> {
  const status = only ?? parameters['status']?.split(',').filter((name): name is RunStatus => statuses.includes(name as RunStatus)) ?? [];
  const runs = await pack.engine.store.runs({
    ...(status.length > 0 ? { status } : {}),
    ...(parameters['flow'] ? { flow: parameters['flow'] } : {}),
    ...(parameters['entry'] ? { entry: parameters['entry'] } : {}),
    ...(parameters['search'] ? { search: parameters['search'] } : {}),
    ...(parameters['before'] ? { before: wholeNumber(parameters['before'], Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) } : {}),
    limit: wholeNumber(parameters['limit'], 50, 500),
    dataUpTo: listedData,
  });
  return runs.map((run) => {
    const { event, dataLeftOut: _large, ...rest } = run;
    const { data: _data, ...head } = event;
    const about = aboutOf(pack, run);
    const shown = { ...rest, event: head, about, at: pack.engine.active.get(run.id)?.at() ?? [] };
    // only a sentence, or a client who is one, can name a person whom the data names
    return run.failure || run.waitingFor || about.client || head.subject.includes(' ') ? concerning(shown, eventOf(run)) : shown;
  });
}

function aboutOf({ RED }: Pack, run: Run): RunAbout {
  return runAbout(run, RED.nodes.getNode(run.entry));
}

async function details(pack: Pack, id: string): Promise<unknown> {
  const { store } = pack.engine;
  const run = await store.run(id);
  if (!run) throw new ApiProblem(404, 'There is no such run.');
  const [effects, attempts, journal] = await Promise.all([
    store.effects(id),
    store.failedAttempts(id),
    store.journal({ subject: id, limit: 500 }),
  ]);
  return { run, about: aboutOf(pack, run), effects, attempts, journal, at: pack.engine.active.get(id)?.at() ?? [] };
}

function changed(done: boolean, pack: Pack, otherwise: string): { ok: true } {
  if (!done) throw new ApiProblem(409, otherwise);
  pack.engine.wake();
  pack.engine.emit('changed');
  return { ok: true };
}
