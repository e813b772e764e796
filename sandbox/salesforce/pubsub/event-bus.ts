import type { Express } from 'express';
import type { Beside, SimRequest, Simulator } from '../../simulator.ts';
import type { RecordChange } from '../store/records.ts';
import type { SalesforceState } from '../store/state.ts';
import type { ChangeContext } from './change-events.ts';
import type { PubSubFault } from './pub-sub-faults.ts';
import type { PubSubServer } from './pub-sub-server.ts';

const running = new WeakMap<Simulator<SalesforceState>, PubSubServer>();

/** The event bus of an org, where it has been started. */
export const eventBus = (sim: Simulator<SalesforceState>): PubSubServer | undefined => running.get(sim);

/** Starts it beside the REST API; gRPC is loaded only then. */
export async function startEventBus(sim: Simulator<SalesforceState>, port: number): Promise<Beside> {
  const server = new (await import('./pub-sub-server.ts')).PubSubServer(sim);
  await server.start(port);
  running.set(sim, server);
  return {
    stop: () => {
      running.delete(sim);
      server.stop();
    },
  };
}

export function tellEventBus(sim: Simulator<SalesforceState>, changes: readonly RecordChange[], context: ChangeContext): void {
  if (changes.length > 0) running.get(sim)?.feed.committed(changes, context);
}

/** `POST /__sandbox/pubsub`: see `PubSubFault`. */
export function eventBusRoutes(app: Express, sim: Simulator<SalesforceState>): void {
  app.post('/__sandbox/pubsub', (request, response) => {
    const bus = eventBus(sim);
    bus?.faults.play(JSON.parse((request as SimRequest).rawBody) as PubSubFault);
    response.status(bus ? 204 : 404).end();
  });
}
