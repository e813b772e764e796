import type { RunStatus } from '../../engine/store.ts';
import type { Json } from '../../model/json.ts';
import { redact } from '../../model/redact.ts';
import type { Pack } from '../pack.ts';
import { ApiProblem, type Call, type Route, reasonIn, wholeNumber } from './route.ts';

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
    handle: async ({ pack, parameters }) => redact(await details(pack, parameters['id'] ?? '')),
  },
  {
    method: 'post',
    path: '/runs/:id/cancel',
    permission: 'ps-connect.write',
    summary: 'Ends an open run for good: one that waits, is to be delivered or is under way. What it has written stays.',
    body: { reason: 'why, for the journal' },
    handle: async ({ pack, parameters, body, actor }) =>
      changed(await pack.engine.cancel(parameters['id'] ?? '', { actor, ...reasonIn(body) }), pack, 'The run has ended already.'),
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
    permission: 'ps-connect.write',
    summary: 'One dead letter, whole: event as it can be edited, failure, remedy, effects so far, attempts, journal.',
    handle: ({ pack, parameters }) => details(pack, parameters['id'] ?? ''),
  },
  {
    method: 'post',
    path: '/dead-letters/:id/replay',
    permission: 'ps-connect.write',
    summary: 'Delivers a dead letter again; effects already made stay made.',
    body: { data: 'the event data as edited; absent = as it was', reason: 'why, for the journal' },
    handle: async ({ pack, parameters, body, actor }) => {
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
    permission: 'ps-connect.write',
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
    permission: 'ps-connect.write',
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
    method: 'post',
    path: '/replays',
    permission: 'ps-connect.write',
    summary: 'Delivers many dead letters again, in order of arrival.',
    body: {
      runs: 'ids; absent = every dead letter that matches',
      search: 'part of the business id',
      code: 'failure code',
      perMinute: 'deliver no more than so many a minute; absent = all at once',
      reason: 'why, for the journal',
    },
    handle: replayMany,
  },
  {
    method: 'get',
    path: '/effects',
    permission: 'ps-connect.read',
    summary: 'Effects in doubt: writes of which it is not known whether they were made.',
    query: { limit: '1–500, default 100' },
    handle: async ({ pack, parameters }) => redact(await pack.engine.store.effectsInDoubt(wholeNumber(parameters['limit'], 100, 500))),
  },
];

async function list({ pack, parameters }: Call, only?: RunStatus[]): Promise<unknown> {
  const status = only ?? parameters['status']?.split(',').filter((name): name is RunStatus => statuses.includes(name as RunStatus)) ?? [];
  const runs = await pack.engine.store.runs({
    ...(status.length > 0 ? { status } : {}),
    ...(parameters['flow'] ? { flow: parameters['flow'] } : {}),
    ...(parameters['entry'] ? { entry: parameters['entry'] } : {}),
    ...(parameters['search'] ? { search: parameters['search'] } : {}),
    ...(parameters['before'] ? { before: wholeNumber(parameters['before'], Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) } : {}),
    limit: wholeNumber(parameters['limit'], 50, 500),
  });
  return runs.map((run) => {
    const { event, ...rest } = run;
    const { data: _data, ...head } = event;
    return redact({ ...rest, event: head, at: pack.engine.active.get(run.id)?.at() ?? [] });
  });
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
  return { run, effects, attempts, journal, at: pack.engine.active.get(id)?.at() ?? [] };
}

async function replayMany({ pack, body, actor }: Call): Promise<unknown> {
  const { store } = pack.engine;
  const act = { actor, ...reasonIn(body) };
  const wanted = Array.isArray(body['runs']) ? (body['runs'] as unknown[]).map(String) : await matching(pack, body);
  const pace = Number(body['perMinute'] ?? 0);
  if (!Number.isFinite(pace) || pace < 0) throw new ApiProblem(400, 'perMinute is a number above 0.');
  const from = pack.engine.clock.now();
  let replayed = 0;
  for (const id of wanted) {
    const at = pace > 0 ? { at: Math.round(from + (replayed * 60_000) / pace) } : {};
    if (await store.replay(id, { ...act, ...at }, pack.engine.clock.now())) replayed++;
  }
  pack.engine.wake();
  return { replayed, notDead: wanted.length - replayed };
}

/** Ids of all matching dead letters, oldest first. */
async function matching(pack: Pack, body: Record<string, unknown>): Promise<string[]> {
  const found: string[] = [];
  for (let before: number | undefined; ;) {
    const page = await pack.engine.store.runs({
      status: ['dead'],
      ...(typeof body['search'] === 'string' ? { search: body['search'] } : {}),
      ...(before === undefined ? {} : { before }),
      limit: 500,
    });
    found.push(...page.filter((run) => typeof body['code'] !== 'string' || run.failure?.code === body['code']).map((run) => run.id));
    if (page.length < 500) return found.reverse();
    before = page.at(-1)?.seq;
  }
}

function changed(done: boolean, pack: Pack, otherwise: string): { ok: true } {
  if (!done) throw new ApiProblem(409, otherwise);
  pack.engine.wake();
  pack.engine.emit('changed');
  return { ok: true };
}
