import type { Express, Request, Response } from 'express';
import type { Simulator } from '../simulator.ts';
import { callerBase } from './caller-base.ts';
import { sendError, sendJson } from './media-type.ts';
import { NetSuiteError, notFound } from './netsuite-error.ts';
import type { Job, NetSuiteState, Task } from './state.ts';

const path = '/services/rest/async/v1/job';

export type TaskResult = NonNullable<Task['result']>;

export function wantsAsync(request: Request): boolean {
  return preferences(request).includes('respond-async');
}

export function preferences(request: Request): string[] {
  return String(request.headers.prefer ?? '')
    .split(',')
    .map((preference) => preference.trim().toLowerCase());
}

/**
 * Answers 202 with the address of a job and does the work afterwards, one task for each function. The same idempotency key again
 * is refused and points to the first job. https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/chapter_161251386312.html
 */
export function respondAsync(sim: Simulator<NetSuiteState>, request: Request, response: Response, work: (() => TaskResult)[]): void {
  const { state } = sim;
  const key = request.headers['x-netsuite-idempotency-key'];
  const twin = typeof key === 'string' ? Object.values(state.jobs).find((job) => job.idempotencyKey === key) : undefined;
  if (twin) {
    throw new NetSuiteError(
      400,
      [
        {
          detail: 'The idempotency key has already been used. Use the job in the Location header or another key.',
          'o:errorCode': 'IDEMPOTENCY_ERROR',
          'o:errorHeader': 'X-NetSuite-idempotency-key',
        },
      ],
      { title: 'Conflict', headers: { Location: `${path}/${twin.id}` } },
    );
  }
  const job: Job = {
    id: String(Object.keys(state.jobs).length + 1),
    ...(typeof key === 'string' ? { idempotencyKey: key } : {}),
    tasks: work.map((_run, index) => ({ id: String(index + 1) })),
  };
  state.jobs[job.id] = job;
  const start = () => run(sim, job, work);
  if (state.asyncDelayMs > 0) setTimeout(start, state.asyncDelayMs).unref();
  else setImmediate(start);
  response.setHeader('Preference-Applied', 'respond-async');
  response.setHeader('Location', `${path}/${job.id}`);
  response.status(202).end();
}

function run(sim: Simulator<NetSuiteState>, job: Job, work: (() => TaskResult)[]): void {
  work.forEach((execute, index) => {
    const task = job.tasks[index];
    if (!task) return;
    task.startTime = sim.clock.now().toISOString();
    try {
      task.result = execute();
    } catch (error) {
      if (!(error instanceof NetSuiteError)) throw error;
      task.result = { status: error.status, headers: error.headers, body: error.body() };
    }
    task.endTime = sim.clock.now().toISOString();
  });
  sim.saveSoon();
}

export function asyncRoutes(app: Express, sim: Simulator<NetSuiteState>): void {
  const find = (request: Request): { job: Job; task: Task | undefined; base: string } => {
    const { job: jobId = '', task: taskId } = request.params as { job?: string; task?: string };
    const job = Object.hasOwn(sim.state.jobs, jobId) ? sim.state.jobs[jobId] : undefined;
    const task = job?.tasks.find((candidate) => candidate.id === taskId);
    if (!job || (taskId !== undefined && !task)) throw notFound();
    return { job, task, base: `${callerBase(sim, request)}${path}` };
  };
  app.get(`${path}/:job`, (request, response) => {
    const { job, base } = find(request);
    sendJson(response, 'singular', {
      links: [{ rel: 'self', href: `${base}/${job.id}` }],
      completed: job.tasks.every((task) => task.result),
      id: job.id,
      progress: progress(job.tasks),
      task: { links: [{ rel: 'self', href: `${base}/${job.id}/task` }] },
    });
  });
  app.get(`${path}/:job/task`, (request, response) => {
    const { job, base } = find(request);
    const items = job.tasks.map((task) => ({ links: [{ rel: 'self', href: `${base}/${job.id}/task/${task.id}` }], id: task.id }));
    const links = [{ rel: 'self', href: `${base}/${job.id}/task` }];
    sendJson(response, 'collection', { links, count: items.length, hasMore: false, items, offset: 0, totalResults: items.length });
  });
  app.get(`${path}/:job/task/:task`, (request, response) => {
    const { job, task, base } = find(request);
    if (!task) throw notFound();
    const self = `${base}/${job.id}/task/${task.id}`;
    sendJson(response, 'singular', {
      links: [{ rel: 'self', href: self }, ...(task.result ? [{ rel: 'related', href: `${self}/result` }] : [])],
      completed: task.result !== undefined,
      id: task.id,
      progress: progress([task]),
      startTime: task.startTime,
      endTime: task.endTime,
    });
  });
  app.get(`${path}/:job/task/:task/result`, (request, response) => {
    const { task } = find(request);
    if (!task?.result) throw notFound();
    const { status, headers, body } = task.result;
    if (status >= 400) {
      sendError(response, new NetSuiteError(status, [], { headers, rawBody: body }));
      return;
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.status(status);
    if (body === undefined) response.end();
    else sendJson(response, 'singular', body);
  });
}

function progress(tasks: Task[]): 'pending' | 'processing' | 'succeeded' | 'failed' {
  const finished = tasks.filter((task) => task.result);
  if (finished.length === 0) return 'pending';
  if (finished.length < tasks.length) return 'processing';
  return finished.every((task) => (task.result?.status ?? 500) < 400) ? 'succeeded' : 'failed';
}
