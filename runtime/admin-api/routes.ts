import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { Failure } from '../../model/failure.ts';
import type { Pack } from '../pack.ts';
import { approvalRoutes } from './approval-routes.ts';
import { effectRoutes } from './effect-routes.ts';
import { callerLeaves } from './caller-leaves.ts';
import { openApi } from './openapi.ts';
import { ApiProblem, type Route } from './route.ts';
import { replayRoutes } from './replay-routes.ts';
import { runRoutes } from './run-routes.ts';
import { systemRoutes } from './system-routes.ts';

export const apiVersion = '1.0.0';
export const routes: Route[] = [...runRoutes, ...replayRoutes, ...approvalRoutes, ...effectRoutes, ...systemRoutes];

/** Mounts the admin API, once for each Node-RED start: routes of its admin app cannot be taken back. */
export function registerAdminApi(RED: NodeAPI, pack: Pack): void {
  const base = '/ps-connect/api/v1';
  RED.httpAdmin.get(`${base}/openapi.json`, RED.auth.needsPermission('ps-connect.read'), (_request, response) => {
    response.json(openApi(routes, apiVersion));
  });
  for (const route of routes) {
    RED.httpAdmin[route.method](
      `${base}${route.path}`,
      RED.auth.needsPermission(route.permission),
      (request: Request, response: Response) => {
        void answer(route, pack, request, response);
      },
    );
  }
}

async function answer(route: Route, pack: Pack, request: Request, response: Response): Promise<void> {
  try {
    const query = Object.fromEntries(
      Object.entries(request.query).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
    );
    const result = await route.handle({
      pack,
      parameters: { ...query, ...(request.params as Record<string, string>) },
      body: (request.body ?? {}) as Record<string, unknown>,
      actor: (request as { user?: { username?: string } }).user?.username ?? 'anonymous',
      request,
      signal: callerLeaves(response),
    });
    response.json(result);
  } catch (error) {
    if (error instanceof ApiProblem) {
      response.status(error.status).json({ message: error.message });
      return;
    }
    const failure = Failure.from(error);
    response.status(failure.class === 'internal' ? 500 : 503).json({ message: failure.message, failure: failure.toJSON() });
  }
}
