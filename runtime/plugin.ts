import type { NodeAPI } from 'node-red';
import { publishActivity } from './activity.ts';
import { registerConsolePage } from './admin-api/console-page.ts';
import { registerAdminApi } from './admin-api/serve-routes.ts';
import { packOf } from './pack.ts';
import { registerTelemetry } from './telemetry/telemetry-routes.ts';

/** Loaded before all nodes: opens the store, follows the flows, serves the admin API and the console. */
export default function plugin(RED: NodeAPI): void {
  const pack = packOf(RED);
  registerAdminApi(RED, pack);
  registerTelemetry(RED, pack);
  registerConsolePage(RED);
  publishActivity(RED, pack);
  (RED.plugins as unknown as { registerPlugin(id: string, definition: object): void }).registerPlugin('ps-connect', { type: 'ps-connect' });
}
